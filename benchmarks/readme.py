"""Put the stored figures into the README: between a comment that names them and the next.

python -m benchmarks && python -m benchmarks.curves && python -m benchmarks.readme
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks import curves, goals

__all__ = ["README", "filled", "main"]

README = Path(__file__).parents[1] / "README.md"


def filled(text: str) -> str:
    """The README with the tables of the figures in `benchmarks/`."""
    tables = {
        "goals": goals.table(json.loads(goals.FIGURES.read_text(encoding="utf-8"))),
        "growth": curves.table(json.loads(curves.FIGURES.read_text(encoding="utf-8"))),
    }
    for name, table in tables.items():
        before, begin, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition("\n<!-- end -->")
        text = before + begin + table + end + after
    return text


def main() -> int:
    """Write it."""
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
