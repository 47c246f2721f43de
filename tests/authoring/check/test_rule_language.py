"""T01: rules of segments and stages that do not parse or do not fit their signals."""

from __future__ import annotations

import pytest

from tests.authoring.check.cases import Edit, found, judged

SETTINGS = "assembler.yaml"
AWAY, SWEET = "when: months_away >= 6", 'when: taste == "sweet"'
DATES = (
    "signals:",
    "signals:\n  born: {kind: date, source: x, max_age: none, consent: none, owner: x, response: x, fallback: x}",
)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (AWAY, "when: months_away = 6", "36:23 T01 '=' compares nothing"),
        (AWAY, "when: month_away >= 6", "36:11 T01 no signal 'month_away'"),
        (AWAY, "when: 'month_away >= 6'", "36:12 T01 no signal 'month_away'"),
        (AWAY, "when: months_away >= six", "36:26 T01 expected a number, quoted text, true or false, got 'six'"),
        (AWAY, "when: months_away >= '6'", "36:26 T01 months_away is compared with a number, not '6'"),
        (AWAY, "when: 6 <= months_away", "36:11 T01 expected a signal, got '6'"),
        (AWAY, "when: months_away >= 6 &&  known(taste)", "36:28 T01 '&&' is not part of the language"),
        (AWAY, "when: (months_away >= 6", "36:28 T01 expected ')' to close the bracket"),
        (AWAY, "when: months_away", "36:11 T01 months_away is compared with nothing"),
        (
            AWAY,
            "when: days_since(months_away) > 3",
            "36:22 T01 days_since needs a date; months_away is of kind integer",
        ),
        (AWAY, 'when: ""', "36:12 T01 an empty rule"),
        (SWEET, "when: taste == sweet", "41:20 T01 expected a number, quoted text, true or false, got 'sweet'"),
        (SWEET, "when: taste == “sweet”", "41:20 T01 a typographic quote"),
        (SWEET, 'when: taste == "swete"', '41:20 T01 "swete" is not among the values of taste'),
        (SWEET, 'when: taste > "sweet"', "41:17 T01 > needs a number; taste is of kind choice"),
        (SWEET, 'when: taste in "sweet"', "41:20 T01 `in` needs a list"),
        (SWEET, 'when: taste == ["sweet"]', "41:20 T01 == compares with one value"),
        (SWEET, "when: taste == true", "41:20 T01 taste is compared with quoted text, not true"),
    ],
)
def test_the_column_is_that_of_the_fault_inside_the_rule(old: str, new: str, expected: str) -> None:
    edits: dict[str, Edit] = {SETTINGS: (old, new)}
    assert judged(edits, "T01") == ([f"{SETTINGS}:{expected}"], {"T01"})


@pytest.mark.parametrize(
    "edits",
    [
        [(AWAY, "when: known(months_away) and not (months_away < 6 or months_away > 600)")],
        [(AWAY, "when: months_away >= 5.5")],
        [(AWAY, "when: 'months_away >= 6'")],
        [(SWEET, "when: taste in ['sweet'] and taste not in [\"salty\"]")],
        [DATES, (AWAY, "when: days_since(born) >= 200 or known(born)")],
    ],
)
def test_a_sound_rule_is_none(edits: list[tuple[str, str]]) -> None:
    assert found({SETTINGS: edits}, "T01") == []


@pytest.mark.parametrize("edit", [("kind: choice", "kind: chioce"), ("    values: [sweet, salty]\n", "")])
def test_a_broken_signal_is_reported_once_and_not_by_every_rule_that_reads_it(edit: tuple[str, str]) -> None:
    assert judged({SETTINGS: edit}, "T01") == ([], {"R02"})
