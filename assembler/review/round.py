"""All that a review goes by at one moment: the project, its library, the plan, and the decisions that stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from assembler.authoring import Project
from assembler.review.approvals.decisions import Fault, ReviewDecision, read_decisions
from assembler.review.approvals.standing import Standing
from assembler.review.gate import Gate, gate
from assembler.review.sampling.plan import ReviewPlan, make_plan, of_defaults
from assembler.runtime.library import Library

__all__ = ["ReviewRound"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRound:
    """A review of a project at a moment. `faults` are the files among its decisions that are none."""

    project: Project
    library: Library
    moment: datetime
    plan: ReviewPlan
    decisions: tuple[ReviewDecision, ...]
    standing: Standing
    faults: tuple[Fault, ...]

    @classmethod
    def begin(cls, project: Project, folder: Path, moment: datetime) -> ReviewRound:
        """The review of a project with the decisions in its folder.

        Raises `ProjectError` where the project has errors, and `TooManyStates` as `make_plan` does.
        """
        library = project.compile(moment, all_variants=False)
        decisions, faults = read_decisions(folder)
        policy = project.loaded.settings.policy.review
        standing = Standing(decisions, policy=policy, at=moment, alone=of_defaults(library))
        return cls(
            project=project,
            library=library,
            moment=moment,
            plan=make_plan(library, moment, standing),
            decisions=decisions,
            standing=standing,
            faults=faults,
        )

    def reread(self, folder: Path) -> ReviewRound:
        """The same review, and its plan, with the decisions that are in the folder now."""
        decisions, faults = read_decisions(folder)
        policy = self.project.loaded.settings.policy.review
        standing = Standing(decisions, policy=policy, at=self.moment, alone=self.standing.alone)
        return replace(self, decisions=decisions, standing=standing, faults=faults)

    def gate(self) -> Gate:
        """What the project's policy wants approved, and what of it lacks an approval."""
        return gate(self.plan, self.standing, self.project.loaded.settings.policy.review, self.faults)
