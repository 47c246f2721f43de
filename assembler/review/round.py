"""All that a review goes by at one moment: the project, its library, the plan, and what is approved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from assembler.authoring import Project
from assembler.review.approvals.decision import ReviewDecision
from assembler.review.approvals.decision_files import UnreadableDecision, read_decisions
from assembler.review.approvals.gate import Gate, gate
from assembler.review.approvals.status import Approvals
from assembler.review.sampling.digests import default_digests
from assembler.review.sampling.plan import ReviewPlan
from assembler.review.sampling.planner import make_plan
from assembler.runtime.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRound:
    """A review of a project at a moment. `decisions` are all that were made, and `unreadable` files of none."""

    project: Project
    library: Library
    moment: datetime
    plan: ReviewPlan
    decisions: tuple[ReviewDecision, ...]
    approval_status: Approvals
    unreadable: tuple[UnreadableDecision, ...]

    @classmethod
    def begin(cls, project: Project, folder: Path, moment: datetime) -> ReviewRound:
        """Return the review of a project with the decisions in its folder.

        Raises `ProjectError` where the project has errors, and `TooManyStates` as `make_plan` does.
        """
        library = project.compile(moment, all_variants=False)
        decisions, unreadable = read_decisions(folder)
        policy = project.settings.policy.review
        status = Approvals(decisions, policy=policy, at=moment, defaults=default_digests(library))
        return cls(
            project=project,
            library=library,
            moment=moment,
            plan=make_plan(library, moment, status.approved()),
            decisions=decisions,
            approval_status=status,
            unreadable=unreadable,
        )

    def reread(self, folder: Path) -> ReviewRound:
        """Return the same review, and its plan, with the decisions that are in the folder now."""
        decisions, unreadable = read_decisions(folder)
        before = self.approval_status
        status = Approvals(decisions, policy=before.policy, at=self.moment, defaults=before.defaults)
        return replace(self, decisions=decisions, approval_status=status, unreadable=unreadable)

    def gate(self) -> Gate:
        """Return what the project's policy wants approved, and what of it lacks an approval."""
        return gate(self.plan, self.approval_status, self.unreadable)
