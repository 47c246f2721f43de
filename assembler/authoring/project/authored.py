"""The root of every model of what people write: strict, frozen, and aware of its place."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PrivateAttr

from assembler.authoring.diagnostics import Place
from assembler.authoring.project.source import KeyPath, Source
from assembler.authoring.project.value_hints import Unfit, age_meant, share_meant
from assembler.library.values import in_nfc, is_blank

__all__ = ["MAX_TEXT", "WHOLE", "Authored", "Day", "Microseconds", "Name", "Share", "Visible", "VisibleName"]

MAX_TEXT: Final = 100_000
"""The most characters of any text: a body, a field, a value. Gmail cuts a mail of as many bytes off."""


class Authored(BaseModel):
    """A model whose keys know where they are written. Unknown keys are refused; values are never coerced."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_max_length=MAX_TEXT)

    _source: Source = PrivateAttr()
    _path: KeyPath = PrivateAttr(default=())

    @property
    def source(self) -> Source:
        """The file that this stands in."""
        return self._source

    def place(self, *keys: str | int) -> Place:
        """Where the value under `keys` stands, or the nearest thing around it."""
        return self._source.value(*self._path, *keys)

    def key_place(self, *keys: str | int) -> Place:
        """Where the last of `keys` (none: this thing's own key) is written, or the nearest thing around it."""
        return self._source.key(*self._path, *keys)

    def written(self, *keys: str | int) -> bool:
        """Whether the last of `keys` stands in the file, whatever its value."""
        return (*self._path, *keys) in self._source.keys

    def holds(self, *keys: str | int) -> bool:
        """Whether something stands in the file below the last of `keys`, readable or not."""
        path = (*self._path, *keys)
        return any(len(each) > len(path) and each[: len(path)] == path for each in self._source.values)

    def attach(self, source: Source, path: KeyPath = ()) -> None:
        """Tell this model and all below it where they are written."""
        self._source, self._path = source, path
        for name in type(self).model_fields:
            _attach(getattr(self, name), source, (*path, name))


def _attach(value: object, source: Source, path: KeyPath) -> None:
    if isinstance(value, Authored):
        value.attach(source, path)
    elif isinstance(value, dict):
        for key, each in value.items():
            _attach(each, source, (*path, key))
    elif isinstance(value, list | tuple):
        for index, each in enumerate(value):
            _attach(each, source, (*path, index))


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Unfit(f"{value} is not a day of the calendar", _last_day(value)) from None
    return value


def _last_day(value: str) -> str | None:
    """The last day of the month of a day that its month has not."""
    year, month = int(value[:4]), int(value[5:7])
    if not (year and 0 < month < 13):
        return None
    return f"write {date(year, month, monthrange(year, month)[1])}"


def _share(value: Any) -> int:
    number, percent, rest = str(value).partition("%")
    whole, dot, fraction = number.partition(".")
    digits = whole.isascii() and whole.isdigit() and (not dot or (fraction.isascii() and fraction.isdigit()))
    if not isinstance(value, str) or not percent or rest or not digits or len(fraction) > 2 or float(number) > 100:
        message = "a share is a percentage from 0% to 100% with at most two decimals, such as 12.5%"
        raise Unfit(message, share_meant(value))
    return int(whole) * 100 + int(fraction.ljust(2, "0"))


_UNITS = {"m": 60, "h": 3600, "d": 86400, "w": 604800}


def _microseconds(value: Any) -> int:
    """`35d` and its like in microseconds; `none` is 0."""
    if value == "none":
        return 0
    count, unit = (value[:-1], value[-1:]) if isinstance(value, str) else ("", "")
    if not (count.isascii() and count.isdigit() and unit in _UNITS and int(count[:6]) > 0 and len(count) < 7):
        raise Unfit("an age is a whole number with m, h, d or w, such as 35d, or `none`", age_meant(value))
    return int(count) * _UNITS[unit] * 1_000_000


Day = Annotated[date, BeforeValidator(_day)]
WHOLE: Final = 10_000
"""All of something, as shares are counted: in ten-thousandths."""

Share = Annotated[int, BeforeValidator(_share)]
Microseconds = Annotated[int, BeforeValidator(_microseconds)]


def _visible(value: str) -> str:
    if is_blank(value):
        raise Unfit("a text that is blank", "write something that can be seen, or leave it out")
    return value


Name = Annotated[str, AfterValidator(in_nfc)]
"""A text that is compared with others: in NFC, whichever form of Unicode an editor or a file system gave it."""

Visible = Annotated[str, AfterValidator(_visible)]
"""A text that is not blank."""

VisibleName = Annotated[Name, AfterValidator(_visible)]
"""Such a text that is compared with others."""
