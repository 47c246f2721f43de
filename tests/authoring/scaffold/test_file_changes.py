"""Files of a project are written all or none, and never over what somebody else wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.authoring.scaffold.file_changes import write_files
from assembler.authoring.scaffold.refused import Refused

CHANGES = {"a.md": (b"a", b"A"), "b.md": (b"b", b"B")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, (before, _) in CHANGES.items():
        (tmp_path / path).write_bytes(before)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_all_are_written_and_nothing_else_stays(folder: Path) -> None:
    (folder / "a.md").chmod(0o640)
    write_files(folder, {"deep/c.md": b"c"}, CHANGES)
    assert contents(folder) == {"a.md": b"A", "b.md": b"B", "c.md": b"c"}
    assert (folder / "a.md").stat().st_mode & 0o777 == 0o640


def test_what_somebody_else_wrote_meanwhile_is_kept(folder: Path) -> None:
    (folder / "b.md").write_bytes(b"theirs")
    with pytest.raises(Refused, match=r"b\.md has changed meanwhile"):
        write_files(folder, {"deep/c.md": b"c"}, CHANGES)
    assert contents(folder) == {"a.md": b"a", "b.md": b"theirs"}
    assert not (folder / "deep").exists()


def test_a_file_that_is_gone_does_not_come_back(folder: Path) -> None:
    (folder / "b.md").unlink()
    with pytest.raises(Refused, match=r"b\.md has changed meanwhile"):
        write_files(folder, {}, CHANGES)
    assert contents(folder) == {"a.md": b"a"}


def test_a_read_only_file_is_not_written(folder: Path) -> None:
    (folder / "b.md").chmod(0o444)
    with pytest.raises(Refused, match=r"b\.md is read-only"):
        write_files(folder, {}, CHANGES)
    assert contents(folder) == {"a.md": b"a", "b.md": b"b"}


def test_where_a_file_cannot_be_written_all_are_as_before(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def full(draft: Path, target: Path) -> Path:
        if target.name == "b.md" and draft.read_bytes() == b"B":
            raise OSError(28, "No space left on device", str(target))
        return replace(draft, target)

    monkeypatch.setattr(Path, "replace", full)
    (folder / "a.md").chmod(0o640)
    with pytest.raises(Refused, match=r"^nothing is written: .*b\.md: No space left on device$"):
        write_files(folder, {"deep/c.md": b"c"}, CHANGES)
    assert contents(folder) == {"a.md": b"a", "b.md": b"b"}
    assert not (folder / "deep").exists()
    assert (folder / "a.md").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("place", ["loop", "loop/deep", "a.md/deep"])
def test_what_is_no_folder_is_named(place: str, folder: Path) -> None:
    (folder / "loop").symlink_to("loop")
    with pytest.raises(Refused, match=r"(loop|a\.md) is no folder$"):
        write_files(folder / place, {"c.md": b"c"})


@pytest.mark.parametrize(("length", "named"), [(255, True), (256, False)])
def test_a_name_may_be_as_long_as_the_disk_lets_it_be(length: int, named: bool, folder: Path) -> None:
    name = "x" * length
    if named:
        write_files(folder / name, {"c.md": b"c"})
        return
    with pytest.raises(Refused) as refused:
        write_files(folder / name, {"c.md": b"c"})
    assert str(refused.value).endswith(": File name too long")
    assert len(str(refused.value)) < 300
    assert not (folder / name[:255]).exists()


@pytest.mark.parametrize("step", ["mkdir", "open"])
def test_an_interrupt_right_behind_a_step_leaves_nothing(
    step: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, do = contents(folder), getattr(Path, step)

    def interrupted(path: Path, *arguments: str) -> None:
        do(path, *arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, step, interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_files(folder, {"deep/er/c.md": b"c"})
    monkeypatch.undo()
    assert contents(folder) == before
    assert not (folder / "deep").exists()


def test_what_somebody_else_writes_at_that_moment_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    do = Path.open

    def preceded(path: Path, mode: str) -> object:
        path.write_bytes(b"theirs")
        return do(path, mode)

    monkeypatch.setattr("assembler.authoring.scaffold.file_changes.Path.open", preceded)

    def wrote(path: Path, data: bytes) -> int:
        with do(path, "wb") as file:
            return int(file.write(data))

    monkeypatch.setattr(Path, "write_bytes", wrote)
    with pytest.raises(Refused, match="File exists"):
        write_files(folder, {"c.md": b"c"})
    monkeypatch.undo()
    assert (folder / "c.md").read_bytes() == b"theirs"
