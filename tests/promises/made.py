"""What a library makes for a few dozen people, with all that can differ between two processes: imported by both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from assembler import Library

MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)

Made = list[Any]
"""A key, the bytes of each part and of the message in hexadecimal, a decision, and an explanation."""


def people() -> list[dict[str, Any]]:
    """Somebody of each kind: by signals that are known and unknown, with and without an id, in either locale."""
    return [
        {
            "id": number if number % 7 else None,
            "locale": ("fr", "en", "fr-CA")[number % 3],
            "consent": {"marketing", "profiling", f"purpose {number}"} if number % 5 else [],
            "signals": {
                "months_since_purchase": {
                    "value": number % 13,
                    "observed_at": f"2026-11-{1 + number % 22:02}T08:00:00Z",
                },
                "spend_last_year": number * 40.5,
                "favours": ("mens", "womens", "both", "neither")[number % 4],
                "looking_for": ("jackets", "boots", None)[number % 3],
                f"unheard_{number}": number,
            },
            "fields": {
                "first_name": ("Maya", "Zoë", "İpek", "ß", "")[number % 5],
                **dict.fromkeys((f"unheard_{index}" for index in range(number)), "x"),
            },
        }
        for number in range(25)
    ]  # fmt: skip


def made(library: Library, person: Mapping[str, Any]) -> list[Made]:
    """What is made for a person, in every campaign and channel."""
    results: list[Made] = []
    for campaign in library.campaigns:
        for channel in library.channels(campaign):
            variant = library.assemble(campaign, channel=channel, context=person, at=MOMENT)
            explained = library.explain(campaign, channel=channel, context=person, at=MOMENT)
            parts = {part: data.hex() for part, data in variant.encoded.items()}
            if variant.subject is not None:
                out = "https://x.example/u"
                parts["message"] = variant.message(sender="a@x.example", to="b@x.example", unsubscribe=out).hex()
            results.append([variant.key, parts, variant.decision.to_dict(), explained.to_dict()])
    return results


def made_for_all(path: str, people_: Sequence[Mapping[str, Any]]) -> list[list[Made]]:
    """What is made for each person with the library in a file."""
    library = Library.open(path)
    return [made(library, person) for person in people_]
