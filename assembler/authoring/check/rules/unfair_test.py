"""The shares of a test exceed 100 %, or its components differ in tags, needs, windows, channels or locales."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.compared_components import compared_components
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.translations import lacking_locales, translation_path
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.component import AuthoredComponent
from assembler.errors import listed
from assembler.library.records import BUCKETS

_COMPARED = ("segments", "stages", "needs", "valid_from", "valid_until")


@PROJECT.rule(
    "T07",
    "error",
    __doc__,
    "Components of one test are for the same people at the same time in the same places; only their words differ.",
)
def unfair_test(checked: CheckedProject) -> Iterator[Finding]:
    for campaign, test, components in compared_components(checked.project, checked.ready):
        yield from _over(test, campaign, components)
        for other in components[1:]:
            yield from _different(test, components[0], other)
            yield from _elsewhere(checked, campaign, test, components[0], other)


def _over(test: str, campaign: str, components: list[AuthoredComponent]) -> Iterator[Finding]:
    shares = [component.tags.test.share for component in components if component.tags.test is not None]
    if sum(shares) > BUCKETS:
        crossing = next(component for index, component in enumerate(components) if sum(shares[: index + 1]) > BUCKETS)
        listed = " + ".join(f"{share / 100:g}%" for share in shares)
        message = f"the test {test!r} takes {sum(shares) / 100:g}% of people in {campaign}: {listed}"
        yield Finding(crossing.tags.place("test", "share"), message, "shares of one test add up to 100% at most")


def _different(test: str, first: AuthoredComponent, other: AuthoredComponent) -> Iterator[Finding]:
    """The findings of two components with other tags; the same in every campaign."""
    for key in _COMPARED:
        one, two = getattr(first.tags, key), getattr(other.tags, key)
        same = set(one) == set(two) if isinstance(one, tuple) and isinstance(two, tuple) else one == two
        if not same:
            message = f"{other.address} has other {key} than {first.address} of the same test {test!r}"
            place = other.tags.key_place(key) if two not in (None, ()) else other.tags.key_place("test")
            yield Finding(place, message, "components of a test differ in their words only")


def _elsewhere(
    checked: CheckedProject, campaign: str, test: str, first: AuthoredComponent, other: AuthoredComponent
) -> Iterator[Finding]:
    """The findings of two components that are not served in the same channels and locales of a campaign."""
    channels = checked.project.campaigns[campaign].channels
    odd = [channel for channel in channels if first.shown_in(channel) != other.shown_in(channel)]
    if odd:
        message = f"{other.address} has other channels than {first.address} of the same test {test!r}: {listed(odd)}"
        keys = "channels" if other.tags.channels is not None else "test"
        yield Finding(other.tags.key_place(keys), message, "give both the same `channels`")
    lacking, lacked_before = (lacking_locales(checked.project, component) for component in (other, first))
    unlike = [locale for locale in checked.project.settings.locales if (locale in lacking) != (locale in lacked_before)]
    if unlike:
        message = f"{other.address} has other locales than {first.address} of the same test {test!r}: {listed(unlike)}"
        silent = other if unlike[0] in lacking else first
        yield Finding(other.tags.key_place("test"), message, f"write {translation_path(silent, unlike[0])}")
