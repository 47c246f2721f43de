"""How fast a whole list is decided, and that every row of it is what deciding for one person after the other gives.

    pip install -e '.[audience]' && python -m benchmarks.audience

makes ten million people, of whom much is missing, stale, withheld or odd, reads them from Parquet, decides for them by
cells and writes the decisions to Parquet. Of a million others it decides by cells and one by one, and stops where a row
differs. The library is the starter's, with a second test. Rates are rows a second of one processor, which is what other
work on the machine changes least. `benchmarks/audience.json` has the figures, if not told otherwise.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute, parquet

from assembler import Library
from assembler.authoring import Project
from assembler.delivery.audience import AudienceDecider, contexts, schema
from assembler.delivery.audience.buckets import Hasher
from assembler.delivery.audience.decision_columns import DecisionRows
from assembler.library.records import Test
from assembler.runtime.assignment import salted
from benchmarks.customers import MOMENT
from benchmarks.goals import Goal, goals_table, machine

__all__ = [
    "CAMPAIGN", "CHANNEL", "FIGURES", "assert_equal", "audience_library", "audience_table", "main", "people", "run",
]  # fmt: skip

Answer = TypeVar("Answer")

CAMPAIGN, CHANNEL = "come_back", "email"
FIGURES = Path(__file__).parent / "audience.json"
_PACKAGES = ("duckdb", "numpy", "pyarrow")
_BATCH = 1 << 17
_SALT = "come_back"
_READ = "cells, read from Parquet and written to it"
_CELLS, _SINGLY, _HASHLIB, _DUCKDB = "cells", "one by one", "one hash a person, hashlib", "one hash a person, DuckDB"


def audience_library() -> Library:
    """The starter, with a second test: half of the people may get its body for those who bought often."""
    library = Project.load(Path(__file__).parents[1]).compile(MOMENT)
    test = Test(id="bench", ranges={CAMPAIGN: (0, 5_000)})
    components = tuple(
        msgspec.structs.replace(component, test=test) if component.address == "body/womens_cut" else component
        for component in library.content.components
    )
    assert components != library.content.components
    return Library(msgspec.structs.replace(library.content, components=components), library.texts)


def people(rows: int, seed: int) -> pa.RecordBatch:
    """So many people, the same for the same seed: every column has gaps, and values that are none."""
    random = np.random.default_rng(seed)

    def some(values: list[Any], shares: list[float], kind: pa.DataType) -> pa.Array:
        places = random.choice(len(values), rows, p=shares)
        return pa.array(values, kind).take(pa.array(places))

    def gaps(array: NDArray[Any], share: float) -> pa.Array:
        return pa.array(array, mask=random.random(rows) < share)

    numbers = random.integers(0, 10 * rows, rows)
    ids = compute.binary_join_element_wise("c-", pa.array(numbers).cast(pa.string()), "")
    odd = some(["", " ", "\u200b", "Ма́ша", "x" * 600, None], [1 / 6] * 6, pa.string())
    spend = np.round(random.lognormal(5, 1, rows), 2)
    spend[random.random(rows) < 0.05] = np.nan
    spend[random.random(rows) < 0.01] = -1
    ages = random.exponential(20 * 86_400e6, rows).astype(np.int64) - 600_000_000
    now = int(MOMENT.timestamp()) * 1_000_000
    return pa.RecordBatch.from_pydict(
        {
            "id": compute.if_else(pa.array(random.random(rows) < 0.02), odd, ids),
            "locale": some(["en", "fr-CA", "FR_fr", "de", "", None], [0.5, 0.2, 0.1, 0.1, 0.05, 0.05], pa.string()),
            "consent": some(
                [["marketing"], ["news", "marketing"], [], None], [0.7, 0.1, 0.1, 0.1], pa.list_(pa.string())
            ),
            "months_since_purchase": gaps(random.integers(-2, 14, rows), 0.1),
            "months_since_purchase__observed_at": gaps(now - ages, 0.02).view(pa.timestamp("us", "UTC")),
            "spend_last_year": gaps(spend, 0.1),
            "favours": some(
                ["mens", "womens", "both", "kids", "", None], [0.4, 0.35, 0.1, 0.05, 0.05, 0.05], pa.string()
            ),
            "new_customer": gaps(random.random(rows) < 0.5, 0.05),
            "first_name": some(["Maya", "Zoë", "{name}", "", None], [0.5, 0.3, 0.05, 0.05, 0.1], pa.string()),
            "unsubscribe_url": gaps(np.full(rows, "https://www.harbourandpine.example/u/1"), 0.2),
        }
    )


def batches(rows: int, seed: int) -> Iterator[pa.RecordBatch]:
    """So many people in batches."""
    for start in range(0, rows, _BATCH):
        yield people(min(_BATCH, rows - start), seed + start)


def assert_equal(decided: pa.RecordBatch, singly: pa.RecordBatch) -> None:
    """Raise `AssertionError` where the rows of two batches differ."""
    assert decided.schema == singly.schema
    for name in decided.schema.names:
        one, other = (rows.column(name) for rows in (decided, singly))
        if pa.types.is_dictionary(one.type):
            one, other = one.dictionary_decode(), other.dictionary_decode()
        assert one.equals(other), name


def run(rows: int, many: int) -> dict[str, Any]:
    """All of it: so many rows decided by cells and one by one, and many more read, decided and written."""
    library = audience_library()
    rates = {_READ: _written(library, many)}
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
    rates |= _compared(library, rows) | _hashed(people(_BATCH, 0))
    ratio, millions = rates[_CELLS] / rates[_SINGLY], rates[_READ] / 1e6
    goals = [
        Goal(measure="rows by cells / one by one", goal=7, today=ratio, least=True),
        Goal(
            measure="million rows read, decided and written in a processor's second",
            goal=0.5,
            today=millions,
            least=True,
        ),
        Goal(measure=f"megabytes for {many:,} rows", goal=1_000, today=megabytes),
    ]
    return {
        "machine": machine(*_PACKAGES),
        "compared": rows,
        "many": many,
        "rates": rates,
        "goals": [{**asdict(goal), "met": goal.met} for goal in goals],
    }


def _timed(work: Callable[[], Answer]) -> tuple[float, Answer]:
    """Seconds of the processor that some work took, and what came out."""
    begun = time.process_time()
    answer = work()
    return time.process_time() - begun, answer


def _written(library: Library, rows: int) -> float:
    """The rate at which people are read, decided for and written."""
    with tempfile.TemporaryDirectory() as folder:
        read, written = Path(folder) / "people.parquet", Path(folder) / "decisions.parquet"
        with parquet.ParquetWriter(read, people(0, 0).schema) as writer:
            for batch in batches(rows, 0):
                writer.write_batch(batch)
        seconds, _ = _timed(partial(_write, library, read, written))
        assert parquet.ParquetFile(written).metadata.num_rows == rows
    return rows / seconds


def _write(library: Library, read: Path, written: Path) -> None:
    decider = AudienceDecider(library=library, campaign=CAMPAIGN, channel=CHANNEL, at=MOMENT)
    columns = schema(library=library, campaign=CAMPAIGN, channel=CHANNEL)
    with parquet.ParquetFile(read) as file, parquet.ParquetWriter(written, columns) as writer:
        for batch in file.iter_batches(_BATCH):
            writer.write_batch(decider.decide(batch))


def _compared(library: Library, rows: int) -> dict[str, float]:
    """The rates of deciding by cells and one by one, both from a table, for people of whom nobody may differ."""
    decider = AudienceDecider(library=library, campaign=CAMPAIGN, channel=CHANNEL, at=MOMENT)
    seconds = dict.fromkeys((_CELLS, _SINGLY), 0.0)
    for batch in batches(rows, 1):
        by_cells, decided = _timed(partial(decider.decide, batch))
        one_by_one, answers = _timed(partial(_singly, library, batch))
        singly = DecisionRows(schema(library=library, campaign=CAMPAIGN, channel=CHANNEL))
        singly.append(answers)
        assert_equal(decided, singly.rows(decided.column("id"), np.arange(len(answers))))
        seconds[_CELLS] += by_cells
        seconds[_SINGLY] += one_by_one
    return {name: rows / used for name, used in seconds.items()}


def _singly(library: Library, batch: pa.RecordBatch) -> list[Any]:
    return [
        library.decide(CAMPAIGN, channel=CHANNEL, context=context, at=MOMENT)
        for context in contexts(batch, library=library)
    ]


def _hashed(batch: pa.RecordBatch) -> dict[str, float]:
    """The rates of hashing ids."""
    ids = batch.column("id").drop_null().cast(pa.large_string())
    texts = ids.to_pylist()
    salt, hasher = salted(_SALT, "").encode(), Hasher()
    by_duckdb, buckets = _timed(lambda: hasher.buckets(_SALT, ids))
    by_hashlib, digests = _timed(lambda: b"".join([sha256(salt + text.encode()).digest()[:8] for text in texts]))
    bits = np.frombuffer(digests, ">u8").tolist()
    assert buckets.tolist() == [(number * 10_000) >> 64 for number in bits]
    return {_DUCKDB: len(ids) / by_duckdb, _HASHLIB: len(ids) / by_hashlib}


def audience_table(figures: Mapping[str, Any]) -> str:
    """Markdown tables of the goals, and of the rates."""
    lines = [goals_table(figures), "", "| way | rows in a processor's second |", "|---|---:|"]
    for name, rate in sorted(figures["rates"].items(), key=lambda item: float(item[1])):
        lines.append(f"| {name} | {float(format(rate, '.2g')):,.0f} |")
    return "\n".join(lines)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast a whole list is decided.")
    parser.add_argument("--rows", type=int, default=1_000_000, help="how many are also decided one by one")
    parser.add_argument("--many", type=int, default=10_000_000, help="how many are read, decided and written")
    parser.add_argument("--json", type=Path, default=FIGURES, metavar="FILE", help="where the figures go as well")
    asked = parser.parse_args()
    figures = run(asked.rows, asked.many)
    print(", ".join(f"{name} {value}" for name, value in figures["machine"].items()))
    print(f"{figures['compared']:,} rows were decided in both ways, and none differs\n")
    print(audience_table(figures))
    asked.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
