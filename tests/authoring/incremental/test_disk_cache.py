"""A cache may lose whatever it keeps, but never gives back anything else."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from assembler.authoring.incremental.disk_cache import FolderCache


def test_what_was_put_is_there_for_others_too(tmp_path: Path) -> None:
    FolderCache(tmp_path / "cache").put("a1", b"\x00words")
    assert FolderCache(tmp_path / "cache").get("a1") == b"\x00words"
    assert FolderCache(tmp_path / "cache").get("b2") is None


def test_git_ignores_it(tmp_path: Path) -> None:
    FolderCache(tmp_path / "cache").put("a1", b"words")
    assert (tmp_path / "cache" / ".gitignore").read_text() == "*\n"


@given(cut=st.integers(0, 60), flipped=st.integers(0, 60))
def test_a_damaged_file_is_not_there(tmp_path_factory: pytest.TempPathFactory, cut: int, flipped: int) -> None:
    folder = tmp_path_factory.mktemp("cache")
    cache = FolderCache(folder)
    cache.put("a1", b"words of a fragment, some more of them")
    whole = (folder / "a1").read_bytes()
    (folder / "a1").write_bytes(whole[:cut])
    assert cache.get("a1") is None
    altered = bytearray(whole)
    altered[flipped] ^= 1
    (folder / "a1").write_bytes(altered)
    assert cache.get("a1") is None


def test_it_may_be_deleted_at_any_time(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path / "cache")
    cache.put("a1", b"words")
    for path in (tmp_path / "cache").iterdir():
        path.unlink()
    (tmp_path / "cache").rmdir()
    assert cache.get("a1") is None
    cache.put("a1", b"words")
    assert cache.get("a1") == b"words"


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    cache = FolderCache(tmp_path / "cache")
    cache.put("a1", b"words")
    assert cache.get("a1") is None
    assert (tmp_path / "cache").read_text() == "a file"


def test_what_was_not_asked_for_the_longest_goes_first_and_nothing_that_is_not_its_own(tmp_path: Path) -> None:
    keys = [f"{number:064x}" for number in range(9)]
    (tmp_path / "thesis.txt").write_bytes(bytes(9000))
    os.utime(tmp_path / "thesis.txt", (0, 0))
    for number, key in enumerate(keys[:8]):
        FolderCache(tmp_path).put(key, bytes(1000))
        os.utime(tmp_path / key, (number, number))
    assert FolderCache(tmp_path).get(keys[0]) is not None
    FolderCache(tmp_path, most_bytes=6000).put(keys[8], bytes(1000))
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {".gitignore", "thesis.txt", keys[0], keys[8]}


@pytest.mark.parametrize(("most_bytes", "left"), [(4 * 1032, 4), (4 * 1032 - 1, 1)])
def test_a_folder_is_pruned_to_half_when_it_is_larger_than_it_may_be(
    tmp_path: Path, most_bytes: int, left: int
) -> None:
    """A file has 32 bytes more than what is put."""
    for number in range(4):
        FolderCache(tmp_path, most_bytes).put(f"{number:064x}", bytes(1000))
    assert len(list(tmp_path.glob("0*"))) == left


@pytest.mark.parametrize(("size", "stored"), [(1000, True), (1001, False)])
def test_what_is_more_than_the_whole_folder_may_hold_is_not_stored(tmp_path: Path, size: int, stored: bool) -> None:
    cache = FolderCache(tmp_path / "cache", most_bytes=1000)
    cache.put("a1", bytes(size))
    assert (tmp_path / "cache/a1").exists() == stored


@pytest.mark.parametrize(("size", "there"), [(1000, True), (1001, False)])
def test_what_is_larger_than_any_that_is_written_is_not_read(tmp_path: Path, size: int, there: bool) -> None:
    FolderCache(tmp_path).put("a1", bytes(size))
    assert (FolderCache(tmp_path, most_bytes=1000).get("a1") is not None) == there


@pytest.mark.parametrize("kind", ["pipe", "folder", "link", "dangling link"])
def test_what_is_no_file_is_not_there(tmp_path: Path, kind: str) -> None:
    cache = FolderCache(tmp_path)
    cache.put("a1", b"words")
    (tmp_path / "a1").rename(tmp_path / "elsewhere")
    match kind:
        case "pipe":
            os.mkfifo(tmp_path / "a1")
        case "folder":
            (tmp_path / "a1").mkdir()
        case "link":
            (tmp_path / "a1").symlink_to(tmp_path / "elsewhere")
        case _:
            (tmp_path / "a1").symlink_to(tmp_path / "nowhere")
    assert cache.get("a1") is None
    cache.put("a1", b"words")
    assert cache.get("a1") == (None if kind == "folder" else b"words")


def test_a_link_leads_to_what_is_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "cache").symlink_to(tmp_path / "theirs")
    FolderCache(tmp_path / "cache", most_bytes=0).put("a1", b"words")
    assert list((tmp_path / "theirs").iterdir()) == []


def test_a_file_is_of_one_key_only(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path)
    cache.put("a1", b"words")
    (tmp_path / "a1").rename(tmp_path / "b2")
    assert cache.get("b2") is None


def test_many_writers_of_one_key_make_no_mixture(tmp_path: Path) -> None:
    texts = [bytes([number]) * 100_000 for number in range(8)]

    def work(text: bytes) -> bool:
        cache = FolderCache(tmp_path)
        for _ in range(20):
            cache.put("a1", text)
            if cache.get("a1") not in texts:
                return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, texts))
    assert {path.name for path in tmp_path.iterdir()} == {".gitignore", "a1"}
