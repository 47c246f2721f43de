"""The words of a component are nearly those of another of its type, in some language."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.equal_content import equal_components
from assembler.authoring.check.scope import TYPES, TypeUnit
from assembler.authoring.check.word_similarity import alike, percent
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.authored import WHOLE

# A label of two words differs from another by half when one word differs, and says something else.
_FEWEST = 6


@TYPES.rule("V02", "warning", __doc__, "Let it make another argument, or keep one of the two.")
def near_duplicate(unit: TypeUnit) -> Iterator[Finding]:
    """Find components that are as similar as the policy forbids to one before them, in the order of their addresses."""
    equals = {component.address for component, _ in equal_components(unit.project.settings, unit.components.values())}
    for address, matches in sorted(_matches(unit).items()):
        if address in equals:
            continue
        score, other, locale = max(matches, key=lambda match: (match[0], match[1]))
        others = len({near for _, near, _ in matches} - {other})
        more = f", and {others} more are like it" if others else ""
        message = f"{address} is {percent(score)} the same as {other} in {locale}{more}"
        hint = "let it argue otherwise, or keep one of them; `near_duplicate` under `policy` says how much is too much"
        yield Finding(unit.components[address].words[locale].body_place, message, hint)


def _matches(unit: TypeUnit) -> dict[str, list[tuple[float, str, str]]]:
    """Of each component that is similar to earlier ones: how much, to which, and in which locale."""
    least = unit.project.settings.policy.near_duplicate / WHOLE
    wording = unit.wording
    by_locale: dict[str, dict[str, str]] = {}
    for component in unit.components.values():
        for locale in wording.locales(component):
            text = wording.of(component, locale)
            if len(text) >= _FEWEST:
                by_locale.setdefault(locale, {})[component.address] = text
    matches: dict[str, list[tuple[float, str, str]]] = {}
    for locale, texts in by_locale.items():
        for pair in alike(texts, least):
            first, second = sorted(pair[:2])
            matches.setdefault(second, []).append((pair[2], first, locale))
    return matches
