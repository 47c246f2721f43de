"""Decisions: files that are only added, read back exactly, and refused with the path and what is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from assembler.review.approvals.decision import InvalidDecision, encode_decision
from assembler.review.approvals.decision_files import (
    MOST_BYTES,
    decisions_fingerprint,
    read_decisions,
    write_decision,
)
from assembler.review.sampling.digests import Card
from tests.review.approvals.cards import card_of
from tests.review.conftest import NOW, verdict_on

Edit = Callable[[dict[str, Any]], object]


@pytest.fixture
def card() -> Card:
    return card_of({"title": "title/sweet", "aside": None, "story": "story/long"})


def test_a_decision_is_read_back_as_it_was_written(tmp_path: Path, card: Card) -> None:
    decision = verdict_on(card, "changes", comment="Too loud", slot="title", role="brand")
    path = write_decision(tmp_path, decision)
    assert path == tmp_path / "reviews" / card.digest / "20261122T130000.000000Z-maya.json"
    assert read_decisions(tmp_path) == ((decision,), ())


def test_no_file_is_ever_replaced(tmp_path: Path, card: Card) -> None:
    first, second = verdict_on(card), verdict_on(card, "withdraw")
    paths = [write_decision(tmp_path, decision) for decision in (first, second, second)]
    assert len(set(paths)) == 2
    assert read_decisions(tmp_path) == ((first, second), ())


@pytest.mark.parametrize(
    ("reviewer", "slug"),
    [
        ("Maya Lind <m.lind@x.example>", "m-lind"),
        ("Ωmega", "mega"),
        ("名前", "reviewer"),
        ("../../etc", "etc"),
        ("a" * 40, "a" * 40),
        ("a" * 41, "a" * 40),
        ("a" * 39 + " b", "a" * 39),
        ("Jo <@x.example>", "jo-x-example"),
    ],
)
def test_names_of_files_are_plain(tmp_path: Path, card: Card, reviewer: str, slug: str) -> None:
    path = write_decision(tmp_path, verdict_on(card, reviewer=reviewer))
    assert path.name == f"20261122T130000.000000Z-{slug}.json"
    assert not read_decisions(tmp_path)[1]


def no(key: str) -> Edit:
    return lambda decision: decision.pop(key)


def with_(**values: object) -> Edit:
    return lambda decision: decision.update(values)


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        (no("verdict"), "missing required field `verdict`"),
        (no("time"), "missing required field `time`"),
        (with_(verdict="changes"), "a request for changes has a comment"),
        (with_(time="2026-11-22T13:00:00"), "time: "),
        (with_(time="0001-01-01T00:00:00+14:00"), "its time is out of range"),
        (with_(time="9999-12-31T23:59:59-14:00"), "its time is out of range"),
        (with_(subject="0" * 64), "its subject is " + "0" * 64 + ", so it belongs into reviews/" + "0" * 64),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, card: Card, edit: Edit, problem: str) -> None:
    good = verdict_on(card, time=NOW + timedelta(hours=1))
    write_decision(tmp_path, good)
    path = write_decision(tmp_path, verdict_on(card))
    written = json.loads(path.read_text())
    edit(written)
    path.write_text(json.dumps(written))
    decisions, (fault,) = read_decisions(tmp_path)
    assert decisions == (good,)
    assert fault.path == path.relative_to(tmp_path).as_posix()
    assert problem in fault.problem


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 5000, b"null", b"<<<<<<< HEAD\n"])
def test_what_is_no_json_is_said(tmp_path: Path, card: Card, data: bytes) -> None:
    path = write_decision(tmp_path, verdict_on(card))
    path.write_bytes(data)
    decisions, faults = read_decisions(tmp_path)
    assert (decisions, len(faults)) == ((), 1)


def test_a_stray_file_is_said(tmp_path: Path, card: Card) -> None:
    path = write_decision(tmp_path, verdict_on(card))
    path.rename(path.with_name("decision.json"))
    assert "not named like a decision" in read_decisions(tmp_path)[1][0].problem


def test_a_decision_in_the_wrong_folder_is_said(tmp_path: Path, card: Card) -> None:
    path = write_decision(tmp_path, verdict_on(card))
    deeper = tmp_path / "reviews" / "more" / card.digest / path.name
    deeper.parent.mkdir(parents=True)
    path.rename(deeper)
    decisions, (file,) = read_decisions(tmp_path)
    assert decisions == ()
    assert file.problem == f"its subject is {card.digest}, so it belongs into reviews/{card.digest}"


def test_other_files_may_lie_among_decisions(tmp_path: Path, card: Card) -> None:
    path = write_decision(tmp_path, verdict_on(card))
    path.with_name("README.md").write_text("What was decided.")
    path.with_name("link.md").symlink_to("README.md")
    decisions, (file,) = read_decisions(tmp_path)
    assert len(decisions) == 1
    assert (Path(file.path).name, file.problem) == ("link.md", "a symbolic link, which is not followed")


@pytest.mark.parametrize(("size", "readable"), [(MOST_BYTES, True), (MOST_BYTES + 1, False)])
def test_the_largest_file_that_is_read(tmp_path: Path, card: Card, size: int, readable: bool) -> None:
    decision = verdict_on(card)
    path = write_decision(tmp_path, decision)
    path.write_bytes(path.read_bytes().ljust(size))
    decisions, unreadable = read_decisions(tmp_path)
    assert decisions == ((decision,) if readable else ())
    assert [file.problem for file in unreadable] == ([] if readable else ["larger than a decision can be"])


def test_decisions_are_read_by_time_and_then_by_path(tmp_path: Path, card: Card) -> None:
    other = card_of({"title": "title/other", "aside": None, "story": None})
    moments = [NOW + timedelta(minutes=minutes) for minutes in (2, 1, 1)]
    first = [verdict_on(card, reviewer=name, time=time) for name, time in zip("cba", moments, strict=True)]
    later = verdict_on(other, time=NOW)
    for decision in (*first, later):
        write_decision(tmp_path, decision)
    assert read_decisions(tmp_path)[0] == (later, first[2], first[1], first[0])


def test_a_project_without_decisions(tmp_path: Path) -> None:
    assert read_decisions(tmp_path) == ((), ())


def test_the_longest_decision_that_is_taken_can_be_read(tmp_path: Path, card: Card) -> None:
    decision = verdict_on(card, "changes", comment="\x01" * 20_000, role="\x01" * 1_000)
    write_decision(tmp_path, decision)
    assert read_decisions(tmp_path) == ((decision,), ())
    with pytest.raises(InvalidDecision, match="comment"):
        verdict_on(card, comment="x" * 20_001)


@pytest.mark.parametrize("linked", ["reviews", "reviews/{subject}"])
def test_links_are_not_followed(tmp_path: Path, card: Card, linked: str) -> None:
    project, outside = tmp_path / "project", tmp_path / "outside"
    path = write_decision(_new_folder(outside), verdict_on(card))
    link = _new_folder(project) / linked.format(subject=card.digest)
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(path.parent.parent if linked == "reviews" else path.parent)
    decisions, (fault,) = read_decisions(project)
    assert decisions == ()
    assert str(fault) == f"{link.relative_to(project).as_posix()}: a symbolic link, which is not followed"
    with pytest.raises(OSError, match=f"{link.name} is a symbolic link, which is not followed"):
        write_decision(project, verdict_on(card, "changes", comment="No."))
    assert [path for path in outside.rglob("*") if path.is_file()] == [path]


def test_what_is_no_file_is_no_decision(tmp_path: Path, card: Card) -> None:
    """A pipe, and a link to a decision; nobody waits for them, and their names are not used again."""
    decision = verdict_on(card)
    taken = write_decision(tmp_path, decision)
    kept = taken.rename(tmp_path / "kept")
    os.mkfifo(taken)
    other = taken.with_name(taken.name.replace(".000000Z", ".000001Z"))
    other.symlink_to(kept)
    assert write_decision(tmp_path, decision).name == taken.name.replace(".000000Z", ".000002Z")
    decisions, faults = read_decisions(tmp_path)
    assert decisions == (decision,)
    assert [fault.problem for fault in faults] == ["no regular file", "a symbolic link, which is not followed"]


def test_a_full_disk_leaves_no_half_of_a_decision(tmp_path: Path, card: Card) -> None:
    """Full for a process of its own: the system refuses what is written beyond a limit."""
    limited = (
        "import resource, sys; from pathlib import Path;"
        "from assembler.review.approvals.decision import parse_decision;"
        "from assembler.review.approvals.decision_files import write_decision;"
        "decision = parse_decision(sys.argv[2].encode());"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY));"
        "write_decision(Path(sys.argv[1]), decision)"
    )
    command = [sys.executable, "-c", limited, str(tmp_path), encode_decision(verdict_on(card)).decode()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert "File too large" in done.stderr
    assert read_decisions(tmp_path) == ((), ())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_fingerprint_tells_a_changed_file(tmp_path: Path, card: Card) -> None:
    path = write_decision(tmp_path, verdict_on(card))
    before = decisions_fingerprint(tmp_path)
    assert decisions_fingerprint(tmp_path) == before
    status = path.stat()
    path.write_bytes(path.read_bytes() + b" ")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    longer = decisions_fingerprint(tmp_path)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1_000_000))
    assert len({before, longer, decisions_fingerprint(tmp_path)}) == 3


def test_what_tells_decisions_from_what_they_were_is_not_fooled_by_links(tmp_path: Path, card: Card) -> None:
    assert decisions_fingerprint(tmp_path) == frozenset()
    write_decision(_new_folder(tmp_path / "project"), verdict_on(card))
    before = decisions_fingerprint(tmp_path / "project")
    assert len(before) == 1
    (tmp_path / "project" / "reviews").rename(tmp_path / "moved")
    (tmp_path / "project" / "reviews").symlink_to(tmp_path / "moved")
    assert decisions_fingerprint(tmp_path / "project") not in (before, frozenset())


def _new_folder(folder: Path) -> Path:
    folder.mkdir()
    return folder
