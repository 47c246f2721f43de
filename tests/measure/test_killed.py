"""Processes that are killed amid writing: what each had written is whole, and is compacted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec

from assembler.measure.compaction import compact
from tests.conftest import ROOT
from tests.measure.exposures.appending import KILLS
from tests.measure.exposures.records import record


def test_four_processes_lose_a_torn_line_a_kill_at_most(tmp_path: Path) -> None:
    """And it is the last of its file: each wrote its lines in order, and none is missing before that."""
    command = [sys.executable, "-m", "tests.measure.exposures.appending", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True, timeout=200)
    killed = {int(process) for process in done.stdout.split()}
    files = {int(path.name.split("-")[3]): path for path in tmp_path.iterdir()}
    assert (len(killed), len(files), killed < {*files}) == (KILLS, KILLS + 1, True)
    begins = msgspec.json.encode(record())[:40]
    torn: dict[str, int] = {}
    count = 1
    for process in killed:
        *whole, last = files[process].read_bytes().split(b"\n")
        assert [int(msgspec.json.decode(line)["unit_id"][16:]) for line in whole] == [*range(len(whole))]
        assert begins.startswith(last[:40])
        torn |= {files[process].name: 1} if last else {}
        count += len(whole)
    compaction = compact(tmp_path)
    assert (compaction.lines.torn, compaction.lines.foreign) == (torn, {})
    assert compaction.lines.all == count + len(torn)
    assert sum(arm.experiment for arm in compaction.arms) == count
