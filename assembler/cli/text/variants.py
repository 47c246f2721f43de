"""How many variants there are, what was built of them, and what has changed since the last build, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from assembler.cli.text.words import counted, path_text

if TYPE_CHECKING:
    from assembler.authoring.build.output import Built
    from assembler.authoring.outcomes.variants import CampaignVariants

_CAMPAIGNS = 3
_SLOTS = 6


def many_variants(counts: Sequence[CampaignVariants]) -> str:
    """Return `1,024 variants`; of some that could not be counted, how many there are at least."""
    total = sum(campaign.variants for campaign in counts)
    least = "" if all(campaign.exact for campaign in counts) else "at least "
    return f"{least}{total:,} variant{'s' * (total != 1)}"


def variants_text(counts: Sequence[CampaignVariants]) -> str:
    """Return how many variants there are, and of what: `312 variants: come_back 180 (subject x6, offer x2)`."""
    largest = sorted(counts, key=lambda campaign: -campaign.variants)
    told = [_campaign(campaign) for campaign in largest[:_CAMPAIGNS]]
    return f"{many_variants(counts)}: {', '.join([*told, *_more(len(largest) - _CAMPAIGNS)])}"


def would_build_text(counts: Sequence[CampaignVariants], as_of: datetime) -> str:
    """Return the moment that was gone by, and what a build would write at it, where that was counted."""
    moment = f"as of {as_of.isoformat(timespec='seconds')}"
    return f"{moment} a build would write {variants_text(counts)}" if counts else moment


def variants_json(counts: Sequence[CampaignVariants], most: int) -> dict[str, object]:
    """Return how many variants there are, as JSON has it. `most` is how many a build may write."""
    return {
        "count": sum(campaign.variants for campaign in counts),
        "exact": all(campaign.exact for campaign in counts),
        "limit": most,
        "campaigns": [campaign.to_dict() for campaign in counts],
    }


def built_text(built: Built) -> str:
    """Return what was built, in a few lines."""
    return (
        f"built {counted(built.variants, 'variant')} and {counted(built.images, 'image')},"
        f" {built.bytes / 1e6:.1f} MB in all\n"
        f"  library   {path_text(built.library)}\n"
        f"  manifest  {path_text(built.manifest)}"
    )


def changes_text(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Return how many variants have changed or gone, from the fingerprint of each variant by its key."""
    changed = sum(before.get(key) != fingerprint for key, fingerprint in after.items())
    gone = len(before.keys() - after.keys())
    return f"{changed} of {len(after)} variants changed" + (f", {gone} are gone" if gone else "")


def _campaign(campaign: CampaignVariants) -> str:
    slots = [f"{slot} x{times:.3g}" for slot, times in list(campaign.slots.items())[:_SLOTS]]
    multiplied = f" ({', '.join([*slots, *_more(len(campaign.slots) - _SLOTS)])})" if slots else ""
    return f"{campaign.campaign} {campaign.variants:,}{multiplied}"


def _more(count: int) -> list[str]:
    return [f"{count} more"] if count > 0 else []
