"""An offer has no terms, or copy names a day and the component has no valid_until."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import regex

from assembler.authoring.check.missing_keys import misread_places
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.scope import READY_COMPONENTS, ComponentUnit
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.component import AuthoredComponent, FieldValue

# English months have a capital: "you may 2" is no date. The others have it or not.
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?"
    r"|(?i:janvier|janv|février|févr|mars|avril|mai|juin|juillet|juil|août|septembre|octobre|novembre|décembre|déc"
    r"|januar|jänner|februar|märz|april|juni|juli|august|september|oktober|november|dezember"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre))\b\.?"
)
_ENGLISH = _MONTH.partition("|(?i:")[0] + r")\b\.?"
_WEEKDAY = (
    "(?i:monday|tuesday|wednesday|thursday|friday|saturday|sunday|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    "|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
    "|lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NUMBER = r"(?:0?[1-9]|1[0-2])"
_ORDINAL = rf"{_DAY}(?:st|nd|rd|th)\b"
_UNTIL = r"(?i:until|till|til|ends|bis|endet|jusqu[’']au|jusqu[’']à|avant|hasta|termina|antes\ del?)"
_ON = r"(?i:(?:on|the|next|this|le|au\ plus\ tard\ le|el|am|zum)\s+)*"
# A number after the name of a month that counts something else.
_COUNTED = r"[%.,:]?\d|\s?(?:%|kg\b|km\b|kilom|miles?\b|steps?\b|hours?\b|[ap]\.?m\b)"
_DATED = regex.compile(
    rf"""\b{_DAY}(?:st|nd|rd|th|er|\.|º)?\s+(?:of\s+|de\s+)?{_MONTH}(?:,?\s+(?:de\s+)?(?P<year>\d{{4}})\b)?
      | \b{_ENGLISH}\s+{_DAY}(?:st|nd|rd|th)?\b(?!{_COUNTED})(?:,?\s+(?P<year>\d{{4}})\b)?
      | \b(?P<year>\d{{4}})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b
      | \b(?:{_DAY}[/.]{_NUMBER}|{_NUMBER}/{_DAY})[/.](?P<year>\d{{4}}|\d\d)\b
      """,
    regex.VERBOSE,
)
_ENDING = regex.compile(
    rf"""\b(?:{_UNTIL}|(?i:end|ending|by))\s+{_ON}(?:{_WEEKDAY}\b|{_ORDINAL})
      | \b{_UNTIL}\s+{_ON}(?:{_DAY}/{_NUMBER}\b(?!/)|{_DAY}\.{_NUMBER}\.)
      """,
    regex.VERBOSE,
)
# Opening hours: from one day of the week until another.
_HOURS = regex.compile(rf"\b{_WEEKDAY}s?\s*$")
_ENDS = regex.compile(r"(?i)\b(?:until|till|ends?|by|bis|endet|jusqu[’']au|avant|hasta|termina)\W+(?:\w{1,4}\W+)?$")
_NEAR = 60
_ADDRESS = re.compile(r"\]\([^)\s]*|https?://\S+")


def _in_copy(unit: ComponentUnit) -> Iterator[Finding]:
    component = unit.component
    said = _said_day(unit) if component.tags.valid_until is None else None
    if said is not None:
        place, day = said
        hint = "add `valid_until`, or take the day out"
        if component.address in unit.around.defaults():
            hint = "take the day out: a default never ends"
        yield Finding(place, f"{component.address} names a day, {day}, and has no valid_until", hint)


@PROJECT.rule(
    "G05",
    "error",
    __doc__,
    "Write the terms; end a component on the day that its words do.",
    READY_COMPONENTS.by(_in_copy),
)
def terms_or_end_missing(checked: CheckedProject) -> Iterator[Finding]:
    type_ = checked.project.types.get("offer")
    offers = [component for component in checked.ready if component.type == "offer"]
    if type_ is None or not offers:
        return
    if "terms" not in type_.fields:
        hint = "add `terms: {kind: text, required: true}`"
        yield Finding(type_.place("fields"), "the type offer has no field 'terms'", hint)
        return
    for offer in offers:
        if not offer.original.fills("terms") and not _misread(checked, offer):
            hint = "add `terms:` with who may use it, on what, how often and what is excluded"
            yield Finding(offer.original.source.value("terms"), f"{offer.address} has no terms", hint)


def _misread(checked: CheckedProject, offer: AuthoredComponent) -> bool:
    """Return whether terms are there and could not be read, which is a finding of its own."""
    source = offer.original.source
    return ("terms",) in source.keys and source.value("terms") in misread_places(checked.project)


def _said_day(unit: ComponentUnit) -> tuple[Place, str] | None:
    """The first day that a component says: its place and words."""
    for copy in unit.copies:
        span = _day(copy, unit.today) if copy.kind != "url" else None
        if span is not None:
            return copy.inside(span[0]), copy.text[slice(*span)]
    for words in unit.component.words.values():
        for value in words.of_kind("date"):
            return value.place, value.text
    return None


def _day(copy: FieldValue, today: date) -> tuple[int, int] | None:
    """Start and end of the first day that a text says. A year gone by tells of the past, unless something ends then."""
    text = _ADDRESS.sub(lambda match: " " * len(match[0]), copy.text)
    spans = [match.span() for match in _ENDING.finditer(text) if not _HOURS.search(text, *_before(match.start()))]
    for match in _DATED.finditer(text):
        year = match["year"]
        if not (year and len(year) == 4 and int(year) < today.year) or _ENDS.search(text, *_before(match.start())):
            spans.append(match.span())
    return min(spans, default=None)


def _before(start: int) -> tuple[int, int]:
    """Return where the few words begin and end that stand before something."""
    return max(0, start - _NEAR), start
