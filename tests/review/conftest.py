"""What the tests of review share: the sample project, its library, and decisions about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from assembler import Library
from assembler.authoring.project.settings import ReviewSettings
from assembler.review.approvals.decision import ReviewDecision, Verdict, Viewing, decision_about
from assembler.review.approvals.status import Approvals
from assembler.review.sampling.digests import Card, default_digests
from assembler.review.sampling.plan import ReviewPlan
from assembler.review.sampling.planner import make_plan
from tests.authoring.builders import MOMENT, in_memory, project as files

Files = dict[str, str | bytes]
NOW = datetime(2026, 11, 22, 13, tzinfo=UTC)


def compiled(sources: Files) -> Library:
    """The library of a project's files, whatever the rules of checking say."""
    project = in_memory(sources)
    assert not [*project.loaded.findings.codes(), *project.compiled.findings.codes()]
    return Library(project.compiled.content, project.compiled.texts)


def verdict_on(
    card: Card,
    verdict: Verdict = "approve",
    *,
    reviewer: str = "Maya Lind <maya@sample.example>",
    time: datetime = NOW,
    viewing: Viewing | None = None,
    comment: str = "",
    slot: str | None = None,
    role: str | None = None,
    withdraws: str | None = None,
) -> ReviewDecision:
    """A decision about a card."""
    return decision_about(
        card,
        verdict,
        reviewer=reviewer,
        time=time,
        tool="assembler 0.0.0",
        viewing=viewing or Viewing(how="single"),
        role=role,
        comment=comment,
        slot=slot,
        withdraws=withdraws,
    )


def approvals(plan: ReviewPlan) -> list[ReviewDecision]:
    """An approval of every new card of a plan."""
    return [verdict_on(planned.card) for planned in plan.cards if planned.status == "new"]


def status_by(library: Library, decisions: Iterable[ReviewDecision], policy: ReviewSettings | None = None) -> Approvals:
    """The status of what a library shows, by some decisions."""
    return Approvals(decisions, policy=policy, at=NOW, defaults=default_digests(library))


def replanned(library: Library, decisions: Iterable[ReviewDecision]) -> ReviewPlan:
    """The plan of a library for which there are decisions."""
    return make_plan(library, MOMENT, status_by(library, decisions).approved())


@pytest.fixture(scope="session")
def sample() -> Library:
    """The library of the sample project."""
    return compiled(files())


@pytest.fixture(scope="session")
def sample_plan(sample: Library) -> ReviewPlan:
    """The plan of the sample project, of which nothing is approved."""
    return make_plan(sample, MOMENT)
