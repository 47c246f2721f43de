"""One part of a list: its people decided, and written to files of which the folder knows nothing yet."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
from pyarrow import parquet

from assembler.delivery.audience.attributes import AttributeRows
from assembler.delivery.audience.chunks import People, TableOfPeople, people_of
from assembler.delivery.audience.deciding import AudienceDecider
from assembler.delivery.audience.decision_columns import DecisionRows, schema
from assembler.delivery.audience.files import PeopleFile
from assembler.delivery.audience.parts import AudiencePart
from assembler.delivery.audience.people import contexts
from assembler.delivery.audience.proving import DecisionsDiffer, prove
from assembler.delivery.audience.request import AudienceRequest
from assembler.delivery.audience.target import Target
from assembler.delivery.audience.unknowns import Unknown, UnknownSignals, unknown_of
from assembler.delivery.audience.written_rows import (
    Group,
    HashedFile,
    WrittenFile,
    counted,
    keys_in,
    settled,
)
from assembler.runtime.context import id_of

TEMPORARY = ".tmp"
"""How the names of files end that are being written."""

PARTS_FIELD = "parts"

MOST_BODIES = 512
"""People whose bodies are in memory at once, and written as one row group."""


class AudienceFault(Exception):
    """A fault of ours: a part of a list is not what it has to be, or nobody can make it."""


class MadePart(msgspec.Struct, frozen=True, kw_only=True):
    """A part as it was written: its files; by arm, reason, segment, stage and locale how many rows; whose signals are
    not known; the components of the variants that it names; and for which variants the export lacks a token."""

    number: int
    rows: int
    files: tuple[WrittenFile, ...]
    counts: tuple[tuple[Group, int], ...]
    unknown: Unknown
    variants: dict[str, dict[str, str | None]]
    lacking: dict[str, int]
    proven: int


class PartMaker:
    """Makes parts of one list, one after the other."""

    def __init__(self, request: AudienceRequest, files: Sequence[PeopleFile]) -> None:
        self._request = request
        self._files = files
        self._target = Target(request.library, request.campaign, request.channel, request.at)
        about: dict[str, Any] = {
            "library": request.library,
            "campaign": request.campaign,
            "channel": request.channel,
        }
        self._columns = schema(**about)
        self._decided = {**about, "at": request.at}
        self._decider = AudienceDecider(**self._decided)

    @property
    def _written(self) -> pa.Schema:
        bodies = self._request.bodies
        if not bodies:
            return self._columns
        return self._columns.append(pa.field(PARTS_FIELD, pa.struct([(part, pa.binary()) for part in bodies])))

    def make(self, part: AudiencePart) -> MadePart:
        """Return a part after it was written. Raises `OSError`, `PeopleFilesError` and `AudienceFault`."""
        with ExitStack() as stack:
            writing = _PartFiles(self._request.output, part, self._written, stack)
            if self._request.tokens is not None:
                writing.attributes(AttributeRows(self._request.tokens, self._request.library.content))
            tally = _Tally(self._target)
            for piece in part.slices:
                for people in people_of(piece, self._files, self._request.library.content):
                    self._add(part, people, writing, tally)
            return tally.part(part, writing.finish())

    def _add(self, part: AudiencePart, people: People, writing: _PartFiles, tally: _Tally) -> None:
        decided, told = self._decide(part, people, tally)
        decided = settled(decided)
        tally.add(decided)
        request = self._request
        if told is None and (request.bodies or request.tokens):
            assert isinstance(people, TableOfPeople)
            told = contexts(people.table, library=request.library)
        size = MOST_BODIES if request.bodies else max(decided.num_rows, 1)
        for start in range(0, decided.num_rows, size):
            some = (told or [])[start : start + size]
            writing.add(self._with_bodies(decided.slice(start, size), some), some)

    def _decide(self, part: AudiencePart, people: People, tally: _Tally) -> tuple[pa.RecordBatch, list[Any] | None]:
        """Decisions for people, and their contexts where there are any."""
        request = self._request
        if isinstance(people, TableOfPeople):
            decided = self._decider.decide(people.table)
            tally.unknown.add_table(people)
            tally.variants.update(self._decider.variants)
            if request.prove:
                try:
                    tally.proven += prove(people.table, decided, one_in=request.prove, **self._decided)
                except DecisionsDiffer as error:
                    row = tally.rows + error.row
                    columns = ", ".join(error.columns)
                    raise AudienceFault(f"{part.name}, row {row}: {columns} as decided singly is another") from None
            return decided, None
        told = people.contexts
        answers = request.library.decide_many(told, request.campaign, channel=request.channel, at=request.at)
        rows = DecisionRows(self._columns)
        rows.append(answers)
        tally.unknown.add_contexts(told, answers)
        tally.variants.update(rows.variants)
        ids = pa.array([*map(_id_text, told)], pa.string())
        return rows.rows(ids, np.arange(len(told))), told

    def _with_bodies(self, decided: pa.RecordBatch, told: Sequence[Any]) -> pa.RecordBatch:
        request = self._request
        if not request.bodies:
            return decided
        bodies: list[dict[str, bytes]] = []
        for context in told:
            variant = request.library.assemble(
                request.campaign, channel=request.channel, context=context, at=request.at
            )
            bodies.append({part: variant.encoded[part] for part in request.bodies})
        written = self._written
        return pa.RecordBatch.from_arrays(
            [*decided.columns, pa.array(bodies, written.field(PARTS_FIELD).type)], schema=written
        )


class _Tally:
    """What is counted of a part."""

    def __init__(self, target: Target) -> None:
        self.rows = 0
        self.proven = 0
        self.unknown = UnknownSignals(target)
        self.variants: dict[str, Mapping[str, str | None]] = {}
        self._counts: Counter[Group] = Counter()
        self._keys: set[str] = set()

    def add(self, decided: pa.RecordBatch) -> None:
        """Count rows that are settled."""
        self.rows += decided.num_rows
        self._keys |= keys_in(decided)
        counted(decided, self._counts)

    def part(self, part: AudiencePart, written: tuple[tuple[WrittenFile, ...], dict[str, int]]) -> MadePart:
        """Return the part whose files are written."""
        files, lacking = written
        return MadePart(
            number=part.number,
            rows=self.rows,
            files=files,
            counts=tuple(sorted(self._counts.items(), key=lambda counted: [word or "" for word in counted[0]])),
            unknown=unknown_of(self.unknown.counts),
            variants={key: dict(self.variants[key]) for key in sorted(self._keys)},
            lacking=lacking,
            proven=self.proven,
        )


class _PartFiles:
    """The files of a part while they are written; what is not finished is removed."""

    def __init__(self, folder: Path, part: AudiencePart, columns: pa.Schema, stack: ExitStack) -> None:
        self._folder, self._part, self._stack = folder, part, stack
        self._files: dict[str, HashedFile] = {}
        table = self._open("parquet")
        self._writer = parquet.ParquetWriter(pa.PythonFile(table, "w"), columns, compression="zstd")
        self._attributes: AttributeRows | None = None

    def _open(self, ending: str) -> HashedFile:
        name = f"{self._part.name}.{ending}"
        file = HashedFile(self._folder / f".{name}.{os.getpid()}{TEMPORARY}")
        self._stack.push(lambda kind, *_: file.discard() if kind is not None else None)
        self._files[name] = file
        return file

    def attributes(self, rows: AttributeRows) -> None:
        """Write attributes, too."""
        self._attributes = rows
        self._open("attributes.csv").write(rows.header())

    def add(self, decided: pa.RecordBatch, told: Sequence[Any]) -> None:
        """Write rows."""
        self._writer.write_batch(decided, row_group_size=max(decided.num_rows, 1))
        if self._attributes is not None:
            ids, keys, locales = (decided.column(name).to_pylist() for name in ("id", "key", "locale"))
            rows = self._attributes.rows(ids, keys, locales, told)
            self._files[f"{self._part.name}.attributes.csv"].write(rows)

    def finish(self) -> tuple[tuple[WrittenFile, ...], dict[str, int]]:
        """Return the files, which are on the disk now, and the tokens that the export lacks."""
        self._writer.close()
        files = tuple(file.finish(name) for name, file in self._files.items())
        lacking = {} if self._attributes is None else dict(sorted(self._attributes.lacking.items()))
        return files, lacking


def _id_text(context: object) -> str | None:
    """The id of a context as text: text as it is, a whole number in decimal."""
    id_ = context.get("id") if isinstance(context, dict) else None
    text = id_ if isinstance(id_, str) else id_of(id_)
    return text if text is None else text.encode("utf-8", "replace").decode()
