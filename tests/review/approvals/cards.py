"""Cards and decisions without a project: what the rules of approving are tried on."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from itertools import combinations

from assembler.review.sampling.digests import ApprovalSubject, Card, Digest


def digest_of(*names: str) -> Digest:
    """The digest of something by its names: that of a component, a pair, `layout`, or a card."""
    return sha256("\0".join(names).encode()).hexdigest()


def card_of(slots: Mapping[str, str | None], *, is_default: bool = False, channel: str = "page") -> Card:
    """The card of a variant with these components by slot; what it shows is `digest_of` their names."""
    filled = {slot: component for slot, component in slots.items() if component is not None}
    return Card(
        place=("back", channel, "en"),
        layout="board",
        key=f"back/{channel}/en/0123456789ab",
        slots=dict(slots),
        digest=digest_of(channel, *filled.values()),
        is_default=is_default,
        layout_digest=digest_of("layout"),
        component_digests={slot: digest_of(component) for slot, component in filled.items()},
        pairs=tuple(
            ApprovalSubject(kind="pair", slots=dict(both), digest=digest_of(*dict(both).values()))
            for both in combinations(filled.items(), 2)
        ),
    )
