"""The library file: what is written is read again, and anything else is refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, strategies as st

from assembler import Library, LibraryError
from assembler.library import format as library_format
from assembler.library.format import VERSION, decode, digest, encode
from assembler.library.records import Content, Field
from tests.library.sealed import sealed
from tests.runtime.sample import archive, library

SMALL = Content(
    name="small",
    locales=("en",),
    link_hosts=(),
    unassigned="treat",
    fields={"zoe": Field(kind="name", max_length=60), "ada": Field(kind="text", max_length=9)},
    signals={},
    segments=(),
    stages=(),
    components=(),
    campaigns={},
    placeholders=(),
)
TEXTS = (b"first", "d\u00e9j\u00e0 \U0001f332".encode(), b"", b"\x00\x7f")
DATA = encode(SMALL, TEXTS)


def test_what_is_written_is_read_again() -> None:
    content, texts = archive()
    data = encode(content, texts)
    read = decode(data)
    assert (read.content, read.texts, read.digest) == (content, tuple(texts), digest(data))
    assert encode(read.content, read.texts) == data


def test_declared_order_survives() -> None:
    assert list(decode(DATA).content.fields) == ["zoe", "ada"]


@given(st.lists(st.text().map(str.encode)))
def test_any_texts_survive(texts: list[bytes]) -> None:
    assert decode(encode(SMALL, texts)).texts == tuple(texts)


def test_the_digest_is_of_all_that_follows_the_header() -> None:
    header, _, body = DATA.partition(b"\n")
    magic, version, checksum, index, rest = header.split()
    assert (magic, int(version), int(index) + int(rest)) == (b"ASSEMBLER-LIBRARY", VERSION, len(body))
    assert decode(DATA).digest == digest(DATA) == f"sha256:{checksum.decode()}"


@pytest.mark.parametrize("extra", [b"\n", b"x", DATA])
def test_more_than_was_written_is_refused(extra: bytes) -> None:
    with pytest.raises(LibraryError, match="altered"):
        decode(DATA + extra)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is empty"),
        (b"ASSEMBLER", "first line is not whole"),
        (b"PK\x03\x04 a zip file", "is not an Assembler library"),
        (DATA[:-1], "1 bytes are missing"),
        (sealed(b"{}", version=VERSION + 1), f"newer Assembler .format {VERSION + 1}; this one reads up to {VERSION}"),
        (sealed(b"{}", version=0), "altered"),
        (sealed(b"not JSON"), "index that cannot be read"),
        (sealed(b"\xff\xfe"), "index that cannot be read"),
        (sealed(b"[" * 100_000), "index that cannot be read"),
        (sealed(b'{"content":{"name":1},"texts":[]}'), "index that cannot be read"),
        (sealed(msgspec.json.encode({"content": SMALL, "texts": [3]}), b"ab"), "other lengths"),
        (sealed(msgspec.json.encode({"content": SMALL, "texts": [-1, 3]}), b"ab"), "other lengths"),
    ],
)  # fmt: skip
def test_the_error_says_what_is_wrong(data: bytes, problem: str) -> None:
    with pytest.raises(LibraryError, match=problem) as caught:
        decode(data, "here.library")
    assert caught.value.path == "here.library"
    assert str(caught.value).startswith("here.library: ")
    assert "`assembler build`" in str(caught.value), "and what to do next"


def test_content_is_looked_at() -> None:
    content, texts = archive()
    assert decode(encode(content, texts)).content == content
    with pytest.raises(LibraryError, match=r"^x\.library: holds wrong content: .*; build it again with"):
        decode(encode(content, texts[:-1]), "x.library")


def test_a_library_is_saved_and_opened(tmp_path: Path) -> None:
    sample = library()
    sample.save(tmp_path / "x.library")
    opened = Library.open(tmp_path / "x.library")
    assert (opened.content, opened.texts, opened.digest) == (sample.content, sample.texts, sample.digest)


def test_an_opened_library_asks_the_clock_that_it_was_given(tmp_path: Path) -> None:
    library().save(tmp_path / "x.library")
    asked: list[datetime] = []

    def clock() -> datetime:
        asked.append(datetime(2026, 11, 22, 12, tzinfo=UTC))
        return asked[-1]

    Library.open(tmp_path / "x.library", clock=clock).decide("come_back", channel="email")
    assert len(asked) == 1


def test_an_error_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.library"
    for write in (path.mkdir, path.rmdir, lambda: path.write_bytes(b"")):
        write()
        with pytest.raises(LibraryError) as caught:
            Library.open(path)
        assert str(caught.value).startswith(f"{path}: ")


@pytest.mark.parametrize("name", ["missing.library", "", "folder", "nul\0name"])
def test_a_file_that_cannot_be_read_is_a_library_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(LibraryError, match=r"cannot be read: .*; `assembler build` writes one"):
        Library.open(f"{tmp_path}/{name}")


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_only_a_regular_file_is_read(tmp_path: Path, make: Callable[[Path], object]) -> None:
    """A pipe would wait for ever, a device never end."""
    make(tmp_path / "x.library")
    with pytest.raises(LibraryError, match="cannot be read: it is no regular file"):
        Library.open(tmp_path / "x.library")


def test_a_link_to_a_library_is_followed(tmp_path: Path) -> None:
    library().save(tmp_path / "2.library")
    (tmp_path / "current.library").symlink_to("2.library")
    assert Library.open(tmp_path / "current.library").content == library().content


@pytest.mark.parametrize("name", ["folder", "missing/x.library", "nul\0name"])
def test_a_file_that_cannot_be_written_is_a_library_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(LibraryError, match="cannot be written"):
        library().save(f"{tmp_path}/{name}")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_the_mode_of_a_saved_file_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        library_format.write(tmp_path / "x.library", DATA)
    finally:
        os.umask(before)
    assert (tmp_path / "x.library").stat().st_mode & 0o777 == 0o640
