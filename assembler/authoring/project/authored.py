"""The root of every model of what people write: strict, frozen, and aware of its place."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field as Constraint, PrivateAttr

from assembler.authoring.diagnostics import Place
from assembler.authoring.project.source import KeyPath, Source
from assembler.authoring.project.value_hints import Unfit, age_meant, share_meant
from assembler.library.records import BUCKETS
from assembler.library.values import INVISIBLE, in_nfc, is_blank

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
        """Return where the value under `keys` stands, or the nearest value around it."""
        return self._source.value(*self._path, *keys)

    def key_place(self, *keys: str | int) -> Place:
        """Return where the last of `keys` (none: this model's own key) is written, or the nearest value around it."""
        return self._source.key(*self._path, *keys)

    def has_key(self, *keys: str | int) -> bool:
        """Whether the last of `keys` stands in the file, whatever its value."""
        return (*self._path, *keys) in self._source.keys

    def holds(self, *keys: str | int) -> bool:
        """Whether a value stands in the file below the last of `keys`, readable or not."""
        path = (*self._path, *keys)
        return any(len(below) > len(path) and below[: len(path)] == path for below in self._source.values)

    def attach(self, source: Source, path: KeyPath = ()) -> None:
        """Tell this model and all below it where they are written."""
        self._source, self._path = source, path
        for name in type(self).model_fields:
            _attach(getattr(self, name), source, (*path, name))


def _attach(value: object, source: Source, path: KeyPath) -> None:
    if isinstance(value, Authored):
        value.attach(source, path)
    elif isinstance(value, dict):
        for key, below in value.items():
            _attach(below, source, (*path, key))
    elif isinstance(value, list | tuple):
        for index, below in enumerate(value):
            _attach(below, source, (*path, index))


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Unfit(f"{value} is not a day of the calendar", _last_day(value)) from None
    return value


def _last_day(value: str) -> str:
    year, month = int(value[:4]), int(value[5:7])
    if not (year and 0 < month < 13):
        return "write year, month and day, such as 2027-02-01"
    return f"write {date(year, month, monthrange(year, month)[1])}"


SLUG_SCHEMA: Final[dict[str, Any]] = {"pattern": "^[a-z][a-z0-9_]*$"}
"""What JSON Schema says of a name, of which loading (R04) tells with the one that is meant."""

LONGEST_FILE_NAME: Final = 100
"""The characters of a name that the names of files are made of: file systems take 255 bytes."""

FILE_SLUG_SCHEMA: Final[dict[str, Any]] = {**SLUG_SCHEMA, "maxLength": LONGEST_FILE_NAME}
"""The same of a name that files are named by."""

WHOLE: Final = BUCKETS
"""All of something, as shares are counted: of people, in buckets."""

_SHARE = re.compile(r"0*(?P<whole>[0-9]{1,3})(?:\.(?P<fraction>[0-9]{1,2}))?%", re.ASCII)


def _share(value: Any) -> int:
    """Return a percentage as it is counted: in ten-thousandths."""
    match = _SHARE.fullmatch(value) if isinstance(value, str) else None
    share = int(match["whole"] + (match["fraction"] or "").ljust(2, "0")) if match else WHOLE + 1
    if share > WHOLE:
        message = "a share is a percentage from 0% to 100% with at most two decimals, such as 12.5%"
        raise Unfit(message, share_meant(value))
    return share


_AGE = re.compile(r"(?P<count>[0-9]{1,6})(?P<unit>[mhdw])", re.ASCII)
_SECONDS = {"m": 60, "h": 3600, "d": 86400, "w": 604800}


def _microseconds(value: Any) -> int:
    """Return `35d` and its like in microseconds; 0 for `none`."""
    if value == "none":
        return 0
    match = _AGE.fullmatch(value) if isinstance(value, str) else None
    count = int(match["count"]) if match else 0
    if match is None or count == 0:
        raise Unfit("an age is a whole number with m, h, d or w, such as 35d, or `none`", age_meant(value))
    return count * _SECONDS[match["unit"]] * 1_000_000


Day = Annotated[date, BeforeValidator(_day)]
Share = Annotated[int, BeforeValidator(_share), Constraint(examples=["10%"])]
Microseconds = Annotated[int, BeforeValidator(_microseconds)]


def _visible(value: str) -> str:
    if is_blank(value):
        raise Unfit("a text that is blank", "write something that can be seen, or leave it out")
    return value


Name = Annotated[str, AfterValidator(in_nfc)]
"""A text that is compared with others: in NFC, whichever form of Unicode an editor or a file system gave it."""

SEEN: Final[dict[str, Any]] = {"pattern": f"[^{INVISIBLE}]".encode().decode("unicode_escape")}

Visible = Annotated[str, AfterValidator(_visible), Constraint(json_schema_extra=SEEN)]
"""A text that is not blank."""

VisibleName = Annotated[Name, AfterValidator(_visible), Constraint(json_schema_extra=SEEN)]
"""Such a text that is compared with others."""
