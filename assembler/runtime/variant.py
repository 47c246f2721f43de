"""What a caller gets: a variant, which is joined when somebody first looks at it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

import msgspec

from assembler.runtime.assemble import Linked, LinkedPart, joined, quoted_parts
from assembler.runtime.decision import Decision
from assembler.runtime.encode_values import Encoded
from assembler.runtime.message import message, quoted_printable
from assembler.runtime.moment import Moment, moment_of

_BODIES = {"text": "plain", "html": "html"}
"""The parts that are bodies of a message, in order, and their subtypes of `text`."""


class Outcome(msgspec.Struct, frozen=True, gc=False):
    """What a variant came to: the decision behind it, its parts in UTF-8, and what they were joined of."""

    decision: Decision
    contents: dict[str, bytes]
    linked: Linked
    values: Encoded


class Variant(msgspec.Struct, frozen=True, gc=False, eq=False):
    """An assembled e-mail or page: the decision behind it and its parts, in UTF-8.

    Its parts are joined, all at once, when any of it is first looked at: so that where this fails, all of it is the
    stored default, the decision as well, and whoever looks sees the same. `join` puts that outcome into `outcomes` and
    returns these; where threads look at once, the first counts for all.

    `quoted` has parts as quoted-printable. `moment` is what it was assembled for, None for a stored default. Variants
    are equal that are the same to a reader.
    """

    decided: Decision
    linked: Linked
    values: Encoded
    join: Callable[[Variant], list[Outcome]]
    quoted: Callable[[Linked], tuple[LinkedPart, ...]]
    moment: Moment | None
    outcomes: list[Outcome]

    @classmethod
    def of(cls, outcome: Outcome, moment: Moment | None = None) -> Variant:
        """Return the variant that came to this."""
        return cls(outcome.decision, outcome.linked, outcome.values, _outcomes, quoted_parts, moment, [outcome])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Variant):
            return NotImplemented
        return (self.decision, self.contents, self.moment) == (other.decision, other.contents, other.moment)

    def __ne__(self, other: object) -> bool:
        """A `Struct` has one of its own, which knows nothing of the equality above."""
        return not self == other

    def __hash__(self) -> int:
        return hash((self.decision, self.moment))

    def __repr__(self) -> str:
        """In one line, without the parts: they hold values of a person."""
        return f"<Variant {self.key} {self.decision.reason} ({', '.join(self.contents)})>"

    def __reduce__(self) -> tuple[Callable[..., Variant], tuple[Outcome, Moment | None]]:
        """Pickle and copy the variant without what an assembler remembers."""
        return Variant.of, (self.outcome, self.moment)

    @property
    def outcome(self) -> Outcome:
        """What it came to, the same for whoever looks."""
        return (self.outcomes or self.join(self))[0]

    @property
    def decision(self) -> Decision:
        """Which component fills each slot, and why."""
        return self.outcome.decision

    @property
    def contents(self) -> dict[str, bytes]:
        """Part -> UTF-8 bytes."""
        return self.outcome.contents

    @property
    def key(self) -> str:
        """The decision's key: the same components in the same slots have the same key."""
        return self.decision.key

    @property
    def encoded(self) -> Mapping[str, bytes]:
        """Part -> UTF-8 bytes: subject, preheader, html, text, json, as the channel has them."""
        return MappingProxyType((self.outcomes or self.join(self))[0].contents)

    @property
    def parts(self) -> Mapping[str, str]:
        """Part -> text."""
        return MappingProxyType({part: data.decode() for part, data in self.contents.items()})

    @property
    def html(self) -> str | None:
        """The HTML part, or None where the channel has none."""
        return self._part("html")

    @property
    def text(self) -> str | None:
        """The part in plain text, or None where the channel has none."""
        return self._part("text")

    @property
    def subject(self) -> str | None:
        """The subject, or None where the channel has none."""
        return self._part("subject")

    @property
    def preheader(self) -> str | None:
        """The preheader, or None where the channel has none."""
        return self._part("preheader")

    @property
    def json(self) -> str | None:
        """The JSON part, or None where the channel has none."""
        return self._part("json")

    def message(
        self,
        *,
        sender: str,
        to: str,
        unsubscribe: str,
        message_id: str | None = None,
        date: datetime | None = None,
    ) -> bytes:
        """The variant as an e-mail message (RFC 5322, MIME), ready for a mail server; the same call has the same bytes.

        `sender` and `to` are addresses, with or without a name: `Harbour & Pine <hello@brand.example>`; `unsubscribe`
        is an https URL that takes a one-click POST (RFC 8058). A `message_id` that is not given is made of the content;
        `date`, aware, is otherwise the moment that the variant was assembled for.

        Raises `TypeError` for what is no text or no aware datetime; `ValueError` for a value that cannot stand in a
        header, and where the channel has no subject or no body.
        """
        moment = self.moment if date is None else moment_of(date)
        if moment is None:
            if date is None:
                raise ValueError("a stored default has no moment; give a date")
            raise TypeError("date must be an aware datetime, such as datetime.now(UTC)")
        outcome = self.outcome
        quoted = joined(self.quoted(outcome.linked), [*map(quoted_printable, outcome.values)])
        return message(
            outcome.contents.get("subject", b""),
            {kind: quoted[part] for part, kind in _BODIES.items() if part in quoted},
            sender=sender,
            to=to,
            unsubscribe=unsubscribe,
            message_id=message_id,
            date=moment.utc,
        )

    def _part(self, name: str) -> str | None:
        data = self.outcome.contents.get(name)
        return None if data is None else data.decode()


def _outcomes(variant: Variant) -> list[Outcome]:
    """Those of a variant that was joined before."""
    return variant.outcomes
