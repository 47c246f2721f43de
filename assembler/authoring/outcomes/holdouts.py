"""Who is treated: which holdouts run in a campaign, and whether they leave anybody with an id."""

from __future__ import annotations

from assembler.library.records import BUCKETS, Content, Holdout


def holdouts(content: Content, campaign: str) -> list[Holdout]:
    """Return the holdout over all campaigns and that of the campaign, as far as there are such, ended ones too."""
    possible = (content.holdout, content.campaigns[campaign].holdout)
    return [holdout for holdout in possible if holdout is not None]


def has_holdout(content: Content, campaign: str, moment: int) -> bool:
    """Return whether a holdout has people at a moment."""
    return any(share > 0 for share in _shares(content, campaign, moment))


def treated_have_id(content: Content, campaign: str, moment: int) -> tuple[bool, ...]:
    """Return whether treated people have an id at a moment: True, False, both, or nothing where nobody is treated."""
    all_held = any(share >= BUCKETS for share in _shares(content, campaign, moment))
    return (True,) * (not all_held) + (False,) * (content.unassigned == "treat")


def _shares(content: Content, campaign: str, moment: int) -> list[int]:
    return [holdout.share for holdout in holdouts(content, campaign) if not holdout.has_ended(moment)]
