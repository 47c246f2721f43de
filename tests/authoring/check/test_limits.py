"""What is too long is said once, with its limit; what is too much is counted."""

from __future__ import annotations

import pytest

from assembler.authoring.check.run import MOST_SHOWN
from assembler.authoring.load.fields import MARKUP, MARKUP_EACH, MAX_LINES
from assembler.conditions.parsing import MAX_LENGTH
from tests.authoring.builders import Files, campaign, component, settings
from tests.authoring.check.cases import diagnostics, findings

AWAY, HERE = "components/story/away.md", "components/title/here.md"


def own(path: str, files: Files) -> list[str]:
    return [finding.split(" ", 1)[1] for finding in findings(files) if finding.startswith(f"{path}:")]


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
    (finding,) = own(AWAY, component("story/away", f"Much is {unit * count}"))
    assert finding.startswith("C05 ")
    assert ("are read" in finding) == over


def test_as_is_a_field() -> None:
    limit = MARKUP + MARKUP_EACH * 30
    assert own(HERE, component("title/here", kicker="TODO " * limit)) == [
        f"C05 kicker has {5 * limit - 1:,} characters; with all markup no more than {limit:,} are read"
    ]


@pytest.mark.parametrize(("length", "allowed"), [(MAX_LENGTH, True), (MAX_LENGTH + 1, False)])
def test_t01_a_rule_has_a_longest_length(length: int, allowed: bool) -> None:
    rule = "months_away >= 6"
    long = f"'{rule}{' ' * (length - len(rule) - 1)})'"
    (finding,) = findings(settings(stages={"away": {"when": long}}), "T01")
    assert ("at most 5,000" in finding) != allowed


def test_r02_a_value_has_a_longest_length() -> None:
    (finding,) = findings(campaign("back", objective="more " * 20_001), "R02")
    assert "at most 100,000" in finding


@pytest.mark.parametrize("count", [MOST_SHOWN, MOST_SHOWN + 1, 2_000, pytest.param(20_000, marks=pytest.mark.slow)])
def test_r02_so_many_findings_of_a_rule_are_shown_in_a_file_and_the_rest_counted(count: int) -> None:
    files = settings(**{f"k{index}": "1" for index in range(count)}) | campaign("back", objektive="more")
    report = diagnostics(files)
    here = [finding for finding in report if finding.path == "assembler.yaml" and finding.code == "R02"]
    assert len(here) == min(count, MOST_SHOWN + 1)
    assert (here[-1].message == f"and {count - MOST_SHOWN:,} more of R02 in this file") == (count > MOST_SHOWN)
    elsewhere = {finding.message for finding in report if finding.path == "campaigns/back.yaml"}
    assert elsewhere >= {"unknown key 'objektive'"}


def test_long_names_are_cut_where_they_are_said() -> None:
    report = diagnostics({"campaigns/back.yaml": f"{'k' * 50_000}: 1\n"})
    assert all(len(finding.message) <= 500 and len(finding.hint or "") <= 500 for finding in report)
