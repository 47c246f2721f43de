"""What lies among decisions and is no regular file is told, and neither followed nor waited for."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from assembler.review.approvals.regular import LINK, below, read_regular


def pipe(path: Path) -> None:
    os.mkfifo(path)


def unix_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def link(path: Path) -> None:
    (path.parent / "elsewhere").write_bytes(b"{}")
    path.symlink_to("elsewhere")


def broken_link(path: Path) -> None:
    path.symlink_to("nowhere")


def link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


STRANGE: dict[Callable[[Path], None], str] = {
    pipe: "no regular file",
    unix_socket: "no regular file",
    link: LINK,
    broken_link: LINK,
    link_to_a_device: LINK,
}


@pytest.mark.parametrize(("make", "problem"), STRANGE.items(), ids=lambda case: getattr(case, "__name__", None))
def test_what_is_no_regular_file_is_told_and_not_read(
    tmp_path: Path, make: Callable[[Path], None], problem: str
) -> None:
    make(tmp_path / "x.json")
    assert dict(below(tmp_path))[tmp_path / "x.json"] == problem
    with pytest.raises(OSError, match=problem):
        read_regular(tmp_path / "x.json", 10)


def test_what_is_put_there_meanwhile_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between looking and opening."""
    (tmp_path / "x.json").write_bytes(b"{}")
    before = os.lstat(tmp_path / "x.json")
    (tmp_path / "x.json").unlink()
    monkeypatch.setattr(os, "lstat", lambda _: before)
    pipe(tmp_path / "x.json")
    with pytest.raises(OSError, match="no regular file"):
        read_regular(tmp_path / "x.json", 10)
    (tmp_path / "x.json").unlink()
    link_to_a_device(tmp_path / "x.json")
    with pytest.raises(OSError, match="Too many levels of symbolic links"):
        read_regular(tmp_path / "x.json", 10)


@pytest.mark.parametrize(("most", "content"), [(0, b""), (3, b"abc"), (6, b"abcdef"), (7, b"abcdef")])
def test_no_more_is_read_than_asked_for(tmp_path: Path, most: int, content: bytes) -> None:
    (tmp_path / "x").write_bytes(b"abcdef")
    assert read_regular(tmp_path / "x", most) == content


def test_folders_are_looked_into_and_links_to_folders_are_not(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/x").touch()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/y").touch()
    (tmp_path / "a/link").symlink_to("../outside")
    assert dict(below(tmp_path / "a")) == {tmp_path / "a/b/x": "", tmp_path / "a/link": LINK}
    assert dict(below(tmp_path / "a/link")) == {tmp_path / "a/link": LINK}


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    assert dict(below(tmp_path / "x")) == {tmp_path / "x": "no folder"}
    assert dict(below(tmp_path / "nowhere")) == {}


def test_however_deep_folders_are(tmp_path: Path) -> None:
    """A path that is too long for the system is told; nothing recurses."""
    here = os.open(tmp_path, os.O_RDONLY)
    try:
        for _ in range(2_500):
            os.mkdir("d", dir_fd=here)
            inner = os.open("d", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = inner
        listed = list(below(tmp_path))
    finally:
        os.close(here)
        # What removes temporary folders does recurse.
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True, timeout=120)
    assert [problem for _, problem in listed] == ["cannot be listed: File name too long"]
