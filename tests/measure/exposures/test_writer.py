"""Lines of exposures: whole, whoever writes, whatever the disk does, and whenever a process is killed."""

from __future__ import annotations

import os
import pickle
import resource
import shutil
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from assembler.measure.exposures import Exposures
from assembler.measure.exposures.writer import MOST_BYTES
from tests.measure.exposures.records import AT, record

ONE = record()


def lines(folder: Path) -> list[bytes]:
    """Every line of every file, without its line feed."""
    return [line for file in sorted(folder.iterdir()) for line in file.read_bytes().split(b"\n") if line]


def units(folder: Path) -> Counter[str]:
    return Counter(msgspec.json.decode(line)["unit_id"] for line in lines(folder))


def test_a_record_is_a_line_of_json(tmp_path: Path) -> None:
    exposures = Exposures(tmp_path)
    assert exposures.write(ONE)
    assert exposures.write(record(1))
    (file,) = tmp_path.iterdir()
    assert file.name.startswith(f"2026-11-22-{os.getpid()}-")
    assert file.suffix == ".jsonl"
    first, second, rest = file.read_bytes().split(b"\n")
    assert (msgspec.json.decode(first), rest) == (dict(ONE), b"")
    assert msgspec.json.decode(second)["unit_id"] != ONE["unit_id"]


def test_a_day_has_a_file_of_its_own(tmp_path: Path) -> None:
    exposures = Exposures(tmp_path)
    for number in range(4):
        assert exposures.write(record(number, AT + timedelta(days=number % 2)))
    names = sorted(file.name.rpartition("-")[0].rpartition("-")[0] for file in tmp_path.iterdir())
    assert names == ["2026-11-22", "2026-11-23"]
    assert [len(file.read_bytes().splitlines()) for file in tmp_path.iterdir()] == [2, 2]


def test_a_writer_goes_on_where_it_was_and_another_has_its_own_file(tmp_path: Path) -> None:
    exposures = Exposures(str(tmp_path))
    assert exposures.write(ONE)
    exposures.close()
    assert exposures.write(ONE)
    assert len([*tmp_path.iterdir()]) == 1
    assert pickle.loads(pickle.dumps(exposures)).write(ONE)
    assert len([*tmp_path.iterdir()]) == 2
    assert repr(exposures) == f"Exposures({str(tmp_path)!r})"


def test_threads_may_share_it(tmp_path: Path) -> None:
    exposures = Exposures(tmp_path)
    with ThreadPoolExecutor(8) as threads:
        written = threads.map(lambda number: exposures.write({**ONE, "unit_id": f"{number}"}), range(4_000), timeout=60)
        assert all(written)
    assert units(tmp_path) == Counter(map(str, range(4_000)))
    assert len([*tmp_path.iterdir()]) == 1


@contextmanager
def room(size: int) -> Iterator[None]:
    """No file may become larger than this: a write beyond is cut, the next one refused, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_loses_lines_and_tears_one_at_most(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    exposures = Exposures(tmp_path)
    size = len(msgspec.json.encode(ONE)) + 1
    with room(2 * size + 100):
        assert [exposures.write(ONE) for _ in range(10)] == [True, True, *[False] * 8]
    assert exposures.write(ONE)
    assert exposures.write(ONE)
    data = lines(tmp_path)
    whole = msgspec.json.encode(ONE)
    assert data == [whole, whole, whole[:100], whole, whole]
    assert caplog.messages == ["exposures are lost: a part of a line was taken", "exposures are lost: File too large"]


def test_a_folder_that_is_removed_loses_lines_until_it_is_there(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "exposures"
    exposures = Exposures(folder)
    assert not exposures.write(ONE)
    folder.mkdir()
    assert exposures.write(ONE)
    shutil.rmtree(folder)
    assert [exposures.write(ONE), exposures.write(ONE)] == [False, False]
    folder.mkdir()
    assert exposures.write(ONE)
    assert len(lines(folder)) == 1
    assert caplog.messages == ["exposures are lost: No such file or directory"] * 2


def test_a_file_that_is_removed_begins_anew(tmp_path: Path) -> None:
    exposures = Exposures(tmp_path)
    assert exposures.write(ONE)
    for file in tmp_path.iterdir():
        file.unlink()
    assert exposures.write(ONE)
    assert len(lines(tmp_path)) == 1


def test_what_is_no_folder_loses_lines(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not Exposures(tmp_path / "file").write(ONE)


@pytest.mark.parametrize("past", [0, 1])
def test_a_line_on_the_limit_and_past_it(tmp_path: Path, past: int, caplog: pytest.LogCaptureFixture) -> None:
    long: Any = {"timestamp": ONE["timestamp"], "key": ""}
    long["key"] = "x" * (MOST_BYTES - len(msgspec.json.encode(long)) - 1 + past)
    assert Exposures(tmp_path).write(long) is not bool(past)
    assert [len(line) + 1 for line in lines(tmp_path)] == [MOST_BYTES] * (1 - past)
    assert caplog.messages == ["exposures are lost: a line of more than 4,000 bytes"] * past
