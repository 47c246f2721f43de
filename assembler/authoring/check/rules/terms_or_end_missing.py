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
from assembler.authoring.project.component import FieldValue
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.source import Source

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
    "|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    "|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica"
    "|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
    "|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?"
    "|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|mandag|tirsdag|lørdag|søndag)"
)
# Days that are counted from the one on which something is read.
_RELATIVE = (
    "(?i:today|tonight|tomorrow|aujourd[’']hui|ce\\ soir|demain|heute|morgen|hoy|mañana|oggi|stasera|domani|vandaag"
    "|vanavond|hoje|amanhã|idag|ikväll|imorgon|i\\ dag|i\\ morgen)(?![’']s)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NUMBER = r"(?:0?[1-9]|1[0-2])"
_ORDINAL = rf"{_DAY}(?:st|nd|rd|th)\b"
_UNTIL = (
    r"(?i:until|till|til|ends|bis|endet|spätestens|jusqu[’']au|jusqu[’']à|avant|d[’']ici|au\ plus\ tard|hasta|termina"
    r"|antes\ del?|entro|fino\ al?|tot(?:\ en\ met)?|uiterlijk|eindigt|até|till\ och\ med|senast|slutar"
    r"|til\ og\ med|inden|innen|senest|slutter)"
)
_ON = r"(?i:(?:on|the|next|this|le|el|il|am|zum|en\ met|på|den|a)\s+)*"
# Languages that say until after the day, or with its case.
_AFTER = (
    r"[月火水木金土日]曜日?(?:\s|の)?まで | (?:周|週|星期|礼拜|禮拜)[一二三四五六日天](?:之?前|截止|结束|結束)"
    r"| [월화수목금토일]요일까지"
    r"| (?i:\bdo\s+(?:poniedziałku|wtorku|środy|czwartku|piątku|soboty|niedzieli|jutra)\b)"
    r"| (?i:\b(?:maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai)\w*\s+(?:mennessä|asti|saakka))"
    r"| (?i:\b(?:pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar)[’'\w]*\s+kadar)"
)
# A number after the name of a month that counts something else.
_COUNTED = r"[%.,:]?\d|\s?(?:%|kg\b|km\b|kilom|miles?\b|steps?\b|hours?\b|[ap]\.?m\b)"
_DATED = regex.compile(
    rf"""(?<!\d[.,])\b{_DAY}(?:st|nd|rd|th|er|\.|º)?\s+(?:of\s+|de\s+)?{_MONTH}(?:,?\s+(?:de\s+)?(?P<year>\d{{4}})\b)?
      | \b{_ENGLISH}\s+{_DAY}(?:st|nd|rd|th)?\b(?!{_COUNTED})(?:,?\s+(?P<year>\d{{4}})\b)?
      | \b(?P<year>\d{{4}})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b
      | (?<![\w.])(?P<numbers>(?:{_DAY}[/.]{_NUMBER}|{_NUMBER}/{_DAY})[/.](?P<year>\d{{4}}|\d\d))\b(?!\.\d)
      """,
    regex.VERBOSE,
)
_ENDING = regex.compile(
    rf"""\b(?:{_UNTIL}|(?i:end|ending|by))\s+{_ON}(?P<weekday>(?:{_WEEKDAY}|{_RELATIVE})\b|{_ORDINAL})
      | (?P<weekday>{_AFTER})
      | \b{_UNTIL}\s+{_ON}(?:{_DAY}/{_NUMBER}\b(?!/)|{_DAY}\.{_NUMBER}\.(?!\d))
      """,
    regex.VERBOSE,
)
# Numbers with points between them are a version after such words, and may be one where no word says that it is a day.
_VERSION = regex.compile(
    r"(?i)\b(?:v|ver|versi[oó]n|versione|versie|versão|release|rev|build|firmware|software|app|update|ios|android|windows"
    r"|macos|os|api|wcag|ip|iso|din|en)\b\.?\s*$"
)
_DATING = regex.compile(
    rf"(?i)\b(?:{_UNTIL}|by|on|from|since|of|am|ab|vom|zum|seit|le|du|au|el|del|dal|al|op|van|den|{_WEEKDAY})\b[,.]?\s*$"
)
# Opening hours: from one day of the week until another.
_HOURS = regex.compile(rf"\b{_WEEKDAY}s?\s*$")
_ENDS = regex.compile(r"(?i)\b(?:until|till|ends?|by|bis|endet|jusqu[’']au|avant|hasta|termina)\W+(?:\w{1,4}\W+)?$")
_NEAR, _NEAR_YEARS = 60, 5
_ADDRESS = re.compile(r"\]\([^)\s]*|https?://\S+")


def _in_copy(unit: ComponentUnit) -> Iterator[Finding]:
    component = unit.component
    is_open = component.tags.valid_until is None and not _is_misread(
        unit.around, component.original.source, "valid_until"
    )
    said = _said_day(unit) if is_open else None
    if said is not None:
        place, day, is_date = said
        hint = "add `valid_until: <its last day>`, such as valid_until: 2027-02-01, or take the day out"
        if component.address in unit.around.defaults():
            hint = "take the day out: a default never ends"
        message = f"{component.address} names a day, {day}, and has no valid_until"
        yield Finding(place, message, hint, severity=None if is_date else "warning")


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
        if not offer.original.fills("terms") and not _is_misread(checked.project, offer.original.source, "terms"):
            hint = "add `terms:` with who may use it, on what, how often and what is excluded"
            yield Finding(offer.original.source.value("terms"), f"{offer.address} has no terms", hint)


def _is_misread(project: LoadedProject, source: Source, key: str) -> bool:
    """Return whether a key is there and could not be read, which is a finding of its own."""
    return (key,) in source.keys and source.value(key) in misread_places(project)


def _said_day(unit: ComponentUnit) -> tuple[Place, str, bool] | None:
    """The first day that a component says: its place and words, and whether these are a date; a date before others."""
    weekday: tuple[Place, str, bool] | None = None
    for copy in unit.copies:
        for start, end, is_date in _days(copy, unit.today) if copy.kind != "url" else ():
            if is_date:
                return copy.inside(start), copy.text[start:end], True
            weekday = weekday or (copy.inside(start), copy.text[start:end], False)
    for words in unit.component.words.values():
        for value in words.of_kind("date"):
            return value.place, value.text, True
    return weekday


def _days(copy: FieldValue, today: date) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each day that a text says, and whether it is a date or a day of any week. A year gone by tells
    of the past, unless something ends then."""
    text = _ADDRESS.sub(lambda match: " " * len(match[0]), copy.text)
    for match in _DATED.finditer(text):
        year = match["year"]
        is_past = year and len(year) == 4 and int(year) < today.year
        if not _is_version(text, match, today) and not (is_past and not _ENDS.search(text, *_before(match.start()))):
            yield *match.span(), True
    for match in _ENDING.finditer(text):
        if not _HOURS.search(text, *_before(match.start())):
            yield *match.span(), match["weekday"] is None


def _is_version(text: str, match: regex.Match[str], today: date) -> bool:
    """Return whether numbers with points between them count versions of something."""
    numbers = match["numbers"]
    if not numbers or "." not in numbers:
        return False
    before = _before(match.start())
    if _VERSION.search(text, *before):
        return True
    if len(match["year"]) == 4 or "0" in (numbers[0], numbers.split(".")[1][0]) or _DATING.search(text, *before):
        return False
    is_near = abs(int(match["year"]) - today.year % 100) <= _NEAR_YEARS
    return not (is_near and numbers[1] != ".")


def _before(start: int) -> tuple[int, int]:
    """Return where the few words begin and end that stand before something."""
    return max(0, start - _NEAR), start
