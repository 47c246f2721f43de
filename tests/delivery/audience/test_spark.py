"""The recipe for Spark runs on a local cluster, and loses and doubles nobody when a busy worker is killed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from assembler import Library
from assembler.delivery.audience import decisions
from benchmarks.audience import CAMPAIGN, CHANNEL, people
from benchmarks.customers import MOMENT
from tests.conftest import ROOT
from tests.documents import blocks
from tests.processes import started

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="the group spark is not installed"),
    pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java"),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="workers are found in /proc"),
]
FILES, ROWS = 4, 20_000
BUSY = 30
"""Hundredths of a second of the processor that a worker had before it is killed."""

LONGEST = 180
"""Seconds."""


def batches() -> Iterator[pa.RecordBatch]:
    """People with an id of their own."""
    for number in range(FILES):
        batch = people(ROWS, number)
        ids = pa.array([f"c-{number}-{row}" for row in range(ROWS)])
        yield batch.set_column(batch.schema.get_field_index("id"), "id", ids)


def busy_workers(of: int) -> Iterator[int]:
    """The processes of Python below another that Spark forked for its tasks and that have worked for a while."""
    parents: dict[int, int] = {}
    worked: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            is_worker = b"pyspark" in (folder / "cmdline").read_bytes()
        except OSError:
            continue
        parents[int(folder.name)] = int(fields[1])
        if is_worker and int(fields[11]) + int(fields[12]) > BUSY:
            worked[int(folder.name)] = int(fields[1])
    for process, parent in worked.items():
        if parent in parents and of in ancestors(process, parents) and is_daemon(parent):
            yield process


def ancestors(process: int, parents: dict[int, int]) -> Iterator[int]:
    while process in parents:
        process = parents[process]
        yield process


def is_daemon(process: int) -> bool:
    try:
        return b"pyspark.daemon" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def run(folder: Path, library: Library, master: str) -> tuple[int, str]:
    """The exit code and the errors of the recipe, one busy worker of which is killed."""
    library.save(folder / "brand.library")
    (folder / "people").mkdir()
    for number, batch in enumerate(batches()):
        parquet.write_table(pa.Table.from_batches([batch]), folder / "people" / f"{number}.parquet")
    (recipe,) = blocks("docs/how-to/spark.md", "py")
    (folder / "recipe.py").write_text(recipe, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SPARK_LOCAL_IP": "127.0.0.1"}
    environment["PYSPARK_SUBMIT_ARGS"] = f"--master {master} --conf spark.ui.enabled=false pyspark-shell"
    command = [sys.executable, "recipe.py", "brand.library", "people", "decisions", MOMENT.isoformat()]
    killed, until = False, time.monotonic() + LONGEST
    with (folder / "errors").open("w") as errors:
        options: dict[str, Any] = {"cwd": folder, "env": environment, "stdout": errors, "stderr": errors}
        with started(command, **options) as process:
            while process.poll() is None and time.monotonic() < until:
                assert not (folder / "decisions" / "_SUCCESS").exists() or killed
                if not killed and (worker := next(busy_workers(process.pid), None)) is not None:
                    os.kill(worker, signal.SIGKILL)
                    killed = True
                time.sleep(0.02)
            code = process.wait(timeout=LONGEST)
    assert killed, (folder / "errors").read_text()
    return code, (folder / "errors").read_text()


def test_a_busy_worker_that_is_killed_costs_time_alone(starter_library: Library, tmp_path: Path) -> None:
    code, errors = run(tmp_path, starter_library, "local[2,4]")
    assert code == 0, errors
    assert "Lost task" in errors
    assert (tmp_path / "decisions" / "_SUCCESS").exists()
    rows = pa.concat_tables(parquet.read_table(path) for path in (tmp_path / "decisions").glob("*.parquet")).sort_by(
        "id"
    )
    asked: dict[str, Any] = {"library": starter_library, "campaign": CAMPAIGN, "channel": CHANNEL, "at": MOMENT}
    wanted = pa.Table.from_batches(decisions(batches(), dictionaries=False, **asked)).sort_by("id")
    assert rows.num_rows == FILES * ROWS
    assert rows.to_pylist() == wanted.to_pylist()


def test_where_nothing_is_tried_again_there_is_no_success(starter_library: Library, tmp_path: Path) -> None:
    code, errors = run(tmp_path, starter_library, "local[2]")
    assert code != 0
    assert "Lost task" in errors
    assert not (tmp_path / "decisions" / "_SUCCESS").exists()
    assert [*(tmp_path / "decisions").glob("*.parquet")] == []
