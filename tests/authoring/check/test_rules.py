"""Each rule finds what fails it, where it stands, and nothing in near misses.

The cases of one rule stand together, in a module of its family.
"""

from __future__ import annotations

import pytest

from assembler.authoring.check.rules import RULES
from tests.authoring.builders import Files, campaign, component, inline_css, page, settings
from tests.authoring.check import (
    audience_cases,
    copy_cases,
    emptiness_cases,
    image_size_cases,
    mail_cases,
    message_cases,
    page_cases,
    phrase_cases,
    targeting_cases,
)
from tests.authoring.check.cases import diagnostics, failing, findings, in_few_locales, long_story, passing

FAMILIES = (
    audience_cases,
    copy_cases,
    emptiness_cases,
    image_size_cases,
    mail_cases,
    message_cases,
    page_cases,
    phrase_cases,
    targeting_cases,
)


@failing(*(family.CASES for family in FAMILIES))
def test_a_fault_is_found_where_it_stands(code: str, files: Files, expected: list[str]) -> None:
    assert findings(in_few_locales(code, files), code) == expected


@passing(*(family.NEAR_MISSES for family in FAMILIES))
def test_a_near_miss_is_none_and_every_rule_judges_it(code: str, files: Files) -> None:
    assert [finding for finding in diagnostics(in_few_locales(code, files)) if finding.code in (code, "R10")] == []


WARNINGS = "R07 R11 D08 T06 T09 T11 T12 G03 G06 G08 C04 C06 V02 V03 V04 V05 L02 A03 A04 A05 E14 E18 E19 P08".split()
INFORMATION = "T03 G04".split()


@pytest.mark.parametrize(
    ("code", "severity"), [(rule.code, rule.severity) for rule in RULES], ids=lambda value: f"{value}"
)
def test_a_rule_gives_errors_unless_it_is_named_here(code: str, severity: str) -> None:
    named = {**dict.fromkeys(WARNINGS, "warning"), **dict.fromkeys(INFORMATION, "information")}
    assert severity == named.get(code, "error")


SEVERITIES: list[tuple[str, str, Files]] = [
    ("C04", "warning", component("story/away", "We noticed you. Much is **new**.")),
    ("C05", "error", component("title/sweet", kicker="x" * 31)),
    ("C05", "warning", component("title/sweet", kicker="'Especially {{ first_name | default: \"you\" }}'")),
    ("E07", "warning", long_story(12_000)),
    ("E07", "error", long_story(18_000)),
    ("E14", "warning", component("title/sweet", "x" * 61)),
    ("E14", "error", component("title/sweet", "Something =?sweet")),
    ("G09", "warning", campaign("back", decide_by="2026-11-21")),
    ("L02", "warning", component("title/sweet", fr=None)),
]


@pytest.mark.parametrize(
    ("code", "severity", "files"), SEVERITIES, ids=[f"{code} as {severity}" for code, severity, _ in SEVERITIES]
)
def test_how_much_it_matters(code: str, severity: str, files: Files) -> None:
    assert [finding.severity for finding in diagnostics(files) if finding.code == code] == [severity]


def test_e10_a_fault_in_contrast_is_not_told_again_for_dark_mode() -> None:
    files = inline_css(small="color: #fafafa; font-size: 14px;")
    assert {finding.code for finding in diagnostics(files)} == {"E10"}


def test_a_mail_in_a_web_channel_is_judged_as_a_page() -> None:
    files = settings(channels={"email": {"envelope": "none"}})
    assert not [finding for finding in diagnostics(files) if finding.code.startswith(("E", "P"))]


def test_p02_what_the_layout_does_is_told_once_for_all_campaigns_and_locales() -> None:
    assert len(findings(page(header=""), "P02")) == 1
