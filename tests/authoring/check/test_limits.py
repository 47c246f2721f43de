"""What is too long is said once, with its limit; what is too much is counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from assembler.authoring import Project
from assembler.authoring.check.run import MOST_SHOWN
from assembler.authoring.load.fields import MARKUP, MARKUP_EACH, MAX_LINES
from assembler.conditions.parsing import MAX_LENGTH
from tests.authoring.check.cases import diagnostics, found
from tests.authoring.sample import MOMENT, files

AWAY, HERE = "components/story/away.md", "components/title/here.md"


def own(path: str, edits: Mapping[str, Any]) -> list[str]:
    return [each.split(" ", 1)[1] for each in found(edits) if each.startswith(f"{path}:")]


@pytest.mark.parametrize(
    ("unit", "count", "over"),
    [
        ("{{", (MARKUP + MARKUP_EACH * 300) // 2 + 1, True),
        ("https://a ", 20_000, True),
        ("<!--", 50_000, True),
        ("- [a](javascript:x)\n", MAX_LINES + 1, True),
        ("y", MARKUP + MARKUP_EACH * 300 - len("Much is "), False),
        ("y", MARKUP + MARKUP_EACH * 300 - len("Much is ") + 1, True),
    ],
)
def test_a_text_that_is_far_too_long_is_its_one_finding(unit: str, count: int, over: bool) -> None:
    findings = own(AWAY, {AWAY: f"---\ncampaigns: [back]\nstages: [away]\n---\nMuch is {unit * count}\n"})
    assert [each[:4] for each in findings] == ["C05 "]
    assert ("are read" in findings[0]) == over


def test_as_is_a_field() -> None:
    limit = MARKUP + MARKUP_EACH * 30
    long = f"---\ncampaigns: [start]\nstages: [here]\nkicker: {'TODO ' * limit}\n---\nRight\n"
    assert own(HERE, {HERE: long}) == [
        f"C05 kicker has {5 * limit - 1:,} characters; with all markup no more than {limit:,} are read"
    ]


@pytest.mark.parametrize(("length", "allowed"), [(MAX_LENGTH, True), (MAX_LENGTH + 1, False)])
def test_a_rule_has_a_longest_length(length: int, allowed: bool) -> None:
    rule = "months_away >= 6"
    edits = {"assembler.yaml": (f"when: {rule}", f"when: '{rule}{' ' * (length - len(rule) - 1)})'")}
    (finding,) = found(edits, "T01")
    assert ("at most 5,000" in finding) != allowed


def test_a_value_has_a_longest_length() -> None:
    edits = {"campaigns/back.yaml": ("objective: more", "objective: " + "more " * 20_001)}
    (finding,) = found(edits, "R02")
    assert "at most 100,000" in finding


@pytest.mark.parametrize("count", [MOST_SHOWN, MOST_SHOWN + 1, 20_000])
def test_so_many_findings_of_a_rule_are_shown_in_a_file_and_the_rest_counted(count: int) -> None:
    keys = "".join(f"k{index}: 1\n" for index in range(count))
    edits = {
        "assembler.yaml": files()["assembler.yaml"] + keys,  # type: ignore[operator]
        "campaigns/back.yaml": ("objective:", "objektive:"),
    }
    report = diagnostics(edits)
    here = [each for each in report if each.path == "assembler.yaml" and each.code == "R02"]
    assert len(here) == min(count, MOST_SHOWN + 1)
    assert (here[-1].message == f"and {count - MOST_SHOWN:,} more of R02 in this file") == (count > MOST_SHOWN)
    assert {each.message for each in report if each.path == "campaigns/back.yaml"} >= {"unknown key 'objektive'"}


def test_long_names_are_cut_where_they_are_said() -> None:
    report = Project.from_files({**files(), "campaigns/back.yaml": f"{'k' * 50_000}: 1\n"}).check(MOMENT)
    assert all(len(each.message) <= 500 and len(each.hint or "") <= 500 for each in report.diagnostics)
