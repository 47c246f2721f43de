"""A library file that is truncated or altered in any bit is refused with a clear error; saving is atomic under SIGKILL
and a full disk."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Never

import pytest
from hypothesis import given, settings, strategies as st

from assembler import Library, LibraryError
from assembler.library.format import decode, encode, write
from tests.examples import examples
from tests.library.test_format import DATA, SMALL
from tests.runtime.sample import archive

SAMPLE = encode(*archive())
KILLS = 200


def require_a_clear_error(data: bytes) -> None:
    with pytest.raises(LibraryError) as caught:
        decode(data, "x.library")
    message = str(caught.value)
    assert message.startswith("x.library: ")
    assert "`assembler build`" in message


@pytest.mark.parametrize("whole", [DATA, SAMPLE], ids=["small", "sample"])
def test_every_truncation_is_refused(whole: bytes) -> None:
    for length in range(len(whole)):
        with pytest.raises(LibraryError):
            decode(whole[:length])


@pytest.mark.parametrize("length", [0, 1, 17, 18, 80, 90, 500, len(SAMPLE) - 1])
def test_a_truncation_is_told_clearly(length: int) -> None:
    require_a_clear_error(SAMPLE[:length])


def test_every_alteration_of_one_bit_is_refused() -> None:
    for place in range(len(DATA)):
        for bit in range(8):
            altered = bytearray(DATA)
            altered[place] ^= 1 << bit
            require_a_clear_error(bytes(altered))


@given(flips=st.sets(st.integers(0, len(SAMPLE) * 8 - 1), min_size=1, max_size=5))
@settings(max_examples=examples(200), deadline=None)
def test_any_alteration_of_some_bits_is_refused(flips: set[int]) -> None:
    altered = bytearray(SAMPLE)
    for flip in flips:
        altered[flip // 8] ^= 1 << flip % 8
    require_a_clear_error(bytes(altered))


@given(place=st.integers(0, len(DATA) - 1), byte=st.integers(0, 255))
def test_every_alteration_of_one_byte_is_refused(place: int, byte: int) -> None:
    altered = DATA[:place] + bytes([byte]) + DATA[place + 1 :]
    if altered != DATA:
        require_a_clear_error(altered)


@given(st.binary(max_size=60), st.integers(0, len(SAMPLE)))
def test_what_is_put_in_is_refused(inserted: bytes, place: int) -> None:
    altered = SAMPLE[:place] + inserted + SAMPLE[place:]
    if altered != SAMPLE:
        require_a_clear_error(altered)


def test_the_starter_is_refused_where_it_is_altered(starter_library: Library, tmp_path: Path) -> None:
    path = tmp_path / "x.library"
    starter_library.save(path)
    whole = path.read_bytes()
    for place in range(0, len(whole), len(whole) // 40):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(LibraryError):
            Library.open(path)
        path.write_bytes(whole[:place])
        with pytest.raises(LibraryError):
            Library.open(path)


# --- saving ----------------------------------------------------------------------------------------------------------

KILLER = """
import json, os, random, signal, sys, time
from pathlib import Path
from assembler.library.format import read, write

path, kills = Path(sys.argv[1]), int(sys.argv[2])
versions = [Path(each).read_bytes() for each in sys.argv[3:]]
chance, half, seen = random.Random(11), 0, set()
for _ in range(kills):
    child = os.fork()
    if not child:
        signal.alarm(10)
        while True:
            for version in versions:
                write(path, version)
    time.sleep(chance.random() * 0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert path.read_bytes() in versions
    seen.add(read(path).digest)
    for draft in path.parent.glob(".*"):
        half += 1
        draft.unlink()
print(json.dumps({"half": half, "seen": len(seen)}))
"""

FILLED = """
import json, resource, sys
from pathlib import Path
from assembler import LibraryError
from assembler.library.format import write

path = Path(sys.argv[1])
before, data = path.read_bytes(), Path(sys.argv[2]).read_bytes()
refused = []
for room in range(0, len(data), max(1, len(data) // 50)):
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    try:
        write(path, data)
    except LibraryError as error:
        refused.append(str(error))
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".*"))
resource.setrlimit(resource.RLIMIT_FSIZE, (len(data), resource.RLIM_INFINITY))
write(path, data)
assert path.read_bytes() == data
print(json.dumps(refused))
"""


def told(script: str, *arguments: object) -> object:
    """What a script prints as JSON, in a process of its own."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A library that is there, alone in its folder."""
    (tmp_path / "build").mkdir()
    path = tmp_path / "build" / "x.library"
    path.write_bytes(DATA)
    return path


def large(letter: bytes) -> bytes:
    return encode(SMALL, (letter * 300_000,))


def test_a_killed_save_leaves_one_whole_file(saved: Path, tmp_path: Path) -> None:
    sources = [tmp_path / "first", tmp_path / "second"]
    for source, letter in zip(sources, (b"a", b"b"), strict=True):
        source.write_bytes(large(letter))
    saved.write_bytes(large(b"a"))
    counts = told(KILLER, saved, KILLS, *sources)
    assert isinstance(counts, dict)
    assert counts["half"] > KILLS // 10, "many were killed in the midst of it"
    assert counts["seen"] == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a file's size is limited by means of POSIX")
def test_a_full_disk_leaves_the_old_file_and_nothing_else(saved: Path, tmp_path: Path) -> None:
    """Full for our own process: the system refuses what is written beyond a limit, wherever that is."""
    (tmp_path / "new").write_bytes(large(b"a"))
    refused = told(FILLED, saved, tmp_path / "new")
    assert isinstance(refused, list)
    assert set(refused) == {f"{saved}: cannot be written: File too large"}
    assert len(refused) >= 50


STEPS: dict[str, tuple[str, str]] = {"syncing": ("os", "fsync"), "renaming": ("pathlib.Path", "replace")}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()], ids=repr)
def test_what_goes_wrong_late_leaves_the_old_file_and_nothing_else(
    saved: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    def fails(*_: object) -> Never:
        raise error

    monkeypatch.setattr(".".join(STEPS[step]), fails)
    with pytest.raises((LibraryError, KeyboardInterrupt)):
        write(saved, b"new")
    monkeypatch.undo()
    assert saved.read_bytes() == DATA
    assert list(saved.parent.iterdir()) == [saved]


def test_saving_goes_through_a_file_of_its_own(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that who reads meanwhile sees the old file."""
    seen: list[bytes] = []
    sync: Callable[[int], None] = os.fsync

    def looking(descriptor: int) -> None:
        seen.append(saved.read_bytes())
        sync(descriptor)

    monkeypatch.setattr("os.fsync", looking)
    write(saved, b"new")
    assert seen[0] == DATA
    assert saved.read_bytes() == b"new"
