"""Columns of a table -> facts: all of a person that a decision of one campaign in one channel may depend on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from functools import partial
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from assembler.delivery.audience.columns import Column, Part, is_text, plain_type
from assembler.delivery.audience.distinct import Counted, DistinctValues
from assembler.delivery.audience.persons import Consent, persons
from assembler.delivery.audience.scales import Mask
from assembler.delivery.audience.signal_cells import UNKNOWN, SignalCells
from assembler.delivery.audience.target import Target
from assembler.library.records import Audience, Content
from assembler.runtime.fields import FieldReader


class Facts(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What is known of the rows of a batch: their ids as they are hashed, null for none; on what their locale, segment
    and stage depend; and who is known to have each name that candidates need."""

    ids: pa.Array
    audiences: list[Counted]
    known: dict[str, Mask]


class FactsReader:
    """Reads the facts of batches of one schema at one moment."""

    def __init__(self, target: Target, known: Sequence[Column], schema: pa.Schema) -> None:
        content = target.library.content
        self._places: dict[tuple[Part, str], int] = {
            (column.part, column.name): place for place, column in enumerate(known)
        }
        self._told: dict[Part, tuple[DistinctValues, int]] = {
            "locale": (DistinctValues(partial(_locale_number, target), 0), len(content.locales)),
            "segment": _told(content.segments),
            "stage": _told(content.stages),
        }
        self._needs = target.needs
        self._compared = frozenset(target.audiences.cells)
        self._signals = [
            SignalCells(name, content.signals[name], target.moment, target.audiences.cells.get(name))
            for name in self._given("signal", self._compared | self._needs)
        ]
        self._fields = {name: DistinctValues(_known_by(content, name), 0) for name in self._given("field", self._needs)}
        purposes = {cells.purpose for cells in self._signals if cells.purpose is not None}
        types_ = [plain_type(schema.types[column.index]) for column in known if column.part == "consent"]
        self._consent = Consent(sorted(purposes), is_text=any(map(is_text, types_)))

    def _given(self, part: Part, wanted: Set[str]) -> list[str]:
        """The names of signals, or fields, that are wanted and of which the table has a column."""
        return [name for of, name in self._places if of == part and name in wanted]

    def read(self, arrays: Sequence[pa.Array]) -> Facts:
        """Return the facts of a batch, of whose known columns there are the plain arrays."""
        rows = len(arrays[0])

        def column(part: Part, name: str) -> pa.Array:
            place = self._places.get((part, name))
            return pa.nulls(rows) if place is None else arrays[place]

        granted = self._consent.granted(column("consent", "consent"))
        audiences: list[Counted] = []
        for part, (told, count) in self._told.items():
            audiences.append((told.numbers(column(part, part)), count))
        known: dict[str, Mask] = {name: np.zeros(rows, np.bool_) for name in self._needs}
        for cells in self._signals:
            times = arrays[self._places["time", cells.name]] if ("time", cells.name) in self._places else None
            codes = cells.codes(column("signal", cells.name), times)
            if cells.purpose is not None:
                codes = np.where(granted[cells.purpose], codes, UNKNOWN)
            if cells.name in self._compared:
                audiences.append((codes, cells.count))
            if cells.name in known:
                known[cells.name] |= codes != UNKNOWN
        for name, texts in self._fields.items():
            known[name] |= texts.numbers(column("field", name)) > 0
        return Facts(ids=persons(column("id", "id")), audiences=audiences, known=known)


def _told(audiences: Iterable[Audience]) -> tuple[DistinctValues, int]:
    """The numbers of audiences that a caller can vouch for, 0 for any other, and how many numbers there are."""
    numbers = {audience.id: number for number, audience in enumerate(audiences, start=1)}
    return DistinctValues(lambda name: numbers.get(name, 0), 0), len(numbers) + 1


def _locale_number(target: Target, asked: str) -> int:
    """The number of the locale that is served for one that is asked for."""
    served = target.library.default(target.campaign, channel=target.channel, locale=asked).decision.locale
    return target.library.locales.index(served)


def _known_by(content: Content, name: str) -> Callable[[Any], int]:
    reader = FieldReader(name, content.fields[name], frozenset(content.link_hosts))
    return lambda raw: reader.read(raw)[1] is None
