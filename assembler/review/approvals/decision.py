"""A decision: one reviewer's verdict on one card, by the digests of what the card showed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Final, Literal, Self

import msgspec

from assembler.errors import AssemblerError
from assembler.review.sampling.digests import Card, Digest, Place

SCHEMA: Final = 1

Verdict = Literal["approve", "changes", "withdraw"]

MOST_CHARACTERS = {
    **dict.fromkeys(("comment", "quote"), 20_000),
    **dict.fromkeys(("campaign", "channel", "layout", "locale", "withdraws", "reviewer", "role", "tool"), 1_000),
}
"""The longest that each field of a decision may be."""

_TIMES = datetime(2020, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""Times beyond these have no name that a file is found by, or leave no room to reckon with time zones."""

_Hex = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
_Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class InvalidDecision(AssemblerError):
    """A decision that cannot be taken as it is given."""


class _Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is written and read exactly."""


class Viewing(_Strict, frozen=True, kw_only=True):
    """How a card was looked at: by itself, as one `of` a batch of which some were `opened`, or in the covering set."""

    how: Literal["single", "batch", "covering"]
    of: int = 1
    opened: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.opened <= self.of:
            raise ValueError("at least one of a batch is opened, and no more than it has")
        if self.how != "batch" and self.of != 1:
            raise ValueError("only a batch is of more than one")


class CardDigests(_Strict, frozen=True, kw_only=True):
    """The subjects that a card showed: components by slot, pairs by `slot+slot`, and the layout with its defaults."""

    components: dict[str, _Hex]
    pairs: dict[str, _Hex]
    layout: _Hex | None = None

    @classmethod
    def of(cls, card: Card) -> Self:
        """Return the subjects that a card shows."""
        return cls(
            components=dict(card.component_digests),
            pairs={"+".join(pair.slots): pair.digest for pair in card.pairs},
            layout=card.layout_digest if card.is_default else None,
        )


class ReviewDecision(_Strict, frozen=True, kw_only=True):
    """One decision of one reviewer about one card: what a file in `reviews/` holds.

    `subject` is the digest of the card, `digests` are those of the subjects on it, and `viewing` is how it was looked
    at. `slot` and `quote` say what a request for changes is about. `withdraws` names the reviewer whose decision is
    withdrawn, where that is somebody else.
    """

    schema: Literal[1]
    subject: _Hex
    campaign: str
    channel: str
    layout: str
    locale: str
    slots: dict[str, str | None]
    digests: CardDigests = msgspec.field(name="shows")
    verdict: Verdict
    comment: str = ""
    slot: str | None = None
    quote: str | None = None
    withdraws: str | None = None
    reviewer: str
    role: str | None = None
    time: _Moment
    viewing: Viewing = msgspec.field(name="shown")
    tool: str

    def __post_init__(self) -> None:
        """Raises `ValueError` where a field is too long, the time is out of range, or fields do not go together."""
        for field, most in MOST_CHARACTERS.items():
            if len(getattr(self, field) or "") > most:
                raise ValueError(f"its {field} has more than {most:,} characters")
        if not _TIMES[0] <= self.time < _TIMES[1]:
            raise ValueError(f"its time is out of range: years are {_TIMES[0].year} to {_TIMES[1].year - 1}")
        for problem, applies in self._problems().items():
            if applies:
                raise ValueError(problem)

    def _problems(self) -> dict[str, bool]:
        filled = {slot for slot, component in self.slots.items() if component is not None}
        return {
            "a request for changes has a comment": self.verdict == "changes" and not self.comment.strip(),
            "a decision has a reviewer": not self.reviewer.strip(),
            f"the card has no slot {self.slot!r}": self.slot is not None and self.slot not in self.slots,
            "only a withdrawal says whose decision it withdraws": (
                self.withdraws is not None and self.verdict != "withdraw"
            ),
            "the components shown are not those of the slots": self.digests.components.keys() != filled,
        }

    @property
    def place(self) -> Place:
        """The campaign, channel and locale of the card."""
        return self.campaign, self.channel, self.locale

    @property
    def whose(self) -> str:
        """The reviewer whose decision this is, or withdraws."""
        return self.withdraws or self.reviewer

    @property
    def judged_digests(self) -> tuple[Digest, ...]:
        """The subjects that the verdict is about: all on the card, or those of one slot where a request for changes
        names it."""
        digests = self.digests
        if self.verdict != "changes" or self.slot is None:
            layout = (digests.layout,) if digests.layout else ()
            return tuple(dict.fromkeys((*layout, *digests.components.values(), *digests.pairs.values())))
        components = (digest for slot, digest in digests.components.items() if slot == self.slot)
        pairs = (digest for slots, digest in digests.pairs.items() if self.slot in slots.split("+"))
        return tuple(dict.fromkeys((*components, *pairs)))


def decision_about(
    card: Card,
    verdict: Verdict,
    *,
    reviewer: str,
    time: datetime,
    tool: str,
    viewing: Viewing,
    role: str | None = None,
    comment: str = "",
    slot: str | None = None,
    quote: str | None = None,
    withdraws: str | None = None,
) -> ReviewDecision:
    """Return the decision about a card; the fields are those of `ReviewDecision`.

    Raises `InvalidDecision` where it lacks something, such as the comment of a request for changes.
    """
    campaign, channel, locale = card.place
    try:
        return ReviewDecision(
            schema=SCHEMA,
            subject=card.digest,
            campaign=campaign,
            channel=channel,
            layout=card.layout,
            locale=locale,
            slots=dict(card.slots),
            digests=CardDigests.of(card),
            verdict=verdict,
            comment=comment,
            slot=slot,
            quote=quote,
            withdraws=withdraws,
            reviewer=reviewer,
            role=role,
            time=time.astimezone(UTC),
            viewing=viewing,
            tool=tool,
        )
    except ValueError as error:
        raise InvalidDecision(str(error)) from None


def encode_decision(decision: ReviewDecision) -> bytes:
    """Return the bytes of a decision's file."""
    return msgspec.json.format(msgspec.json.encode(decision), indent=1) + b"\n"


def parse_decision(value: Mapping[str, object] | bytes) -> ReviewDecision:
    """Return the decision that a JSON object holds, or the bytes of one.

    Raises `InvalidDecision` where it holds none.
    """
    try:
        if isinstance(value, bytes):
            return msgspec.json.decode(value, type=ReviewDecision)
        return msgspec.convert(value, ReviewDecision)
    except msgspec.ValidationError as error:
        raise InvalidDecision(_plain(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidDecision(f"not JSON: {error}") from None


def _plain(error: msgspec.ValidationError) -> str:
    """What msgspec says, with the key at its beginning."""
    words, _, place = str(error).partition(" - at `")
    place = place.rstrip("`").removeprefix("$").removeprefix(".")
    words = (words[:1].lower() + words[1:]).removeprefix("object ")
    return f"{place}: {words}" if place else words
