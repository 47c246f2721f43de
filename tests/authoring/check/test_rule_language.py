"""T01: rules of segments and stages that do not parse or do not fit their signals."""

from __future__ import annotations

from tests.authoring.builders import Files, rules, settings
from tests.authoring.check.cases import failing, findings, judged, passing

SETTINGS = "assembler.yaml"


CASES: list[tuple[Files, list[str]]] = [
    (rules(away="months_away = 6"), [SETTINGS + ":36:23 T01 '=' compares nothing"]),
    (rules(away="month_away >= 6"), [SETTINGS + ":36:11 T01 no signal 'month_away'"]),
    (rules(away="'month_away >= 6'"), [SETTINGS + ":36:12 T01 no signal 'month_away'"]),
    (
        rules(away="months_away >= six"),
        [SETTINGS + ":36:26 T01 expected a number, quoted text, true or false, got 'six'"],
    ),
    (rules(away="months_away >= '6'"), [SETTINGS + ":36:26 T01 months_away is compared with a number, not '6'"]),
    (rules(away="6 <= months_away"), [SETTINGS + ":36:11 T01 expected a signal, got '6'"]),
    (rules(away="months_away >= 6 &&  known(taste)"), [SETTINGS + ":36:28 T01 '&&' is not part of the language"]),
    (rules(away="(months_away >= 6"), [SETTINGS + ":36:28 T01 expected ')' to close the bracket"]),
    (rules(away="months_away"), [SETTINGS + ":36:11 T01 months_away is compared with nothing"]),
    (
        rules(away="days_since(months_away) > 3"),
        [SETTINGS + ":36:22 T01 days_since needs a date; months_away is of kind integer"],
    ),
    (rules(away='""'), [SETTINGS + ":36:12 T01 an empty rule"]),
    (
        rules(sweet_tooth="taste == sweet"),
        [SETTINGS + ":41:20 T01 expected a number, quoted text, true or false, got 'sweet'"],
    ),
    (rules(sweet_tooth="taste == “sweet”"), [SETTINGS + ":41:20 T01 a typographic quote"]),
    (rules(sweet_tooth='taste == "swete"'), [SETTINGS + ':41:20 T01 "swete" is not among the values of taste']),
    (rules(sweet_tooth='taste > "sweet"'), [SETTINGS + ":41:17 T01 > needs a number; taste is of kind choice"]),
    (rules(sweet_tooth='taste in "sweet"'), [SETTINGS + ":41:20 T01 `in` needs a list"]),
    (rules(sweet_tooth='taste == ["sweet"]'), [SETTINGS + ":41:20 T01 == compares with one value"]),
    (rules(sweet_tooth="taste == true"), [SETTINGS + ":41:20 T01 taste is compared with quoted text, not true"]),
]
BORN = "{kind: date, source: x, max_age: none, consent: none, owner: x, response: x, fallback: x}"
NEAR_MISSES: list[tuple[str, Files]] = [
    ("T01", rules(away="known(months_away) and not (months_away < 6 or months_away > 600)")),
    ("T01", rules(away="months_away >= 5.5")),
    ("T01", rules(away="'months_away >= 6'")),
    ("T01", rules(sweet_tooth="taste in ['sweet'] and taste not in [\"salty\"]")),
    (
        "T01",
        settings(signals={"born": BORN}, stages={"away": {"when": "days_since(born) >= 200 or known(born)"}}),
    ),
]


@failing(CASES)
def test_the_column_is_that_of_the_fault_inside_the_rule(code: str, files: Files, expected: list[str]) -> None:
    assert judged(files, code) == (expected, {code})


@passing(NEAR_MISSES)
def test_a_sound_rule_is_none(code: str, files: Files) -> None:
    assert findings(files, code) == []


@passing(
    [("T01", settings(signals={"taste": {"kind": "chioce"}})), ("T01", settings(signals={"taste": {"values": None}}))]
)
def test_a_broken_signal_is_reported_once_and_not_by_every_rule_that_reads_it(code: str, files: Files) -> None:
    assert judged(files, code) == ([], {"R02"})
