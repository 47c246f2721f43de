"""What everybody gets of whom nothing is known, kept in files to read: the starter's defaults, byte for byte."""

from __future__ import annotations

from assembler import Library
from assembler.review.snapshot import VariantSnapshot, variant_snapshot

__all__ = ["variant_snapshot"]


def test_defaults(variant_snapshot: VariantSnapshot, starter_library: Library) -> None:
    variant_snapshot(
        *(
            starter_library.default(campaign, channel=channel, locale=locale)
            for campaign in starter_library.campaigns
            for channel in starter_library.channels(campaign)
            for locale in starter_library.locales
        )
    )
