"""What a plan need not show again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assembler.review.sampling.digests import Digest, Place, Slots


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedCard:
    """A card that was approved: what stood in its slots, and the digest of each component then, by slot."""

    slots: Slots
    component_digests: Mapping[str, Digest]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedBefore:
    """What was approved before a plan is made: `digests` of subjects, and whole `cards` by their place.

    `objected_cards` are the digests of cards about which changes are asked for.
    """

    digests: frozenset[Digest] = frozenset()
    cards: Mapping[Place, Sequence[ApprovedCard]] = field(default_factory=dict)
    objected_cards: frozenset[Digest] = frozenset()


NOTHING_APPROVED = ApprovedBefore()
