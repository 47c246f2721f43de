"""What may be asked for: the bodies of requests. Their descriptions are in errors and in the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

_CAMPAIGN = Meta(description="The id of a campaign, as text.", examples=["come_back"])
_CHANNEL = Meta(description="A channel of the campaign, as text.", examples=["email"])
_CONTEXT = Meta(
    description="What is known about a person: `id`, `locale`, `consent`, `signals`, `fields`, `segment`, `stage`, all "
    "of them optional. Whatever stands here, there is a variant.",
    examples=[{"id": "c-42", "locale": "fr", "consent": ["marketing"], "signals": {}, "fields": {}}],
)
_AT = Meta(
    description="The moment to decide for, a date and time with an offset (RFC 3339), such as 2026-11-22T12:00:00Z; "
    "now, if omitted. It needs the scope `explain`."
)
_PARTS = Meta(description="The names of the parts to answer, a list of texts; all, if omitted.", examples=[["html"]])


class DecideRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody, and the campaign and channel that are asked for."""

    campaign: Annotated[str, _CAMPAIGN]
    channel: Annotated[str, _CHANNEL]
    context: Annotated[Any, _CONTEXT] = None
    at: Annotated[Annotated[datetime, Meta(tz=True)] | None, _AT] = None


class FlagsRequest(msgspec.Struct, frozen=True):
    """What is known about a person, as OpenFeature has it: `targetingKey`, and attributes of any name."""

    context: dict[str, Any] | None = None


class AssembleRequest(DecideRequest, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody, the campaign and channel that are asked for, and the parts to answer."""

    parts: Annotated[list[str] | None, _PARTS] = None
