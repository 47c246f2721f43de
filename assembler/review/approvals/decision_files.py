"""The files of decisions: `reviews/<subject digest>/<utc>-<reviewer>.json`. Files are only ever added."""

from __future__ import annotations

import errno
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, timedelta
from pathlib import Path
from typing import BinaryIO

from assembler.authoring.incremental.fingerprint import FileFingerprint
from assembler.review.approvals.decision import InvalidDecision, ReviewDecision, encode_decision, parse_decision
from assembler.review.approvals.regular import LINK, below, read_regular

FOLDER = "reviews"
"""Where decisions lie, in the project's folder."""

MOST_BYTES = 1_000_000
"""The largest file of a decision that is read."""

_MOST_OF_A_NAME = 40
_NAME = re.compile(r"\d{8}T\d{6}\.\d{6}Z-[a-z0-9-]+\.json")


@dataclass(frozen=True, slots=True)
class UnreadableDecision:
    """A file that is no decision: its path, from the folder of the project, and what is wrong."""

    path: str
    problem: str

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}"


def write_decision(project: Path, decision: ReviewDecision) -> Path:
    """Add the file of a decision to those in a project's folder, and return its path. No file is ever replaced.

    A decision that is there already is not written again. Raises `OSError` where it cannot be written, or a folder is
    a link.
    """
    folder = _ensure_folder(_ensure_folder(project / FOLDER) / decision.subject)
    data = encode_decision(decision)
    moment = decision.time.astimezone(UTC)
    while True:
        path = folder / f"{moment:%Y%m%dT%H%M%S.%fZ}-{_slug(decision.reviewer)}.json"
        try:
            with path.open("xb") as file:
                _write(file, data)
        except FileExistsError:
            if _holds(path, data):
                return path
            moment += timedelta(microseconds=1)
        else:
            return path


def read_decisions(project: Path) -> tuple[tuple[ReviewDecision, ...], tuple[UnreadableDecision, ...]]:
    """Return every decision in a project's folder, the oldest first, and every file that is none, by path."""
    decisions, unreadable = [], []
    for path, problem in sorted(below(project / FOLDER)):
        if not problem and path.suffix != ".json":
            continue
        try:
            decisions.append(_read(path, problem))
        except InvalidDecision as error:
            unreadable.append(UnreadableDecision(path.relative_to(project).as_posix(), str(error)))
    return tuple(sorted(decisions, key=lambda decision: decision.time)), tuple(unreadable)


def decisions_fingerprint(project: Path) -> frozenset[tuple[str, FileFingerprint]]:
    """Return what tells the decisions in a project's folder from what they were before: each path and its file's."""
    fingerprint = set()
    for path, problem in below(project / FOLDER):
        # A file may be gone by now.
        with suppress(OSError):
            fingerprint.add((f"{path}{problem}", FileFingerprint.of(path.lstat())))
    return frozenset(fingerprint)


def _ensure_folder(folder: Path) -> Path:
    """A folder that is there now. Raises `OSError` where something else is, such as a link: it may lead anywhere."""
    with suppress(FileExistsError):
        folder.mkdir()
    if folder.is_symlink():
        raise OSError(errno.ELOOP, f"{folder.name} is {LINK}", str(folder))
    return folder


def _write(file: BinaryIO, data: bytes) -> None:
    """Write a file whole or not at all."""
    try:
        file.write(data)
        file.flush()
    except OSError:
        Path(file.name).unlink(missing_ok=True)
        raise


def _holds(path: Path, data: bytes) -> bool:
    """Whether a regular file has this content."""
    with suppress(OSError):
        return read_regular(path, len(data) + 1) == data
    return False


def _read(path: Path, problem: str) -> ReviewDecision:
    if problem:
        raise InvalidDecision(problem)
    if not _NAME.fullmatch(path.name):
        raise InvalidDecision(
            "not named like a decision: <utc>-<reviewer>.json, such as 20261122T120000.000000Z-maya.json"
        )
    try:
        data = read_regular(path, MOST_BYTES + 1)
    except OSError as error:
        raise InvalidDecision(f"cannot be read: {error.strerror}") from None
    if len(data) > MOST_BYTES:
        raise InvalidDecision("larger than a decision can be")
    decision = parse_decision(data)
    if path.parent.name != decision.subject or path.parent.parent.name != FOLDER:
        raise InvalidDecision(f"its subject is {decision.subject}, so it belongs into {FOLDER}/{decision.subject}")
    return decision


def _slug(reviewer: str) -> str:
    """A reviewer's name as part of a file name: that of the mail address, where there is one."""
    address = re.search(r"<([^@<>]+)@", reviewer)
    name = address[1] if address else reviewer
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:_MOST_OF_A_NAME].strip("-") or "reviewer"
