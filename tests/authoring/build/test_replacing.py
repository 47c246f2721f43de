"""A folder is replaced in one step, whatever fails, is killed or happens beside it."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from assembler.authoring.build.replacing import NewFolder, replacing


def anything(folder: Path) -> bool:
    return True


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def old_build(tmp_path: Path) -> dict[str, str]:
    """Three files in a folder `build`."""
    for path in ("build/a/1", "build/a/2", "build/b"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    return tree(tmp_path / "build")


def new_build(tmp_path: Path, *names: str) -> None:
    """Replace the folder `build` by one with these files."""
    with replacing(tmp_path / "build", "a build", anything) as folder:
        for name in names:
            folder.write(name, f"build/{name}".encode())


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, as another process does."""
    number = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)


def test_the_new_folder_takes_the_place_of_the_old_one_at_the_end(tmp_path: Path) -> None:
    before = old_build(tmp_path)
    with replacing(tmp_path / "build", "a build", anything) as folder:
        folder.write("b", b"new")
        folder.write("c/d", b"more")
        assert tree(tmp_path / "build") == before
    assert tree(tmp_path / "build").keys() == {"b", "c/d"}
    assert [path.name for path in tmp_path.iterdir()] == ["build"]


@pytest.mark.parametrize(
    ("name", "data", "same"),
    [("a/1", b"build/a/1", True), ("a/1", b"build/a/3", False), ("a/1", b"build/a/", False), ("a/3", b"x", False)],
    ids=["the same", "other bytes", "fewer bytes", "none"],
)
def test_only_what_differs_is_written(tmp_path: Path, name: str, data: bytes, same: bool) -> None:
    old_build(tmp_path)
    number = (tmp_path / "build/a/1").stat().st_ino
    with replacing(tmp_path / "build", "a build", anything) as folder:
        folder.write(name, data)
        assert (tmp_path / "build/a/1").read_text() == "build/a/1"
    after = tmp_path / "build" / name
    assert (after.read_bytes(), after.stat().st_ino == number) == (data, same)


def linked_file(build: Path, elsewhere: Path) -> None:
    (build / "a/1").rename(elsewhere)
    (build / "a/1").symlink_to(elsewhere)


def linked_folder(build: Path, elsewhere: Path) -> None:
    (build / "a").rename(elsewhere)
    (build / "a").symlink_to(elsewhere)


def pipe(build: Path, elsewhere: Path) -> None:
    (build / "a/1").unlink()
    os.mkfifo(build / "a/1")


def folder_of_that_name(build: Path, elsewhere: Path) -> None:
    (build / "a/1").unlink()
    (build / "a/1").mkdir()


@pytest.mark.parametrize("change", [linked_file, linked_folder, pipe, folder_of_that_name])
def test_what_is_no_file_of_the_old_folder_is_written_anew(
    tmp_path: Path, change: Callable[[Path, Path], None]
) -> None:
    old_build(tmp_path)
    change(tmp_path / "build", tmp_path / "elsewhere")
    theirs = tree(tmp_path / "elsewhere") if (tmp_path / "elsewhere").is_dir() else None
    new_build(tmp_path, "a/1")
    written = tmp_path / "build/a/1"
    assert (written.is_symlink(), written.read_text(), written.stat().st_nlink) == (False, "build/a/1", 1)
    assert theirs is None or tree(tmp_path / "elsewhere") == theirs


def test_where_files_cannot_be_linked_they_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old_build(tmp_path)

    def refused(self: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    new_build(tmp_path, *before)
    assert tree(tmp_path / "build") == before


def test_what_fails_while_it_is_written_leaves_the_old_folder(tmp_path: Path) -> None:
    before = old_build(tmp_path)
    with (
        pytest.raises(OSError, match="No space"),
        replacing(tmp_path / "build", "a build", anything) as folder,
    ):
        folder.write("a/1", b"build/a/1")
        raise OSError(28, "No space left on device")
    assert tree(tmp_path / "build") == before
    assert [path.name for path in tmp_path.iterdir()] == ["build"]


@pytest.mark.parametrize(("fails_at", "after"), [(1, "old"), (2, "old"), (3, "new")])
def test_an_exchange_that_fails_leaves_one_of_the_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int, after: str
) -> None:
    before = old_build(tmp_path)
    rename, count = Path.rename, iter(range(1, 100))

    def failing(self: Path, target: Path) -> Path:
        if next(count) == fails_at:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    if after == "old":
        with pytest.raises(OSError, match="No space"):
            new_build(tmp_path, "b")
        assert tree(tmp_path / "build") == before
    else:
        new_build(tmp_path, "b")
        assert tree(tmp_path / "build").keys() == {"b"}
        new_build(tmp_path, "b")
    assert [path.name for path in tmp_path.iterdir()] == ["build"]


@pytest.mark.parametrize("stands", [True, False])
@pytest.mark.parametrize(
    ("beside", "put_back"),
    [(["old", "new"], True), (["old"], False), (["new"], False)],
    ids=["exchanging", "exchanged", "writing, or removing"],
)
def test_where_a_process_was_killed_the_next_goes_on(
    tmp_path: Path, beside: list[str], put_back: bool, stands: bool
) -> None:
    before = old_build(tmp_path)
    if not stands:
        (tmp_path / "build").rename(tmp_path / "elsewhere")
    for suffix in beside:
        (tmp_path / f".build-abc.{suffix}").mkdir()
        (tmp_path / f".build-abc.{suffix}" / suffix).write_text(suffix)
    left = before if stands else {"old": hashlib.sha256(b"old").hexdigest()} if put_back else {}
    with replacing(tmp_path / "build", "a build", anything):
        assert tree(tmp_path / "build") == left
        assert not list(tmp_path.glob(".build-abc*"))


def test_what_is_still_being_written_is_not_removed(tmp_path: Path) -> None:
    before = old_build(tmp_path)
    with replacing(tmp_path / "build", "a build", anything) as one:
        one.write("c", b"still being written")
        with replacing(tmp_path / "build", "a build", anything):
            assert one.path.exists()
            assert tree(tmp_path / "build") == before
    assert tree(tmp_path / "build").keys() == {"c"}
    assert [path.name for path in tmp_path.iterdir()] == ["build"]


def test_what_was_left_for_another_folder_is_not_put_back(tmp_path: Path) -> None:
    old_build(tmp_path)
    (tmp_path / "build").rename(tmp_path / ".build-fr-abc.old")
    (tmp_path / ".build-fr-abc.new").mkdir()
    with replacing(tmp_path / "build", "a build", anything):
        assert not (tmp_path / "build").exists()
    with replacing(tmp_path / "build-fr", "a build", anything):
        assert (tmp_path / "build-fr").exists()


@pytest.mark.parametrize("suffix", ["old", "new"])
def test_what_only_looks_as_if_a_build_had_left_it_is_left_alone(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/1").write_text("mine")
    (tmp_path / f".build-link.{suffix}").symlink_to(tmp_path / "mine")
    (tmp_path / f".build-My Notes.{suffix}").mkdir()
    (tmp_path / f".build-file.{suffix}").write_text("mine")
    before = tree(tmp_path)
    new_build(tmp_path, "a")
    assert {path: digest for path, digest in tree(tmp_path).items() if not path.startswith("build/")} == before
    assert (tmp_path / f".build-My Notes.{suffix}").is_dir()


def test_what_comes_to_stand_there_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    with (
        pytest.raises(FileExistsError, match="holds files that are not a build"),
        replacing(tmp_path / "build", "a build", lambda folder: (folder / "manifest.json").exists()),
    ):
        before = old_build(tmp_path)
    assert tree(tmp_path) == {f"build/{path}": digest for path, digest in before.items()}


@contextmanager
def another_build(tmp_path: Path) -> Iterator[tuple[Thread, Event, Event]]:
    """A build in another thread: it, that it is written, and that it may go on to the exchange."""
    written, goes_on = Event(), Event()

    def build() -> None:
        with replacing(tmp_path / "build", "a build", anything) as folder:
            folder.write("c", b"new")
            written.set()
            goes_on.wait(20)

    thread = Thread(target=build)
    try:
        yield thread, written, goes_on
    finally:
        goes_on.set()
        thread.join(20)
    assert tree(tmp_path / "build").keys() == {"c"}


def test_nobody_looks_at_what_stands_there_while_somebody_exchanges_it(tmp_path: Path) -> None:
    old_build(tmp_path)
    with another_build(tmp_path) as (thread, written, _):
        with held(tmp_path):
            thread.start()
            assert not written.wait(0.3)
            assert not list(tmp_path.glob(".build-*"))
        assert written.wait(20)


def test_one_process_at_a_time_exchanges(tmp_path: Path) -> None:
    before = old_build(tmp_path)
    with another_build(tmp_path) as (thread, written, goes_on):
        thread.start()
        assert written.wait(20)
        with held(tmp_path):
            goes_on.set()
            thread.join(0.3)
            assert thread.is_alive()
            assert tree(tmp_path / "build") == before


def test_a_new_folder_can_be_read_by_whoever_may_read_folders(tmp_path: Path) -> None:
    new_build(tmp_path, "a")
    assert (tmp_path / "build").stat().st_mode & 0o777 == 0o755


def test_a_folder_that_has_no_old_one_is_written(tmp_path: Path) -> None:
    folder = NewFolder(tmp_path, tmp_path / "none")
    folder.write("a/b", b"new")
    assert (tmp_path / "a/b").read_bytes() == b"new"
