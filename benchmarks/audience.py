"""How fast a whole list is decided, and that every row of it is what deciding for one person after the other gives.

    pip install -e '.[audience]' && python -m benchmarks.audience

makes a million people, of whom much is missing, stale, withheld or odd, decides for them in batches by cells and one by
one, and stops where a row differs. Then come ten million, written to Parquet. The library is the starter's, with a
second test. Figures are of processor time; `benchmarks/audience.json` has them, if not told otherwise.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from assembler import Library
from assembler.authoring import Project
from assembler.library.records import Test
from benchmarks.customers import MOMENT

__all__ = ["CAMPAIGN", "CHANNEL", "FIGURES", "audience_library", "people"]

CAMPAIGN, CHANNEL = "come_back", "email"
FIGURES = Path(__file__).parent / "audience.json"
_PACKAGES = ("duckdb", "numpy", "pyarrow")
_BATCH = 1 << 17
_ONE_BY_ONE = 50_000
_LEAST = 7
"""Times as many rows a second as by single decisions."""

_MOST_MEMORY = 1_000
"""Megabytes."""


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
    ids = pa.compute.binary_join_element_wise("c-", pa.array(numbers).cast(pa.string()), "")
    odd = some(["", " ", "\u200b", "Ма́ша", "x" * 600, None], [1 / 6] * 6, pa.string())
    spend = np.round(random.lognormal(5, 1, rows), 2)
    spend[random.random(rows) < 0.05] = np.nan
    spend[random.random(rows) < 0.01] = -1
    ages = random.exponential(20 * 86_400e6, rows).astype(np.int64) - 600_000_000
    now = int(MOMENT.timestamp()) * 1_000_000
    return pa.RecordBatch.from_pydict(
        {
            "id": pa.compute.if_else(pa.array(random.random(rows) < 0.02), odd, ids),
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
