"""Values as people write them -> as we read them: what a hint says to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from assembler.errors import nearest

_QUOTES = "“”„‘’\"' "


class Advice(NamedTuple):
    """What a hint says of a value, and what is to stand `instead`, where there is one right answer."""

    hint: str | None
    instead: str | None = None


def _write(text: str) -> Advice:
    return Advice(f"write {text}", text)


class Unfit(ValueError):
    """A value that does not fit, with a hint that says what to write, or advice that is that and data."""

    def __init__(self, message: str, advice: str | Advice | None = None) -> None:
        super().__init__(message)
        told = advice if isinstance(advice, Advice) else Advice(advice)
        self.hint, self.instead = told.hint, told.instead


_SURELY_PERCENT: Final = 2
"""From so much on, a number without a sign counts hundredths: less may be a part of 1."""

_SHARE = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,6})?|\.\d{1,6})\s*(?P<sign>%|percent|per cent|pct|prozent)?")


def share_meant(value: object) -> Advice:
    """Return a share as a percentage: a number below 1 is a part of 1."""
    match = _SHARE.fullmatch(str(value).strip(_QUOTES).replace(",", ".").lower())
    number = number_written = float(match["number"]) if match else 0
    if match and not match["sign"] and number < 1:
        number *= 100
    if match is None or number > 100:
        return Advice("write a number and %, such as 5%")
    written = _write(f"{round(number, 2):g}%")
    if match["sign"] or number_written >= _SURELY_PERCENT:
        return written
    return Advice(f"{written.hint}, or 100% for everybody" if number == 1 else written.hint)


_AGE = re.compile(r"(?P<date>p(?!t))?p?t?(?P<count>\d{1,5}(?:\.\d)?)\s*(?P<unit>[a-zä]*)\.?", re.IGNORECASE)
_ANY_AGE = ("never", "unlimited", "forever", "any", "no", "false", "-", "∞")
# Minutes: the first letters of a unit of so many. `m` alone are minutes, as in an age.
_UNITS = {1: "m mi", 60: "h st", 1_440: "d ta j", 10_080: "w", 43_200: "mo", 131_400: "q", 525_600: "y a ja"}
_MINUTES = {unit: minutes for minutes, units in _UNITS.items() for unit in units.split()}


def age_meant(value: object) -> Advice:
    """Return an age with its unit: a number alone counts days, a month has 30 of them, a year 365."""
    text = str(value).strip(_QUOTES).lower()
    if text in _ANY_AGE or re.fullmatch(r"0[a-z]*", text):
        return _write("none")
    minutes, unit = _minutes(text)
    if not minutes:
        return Advice("write a whole number and d, such as 35d")
    if unit.startswith("w") and minutes % 10_080 == 0:
        return _write(f"{minutes // 10_080}w")
    name, size = next((name, size) for name, size in (("d", 1_440), ("h", 60), ("m", 1)) if minutes % size == 0)
    written = f"{minutes // size}{name}"
    return _write(written) if text[-1:].isalpha() else Advice(f"write {written}")


def _minutes(text: str) -> tuple[int, str]:
    """Return the minutes of an age, and the unit that it is written in; 0 where it cannot be told."""
    match = _AGE.fullmatch(text)
    if match is None:
        return 0, ""
    unit = match["unit"] or "d"
    if match["date"] and unit == "m":
        unit = "mo"  # ISO 8601: P3M are months, PT3M minutes
    return round(float(match["count"]) * _MINUTES.get(unit[:2], _MINUTES.get(unit[:1], 0))), unit


_MONTHS = (
    "jan", "feb|fév|fev", "mar|mär|mrz", "apr|avr|abr", "may|mai", "jun|juin", "jul|juil", "aug|aoû|aou|ago", "sep",
    "oct|okt|out", "nov", "dec|dez|déc|dic",
)  # fmt: skip


def day_meant(value: object) -> Advice:
    """Return a day as year-month-day; both, where day and month may have changed places."""
    text = str(value).strip(_QUOTES).lower()
    days = [day for parts in (_numeric_parts(text) or _parts_in_words(text)) if (day := _day(*parts))]
    if not days:
        return Advice("write year, month and day, such as 2027-02-01")
    readings = list(dict.fromkeys(day.isoformat() for day in days))
    names_day = not readings[0].endswith("-01") or re.search(r"(?<!\d)0?1(?!\d)|01\Z", text)
    return _write(readings[0]) if names_day and len(readings) == 1 else Advice("write " + ", or ".join(readings))


_Parts = list[tuple[str, str, str]]
"""Year, month and day, in the readings that a text allows."""


def _numeric_parts(text: str) -> _Parts:
    by_year = re.fullmatch(r"(\d{4})(?:[-/.年 ](\d{1,2})[-/.月 ](\d{1,2})日?|(\d\d)(\d\d))(?:[t ].*)?", text)
    if by_year:
        return [(by_year[1], by_year[2] or by_year[4], by_year[3] or by_year[5])]
    by_day = re.fullmatch(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})", text)
    if by_day:
        british = (by_day[4], by_day[3], by_day[1])
        return [british] if by_day[2] == "." else [british, (by_day[4], by_day[1], by_day[3])]
    month = re.fullmatch(r"(\d{4})[-/.](\d{1,2})", text)
    return [(month[1], month[2], "1")] if month else []


def _parts_in_words(text: str) -> _Parts:
    for number, names in enumerate(_MONTHS, 1):
        word = rf"(?:{names})[a-zéäûô]*\.?"
        in_words = re.fullmatch(rf"(\d{{1,2}})(?:st|nd|rd|th|er|\.)?[ -]+{word}[ ,-]+(\d{{4}})", text)
        american = re.fullmatch(rf"{word} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})", text)
        day = in_words or american
        if day:
            return [(day[2], str(number), day[1])]
        month = re.fullmatch(rf"{word} (\d{{4}})", text)
        if month:
            return [(month[1], str(number), "1")]
    return []


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def pair_meant(value: object) -> Advice:
    """Two numbers as a list."""
    apart = re.sub(r"(?<=\d)\s*(?:[-–—]|\.\.+)\s*(?=-?\d)", " ", _flat(value))
    numbers = re.findall(r"(?<![\d.])-?\d{1,15}(?:\.\d{1,6})?", apart)
    return _write(f"[{numbers[0]}, {numbers[1]}]") if len(numbers) == 2 else Advice("write [the least, the most]")


def _flat(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(map(_flat, value.values()))
    return " ".join(map(_flat, value)) if isinstance(value, list | tuple) else str(value)


_TRUTH = {
    "true": ("true", "yes", "y", "on", "1", "oui", "ja", "sí"),
    "false": ("false", "no", "n", "off", "0", "non", "nein"),
}


def truth_meant(value: object) -> Advice:
    """true or false."""
    text = str(value).strip(_QUOTES).lower()
    return next((_write(truth) for truth, words in _TRUTH.items() if text in words), Advice(None))


_SAME = (
    ("ready", "live published active approved final done on enabled true public online"),
    ("draft", "wip todo new pending paused disabled off false inactive review in-review unpublished"),
    ("retired", "archived archive deleted old expired ended obsolete deprecated stopped removed"),
    ("text", "string str char varchar plain"),
    ("integer", "int whole long count"),
    ("number", "float decimal double numeric money currency percent"),
    ("boolean", "bool flag yes/no checkbox"),
    ("choice", "enum select option options category categorical list"),
    ("date", "datetime timestamp day time"),
    ("markdown", "md richtext rich-text rich_text html formatted"),
    ("asset", "image img picture photo file media"),
    ("url", "link href uri address"),
    ("name", "person firstname first_name"),
    ("web", "page site website landing html browser"),
    ("email", "mail e-mail newsletter"),
    ("none", "sms push app plain text json"),
    ("off", "false no none never disabled disable ignore ignored skip silent 0"),
    ("information", "info note notice hint"),
    ("treat", "treated rules yes true"),
    ("default", "hold holdout control no false"),
)  # fmt: skip


def choice_meant(value: object, allowed: Iterable[str]) -> str | None:
    """Return the one of several words that another word means."""
    text = str(value).strip(_QUOTES).lower()
    known = list(allowed)
    if text in known:
        return text
    return next((word for word, others in _SAME if word in known and text in others.split()), None)


_ZONES = {
    "Europe/London": "bst uk britain", "Europe/Dublin": "ireland", "Europe/Lisbon": "west",
    "Europe/Berlin": "cest mez mesz germany", "Europe/Paris": "hnec hec france", "Europe/Athens": "eest",
    "Europe/Moscow": "msk", "America/New_York": "edt et eastern", "America/Chicago": "cst cdt ct central",
    "America/Denver": "mdt mt mountain", "America/Los_Angeles": "pst pdt pt pacific", "America/Anchorage": "akst akdt",
    "America/Sao_Paulo": "brt brst brazil", "Asia/Kolkata": "ist india", "Asia/Tokyo": "jst", "Asia/Seoul": "kst",
    "Asia/Shanghai": "china", "Asia/Singapore": "sgt", "Asia/Hong_Kong": "hkt", "Australia/Sydney": "aest aedt",
    "Australia/Adelaide": "acst acdt", "Australia/Perth": "awst", "Pacific/Auckland": "nzst nzdt",
    "Africa/Johannesburg": "sast",
}  # fmt: skip


def zone_meant(name: str, zones: Iterable[str]) -> str | None:
    """Return the time zone that an abbreviation, a city or another spelling means."""
    text = name.strip(_QUOTES).lower().replace(" ", "_")
    if re.match(r"(?:gmt|utc)?[+-]\d", text):
        return None  # those by the hour have their signs reversed, and no summer
    meant = next((zone for zone, others in _ZONES.items() if text in others.split()), None)
    known = sorted(zones, key=len)
    return meant or next((zone for zone in known if text in (zone.lower(), zone.lower().rpartition("/")[2])), None)


def asset_meant(path: str, files: Iterable[str]) -> str | None:
    """Return the file below assets/ that a path, as other systems write it, most likely means."""
    known = list(files)
    clean = re.sub(r"^(?:[a-z]+://[^/]+/|\.{0,2}/)+", "", path.strip(_QUOTES).replace("\\", "/"), flags=re.IGNORECASE)
    clean = clean.removeprefix("assets/")
    if not known:
        return clean
    by_name = {file.rpartition("/")[2].casefold(): file for file in known}
    same = next((file for file in known if file.casefold() == clean.casefold()), None)
    return same or by_name.get(clean.rpartition("/")[2].casefold()) or nearest(clean, known)


_LANGUAGES = {
    "en": "english eng", "fr": "french français francais fra", "de": "german deutsch deu", "es": "spanish español esp",
    "it": "italian italiano ita", "pt": "portuguese português por", "nl": "dutch nederlands nld", "pl": "polish polski",
    "sv": "swedish svenska", "da": "danish dansk", "nb": "norwegian norsk", "fi": "finnish suomi", "ja": "japanese jp",
    "zh": "chinese", "ko": "korean", "ar": "arabic", "tr": "turkish türkçe", "cs": "czech čeština", "el": "greek",
}  # fmt: skip


def locale_meant(text: str) -> str | None:
    """Return a language tag from another spelling of it, or the name of a language."""
    folded = text.strip(_QUOTES).casefold()
    named = next((tag for tag, names in _LANGUAGES.items() if folded in names.split()), None)
    match = re.fullmatch(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|[0-9]{3}))?(?:[.@].*)?", folded)
    if named or match is None:
        return named
    script, region = (match[2] or "").title(), (match[3] or "").upper()
    return "-".join(part for part in (match[1], script, region) if part)
