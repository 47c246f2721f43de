"""Whose signals are not known, and why: counted by signal and problem, of those for whom it matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any, Final

import numpy as np
import pyarrow as pa
from pyarrow import compute

from assembler.conditions.evaluation import signals_read
from assembler.delivery.audience.chunks import TableOfPeople
from assembler.delivery.audience.columns import Column, columns, is_text, plain_type
from assembler.delivery.audience.distinct import DistinctValues
from assembler.delivery.audience.people import plain_arrays
from assembler.delivery.audience.persons import Consent
from assembler.delivery.audience.scales import Mask, are_given
from assembler.delivery.audience.signal_cells import UNKNOWN, Freshness, SignalCells
from assembler.delivery.audience.target import Target
from assembler.library.records import Audience
from assembler.runtime.decision import Decision
from assembler.runtime.reasons import Problem
from assembler.runtime.signals import SignalReader, UnknownSignal

Unknown = dict[str, dict[str, int]]
"""By signal, and by what keeps it from being known, how many people."""

_PROBLEMS: Final = tuple(Problem)
_BY_FRESHNESS: Final = {
    Freshness.NO_TIME: Problem.TYPE,
    Freshness.STALE: Problem.STALE,
    Freshness.FUTURE: Problem.FUTURE,
}


class SignalsInUse:
    """The signals that are asked of somebody, as notes of decisions tell of them: by the rules of segments, unless the
    caller vouches for one; by those of stages likewise; and of everybody by what the campaign needs."""

    def __init__(self, target: Target) -> None:
        content = target.library.content
        self.of_segments = _read_by(content.segments)
        self.of_stages = _read_by(content.stages)
        self.needed = content.signals.keys() & frozenset(content.campaigns[target.campaign].needs)
        self.segments = frozenset(audience.id for audience in content.segments)
        self.stages = frozenset(audience.id for audience in content.stages)

    @property
    def names(self) -> list[str]:
        """All of them, in order of their names."""
        return sorted(self.of_rules | self.needed)

    def asked_of(self, context: Any) -> Set[str]:
        """Return those that are asked of the person of a context, which may be none."""
        context = context if isinstance(context, Mapping) else {}
        return (
            self.needed
            | (frozenset() if _is_vouched(context, "segment", self.segments) else self.of_segments)
            | (frozenset() if _is_vouched(context, "stage", self.stages) else self.of_stages)
        )

    @property
    def of_rules(self) -> Set[str]:
        """Those that rules read."""
        return self.of_segments | self.of_stages


def _is_vouched(context: Mapping[str, Any], key: str, known: Set[str]) -> bool:
    """Whether the caller says somebody's segment, or stage, and the library has it; None is none."""
    name = context.get(key, ...)
    return name is None or (isinstance(name, str) and name in known)


class UnknownSignals:
    """Counts the people whose signals are not known."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._in_use = SignalsInUse(target)
        self._tables: dict[pa.Schema, _TableUnknowns] = {}
        self.counts: Counter[tuple[str, str]] = Counter()

    def add_table(self, people: TableOfPeople) -> None:
        """Count the people of a table."""
        schema = people.table.schema
        if schema not in self._tables:
            self._tables = {schema: _TableUnknowns(self._target, self._in_use, schema)}
        self.counts.update(self._tables[schema].counted(people))

    def add_contexts(self, contexts: Iterable[Any], decisions: Iterable[Decision]) -> None:
        """Count the people of contexts, for whom there are the decisions."""
        in_use = self._in_use
        for context, decision in zip(contexts, decisions, strict=True):
            if decision.error_code is not None:
                self.counts.update((name, Problem.MISSING) for name in in_use.names)
                continue
            asked = in_use.asked_of(context)
            self.counts.update(
                (note.name or "", note.problem)
                for note in decision.notes
                if note.kind == "signal" and note.name in asked
            )


class _TableUnknowns:
    """Counts for tables of one schema."""

    def __init__(self, target: Target, in_use: SignalsInUse, schema: pa.Schema) -> None:
        content = target.library.content
        self._known: Sequence[Column] = columns(schema, content)
        self._places = {(column.part, column.name): place for place, column in enumerate(self._known)}
        self._in_use = in_use
        self._cells = {
            name: SignalCells(name, content.signals[name], target.moment, target.audiences.cells.get(name))
            for name in in_use.names
            if ("signal", name) in self._places
        }
        self._values = {
            name: DistinctValues(_problem_of(SignalReader(name, content.signals[name]), target), 0)
            for name in self._cells
        }
        purposes = {cells.purpose for cells in self._cells.values() if cells.purpose is not None}
        types = [plain_type(schema.types[column.index]) for column in self._known if column.part == "consent"]
        self._consent = Consent(sorted(purposes), is_text=any(map(is_text, types)))

    def counted(self, people: TableOfPeople) -> Counter[tuple[str, str]]:
        arrays = plain_arrays(self._known, people.table)
        rows = len(people)

        def column(part: Any, name: str) -> pa.Array:
            place = self._places.get((part, name))
            return pa.nulls(rows) if place is None else arrays[place]

        asks_segments = ~_are_among(column("segment", "segment"), self._in_use.segments)
        asks_stages = ~_are_among(column("stage", "stage"), self._in_use.stages)
        granted = self._consent.granted(column("consent", "consent"))
        counts: Counter[tuple[str, str]] = Counter()
        for name in self._in_use.names:
            asked = np.zeros(rows, np.bool_) | (name in self._in_use.needed)
            if name in self._in_use.of_segments:
                asked |= asks_segments
            if name in self._in_use.of_stages:
                asked |= asks_stages
            if name not in self._cells:
                counts[name, Problem.MISSING] += int(asked.sum())
                continue
            times = column("time", name) if ("time", name) in self._places else None
            misread = people.misread.get(name, np.zeros(rows, np.bool_))
            consents = granted.get(self._cells[name].purpose or "", np.ones(rows, np.bool_))
            self._count(counts, name, column("signal", name), times, misread, consents, asked)
        return counts

    def _count(
        self,
        counts: Counter[tuple[str, str]],
        name: str,
        array: pa.Array,
        times: pa.Array | None,
        misread: Mask,
        consents: Mask,
        asked: Mask,
    ) -> None:
        cells = self._cells[name]
        given = are_given(array)
        readable = cells.codes(array, None) != UNKNOWN
        counts[name, Problem.TYPE] += int((asked & misread).sum())
        counts[name, Problem.MISSING] += int((asked & ~given & ~misread).sum())
        freshness = np.zeros(len(array), np.int64) if times is None else cells.freshness(times)
        wrong = np.flatnonzero(asked & given & ~readable)
        if len(wrong):
            problems = self._values[name].numbers(array.take(pa.array(wrong)))
            timeless = freshness[wrong] == Freshness.NO_TIME
            is_range = problems == _PROBLEMS.index(Problem.RANGE)
            problems = np.where(timeless & is_range, _PROBLEMS.index(Problem.TYPE), problems)
            for number, count in enumerate(np.bincount(problems).tolist()):
                counts[name, _PROBLEMS[number]] += count
        for state, problem in _BY_FRESHNESS.items():
            counts[name, problem] += int((asked & given & readable & (freshness == state)).sum())
        fresh = asked & given & readable & (freshness == Freshness.FRESH)
        counts[name, Problem.CONSENT] += int((fresh & ~consents).sum())


def unknown_of(counts: Mapping[tuple[str, str], int]) -> Unknown:
    """Return counts by signal and problem, in order; those of nobody are left out."""
    unknown: Unknown = {}
    for (name, problem), count in sorted(counts.items()):
        if count:
            unknown.setdefault(name, {})[str(problem)] = count
    return unknown


def _problem_of(reader: SignalReader, target: Target) -> Callable[[Any], int]:
    """Give the number of what is wrong with a value."""

    def problem(raw: Any) -> int:
        value = reader.value(raw, target.moment.since)
        return _PROBLEMS.index(value.problem if isinstance(value, UnknownSignal) else Problem.TYPE)

    return problem


def _are_among(array: pa.Array, names: Set[str]) -> Mask:
    if pa.types.is_null(array.type):
        return np.zeros(len(array), np.bool_)
    mask: Mask = compute.is_in(array, value_set=pa.array(sorted(names), array.type)).to_numpy(zero_copy_only=False)
    return mask


def _read_by(audiences: Iterable[Audience]) -> Set[str]:
    return frozenset(name for audience in audiences for name in signals_read(audience.condition))
