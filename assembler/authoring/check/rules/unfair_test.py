"""The shares of a test exceed 100 %, or its components differ in tags, needs, windows, channels or locales."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.component import AuthoredComponent
from assembler.library.records import BUCKETS

_COMPARED = ("segments", "stages", "needs", "valid_from", "valid_until", "channels")


@PROJECT.rule(
    "T07",
    "error",
    __doc__,
    "Components of one test are for the same people at the same time in the same places; only their words differ.",
)
def unfair_test(checked: CheckedProject) -> Iterator[Finding]:
    for campaign in checked.project.campaigns:
        tests: dict[tuple[str, str], list[AuthoredComponent]] = {}
        for component in checked.ready:
            if component.tags.test is not None and component.open_to(campaign):
                tests.setdefault((component.type, component.tags.test.id), []).append(component)
        for (_, test), components in tests.items():
            components.sort(key=lambda component: component.address)
            yield from _over(test, campaign, components)
            for other in components[1:]:
                yield from _different(test, components[0], other)


def _over(test: str, campaign: str, components: list[AuthoredComponent]) -> Iterator[Finding]:
    shares = [component.tags.test.share for component in components if component.tags.test is not None]
    if sum(shares) > BUCKETS:
        crossing = next(component for index, component in enumerate(components) if sum(shares[: index + 1]) > BUCKETS)
        listed = " + ".join(f"{share / 100:g}%" for share in shares)
        message = f"the test {test!r} takes {sum(shares) / 100:g}% of people in {campaign}: {listed}"
        yield Finding(crossing.tags.place("test", "share"), message, "shares of one test add up to 100% at most")


def _different(test: str, first: AuthoredComponent, other: AuthoredComponent) -> Iterator[Finding]:
    """The findings of two components; the same in every campaign."""
    for key in _COMPARED:
        one, two = getattr(first.tags, key), getattr(other.tags, key)
        same = set(one) == set(two) if isinstance(one, tuple) and isinstance(two, tuple) else one == two
        if not same:
            message = f"{other.address} has other {key} than {first.address} of the same test {test!r}"
            place = other.tags.key_place(key) if two not in (None, ()) else other.tags.key_place("test")
            yield Finding(place, message, "components of a test differ in their words only")
    if first.words.keys() != other.words.keys():
        odd = ", ".join(sorted(first.words.keys() ^ other.words.keys()))
        message = f"{other.address} has other locales than {first.address} of the same test {test!r}: {odd}"
        yield Finding(other.tags.key_place("test"), message, "translate both")
