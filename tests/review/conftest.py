"""What the tests of review share: the sample project, its library, and decisions about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from assembler import Library
from assembler.authoring import Project
from assembler.authoring.project.settings import ReviewSettings
from assembler.review.approvals.decisions import ReviewDecision, Shown, Verdict, decided
from assembler.review.approvals.standing import Standing
from assembler.review.sampling.plan import ReviewPlan, make_plan, of_defaults
from assembler.review.subjects import Card
from tests.authoring.sample import MOMENT, files

Files = dict[str, str | bytes]
NOW = datetime(2026, 11, 22, 13, tzinfo=UTC)


def compiled(found: Files) -> Library:
    """The library of a project's files, whatever the rules of checking say."""
    project = Project.from_files(found)
    assert not [*project.loaded.findings.codes(), *project.compiled.findings.codes()]
    return Library(project.compiled.content, project.compiled.texts)


def verdict_on(
    card: Card,
    verdict: Verdict = "approve",
    *,
    reviewer: str = "Maya Lind <maya@sample.example>",
    time: datetime = NOW,
    shown: Shown | None = None,
    comment: str = "",
    slot: str | None = None,
    role: str | None = None,
    withdraws: str | None = None,
) -> ReviewDecision:
    """A decision about a card."""
    return decided(
        card,
        verdict,
        reviewer=reviewer,
        time=time,
        tool="assembler 0.0.0",
        shown=shown or Shown(how="single"),
        comment=comment,
        slot=slot,
        role=role,
        withdraws=withdraws,
    )


def approvals(plan: ReviewPlan) -> list[ReviewDecision]:
    """An approval of every new card of a plan."""
    return [verdict_on(each.card) for each in plan.cards if each.status == "new"]


def standing(library: Library, decisions: Iterable[ReviewDecision], policy: ReviewSettings | None = None) -> Standing:
    """What stands of some decisions about a library."""
    return Standing(decisions, policy=policy, at=NOW, alone=of_defaults(library))


def replanned(library: Library, decisions: Iterable[ReviewDecision]) -> ReviewPlan:
    """The plan of a library for which there are decisions."""
    return make_plan(library, MOMENT, standing(library, decisions))


@pytest.fixture(scope="session")
def sample() -> Library:
    """The library of the sample project."""
    return compiled(files())


@pytest.fixture(scope="session")
def sample_plan(sample: Library) -> ReviewPlan:
    """The plan of the sample project, of which nothing is approved."""
    return make_plan(sample, MOMENT)
