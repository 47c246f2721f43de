"""C03: something was left behind that no reader should see."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.scope import COMPONENTS, SURROUNDINGS, Alone
from assembler.authoring.compile.tokens import RESERVED
from assembler.authoring.compile.words import MERGE_FIELD
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.source import Source

_ANYWHERE = regex.compile(
    r"""(?i:\blorem\s+ipsum\b|\bXXX\b)                   # filler
      | (?<!<!(?:--)?)\[\p{Lu}[\p{Lu}\p{N}_ .-]*[\p{Lu}\p{N}]\](?![(\[:])   # [FNAME], but not the words of a link
      | \*\|[^|\n]{1,80}\|\*                             # *|FNAME|*
      | %%[\p{L}_][^%\n]{0,80}%%                         # %%first%%
      """,
    regex.VERBOSE,
)
_TODO = regex.compile(r"\bTODO\b", regex.IGNORECASE)
# In these languages "todo" is a word: only what cannot be one is a leftover.
_TODO_IS_A_WORD = frozenset({"es", "pt", "gl", "it"})
_TODO_ALONE = regex.compile(r"^\s*TODO\s*$|\bTODO(?=\s?[:(])")

# None and undefined are words; alone, after a greeting, with money or in a link they are values that were nothing.
_GREETING = (
    r"hello|hi|hey|dear|welcome|welcome\s+back|thanks|thank\s+you|bonjour|bonsoir|salut|ch[eè]re?|merci|bienvenue"
    r"|hallo|guten\s+tag|liebe[rs]?|danke|willkommen|hola|querid[oa]|estimad[oa]|gracias|bienvenid[oa]"
)
_VALUE = regex.compile(
    rf"""^\s*(?:None|undefined)\s*[.,!?]?\s*$
      | (?<=\b(?i:{_GREETING}),?\s+)(?:None|undefined)\b
      | (?<=[£$€¥]\s?)(?:None|undefined)\b
      | \b(?:None|undefined)(?=\s?[%£$€¥])
      | (?<=://\S*[=/])(?:None|undefined)(?=[/&?\#\s)]|$)
      """,
    regex.VERBOSE,
)
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_HINT = "write what should stand there, or remove it"


def find(subject: Subject) -> Iterator[Finding]:
    """Filler, notes to oneself, foreign merge tags and values that were nothing, in strings and templates."""
    for locale, words in subject.project.strings.items():
        for key, text in words.items():
            for _, what in _leftovers(text, locale):
                yield _finding(subject.project.strings_place(locale, key), what)
    yield from _in_templates(subject)
    for source in subject.project.other_sources():
        yield from _reserved(source)


def find_in_copy(alone: Alone) -> Iterator[Finding]:
    """The same in copy."""
    for copy in alone.copies:
        locale = next(each for each, words in copy.component.words.items() if words is copy.words)
        for start, what in _leftovers(copy.text, locale):
            yield _finding(copy.at(start, start + len(what)), what)
    for words in alone.component.words.values():
        yield from _reserved(words.source)


def _in_templates(subject: Subject) -> Iterator[Finding]:
    default = subject.project.settings.default_locale
    for syntax in subject.compiled.templates.syntax.values():
        bare = _JINJA.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), syntax.source.text)
        for start, what in _leftovers(bare, default):
            yield _finding(syntax.source.inside(start), what)
        for call in syntax.fields:
            for _, what in _leftovers(call.default or "", default):
                yield _finding(call.place, what)


def _reserved(source: Source) -> Iterator[Finding]:
    """What looks like the tokens that stand for merge fields while compiling."""
    for match in RESERVED.finditer(source.text):
        yield Finding(source.inside(match.start()), f"{match[0]} is reserved for the compiler", "remove it")


def _leftovers(text: str, locale: str) -> Iterator[tuple[int, str]]:
    """The offset and words of every leftover."""
    patterns = (_ANYWHERE, _TODO_ALONE if locale.partition("-")[0] in _TODO_IS_A_WORD else _TODO, _VALUE)
    found = {match.start(): match[0].strip() for pattern in patterns for match in pattern.finditer(text)}
    for merge_field in MERGE_FIELD.finditer(text):
        start, fallback = merge_field.start("fallback"), merge_field["fallback"]
        found |= {start + match.start(): match[0].strip() for match in _VALUE.finditer(fallback)}
    yield from sorted(found.items())


def _finding(place: Place, what: str) -> Finding:
    return Finding(place, f"{what!r} is a leftover", _HINT)


RULE = Rule(
    code="C03",
    severity="error",
    summary="Copy, a string or a template holds a leftover, such as lorem ipsum, TODO, [FNAME] or %%first%%.",
    fix="Write what should stand there; a personal value is a merge field.",
    each=(SURROUNDINGS.by(find), COMPONENTS.by(find_in_copy)),
)
