"""What was decided, one small file each: reviews/<subject digest>/<utc>-<reviewer>.json. Files are only ever added."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, BinaryIO, Final, Literal

import msgspec

from assembler.errors import AssemblerError
from assembler.review.approvals.regular import LINK, below, read_regular
from assembler.review.subjects import Card

__all__ = [
    "FOLDER",
    "MOST_BYTES",
    "MOST_CHARACTERS",
    "SCHEMA",
    "Fault",
    "NotDecided",
    "ReviewDecision",
    "Shown",
    "Shows",
    "Verdict",
    "decided",
    "decisions_stamp",
    "encoded",
    "latest",
    "parsed",
    "read_decisions",
    "shows",
    "write_decision",
]

FOLDER = "reviews"
"""Where decisions lie, in the project's folder."""

SCHEMA: Final = 1

Verdict = Literal["approve", "changes", "withdraw"]

MOST_BYTES = 1_000_000
"""The largest file of a decision that is read."""

MOST_CHARACTERS = {
    **dict.fromkeys(("comment", "quote"), 20_000),
    **dict.fromkeys(("campaign", "channel", "layout", "locale", "withdraws", "reviewer", "role", "tool"), 1_000),
}
"""The longest that each field of a decision may be."""
_TIMES = datetime(2020, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""Times beyond these have no name that a file is found by, or leave no room to reckon with time zones."""

_NAME = re.compile(r"\d{8}T\d{6}\.\d{6}Z-[a-z0-9-]+\.json")
_Hex = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
_Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class _Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is written and read exactly."""


class Shown(_Strict, frozen=True, kw_only=True):
    """How a card was looked at: by itself, as one `of` a batch of which some were `opened`, or in the covering set."""

    how: Literal["single", "batch", "covering"]
    of: int = 1
    opened: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.opened <= self.of:
            raise ValueError("at least one of a batch is opened, and no more than it has")
        if self.how != "batch" and self.of != 1:
            raise ValueError("only a batch is of more than one")


class Shows(_Strict, frozen=True, kw_only=True):
    """The subjects that a card showed: components by slot, pairs by `slot+slot`, and the layout with its defaults."""

    components: dict[str, _Hex]
    pairs: dict[str, _Hex]
    layout: _Hex | None = None


class ReviewDecision(_Strict, frozen=True, kw_only=True):
    """One decision of one reviewer about one card. `subject` is the digest of the card.

    `slot` and `quote` say what `changes` is about. `withdraws` names the reviewer whose decision is withdrawn, where
    that is somebody else.
    """

    schema: Literal[1]
    subject: _Hex
    campaign: str
    channel: str
    layout: str
    locale: str
    slots: dict[str, str | None]
    shows: Shows
    verdict: Verdict
    comment: str = ""
    slot: str | None = None
    quote: str | None = None
    withdraws: str | None = None
    reviewer: str
    role: str | None = None
    time: _Moment
    shown: Shown
    tool: str

    def __post_init__(self) -> None:
        _check_bounds(self)
        if self.verdict == "changes" and not self.comment.strip():
            raise ValueError("a request for changes has a comment")
        if not self.reviewer.strip():
            raise ValueError("a decision has a reviewer")
        if self.slot is not None and self.slot not in self.slots:
            raise ValueError(f"the card has no slot {self.slot!r}")
        if self.withdraws is not None and self.verdict != "withdraw":
            raise ValueError("only a withdrawal says whose decision it withdraws")
        if self.shows.components.keys() != {slot for slot, component in self.slots.items() if component is not None}:
            raise ValueError("the components shown are not those of the slots")

    @property
    def whose(self) -> str:
        """The reviewer whose decision this is, or withdraws."""
        return self.withdraws or self.reviewer

    @property
    def digests(self) -> tuple[str, ...]:
        """Every subject that the card showed."""
        layout = (self.shows.layout,) if self.shows.layout else ()
        return tuple(dict.fromkeys((*layout, *self.shows.components.values(), *self.shows.pairs.values())))

    @property
    def concerned(self) -> tuple[str, ...]:
        """The subjects that the verdict is about: those of one slot where a request for changes names it."""
        if self.verdict != "changes" or self.slot is None:
            return self.digests
        component = self.shows.components.get(self.slot)
        pairs = (digest for slots, digest in self.shows.pairs.items() if self.slot in slots.split("+"))
        return tuple(dict.fromkeys(((component,) if component else ()) + tuple(pairs)))


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that is no decision: its path, from the folder of the project, and what is wrong."""

    path: str
    problem: str

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}"


class NotDecided(AssemblerError):
    """A decision that cannot be taken as it is given."""


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(ReviewDecision)


def decided(
    card: Card,
    verdict: Verdict,
    *,
    reviewer: str,
    time: datetime,
    tool: str,
    shown: Shown,
    comment: str = "",
    slot: str | None = None,
    quote: str | None = None,
    role: str | None = None,
    withdraws: str | None = None,
) -> ReviewDecision:
    """The decision about a card. Raises `NotDecided` where it lacks something, such as the comment of `changes`."""
    try:
        return ReviewDecision(
            schema=SCHEMA,
            subject=card.digest,
            campaign=card.campaign,
            channel=card.channel,
            layout=card.layout_name,
            locale=card.locale,
            slots=dict(card.slots),
            shows=shows(card),
            verdict=verdict,
            comment=comment,
            slot=slot,
            quote=quote,
            withdraws=withdraws,
            reviewer=reviewer,
            role=role,
            time=time.astimezone(UTC),
            shown=shown,
            tool=tool,
        )
    except ValueError as error:
        raise NotDecided(str(error)) from None


def shows(card: Card) -> Shows:
    """The subjects that a card shows, as a decision names them."""
    return Shows(
        components=dict(card.components),
        pairs={"+".join(pair.slots): pair.digest for pair in card.pairs},
        layout=card.layout if card.default else None,
    )


def encoded(decision: ReviewDecision) -> bytes:
    """The bytes of a decision's file."""
    return msgspec.json.format(_encoder.encode(decision), indent=1) + b"\n"


def write_decision(project: Path, decision: ReviewDecision) -> Path:
    """Add the file of a decision to those in a project's folder, and return its path. No file is ever replaced."""
    folder = _made(project / FOLDER)
    folder = _made(folder / decision.subject)
    data = encoded(decision)
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


def read_decisions(project: Path) -> tuple[tuple[ReviewDecision, ...], tuple[Fault, ...]]:
    """Every decision in a project's folder, the oldest first, and every file that is none, by path."""
    decisions: list[tuple[datetime, str, ReviewDecision]] = []
    faults = []
    for path, problem in sorted(below(project / FOLDER)):
        if not problem and path.suffix != ".json":
            continue
        name = path.relative_to(project).as_posix()
        try:
            found = _read(path, problem)
        except NotDecided as error:
            faults.append(Fault(name, str(error)))
        else:
            decisions.append((found.time, name, found))
    return tuple(found for _, _, found in sorted(decisions, key=lambda each: each[:2])), tuple(faults)


def decisions_stamp(project: Path) -> frozenset[tuple[str, int, int]]:
    """What tells the decisions in a project's folder from what they were before: paths, times of change and sizes."""
    found = set()
    for path, problem in below(project / FOLDER):
        # A file may be gone by now.
        with suppress(OSError):
            about = path.lstat()
            found.add((f"{path}{problem}", about.st_mtime_ns, about.st_size))
    return frozenset(found)


def parsed(value: Mapping[str, object]) -> ReviewDecision:
    """The decision that a JSON object holds. Raises `NotDecided` where it holds none."""
    try:
        return msgspec.convert(value, ReviewDecision)
    except msgspec.ValidationError as error:
        raise NotDecided(_plain(error)) from None


def _made(folder: Path) -> Path:
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
        raise NotDecided(problem)
    if len(path.parts) < 2 or not _NAME.fullmatch(path.name):
        raise NotDecided("not named like a decision: <utc>-<reviewer>.json, such as 20261122T120000.000000Z-maya.json")
    try:
        data = read_regular(path, MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise NotDecided("larger than a decision can be")
        found = _decoder.decode(data)
    except OSError as error:
        raise NotDecided(f"cannot be read: {error.strerror}") from None
    except msgspec.ValidationError as error:
        raise NotDecided(_plain(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotDecided(f"not JSON: {error}") from None
    if path.parent.name != found.subject or path.parent.parent.name != FOLDER:
        raise NotDecided(f"its subject is {found.subject}, so it belongs into {FOLDER}/{found.subject}")
    return found


def _check_bounds(decision: ReviewDecision) -> None:
    """Raises `ValueError` where a text is too long, or the time out of range: its file could not be read."""
    for field, most in MOST_CHARACTERS.items():
        if len(getattr(decision, field) or "") > most:
            raise ValueError(f"its {field} has more than {most:,} characters")
    if not _TIMES[0] <= decision.time < _TIMES[1]:
        raise ValueError(f"its time is out of range: years are {_TIMES[0].year} to {_TIMES[1].year - 1}")


def _plain(error: Exception) -> str:
    """What msgspec says, with the key at its beginning."""
    words, _, place = str(error).partition(" - at `")
    place = place.rstrip("`").removeprefix("$").removeprefix(".")
    words = (words[:1].lower() + words[1:]).removeprefix("object ")
    return f"{place}: {words}" if place else words


def _slug(reviewer: str) -> str:
    """A reviewer's name as part of a file name: that of the mail address, where there is one."""
    address = re.search(r"<([^@<>]+)@", reviewer)
    name = address[1] if address else reviewer
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:40].strip("-") or "reviewer"


def latest(decisions: Iterable[ReviewDecision]) -> tuple[ReviewDecision, ...]:
    """Of each reviewer's decisions about a card, which are given oldest first, the last, unless it was withdrawn."""
    found: dict[tuple[str, str], ReviewDecision] = {}
    for decision in decisions:
        about = decision.subject, decision.whose
        found.pop(about, None)
        if decision.verdict != "withdraw":
            found[about] = decision
    return tuple(found.values())
