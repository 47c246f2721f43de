"""L04: strings.yaml lacks a word in a locale, or one that a template uses."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.source import Source
from assembler.errors import nearest

_PATH = "templates/strings.yaml"


def find(subject: Subject) -> Iterator[Finding]:
    """Words that some locale has and another (or its parents) lacks, and uses of words that are nowhere."""
    project = subject.project
    source = project.sources.get(_PATH)
    if any(each.place.path == _PATH for each in project.findings.of("R01")):
        return
    written = _written(source)
    yield from _missing(subject, source, written)
    known = {key for keys in written.values() for key in keys}
    for syntax in subject.compiled.templates.syntax.values():
        for key, place in syntax.strings:
            if key not in known:
                close = nearest(key, known)
                hint = f"did you mean {close}?" if close else f"add `{key}: ...` to every locale of {_PATH}"
                yield Finding(place, f"no word {key!r} in strings.yaml", hint)


def _written(source: Source | None) -> dict[str, set[str]]:
    """The keys of each locale as they stand there, whether or not their values are in order."""
    found: dict[str, set[str]] = {}
    for path in source.keys if source else ():
        words = found.setdefault(str(path[0]), set())
        if len(path) == 2 and source and path not in source.strays:
            words.add(str(path[1]))
    return found


def _missing(subject: Subject, source: Source | None, written: dict[str, set[str]]) -> Iterator[Finding]:
    settings = subject.project.settings
    every = {key for locale in settings.locales for key in written.get(locale, ())}
    misspelt = written.keys() - set(settings.locales)
    for index, locale in enumerate(settings.locales):
        if settings.lineage(locale) != (locale,) or (misspelt and locale not in written):
            continue  # a region has the words of its language; a locale that nothing knows is R03
        missing = sorted(every - written.get(locale, set()))
        if missing == sorted(every) and missing:
            hint = f"add `{locale}:` with its words to {_PATH}"
            yield Finding(settings.place("locales", index), f"strings.yaml has no words in {locale}", hint)
            continue
        for key in missing:
            place = source.key(locale) if source else settings.place("locales", index)
            yield Finding(place, f"the word {key!r} is missing in {locale}", f"add `{key}: ...` below `{locale}:`")


RULE = Rule(
    code="L04",
    severity="error",
    summary="A word of strings.yaml is missing in a locale, or used by a template and not there.",
    fix="Give every word in every locale; a regional locale inherits those of its language.",
    find=find,
)
