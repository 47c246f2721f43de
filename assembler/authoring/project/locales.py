"""Locales: which are equal though they are written differently, which come before which, and how else each is written.

The subtags of a locale are, in this order, its language, script, territory, and whatever else (BCP 47).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from assembler.authoring.project.cldr import LANGUAGES, REGIONAL_SCRIPTS, SCRIPTS, TERRITORIES

__all__ = ["ancestry", "language", "lineage", "same_locale", "spellings"]

_SCRIPT: Final = 4
"""The letters of a code for a script."""


def ancestry(locale: str) -> tuple[str, ...]:
    """What a locale is, and what it is more and more generally: subtags fall off from the right.

    Each is named in one way: `no` is `nb`, `zh-TW` is `zh-hant-tw`, `zh-Hans-CN` is `zh-cn`. So two locales are equal
    where the first of these are, though a name is not always a locale that means it: `sr-me` stands for `sr-Cyrl-ME`,
    as `sr-ME` is written in Latin. The script of a language that has one only is a subtag as any other.
    """
    name, script, territory, rest = _subtags(locale)
    own, own_script, own_territory, _ = _subtags(LANGUAGES.get(name, name))
    territory = territory or own_territory
    territory = TERRITORIES.get(territory, territory)
    script = script or own_script or REGIONAL_SCRIPTS.get(f"{own}-{territory}", "")
    subtags = [own, *(each for each in (script if script != SCRIPTS.get(own) else "", territory) if each), *rest]
    return tuple("-".join(subtags[:count]) for count in range(len(subtags), 0, -1))


def language(locale: str) -> str:
    """The code of a locale's language."""
    return ancestry(locale)[-1]


def same_locale(locale: str, locales: Iterable[str]) -> str | None:
    """That of some locales which equals a locale."""
    own = ancestry(locale)[0]
    return next((each for each in locales if ancestry(each)[0] == own), None)


def lineage(locale: str, locales: Collection[str]) -> tuple[str, ...]:
    """Those of some locales that a locale is, or is more and more generally; itself first, where it is among them."""
    return _among({ancestry(each)[0]: each for each in (*locales, *({locale}.intersection(locales)))}, locale)


def _among(known: Mapping[str, str], locale: str) -> tuple[str, ...]:
    return tuple(known[each] for each in ancestry(locale) if each in known)


def spellings(locales: Sequence[str]) -> dict[str, str]:
    """What else may be written for some locales, in small letters, and the locale that each means.

    Subtags of what is written may fall off from the right; what then gives the locale that is meant is not among these.
    """
    named = {ancestry(each)[0]: each for each in reversed(locales)}
    known = {each.lower(): each for each in locales}
    found: dict[str, str] = {}
    for written in sorted(_written(locales), key=lambda each: (each.count("-"), each)):
        meant = next(iter(_among(named, written)), None)
        shorter = (written.rsplit("-", count)[0] for count in range(written.count("-") + 1))
        if meant is not None and meant != next((known[each] for each in shorter if each in known), None):
            found[written] = known[written] = meant
    return found


def _written(locales: Iterable[str]) -> Iterator[str]:
    """All that may be written for some locales, and for the territories in which their languages have other scripts."""
    languages = {language(each) for each in locales}
    wanted = {(language(each), *_subtags(ancestry(each)[0])[2:]) for each in locales}
    for regional in REGIONAL_SCRIPTS:
        own, _, territory = regional.partition("-")
        if own in languages:
            wanted.add((own, territory, ()))
    scripts = {own: {"", *_scripts(own, locales)} for own in languages}
    for own, territory, rest in wanted:
        for name in _codes(own, LANGUAGES):
            for script in scripts[own]:
                for place in ("", *_codes(territory, TERRITORIES)):
                    yield "-".join(each for each in (name, script, place, *rest) if each)


def _scripts(own: str, locales: Iterable[str]) -> Iterator[str]:
    """The scripts that locales of a language may be said to be in."""
    if own in SCRIPTS:
        yield SCRIPTS[own]
    yield from (script for regional, script in REGIONAL_SCRIPTS.items() if regional.startswith(f"{own}-"))
    yield from (_subtags(each)[1] for each in locales if language(each) == own)


def _codes(own: str, others: Mapping[str, str]) -> list[str]:
    """A code, and all others that mean it, or it and more."""
    return [own, *(other for other, meant in others.items() if own and meant.partition("-")[0] == own)]


def _subtags(locale: str) -> tuple[str, str, str, tuple[str, ...]]:
    """A locale's language, script, territory and whatever else, in small letters."""
    name, *rest = locale.lower().replace("_", "-").split("-")
    script = rest.pop(0) if rest and len(rest[0]) == _SCRIPT and rest[0].isalpha() else ""
    is_territory = bool(rest) and (len(rest[0]), rest[0].isdigit()) in ((2, False), (3, True))
    territory = rest.pop(0) if is_territory else ""
    return name, script, territory, tuple(rest)
