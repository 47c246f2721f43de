"""Dates as templates see them: as they are written in files, and written out as readers of a locale do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Self

from assembler.authoring.project.locales import ancestry


class WrittenDate(str):
    """A date as it is written in files, 2027-02-01, for readers of a locale in a project's time zone."""

    _day: date
    _locale: str
    _timezone: str

    def __new__(cls, day: date, locale: str, timezone: str) -> Self:
        written = super().__new__(cls, day.isoformat())
        written._day, written._locale, written._timezone = day, locale, timezone
        return written

    @property
    def iso(self) -> str:
        """The date in ISO 8601, for machines: 2027-02-01."""
        return str(self)

    @property
    def words(self) -> str:
        """The date written out: 1 February 2027, February 1, 2027, 1er février 2027."""
        return in_words(self._day, self._locale, self._timezone)


def in_words(day: date, locale: str, timezone: str) -> str:
    """Return a day written out as readers of a locale do, by Unicode CLDR; in ISO 8601, where it has no such language.

    What CLDR does not know of a locale is as in its parents. A locale without a territory, such as `en`, is taken to be
    that of the project's time zone, where CLDR knows it there.
    """
    from babel.core import Locale, UnknownLocaleError
    from babel.dates import format_date

    for name in _names(locale, timezone):
        try:
            known = Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        if known.language != name.partition("-")[0]:
            continue  # what is likely for no language at all
        words = format_date(day, "long", locale=known)
        # CLDR's patterns have no ordinals; French has one for the first day of a month.
        return words.replace("1 ", "1er ", 1) if known.language == "fr" and day.day == 1 else words
    return day.isoformat()


def _names(locale: str, timezone: str) -> Iterator[str]:
    """Yield a locale and its parents, as CLDR calls them, the nearest first."""
    from babel.core import get_global

    names = ancestry(locale)
    territory = get_global("zone_territories").get(timezone)
    if len(names) == 1 and territory is not None:
        regional = ancestry(f"{locale}-{territory}")
        # More parents than one: it is written in another script there.
        yield from regional[:1] if len(regional) == 2 else ()
    yield from names
