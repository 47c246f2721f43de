"""Findings as they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from syrupy.assertion import SnapshotAssertion

from assembler.authoring import Diagnostic, Place
from assembler.authoring.diagnostics import Severity
from assembler.cli.text.columns import visible, width
from assembler.cli.text.findings import excerpt, for_github, render, summary


def finding(
    source: str = "    when: mnths >= 7",
    column: int = 11,
    *,
    severity: Severity = "error",
    message: str = "no signal 'mnths'",
    hint: str | None = "did you mean months?",
    path: str = "assembler.yaml",
) -> Diagnostic:
    place = Place(path, 40, column)
    return Diagnostic(code="T01", severity=severity, place=place, message=message, hint=hint, source=source)


CASES = {
    "plain": finding(),
    "no_hint": finding(hint=None),
    "warning": finding(severity="warning"),
    "information": finding(severity="information"),
    "no_source": finding("", 1, severity="warning", path="assets/logo.png"),
    "end_of_line": finding("name:", 6),
    "past_the_end": finding("name:", 600),
    "column_zero": finding("name:", 0),
    "tabs": finding("\tkey:\tvalue", 7),
    "wide": finding("標題: 歡迎回來 x", 9),
    "combining": finding("e\u0301te\u0301: x", 8),
    "on_a_combining_mark": finding("e\u0301te\u0301: x", 2),
    "emoji": finding("👩\u200d👧 x: y", 5),
    "long_line": finding("word " * 100 + "HERE " + "word " * 100, 501),
    "long_line_start": finding("HERE " + "word " * 100, 1),
    "long_line_end": finding("word " * 100 + "HERE", 501, severity="warning"),
    "long_wide_line": finding("日本" * 100 + "X" + "日本" * 100, 201),
    "long_message": finding(message="a word after another " * 12, hint="mend it " * 30),
    "long_path": finding(path="components/" + "deep" * 30 + ".md"),
    "steering": finding("\x1b[31mred\x07", 2, message="a \x1b[2J in\r\nit", path="a\x1b[0m\n.md"),
    "right_to_left": finding("שלום: \u202eabc", 7, severity="warning"),
    "surrogate": finding("a\udc80b", 2, path="bad\udcff.md"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_finding(name: str, words: SnapshotAssertion) -> None:
    printed = render([CASES[name]])
    assert printed == words
    assert all(width(line) <= 80 for line in printed.split("\n") if ".md:" not in line)
    assert "\x1b" not in printed


def test_several_findings_and_how_many(words: SnapshotAssertion) -> None:
    assert render([CASES["plain"], CASES["warning"], CASES["no_source"]]) == words


def test_colour_changes_no_word() -> None:
    coloured = render(CASES.values(), colour=True)
    plain = render(CASES.values())
    for code in ("1", "2", "31", "33", "36", "0"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == plain


@pytest.mark.parametrize(
    ("severities", "said"),
    [
        ((), "no findings"),
        (("error",), "1 error"),
        (("error", "error", "warning"), "2 errors, 1 warning"),
        (("warning", "warning", "information"), "2 warnings, 1 for information"),
    ],
)
def test_the_summary(severities: tuple[Severity, ...], said: str) -> None:
    assert summary([finding(severity=severity) for severity in severities]) == said


def test_nothing_found_is_nothing_printed() -> None:
    assert render([]) == ""


LINE = st.text(st.characters(exclude_categories=["Cs", "Cf", "Mn", "Me"], exclude_characters="\n\t"), max_size=300)


@given(LINE, st.integers(1, 300), st.sampled_from(["", "warning", "information"]))
def test_the_caret_stands_under_its_character(source: str, column: int, label: str) -> None:
    shown, below = excerpt(source, 7, column, label=label).split("\n")
    assert width(shown) <= 80
    assert width(below) <= 80
    caret = below.index("^")
    if column <= len(source) and not source[column - 1].isspace() and width(source[column - 1]) > 0:
        under = [
            position for number, position in enumerate(shown) if width(shown[:number]) == caret and width(position)
        ]
        assert under[0] == visible(source[column - 1])


def test_github_gets_its_escapes() -> None:
    annotated = finding(message="100% of\nit", hint="a, b: c", path="a,b:c%.md")
    assert for_github([annotated], folder="shop") == (
        "::error file=shop/a%2Cb%3Ac%25.md,line=40,col=11,title=T01::100%25 of%0Ait%0Aa, b: c"
    )


@pytest.mark.parametrize(("severity", "level"), [("error", "error"), ("warning", "warning"), ("information", "notice")])
def test_github_levels(severity: Severity, level: str) -> None:
    assert for_github([finding(severity=severity)]).startswith(f"::{level} file=assembler.yaml,")
