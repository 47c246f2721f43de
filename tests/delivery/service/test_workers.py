"""Several processes at one address: they count together, and one that dies is started again."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from assembler import Library
from tests.delivery.service.servers import Running, serving, until
from tests.delivery.service.test_reloading import put, two  # noqa: F401  # a fixture


@pytest.fixture
def pair(library_file: Path, tmp_path: Path) -> Iterator[Running]:
    with serving(library_file, "--workers", "2", "--drain", "0s", folder=tmp_path) as running:
        until(lambda: workers_that_serve(running) == 2)
        yield running


def counted(running: Running, series: str) -> int:
    match = re.search(rf"^{re.escape(series)} (\d+)$", running.get("/metrics").body.decode(), re.MULTILINE)
    return int(match[1]) if match else 0


def workers_that_serve(running: Running) -> int:
    match = re.search(r"^assembler_library_info\{.*\} (\d+)$", running.get("/metrics").body.decode(), re.MULTILINE)
    return int(match[1]) if match else 0


def children(running: Running) -> list[int]:
    """The processes that serve."""
    listed = Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children").read_text().split()
    commands = {int(number): Path(f"/proc/{number}/cmdline").read_bytes() for number in listed}
    return [number for number, command in commands.items() if b"spawn_main" in command]


def test_any_process_tells_the_sum_of_all(pair: Running) -> None:
    for number in range(60):
        assert pair.post("/v1/decide").status == 200
        assert counted(pair, 'assembler_requests_total{route="/v1/decide",status="200"}') == number + 1
    decisions = re.findall(r"^assembler_decisions_total\{.*\} (\d+)$", pair.get("/metrics").body.decode(), re.MULTILINE)
    assert sum(map(int, decisions)) == 60


def test_one_that_dies_is_started_again_and_its_counts_stay(pair: Running) -> None:
    for _ in range(20):
        assert pair.post("/v1/decide").status == 200
    before = children(pair)
    os.kill(before[0], signal.SIGKILL)
    until(lambda: len(set(children(pair)) - set(before)) == 1 and workers_that_serve(pair) == 2)
    assert counted(pair, 'assembler_requests_total{route="/v1/decide",status="200"}') == 20
    assert pair.post("/v1/decide").status == 200
    assert any(line.startswith("worker 0 has ended (-9)") for line in pair.lines()) or any(
        line.startswith("worker 1 has ended (-9)") for line in pair.lines()
    )


def test_processes_end_with_the_one_that_started_them(pair: Running) -> None:
    serving_there = children(pair)
    pair.process.kill()
    pair.process.wait(timeout=20)
    until(lambda: not any(Path(f"/proc/{number}/cmdline").exists() for number in serving_there))


def test_all_take_a_new_library_by_a_signal(library_file: Path, two: list[Library], tmp_path: Path) -> None:  # noqa: F811
    path = tmp_path / "served.library"
    put(two[0], path)
    with serving(path, "--workers", "2", "--watch", "off", "--drain", "0s", folder=tmp_path) as running:
        until(lambda: workers_that_serve(running) == 2)
        put(two[1], path)
        running.process.send_signal(signal.SIGHUP)
        series = f'assembler_library_info{{library="{two[1].digest}"}}'
        until(lambda: counted(running, series) == 2)
        assert {running.get("/readyz").json["library"] for _ in range(10)} == {two[1].digest}
        assert running.end() == 0
