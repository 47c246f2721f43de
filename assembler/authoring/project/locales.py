"""Locales: which are equal though they are written differently, which come before which, and how else each is written.

The subtags of a locale are, in this order, its language, script, territory, and whatever else (BCP 47).
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from assembler.authoring.project.cldr import LANGUAGES, REGIONAL_SCRIPTS, SCRIPTS, TERRITORIES

LOCALE: Final = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
"""The pattern of a locale as it is written in a project."""

LONGEST_LOCALE: Final = 35
"""The characters that a language tag needs at most: RFC 5646, section 4.4.1."""

_SCRIPT: Final = 4
"""The letters of a code for a script."""


def ancestry(locale: str) -> tuple[str, ...]:
    """Return what a locale is, and what it is more and more generally: subtags fall off from the right.

    Each is named in one way: `no` is `nb`, `zh-TW` is `zh-hant-tw`, `zh-Hans-CN` is `zh-cn`. So two locales are equal
    where the first of these are, though a name is not always a locale that means it: `sr-me` stands for `sr-Cyrl-ME`,
    as `sr-ME` is written in Latin. The script of a language that has one only is a subtag as any other.
    """
    name, script, territory, rest = _subtags(locale)
    own, own_script, own_territory, _ = _subtags(LANGUAGES.get(name, name))
    territory = territory or own_territory
    territory = TERRITORIES.get(territory, territory)
    script = script or own_script or REGIONAL_SCRIPTS.get(f"{own}-{territory}", "")
    subtags = [own, *(subtag for subtag in (script if script != SCRIPTS.get(own) else "", territory) if subtag), *rest]
    return tuple("-".join(subtags[:count]) for count in range(len(subtags), 0, -1))


def language(locale: str) -> str:
    """Return the code of a locale's language."""
    return ancestry(locale)[-1]


def same_locale(locale: str, locales: Iterable[str]) -> str | None:
    """Return the one of some locales that equals a locale; None where none does."""
    own = ancestry(locale)[0]
    return next((known for known in locales if ancestry(known)[0] == own), None)


def lineage(locale: str, locales: Collection[str]) -> tuple[str, ...]:
    """Return those of some locales that a locale is, or is more and more generally; itself first, if it is one."""
    return _among({ancestry(known)[0]: known for known in (*locales, *({locale}.intersection(locales)))}, locale)


def _among(known: Mapping[str, str], locale: str) -> tuple[str, ...]:
    return tuple(known[name] for name in ancestry(locale) if name in known)


def spellings(locales: Sequence[str]) -> dict[str, str]:
    """Return what else may be written for some locales, in small letters, and the locale that each means.

    Subtags of what is written may fall off from the right; what then gives the locale that is meant is not among these.
    """
    named = {ancestry(locale)[0]: locale for locale in reversed(locales)}
    known = {locale.lower(): locale for locale in locales}
    meanings: dict[str, str] = {}
    for written in sorted(_possible_spellings(locales), key=lambda spelling: (spelling.count("-"), spelling)):
        meant = next(iter(_among(named, written)), None)
        shorter = (written.rsplit("-", count)[0] for count in range(written.count("-") + 1))
        if meant is not None and meant != next((known[name] for name in shorter if name in known), None):
            meanings[written] = known[written] = meant
    return meanings


def _possible_spellings(locales: Iterable[str]) -> Iterator[str]:
    """Yield what may be written for locales, and for territories in which their languages have other scripts."""
    languages = {language(locale) for locale in locales}
    wanted = {(language(locale), *_subtags(ancestry(locale)[0])[2:]) for locale in locales}
    for regional in REGIONAL_SCRIPTS:
        own, _, territory = regional.partition("-")
        if own in languages:
            wanted.add((own, territory, ()))
    scripts = {own: {"", *_scripts(own, locales)} for own in languages}
    for own, territory, rest in wanted:
        places = ("", *_codes(territory, TERRITORIES))
        for name, script, place in itertools.product(_codes(own, LANGUAGES), scripts[own], places):
            yield "-".join(subtag for subtag in (name, script, place, *rest) if subtag)


def _scripts(own: str, locales: Iterable[str]) -> Iterator[str]:
    """Yield the scripts that locales of a language may be said to be in."""
    if own in SCRIPTS:
        yield SCRIPTS[own]
    yield from (script for regional, script in REGIONAL_SCRIPTS.items() if regional.startswith(f"{own}-"))
    yield from (_subtags(locale)[1] for locale in locales if language(locale) == own)


def _codes(own: str, others: Mapping[str, str]) -> list[str]:
    """Return a code, and all others that mean it, or it and more."""
    return [own, *(other for other, meant in others.items() if own and meant.partition("-")[0] == own)]


def _subtags(locale: str) -> tuple[str, str, str, tuple[str, ...]]:
    """Return a locale's language, script, territory and whatever else, in small letters."""
    name, *rest = locale.lower().replace("_", "-").split("-")
    script = rest.pop(0) if rest and len(rest[0]) == _SCRIPT and rest[0].isalpha() else ""
    is_territory = bool(rest) and (len(rest[0]), rest[0].isdigit()) in ((2, False), (3, True))
    territory = rest.pop(0) if is_territory else ""
    return name, script, territory, tuple(rest)
