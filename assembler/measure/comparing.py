"""A library's campaign -> who is compared with whom in it."""

from __future__ import annotations

from assembler.errors import AssemblerError
from assembler.library.records import BUCKETS, Content
from assembler.measure.people import Comparison
from assembler.runtime.moment import EPOCH, span
from assembler.runtime.reasons import Arm


class NobodyHeldOut(AssemblerError):
    """Nobody is held out, of a campaign or, if it is None, of all: so nothing can be compared."""

    def __init__(self, campaign: str | None) -> None:
        self.campaign = campaign
        super().__init__(campaign)

    def __str__(self) -> str:
        where = "assembler.yaml" if self.campaign is None else f"campaigns/{self.campaign}.yaml or assembler.yaml"
        return f"nobody is held out, so there is nobody to compare with; add `holdout: {{share: 10%}}` to {where}"


def comparison_of(content: Content, campaign: str | None) -> Comparison:
    """Return who is compared: treated people of a campaign with its control group or, if it has none, with the holdout
    over all campaigns; for None, everybody with that holdout.

    Raises `NobodyHeldOut`.
    """
    if campaign is None:
        arms, control, holdout = [Arm.TREATED, Arm.CONTROL], Arm.HOLDOUT, content.holdout
        defaults: set[str] = set()
    else:
        own = content.campaigns[campaign].holdout
        arms = [Arm.TREATED]
        control, holdout = (Arm.HOLDOUT, content.holdout) if own is None else (Arm.CONTROL, own)
        defaults = {slot.default for slot in content.campaigns[campaign].slots if slot.default is not None}
    if holdout is None or not holdout.share:
        raise NobodyHeldOut(campaign)
    return Comparison(
        campaign=campaign,
        treated=arms,
        control=(control,),
        share=1 - holdout.share / BUCKETS,
        until=None if holdout.until is None else EPOCH + span(holdout.until),
        defaults=sorted(defaults),
    )
