"""What lacks an approval, in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from assembler.authoring.project.settings import ReviewSettings
from assembler.cli.text.approvals import gate_json, gate_junit, gate_summary, gate_text
from assembler.review.approvals.decision import ReviewDecision
from assembler.review.approvals.decision_files import UnreadableDecision
from assembler.review.approvals.gate import Gate, gate
from assembler.review.approvals.status import Approvals
from assembler.review.sampling.planner import make_plan
from tests.review.conftest import NOW, verdict_on
from tests.review.sampling.libraries import AT, library_of

LIBRARY = library_of({"title": {"plain": "a", "sweet": {"segments": ("s",)}}, "foot": {"end": "z"}})
PLAN = make_plan(LIBRARY, AT)
DEFAULT, SWEET = (planned.card for planned in PLAN.cards)
ALL = [verdict_on(DEFAULT), verdict_on(SWEET)]
LATER = NOW + timedelta(minutes=1)
BROKEN = UnreadableDecision("reviews/x.json", "not \x07JSON")


def judged(*decisions: ReviewDecision, policy: Mapping[str, object] | None = None) -> Gate:
    """The gate by some decisions."""
    settings = ReviewSettings.model_validate(policy or {})
    return gate(PLAN, Approvals(decisions, policy=settings, at=NOW))


OLD = verdict_on(SWEET, time=NOW - timedelta(days=2))
REQUEST = verdict_on(SWEET, "changes", comment="no", slot="title")
DAY, BRAND = {"maximum_age": "1d"}, {"roles": ("brand",)}


@pytest.mark.parametrize(
    ("closed", "words"),
    [
        (judged(verdict_on(DEFAULT)), "not approved"),
        (judged(verdict_on(DEFAULT), REQUEST), "changes are asked for"),
        (judged(*ALL, policy=DAY), ""),
        (judged(verdict_on(DEFAULT), OLD, policy=DAY), "approved too long ago"),
        (judged(*ALL, policy=BRAND), "not approved by brand"),
        (judged(*ALL, policy={"roles": ("brand", "legal")}), "not approved by brand, legal"),
    ],
    ids=["waiting", "changes", "approved", "expired", "a role", "two roles"],
)
def test_what_a_subject_lacks(closed: Gate, words: str) -> None:
    details = [line.rpartition(": ")[2] for line in gate_text(closed).splitlines() if "title/sweet:" in line]
    assert details == ([words] if words else [])


def test_a_request_is_told_with_its_comment() -> None:
    closed = judged(*ALL, verdict_on(SWEET, "changes", comment="Say\n more", reviewer="Jo", time=LATER))
    assert "request    back/page/en  title/sweet + foot/end: Jo: Say more" in gate_text(closed)
    assert gate_summary(closed) == (
        "approved: 1 of 1 layouts, 1 of 3 components, 1 of 2 pairs of components, 0 of 1 requests for changes met"
    )


def test_the_gate_as_json() -> None:
    closed = judged(verdict_on(DEFAULT), policy={"needed": "components"})
    data = json.loads(json.dumps(gate_json(closed)))
    assert data == {
        "approved": 4,
        "needed": 5,
        "lacking": [
            {
                "kind": "component",
                "digest": SWEET.component_digests["title"],
                "campaign": "back",
                "channel": "page",
                "layout": "board",
                "locale": "en",
                "slots": {"title": "title/sweet"},
                "status": "waiting",
                "detail": "not approved",
            }
        ],
        "faults": [],
    }


@pytest.mark.parametrize(("count", "is_short"), [(10, False), (11, True)])
def test_more_than_ten_are_counted_and_the_first_listed(count: int, is_short: bool) -> None:
    requests = judged(*ALL, verdict_on(SWEET, "changes", comment="no", slot="title", time=LATER))
    lacking = requests.lacking
    closed = gate(PLAN, Approvals(ALL, at=NOW), [BROKEN] * count)
    text = gate_text(closed)
    assert ("lacking an approval" in text) == is_short == (text != gate_text(closed, everything=True))
    assert gate_text(closed, everything=True).count("reviews/x.json") == count
    assert text.count("reviews/x.json") == 10
    assert ("and 1 more: " in text) == is_short == ("reviews  11 unreadable files" in text)
    assert lacking[0].kind == "component"  # the request is the last of its place, and yet is listed first
    assert gate_text(requests).startswith("request ")


@pytest.mark.parametrize("count", [1, 2])
def test_files_that_cannot_be_read_are_told_everywhere(count: int) -> None:
    status = Approvals(ALL, at=NOW)
    closed = gate(PLAN, status, [BROKEN] * count)
    assert gate_text(closed).splitlines() == ["file  reviews/x.json  not \u2407JSON"] * count
    assert gate_summary(closed).endswith(f", {count} unreadable file{'s' * (count > 1)}")
    assert gate_json(closed)["faults"] == [{"path": "reviews/x.json", "problem": "not \x07JSON"}] * count
    (suite,) = ElementTree.fromstring(gate_junit(closed))
    assert (suite.attrib["failures"], suite.attrib["tests"]) == (str(count), str(6 + count))
