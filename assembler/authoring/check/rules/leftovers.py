"""Copy, a string, a template or the brand holds a leftover, such as lorem ipsum, TODO or [First Name]."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import regex

from assembler.authoring.check.merge_fields import MeantField, merge_field_meant
from assembler.authoring.check.placeholders import Leftover, placeholders
from assembler.authoring.check.project_texts import settings_texts, string_texts
from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scope import READY_COMPONENTS, SURROUNDINGS, ComponentUnit
from assembler.authoring.compile.delimited_spans import JINJA, blanked
from assembler.authoring.compile.syntax import is_json
from assembler.authoring.compile.tokens import MERGE_FIELD
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.locales import language

# What is counted in Roman numerals: "Chapter XXX" is the thirtieth.
_COUNTED = (
    r"(?i:chapter|book|part|volume|vol\.|act|canto|psalm|article|section|appendix|bowl|congress|edition|century|chapitre"
    r"|livre|tome|partie|si[eè]cle|kapitel|buch|band|teil|cap[ií]tulo|libro|parte|siglo|capitolo|secolo|livro|s[eé]culo"
    r"|hoofdstuk|deel)"
)
_ANYWHERE = regex.compile(
    rf"""(?i:\blorem\s+ipsum\b|\bdolor\s+sit\s+amet\b|\bFIXME\b)
      | \b(?!XXX\b(?:(?<=\b{_COUNTED}\sXXX)|\s+Olymp))(?i:X{{3,}})\b
      | (?<=[£$€]\s?)X{{1,8}}\b | \bX{{1,8}}(?=\s?%)
      | \b(?i:your(?:site|domain|website|company|brand)\.(?:com|org|net|co\.uk))\b
      """,
    regex.VERBOSE,
)
_OTHERWISE = "write what should stand there, or remove it"
_TODO = regex.compile(r"\bTODO\b|\b(?i:todo)\b(?!\s+(?:list|app)s?\b)")
# In these languages "todo" is a word: only what cannot be one is a leftover.
_TODO_IS_A_WORD = frozenset({"es", "pt", "gl", "it"})
_TODO_ALONE = regex.compile(r"^\s*TODO\s*$|\bTODO(?=\s?[:(])")

# None and undefined are words; alone, after a greeting, with money or in a link they are values that were nothing.
_GREETING = (
    r"hello|hi|hey|dear|welcome|welcome\s+back|thanks|thank\s+you|bonjour|bonsoir|salut|ch[eè]re?|merci|bienvenue"
    r"|hallo|guten\s+tag|liebe[rs]?|danke|willkommen|hola|querid[oa]|estimad[oa]|gracias|bienvenid[oa]"
)
_NOTHING = r"(?:None|undefined|null|NaN)"
_VALUE = regex.compile(
    rf"""^\s*+{_NOTHING}\s*+[.,!?]?\s*+$
      | \b(?i:{_GREETING}),?\s++\K(?:(?:None|undefined)\b|null(?=\s*+(?:[,.!]|$)))
      | [£$€¥]\s?\K{_NOTHING}\b
      | \b{_NOTHING}(?=\s?[%£$€¥])
      """,
    regex.VERBOSE,
)
_IN_ADDRESS = re.compile(rf"(?<=[=/]){_NOTHING}(?=[/&?#)]|$)")
_ADDRESS = re.compile(r"://\S*")
_CODE = regex.compile(
    r"<(?P<tag>style|script)\b(?![^>]{0,200}ld\+json)(?:(?!</(?P=tag)\b).)*+", regex.DOTALL | regex.IGNORECASE
)
_STRING = re.compile(r'"(?P<words>(?:[^"\\]|\\.)*+)"(?P<name>\s*+:)?', re.DOTALL)
"""A string of JSON; `name`: it is that of a member."""


def _in_copy(unit: ComponentUnit) -> Iterator[Finding]:
    fields = unit.around.settings.fields
    for copy in unit.copies:
        for leftover in _leftovers(copy.text, unit.locale_of(copy), markdown=copy.kind == "markdown"):
            locale = unit.locale_of(copy)
            meant = merge_field_meant(leftover.name, fields, locale) if leftover.name else None
            hint = _hint(leftover, meant, meant.in_copy if meant else "")
            yield _finding(copy.inside(leftover.start), leftover, hint)


@SURROUNDINGS.rule(
    "C03",
    "error",
    __doc__,
    "Write what should stand there; a personal value is a merge field.",
    READY_COMPONENTS.by(_in_copy),
)
def leftovers(checked: CheckedProject) -> Iterator[Finding]:
    project = checked.project
    default = project.settings.default_locale
    in_settings = ((default, place, text) for place, text in settings_texts(project.settings))
    for locale, place, text in (*string_texts(project), *in_settings):
        for leftover in _leftovers(text, locale, braces=True):
            yield _finding(place, leftover)
    yield from _in_templates(checked)


def _in_templates(checked: CheckedProject) -> Iterator[Finding]:
    default, fields = checked.project.settings.default_locale, checked.project.settings.fields
    for syntax in checked.compiled.templates.syntax.values():
        bare = JINJA.sub(blanked, syntax.source.text)
        words = _in_strings(bare) if is_json(syntax.source.path) else _CODE.sub(lambda code: blanked(code[0]), bare)
        for leftover in _leftovers(words, default, braces=True):
            meant = merge_field_meant(leftover.name, fields, default) if leftover.name else None
            hint = _hint(leftover, meant, meant.in_template if meant else "")
            yield _finding(syntax.source.inside(leftover.start), leftover, hint)
        for call in syntax.fields:
            for leftover in _leftovers(call.default or "", default):
                yield _finding(call.place, leftover)


def _in_strings(text: str) -> str:
    """The strings of JSON, with blanks for all else, the names of members among it."""
    words, end = [], 0
    for match in filter(lambda match: match["name"] is None, _STRING.finditer(text)):
        words += [blanked(text[end : match.start("words")]), match["words"]]
        end = match.end("words")
    return "".join((*words, blanked(text[end:])))


def _leftovers(text: str, locale: str, *, markdown: bool = False, braces: bool = False) -> Iterator[Leftover]:
    """Every leftover, in order; of those that lie in one another the first."""
    patterns = (_ANYWHERE, _TODO_ALONE if language(locale) in _TODO_IS_A_WORD else _TODO)
    leftovers = [Leftover(match.start(), match[0].strip()) for pattern in patterns for match in pattern.finditer(text)]
    leftovers += _values(text)
    for merge_field in MERGE_FIELD.finditer(text):
        fallback, start = merge_field["fallback"], merge_field.start("fallback")
        leftovers += _values(fallback, start)
        leftovers += [replace(inner, start=start + inner.start) for inner in placeholders(fallback)]
    leftovers += placeholders(JINJA.sub(blanked, text), markdown=markdown, braces=braces)
    end = 0
    for leftover in sorted(leftovers, key=lambda leftover: (leftover.start, -leftover.end)):
        if leftover.start >= end:
            end = leftover.end
            yield leftover


def _values(text: str, start: int = 0) -> Iterator[Leftover]:
    """Every value that was nothing in a text that begins at an offset."""
    for match in _VALUE.finditer(text):
        yield Leftover(start + match.start(), match[0].strip())
    for address in _ADDRESS.finditer(text):
        for nothing in _IN_ADDRESS.finditer(text, address.start() + len("://x"), address.end()):
            yield Leftover(start + nothing.start(), nothing[0])


def _finding(place: Place, leftover: Leftover, hint: str = _OTHERWISE) -> Finding:
    return Finding(place, f"{leftover.text!r} is a leftover", hint)


def _hint(leftover: Leftover, meant: MeantField | None, written: str) -> str:
    """How to write the value that a leftover was to become; one in brackets may be the same for everybody."""
    if meant is None:
        return _OTHERWISE
    if leftover.text.startswith("[") and not meant.is_near:
        return f"write what should stand there; a personal value is written {written}"
    return f"write {written}, or what should stand there"
