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
    with pytest.raises(OSError, match="No space left"):
        write_files(folder, {"deep/c.md": b"c"}, CHANGES)
    assert contents(folder) == {"a.md": b"a", "b.md": b"b"}
    assert not (folder / "deep").exists()
    assert (folder / "a.md").stat().st_mode & 0o777 == 0o640
