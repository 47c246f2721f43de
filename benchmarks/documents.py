"""Put the stored figures into the documents that show them: between a comment that names them and the next.

python -m benchmarks && python -m benchmarks.two_mails && python -m benchmarks.curves
python -m benchmarks.service && python -m benchmarks.audience && python -m benchmarks.documents
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks import audience, curves, goals, service, two_mails

__all__ = ["DOCUMENTS", "filled", "main"]

_ROOT = Path(__file__).parents[1]
DOCUMENTS = (_ROOT / "README.md", _ROOT / "docs" / "reference" / "speed.md")


def filled(text: str) -> str:
    """A document with the tables of the figures in `benchmarks/` that it names."""
    reached, _, paths = goals.table(json.loads(goals.FIGURES.read_text(encoding="utf-8"))).partition("\n\n")
    growth = curves.table(json.loads(curves.FIGURES.read_text(encoding="utf-8")))
    mails = json.loads(two_mails.FIGURES.read_text(encoding="utf-8"))
    tables = {"goals": reached, "paths": paths, "growth": growth, "mails": two_mails.mails_table(mails)}
    tables["service"] = service.table(json.loads(service.FIGURES.read_text(encoding="utf-8")))
    tables["audience"] = audience.audience_table(json.loads(audience.FIGURES.read_text(encoding="utf-8")))
    for name, table in (tables | {"more goals": goals.goals_table(mails)}).items():
        before, begin, rest = text.partition(f"<!-- {name} -->\n")
        if begin:
            _, end, after = rest.partition("<!-- end -->")
            text = f"{before}{begin}{table}\n{end}{after}"
    return text


def main() -> int:
    """Write them."""
    for document in DOCUMENTS:
        document.write_text(filled(document.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
