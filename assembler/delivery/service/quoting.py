"""Variants as JSON, joined from pieces that are quoted once: what is the same for many people is never quoted again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from assembler.runtime.assemble import Linked, LinkedPart
from assembler.runtime.decision import Decision
from assembler.runtime.encode_values import Encoded
from assembler.runtime.variant import Outcome, Variant

_CACHED = 1024

_special = re.compile(rb'["\\\x00\x02-\x1f]').search
"""What a JSON string cannot hold as it is; `\\x01` stands for fields that are not known, and in no value."""


class VariantWriter:
    """Writes decisions and variants of one library. Recent ones are remembered, without any value of people."""

    def __init__(self) -> None:
        self.decision = lru_cache(_CACHED)(_decision)
        self._opening = lru_cache(_CACHED)(self._open)
        self._quoted = lru_cache(_CACHED)(_quoted_linked)

    def whole(self, variant: Variant, names: Iterable[str] | None) -> tuple[Decision, bytes]:
        """Return the decision behind a variant; and with it, as JSON, the key and the parts of some names, or all.

        Raises `KeyError` where it has no part of a name.
        """
        quoted = self._quoted(variant.linked)
        outcome = _outcome(variant, quoted, _quoted_values(variant.values))
        contents = outcome.contents
        if outcome.linked is not quoted:
            contents = {name: _quoted(text) for name, text in contents.items()}
        pieces = [self._opening(outcome.decision)]
        for name in contents if names is None else names:
            pieces += (b",", msgspec.json.encode(name), b':"', contents[name], b'"')
        pieces[1:2] = []  # no comma before the first
        pieces.append(b"}}")
        return outcome.decision, b"".join(pieces)

    def _open(self, decision: Decision) -> bytes:
        """What stands before the parts."""
        return b'{"key":%s,"decision":%s,"parts":{' % (msgspec.json.encode(decision.key), self.decision(decision))


def parts_of(variant: Variant) -> list[str]:
    """Return the names of a variant's parts, without joining it."""
    return [part[0] for part in variant.linked.parts]


def _outcome(variant: Variant, linked: Linked, values: Encoded) -> Outcome:
    """What a variant comes to, joined of other pieces; what it came to, where it was joined before, or a fault
    keeps it from that and the stored default answers."""
    if variant.outcomes:
        return variant.outcome
    return Variant(variant.decided, linked, values, variant.join, variant.quoted, variant.moment, []).outcome


def _decision(decision: Decision) -> bytes:
    return msgspec.json.encode(decision.to_dict())


def _quoted_linked(linked: Linked) -> Linked:
    """The pieces of parts, each as it stands inside of a JSON string."""
    parts: Iterable[LinkedPart] = ((name, [*map(_quoted, texts)], pick) for name, texts, pick in linked.parts)
    return Linked(parts=tuple(parts), specials=linked.specials)


def _quoted(text: bytes) -> bytes:
    return msgspec.json.encode(text.decode())[1:-1]


def _quoted_values(values: Encoded) -> Encoded:
    return [*map(_quoted, values)] if _special(b"".join(values)) else values
