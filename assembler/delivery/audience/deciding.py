"""Tables of people -> tables of decisions: one decision for all people with the same code.

A code may be too fine, which costs one more decision, and must never be too coarse. There are two, one upon the other.
On the first depend the locale, the segment and the stage. On these, the arm, what is known that candidates need and the
ranges of tests that are asked, depends all that is decided (`choose.DecisionKey`). For each new code one row, a real
one, is read or decided by the library itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa

from assembler.delivery.audience.assignment import BatchAssignment
from assembler.delivery.audience.columns import Column, columns
from assembler.delivery.audience.decision_columns import DecisionRows, id_texts, schema
from assembler.delivery.audience.distinct import MOST_REMEMBERED, Codes, Counted, Numbers, first_rows
from assembler.delivery.audience.facts import Facts, FactsReader
from assembler.delivery.audience.groups import Groups
from assembler.delivery.audience.people import plain_arrays, rows
from assembler.delivery.audience.target import Target
from assembler.runtime.library import Library


def decisions(
    batches: Iterable[pa.RecordBatch],
    *,
    library: Library,
    campaign: str,
    channel: str,
    at: datetime,
    dictionaries: bool = True,
) -> Iterator[pa.RecordBatch]:
    """Return for each batch of people one of decisions, with the same rows in the same order; `schema` has its columns,
    with or without `dictionaries`.

    What is decided for a row is `library.decide` of its context in `contexts`.

    Raises `UnknownCampaign`, `UnknownChannel`, and `TypeError` where `at` is no aware datetime, at once; and
    `PeopleTableError` before the rows of a batch that cannot be read.
    """
    decider = AudienceDecider(library=library, campaign=campaign, channel=channel, at=at, dictionaries=dictionaries)
    return map(decider.decide, batches)


class AudienceDecider:
    """Decides for a channel of a campaign at a moment, batch by batch. What it worked out for one serves for the next.

    It is not to be shared between threads.
    """

    def __init__(
        self, *, library: Library, campaign: str, channel: str, at: datetime, dictionaries: bool = True
    ) -> None:
        """Raises `UnknownCampaign`, `UnknownChannel`, and `TypeError` where `at` is no aware datetime."""
        self._target = Target(library, campaign, channel, at)
        self._columns = schema(library=library, campaign=campaign, channel=channel, dictionaries=dictionaries)
        self._assignment = BatchAssignment(self._target)
        self._readers: dict[pa.Schema, tuple[Sequence[Column], FactsReader]] = {}
        self._forget()

    def decide(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the decisions for the rows of a batch, in their order. Raises `PeopleTableError`."""
        known, reader = self._reader(batch.schema)
        arrays = plain_arrays(known, batch)
        if len(self._audience_codes) + len(self._decision_codes) > MOST_REMEMBERED:
            self._forget()
        numbers = None
        if not self._target.library.is_strict:
            numbers = self._numbers(known, arrays, reader.read(arrays))
        ids = id_texts(next(array for column, array in zip(known, arrays, strict=True) if column.part == "id"))
        if numbers is not None:
            return self._rows.rows(ids, numbers)
        self._forget()
        singly = self._rows
        singly.append([self._target.decide(context) for context in rows(known, arrays)])
        self._forget()
        self._rows.variants.update(singly.variants)
        return singly.rows(ids, np.arange(len(ids)))

    @property
    def variants(self) -> Mapping[str, Mapping[str, str | None]]:
        """The components by slot of the variants in the last table of decisions, by their keys, and of others; also of
        those that are withheld."""
        return self._rows.variants

    def _reader(self, of: pa.Schema) -> tuple[Sequence[Column], FactsReader]:
        if of not in self._readers:
            known = columns(of, self._target.library.content)
            self._readers = {of: (known, FactsReader(self._target, known, of))}
            self._forget()
        return self._readers[of]

    def _forget(self) -> None:
        self._audience_codes, self._decision_codes = Codes(), Codes()
        self._groups = Groups(self._target)
        self._rows = DecisionRows(self._columns)

    def _numbers(self, known: Sequence[Column], arrays: Sequence[pa.Array], facts: Facts) -> Numbers | None:
        """The number of each row's decision among all decisions; None where a fault of the library's answered for one,
        so that it cannot stand for others."""
        size = len(facts.ids)
        numbers = self._audience_codes.numbers(facts.audiences, size)
        audiences = [self._target.audience(context) for context in _new_rows(known, arrays, numbers, len(self._groups))]
        if None in audiences:
            return None
        self._groups.append([audience for audience in audiences if audience is not None])
        numbers = self._decision_codes.numbers(self._decided_by(facts, self._groups.of(numbers)), size)
        decided = [self._target.decide(context) for context in _new_rows(known, arrays, numbers, len(self._rows))]
        if any(decision.error_code for decision in decided):
            return None
        self._rows.append(decided)
        return numbers

    def _decided_by(self, facts: Facts, groups: Numbers) -> Iterator[Counted]:
        """All that the decisions for rows depend on; `groups` are the groups of the rows."""
        yield groups, self._target.most_groups
        yield self._assignment.arms(facts.ids)
        for name, known in facts.known.items():
            yield (self._groups.needing(name)[groups] & known).astype(np.int64), 2
        for salt in self._target.cuts:
            yield self._assignment.ranges(salt, facts.ids, self._groups.asking(salt)[groups])


def _new_rows(
    known: Sequence[Column], arrays: Sequence[pa.Array], numbers: Numbers, remembered: int
) -> list[dict[str, Any]]:
    """The context of one row for each number that is not among those remembered, in the order of these numbers."""
    first = first_rows(numbers)[remembered:]
    return rows(known, [array.take(pa.array(first)) for array in arrays]) if len(first) else []
