"""The key of a variant: the same components in the same slots have the same key, in any process."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

import msgspec

_DIGITS = 12


def variant_key(campaign: str, channel: str, locale: str, slots: Mapping[str, str | None]) -> str:
    """`campaign/channel/locale/` and twelve hexadecimal digits of the SHA-256 of slot -> component address."""
    canonical = msgspec.json.encode(dict(sorted(slots.items())))
    return f"{campaign}/{channel}/{locale}/{sha256(canonical).hexdigest()[:_DIGITS]}"
