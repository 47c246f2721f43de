"""Lines of exposures -> Parquet by day: the first of each person, version and arm (extra `audience`).

table.py             the table `exposures`: its columns, and what was compacted before
lines.py             files of lines -> rows; what is torn or no exposure is counted
audience_folder.py   a list that was decided -> rows
compacting.py        rows -> the first of each, without who was in two arms; and all of it in one step
"""

from __future__ import annotations

try:
    import duckdb  # noqa: F401  # asked for once, so that one line says what is missing
except ModuleNotFoundError as error:
    raise ImportError(
        f"assembler.measure.compaction needs {error.name}: pip install 'assembler[audience]'", name=error.name
    ) from None

from assembler.measure.compaction.compacting import Compaction as Compaction, compact as compact
from assembler.measure.compaction.table import ExposuresError as ExposuresError
