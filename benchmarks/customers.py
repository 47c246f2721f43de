"""The 64,000 real customers of the MineThatData challenge, laid over a campaign of the starter.

    ASSEMBLER_DATA=folder python -m benchmarks.customers

prints how many of them each segment and stage got, and how many got the default. `folder` holds hillstrom.csv.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from assembler import Library
from assembler.authoring import Project

__all__ = ["MOMENT", "contexts", "customers_file", "spent"]

MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
_FAVOURS = {("1", "0"): "mens", ("0", "1"): "womens", ("1", "1"): "both"}


def customers_file() -> Path | None:
    """Where hillstrom.csv is: in the folder that ASSEMBLER_DATA names; None where it is not."""
    path = Path(os.environ.get("ASSEMBLER_DATA", "")) / "hillstrom.csv"
    return path if "ASSEMBLER_DATA" in os.environ and path.is_file() else None


def contexts(path: Path, *, consent: bool = True) -> Iterator[dict[str, object]]:
    """One context a customer; the id is the number of the row."""
    with path.open(newline="", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            yield {
                "id": number,
                "consent": ["marketing"] if consent else [],
                "signals": {
                    "months_since_purchase": int(row["recency"]),
                    "spend_last_year": float(row["history"]),
                    "favours": _FAVOURS.get((row["mens"], row["womens"])),
                    "new_customer": row["newbie"] == "1",
                },
            }


def spent(path: Path) -> list[float]:
    """What each customer spent who was sent nothing and bought, in dollars."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["segment"] == "No E-Mail"]
    return [float(row["spend"]) for row in rows if row["conversion"] == "1"]


def main() -> int:
    """Print the table."""
    path = customers_file()
    if path is None:
        print("ASSEMBLER_DATA names no folder with hillstrom.csv", file=sys.stderr)
        return 2
    library = Project.load(Path(__file__).parents[1]).compile(MOMENT)
    cells: Counter[tuple[str, str]] = Counter()
    defaults: Counter[tuple[str, str]] = Counter()
    default = library.default("come_back", channel="email", locale="en").key
    for context in contexts(path):
        decision = library.decide("come_back", channel="email", context=context, at=MOMENT)
        cell = (decision.segment or "none", decision.stage or "none")
        cells[cell] += 1
        defaults[cell] += decision.key == default
    _print(library, cells, defaults)
    return 0


def _print(library: Library, cells: Counter[tuple[str, str]], defaults: Counter[tuple[str, str]]) -> None:
    print(f"{'segment':<16}{'stage':<16}{'people':>8}{'default':>9}")
    for segment in (*(segment.id for segment in library.content.segments), "none"):
        for stage in (*(stage.id for stage in library.content.stages), "none"):
            if cells[segment, stage]:
                print(f"{segment:<16}{stage:<16}{cells[segment, stage]:>8,}{defaults[segment, stage]:>9,}")
    print(f"{'all':<32}{cells.total():>8,}{defaults.total():>9,}")


if __name__ == "__main__":
    sys.exit(main())
