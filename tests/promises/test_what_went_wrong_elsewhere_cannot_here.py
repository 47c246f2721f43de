"""Incidents that are known of other tools, each as a test: a person's value hoisted into the constant of a batch (with
promise 10), a raw token in a subject, a fallback without an end that hid broken logic, archived blocks that kept being
sent, and a holdout of 5 % that held out everybody."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from assembler import Library
from assembler.authoring import Project
from assembler.authoring.outcomes.variants import enumerate_variants
from assembler.library.records import Holdout
from assembler.runtime.assignment import arm, bucket, groups
from assembler.runtime.choose import slot_plans
from assembler.runtime.reasons import Arm
from tests.authoring.builders import MOMENT, component, project
from tests.authoring.check.cases import diagnostics
from tests.conftest import STARTER_MOMENT
from tests.runtime.test_assignment import MOMENT as NOW, PEOPLE
from tests.test_cases import CASES, opened

# --- a raw token sent in a subject line ----------------------------------------------------------------------------

TOKENS = {
    "{{ first_name }}": "C01", "{{first_name}}": "C01", "{{ user.first_name }}": "C02", "{% raw %}": "C02",
    "{{#if x}}": "C02", "*|FNAME|*": "C03", "%%first_name%%": "C03", "[FNAME]": "C03", "%%=v(@name)=%%": "C03",
}  # fmt: skip
"""Tokens of many tools, and the rule that refuses each in copy."""


def subjects(library: Library) -> list[str]:
    """The subjects of all variants that somebody can get."""
    return [
        library.join(variant.plan, variant.choices)["subject"].decode()
        for variant in enumerate_variants(library, STARTER_MOMENT)
        if variant.plan.channel == "email"
    ]


def test_no_subject_that_somebody_can_get_holds_a_token(starter_library: Library) -> None:
    written = subjects(starter_library)
    assert len(written) > 50
    assert [
        subject for subject in written if any(mark in subject for mark in ("{", "}", "%%", "*|", "|*", "[", "]", "zq"))
    ] == []


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_is_refused_where_it_is_written(token: str) -> None:
    """In a default, and in what is targeted."""
    words = f"Hello {token}, you"
    judged = diagnostics(component("title/plain", words) | component("title/sweet", words))
    for path in ("components/title/plain.md", "components/title/sweet.md"):
        assert TOKENS[token] in {
            diagnostic.code for diagnostic in judged if diagnostic.severity == "error" and diagnostic.path == path
        }


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_that_is_somebodys_name_is_in_no_subject(starter_library: Library, token: str) -> None:
    """What a caller's own template left over is no name: everything is as if there were none."""
    context = {"segment": "new_friend", "stage": "first_season"}
    for campaign in starter_library.campaigns:
        for channel in starter_library.channels(campaign):
            variant, without = (
                starter_library.assemble(
                    campaign, channel=channel, context={**context, "fields": fields}, at=STARTER_MOMENT
                )
                for fields in ({"first_name": token}, {})
            )
            assert variant.encoded == without.encoded
            assert {"field": "first_name", "problem": "kind"} in [note.to_dict() for note in variant.decision.notes]


# --- a fallback without an end that hid broken logic for years -----------------------------------------------------


def test_a_fallback_is_never_silent(starter_library: Library) -> None:
    """Whoever is taken a signal or a field from gets the default, and the decision says which was missing."""
    person: dict[str, Any] = {
        "consent": ["marketing"],
        "signals": {"months_since_purchase": 9, "spend_last_year": 640.5, "favours": "mens", "new_customer": False},
        "fields": {"first_name": "Maya"},
    }
    whole = starter_library.decide("come_back", channel="email", context=person, at=STARTER_MOMENT)
    assert (whole.segment, whole.stage) == ("lapsed_loyal", "win_back")
    for group, name in [("signals", "months_since_purchase"), ("signals", "spend_last_year"), ("fields", "first_name")]:
        values: tuple[object, ...] = (None, "", "null", [], float("nan"))
        for value in values:
            less = {**person, group: {**person[group], name: value}}
            decision = starter_library.decide("come_back", channel="email", context=less, at=STARTER_MOMENT)
            assert name in {note.name for note in decision.notes}
            assert group == "fields" or decision.segment != whole.segment


def test_a_default_by_error_is_told_from_a_default_by_design(
    starter_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_design = starter_library.decide("come_back", channel="email", context={"segment": None, "stage": None})
    monkeypatch.setattr("assembler.runtime.decide.Decider.decide", lambda *_: 1 // 0)
    by_error = starter_library.decide("come_back", channel="email", context={"segment": None, "stage": None})
    assert by_design.key == by_error.key
    assert [(decision.reason, decision.error_code) for decision in (by_design, by_error)] == [
        ("DEFAULT", None),
        ("ERROR", "GENERAL"),
    ]


def test_what_nobody_looks_after_ends() -> None:
    """Half a year after everything was to be reviewed, nothing can be built."""
    later = datetime(2028, 1, 1, tzinfo=UTC)
    judged = diagnostics({}, at=later)
    overdue = {diagnostic.path for diagnostic in judged if diagnostic.code == "G03" and diagnostic.severity == "error"}
    assert overdue == {"assembler.yaml", "campaigns/back.yaml", "campaigns/start.yaml"}


# --- archived blocks that kept being sent --------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_what_is_not_ready_is_no_candidate_of_any_slot(starter_library: Library, status: str) -> None:
    content = starter_library.content
    defaults = {slot.default for campaign in content.campaigns.values() for slot in campaign.slots}
    for gone in content.components:
        if gone.address not in defaults:
            components = tuple(
                msgspec.structs.replace(component, status=status) if component is gone else component
                for component in content.components
            )
            for plan in slot_plans(msgspec.structs.replace(content, components=components)):
                able = {candidate.component.address for row in plan.slots for candidate in row.candidates}
                assert gone.address not in able


@pytest.mark.parametrize(("status", "is_in"), [("ready", True), ("draft", False), ("retired", False)])
def test_the_words_of_what_is_not_ready_are_not_in_a_library(status: str, is_in: bool) -> None:
    learnt = "nobody came for the kettle" if status == "retired" else None
    files = project(component("story/away", status=status, learnt=learnt))
    compiled = Project.from_files(files).compile(MOMENT)
    assert any(b"<strong>new</strong>" in text for text in compiled.texts) is is_in


def test_what_has_ended_is_sent_to_nobody_from_that_moment_on(starter_library: Library) -> None:
    (ending,) = [component for component in starter_library.content.components if component.window.end is not None][:1]
    assert ending.window.end is not None
    end = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=ending.window.end)
    for at, is_sent in ((end - timedelta(microseconds=1), True), (end, False), (end + timedelta(days=400), False)):
        sent = {choice.component for variant in enumerate_variants(starter_library, at) for choice in variant.choices}
        assert (ending.address in sent) is is_sent


# --- a holdout of 5 % that held out everybody ----------------------------------------------------------------------


@pytest.mark.parametrize("per_cent", [0, 5, 50, 100])
def test_a_share_holds_out_that_share_and_no_more(per_cent: int) -> None:
    holdout = Holdout(share=per_cent * 100, salt="2026q4")
    held = sum(arm(person, NOW, groups(holdout, None)) == "holdout" for person in PEOPLE)
    assert held == pytest.approx(len(PEOPLE) * per_cent / 100, rel=0.05)
    assert held == sum(bucket("2026q4", person) < per_cent * 100 for person in PEOPLE)


@pytest.mark.parametrize("per_cent", [0, 5, 50, 100])
def test_a_share_as_it_is_written_holds_out_that_share(per_cent: int) -> None:
    """From `share: 5%` in a project's settings to the decisions for some thousand people."""
    library = opened(f"holdout_{per_cent}").library
    arms = [
        library.decide("plain", channel="note", context={"id": person}, at=STARTER_MOMENT).arm
        for person in itertools.islice(PEOPLE, 4_000)
    ]
    held = arms.count(Arm.HOLDOUT) / len(arms)
    assert held == pytest.approx(per_cent / 100, abs=0 if per_cent in (0, 100) else 0.02)
    assert set(arms) <= {"holdout", "treated"}


@pytest.mark.parametrize("share", ["0%", "5%", "50%", "100%"])
def test_every_share_of_a_holdout_is_seen_at_its_edge_over_all_campaigns_and_in_one(share: str) -> None:
    edge = int(share[:-1]) * 100
    seen: dict[str, set[tuple[int, bool]]] = {"holdout": set(), "control": set()}
    for case in CASES:
        arm = case.expect.get("arm")
        campaign = opened(case.file).campaigns[case.campaign]
        everywhere = opened(case.file).settings.get("holdout", {})
        if everywhere.get("share") == share and everywhere["salt"] in case.buckets:
            seen["holdout"].add((case.buckets[everywhere["salt"]], arm == "holdout"))
        if campaign.get("holdout", {}).get("share") == share and case.campaign in case.buckets and arm != "holdout":
            seen["control"].add((case.buckets[case.campaign], arm == "control"))
    for outcomes in seen.values():
        assert edge == 0 or (edge - 1, True) in outcomes
        assert edge == 10_000 or (edge, False) in outcomes
