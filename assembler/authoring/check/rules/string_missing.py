"""A word of strings.yaml is missing in a locale, or used by a template and not there."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.project_texts import STRINGS_PATH
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding, Place, near_miss
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.settings import Settings
from assembler.authoring.project.source import Source
from assembler.errors import nearest


@PROJECT.rule(
    "L04", "error", __doc__, "Give every word in every locale; a regional locale inherits those of its language."
)
def string_missing(checked: CheckedProject) -> Iterator[Finding]:
    """Find words that some locale has and another (or its parents) lacks, and uses of words that are nowhere."""
    project = checked.project
    source = project.sources.get(STRINGS_PATH)
    if _is_told(project, source):
        return
    written = _keys_by_locale(source) if source else {}
    yield from _missing(project.settings, source, written)
    known = {key for keys in written.values() for key in keys}
    for syntax in checked.compiled.templates.syntax.values():
        for key, place in syntax.strings:
            if key not in known:
                close = nearest(key, known)
                hint = (
                    f"did you mean {close}?"
                    if close
                    else f"add `{key}:` with its words to every locale of {STRINGS_PATH}"
                )
                yield Finding(
                    place,
                    f"no word {key!r} in strings.yaml",
                    hint,
                    mend=near_miss(key, known, _named_at(syntax.source, key, place)),
                )


def _is_told(project: LoadedProject, source: Source | None) -> bool:
    """Return whether the file could not be read, or is something else than words by locale: R01 and R02 tell."""
    is_none = source is not None and () in source.values and not source.keys and bool(source.text.strip())
    return is_none or any(finding.place.path == STRINGS_PATH for finding in project.findings.of("R01"))


def _named_at(source: Source, key: str, place: Place) -> Place:
    """Where a template names a word that it asks for at a place."""
    return source.find(key, place, len("strings['") + len(key))


def _keys_by_locale(source: Source) -> dict[str, set[str]]:
    """The keys of each locale as they stand there, whether or not their values are in order."""
    written: dict[str, set[str]] = {}
    for path in source.keys:
        words = written.setdefault(str(path[0]), set())
        if len(path) == 2 and path not in source.strays:
            words.add(str(path[1]))
    return written


def _missing(settings: Settings, source: Source | None, written: dict[str, set[str]]) -> Iterator[Finding]:
    every = set[str]().union(*(written.get(locale, ()) for locale in settings.locales))
    for index, locale in enumerate(settings.locales):
        if _needs_words(settings, locale, written):
            missing = every - written.get(locale, set())
            if missing and missing == every:
                hint = f"add `{locale}:` with its words to {STRINGS_PATH}"
                yield Finding(settings.place("locales", index), f"strings.yaml has no words in {locale}", hint)
                continue
            for key in missing:
                place = source.key(locale) if source else settings.place("locales", index)
                hint = f"add `{key}:` with its words in {locale} below `{locale}:`"
                yield Finding(place, f"the word {key!r} is missing in {locale}", hint)


def _needs_words(settings: Settings, locale: str, written: dict[str, set[str]]) -> bool:
    """Return whether a locale must have all words: a region has those of its language, and where a locale is not there
    and another is that nothing knows, R03 tells of that."""
    misspelt = not written.keys() <= set(settings.locales)
    return settings.lineage(locale) == (locale,) and (locale in written or not misspelt)
