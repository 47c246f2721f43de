"""Folders of exposures, line by line, and what is compacted of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from tests.measure.exposures.records import record

ONE = record()


def line(unit: str | None = "a", arm: str = "treated", **changes: Any) -> bytes:
    """A line of a person in an arm; `at` is the time of its day, `day` another day."""
    day, at = changes.pop("day", "2026-11-22"), changes.pop("at", "12:00:00.000000")
    plain = {**ONE, "unit_id": unit, "variation_id": arm, "timestamp": f"{day}T{at}Z"}
    return msgspec.json.encode({**plain, **changes}) + b"\n"


def written(folder: Path, files: Mapping[str, Iterable[bytes]]) -> Path:
    """The folder, with files of lines in it."""
    folder.mkdir(exist_ok=True)
    for name, lines in files.items():
        (folder / f"{name}.jsonl").write_bytes(b"".join(lines))
    return folder


def rows(folder: Path, file: str = "*") -> list[dict[str, Any]]:
    """What is in the Parquet of a folder, file by file."""
    found_rows: list[dict[str, Any]] = []
    for path in sorted((folder / "parquet").glob(f"{file}.parquet")):
        result = duckdb.connect().execute("from read_parquet($file)", {"file": str(path)})
        names = [column[0] for column in result.description or ()]
        found_rows += [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return found_rows


def units(folder: Path, file: str = "2*") -> list[tuple[str, str]]:
    """Who is there, and in which arm, in their order."""
    return [(row["unit_id"], row["variation_id"]) for row in rows(folder, file)]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file that was compacted."""
    return {path.name: path.read_bytes() for path in sorted((folder / "parquet").iterdir())}
