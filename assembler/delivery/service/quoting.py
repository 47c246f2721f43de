"""Answers in JSON, joined from pieces that are quoted once: what is the same for many people is never quoted again."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

import msgspec

from assembler.runtime.assemble import Linked, LinkedPart, joined
from assembler.runtime.decision import Decision
from assembler.runtime.encode_values import Encoded
from assembler.runtime.variant import Variant

_CACHED = 1024

_special = re.compile(rb'["\\\x00\x02-\x1f]').search
"""What a JSON string cannot hold as it is; `\\x01` stands for fields that are not known, and in no value."""


class JsonWriter:
    """Writes decisions and variants of one library as JSON. Recent ones are remembered, without any value of people."""

    def __init__(self) -> None:
        self.decision = lru_cache(_CACHED)(_decision)
        self._quoted = lru_cache(_CACHED)(_quoted_parts)

    def variant(self, variant: Variant, names: Collection[str] | None) -> bytes:
        """Return the key, the decision and the parts of some names, or all."""
        outcome = variant.outcome
        parts = self._quoted(outcome.linked)
        if names is not None:
            parts = tuple(part for part in parts if part[0] in names)
        written = b",".join(joined(parts, _quoted_values(outcome.values)).values())
        decision = self.decision(outcome.decision)
        return b'{"key":%s,"decision":%s,"parts":{%s}}' % (
            msgspec.json.encode(outcome.decision.key),
            decision,
            written,
        )


def _decision(decision: Decision) -> bytes:
    return msgspec.json.encode(decision.to_dict())


def _quoted_parts(linked: Linked) -> tuple[LinkedPart, ...]:
    """The parts as the members of an object, with nothing in the blanks."""
    return tuple((name, _member(name, texts), pick) for name, texts, pick in linked.parts)


def _member(name: str, texts: list[bytes]) -> list[bytes]:
    quoted = [*map(_quoted, texts)]
    quoted[0] = msgspec.json.encode(name) + b':"' + quoted[0]
    quoted[-1] += b'"'
    return quoted


def _quoted(text: bytes) -> bytes:
    """Text as it stands inside of a JSON string."""
    return msgspec.json.encode(text.decode())[1:-1]


def _quoted_values(values: Encoded) -> Encoded:
    return [*map(_quoted, values)] if _special(b"".join(values)) else values
