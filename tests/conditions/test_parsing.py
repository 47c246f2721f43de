"""The rule language: what it says, and where its faults are."""

from __future__ import annotations

import pytest

from assembler.conditions.evaluation import signals_read
from assembler.conditions.parsing import ConditionError, parse_condition
from assembler.library.records import And, Compare, Condition, Known, Not, OneOf, Or, Signal

SIGNALS = {
    "age": Signal(kind="integer"),
    "spend": Signal(kind="number"),
    "plan": Signal(kind="choice", values=("free", "pro")),
    "city": Signal(kind="text"),
    "new": Signal(kind="boolean"),
    "seen": Signal(kind="date"),
}
NEW = Compare(signal="new", operator="==", value=True)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("age >= 7", Compare(signal="age", operator=">=", value=7)),
        ("spend < -2.5", Compare(signal="spend", operator="<", value=-2.5)),
        ("new", NEW),
        ("not new", Not(condition=NEW)),
        ("new == false", Compare(signal="new", operator="==", value=False)),
        ("plan in [\"free\", 'pro']", OneOf(signal="plan", values=("free", "pro"))),
        ('plan not in ["free"]', Not(condition=OneOf(signal="plan", values=("free",)))),
        ('city == "St \\"Ives\\""', Compare(signal="city", operator="==", value='St "Ives"')),
        ("known(seen)", Known(signal="seen")),
        ("days_since(seen) <= 30", Compare(signal="seen", operator="<=", value=30, days=True)),
        ("days_since(seen) in [1, 2]", OneOf(signal="seen", values=(1, 2), days=True)),
        (
            "new or new and age < 1",
            Or(conditions=(NEW, And(conditions=(NEW, Compare(signal="age", operator="<", value=1))))),
        ),
        ("(new or new) and not new", And(conditions=(Or(conditions=(NEW, NEW)), Not(condition=NEW)))),
        ("not not new", Not(condition=Not(condition=NEW))),
    ],
)
def test_a_rule_says(text: str, condition: Condition) -> None:
    assert parse_condition(text, SIGNALS) == condition


@pytest.mark.parametrize(
    ("text", "column", "message", "hint"),
    [
        ("", 0, "an empty rule", "write a comparison, such as spend_last_year >= 500"),
        ("age = 3", 4, "'=' compares nothing", "write age == 3"),
        ("aeg > 3", 0, "no signal 'aeg'", "did you mean age?"),
        ("age > 3 && new", 8, "'&&' is not part of the language", "write age > 3 and new"),
        (
            "plan == free",
            8,
            "expected a number, quoted text, true or false, got 'free'",
            'write plan == "free"',
        ),
        ('plan == "fere"', 8, '"fere" is not among the values of plan', 'did you mean "free"?'),
        (
            "plan < 'free'",
            5,
            "< needs a number; plan is of kind choice",
            "write plan == or plan in [...]: only numbers have an order",
        ),
        ("new == 1", 7, "new is compared with true or false, not 1", "write new == true"),
        ("age == true", 7, "age is compared with a number, not true", "age is of kind integer"),
        ("seen > 3", 0, "seen is a date", "write days_since(seen) <= 30 for the last 30 days, or known(seen)"),
        ("days_since(age) > 3", 11, "days_since needs a date; age is of kind integer", "signals of kind date: seen"),
        (
            "age",
            0,
            "age is compared with nothing",
            "write age == ... or known(age); only a boolean signal stands alone",
        ),
        ("age in 3", 7, "`in` needs a list", "write age in [3]"),
        ("age == [3]", 7, "== compares with one value", "write age in [3]"),
        ("3 < age", 0, "expected a signal, got '3'", "write age > 3"),
        ("(age > 3", 8, "expected ')' to close the bracket", "write (age > 3)"),
        ("age > 3 4", 8, "'4' after the end of the rule", "join comparisons with `and` or `or`"),
        ("city == “x”", 8, "a typographic quote", 'write city == "x"'),
        ("true", 0, "expected a signal, got 'true'", "a comparison has a signal on the left and literals on the right"),
        ("not " * 60 + "new", 200, "more than 50 levels of brackets and `not`", "use fewer of them"),
    ],
)
def test_a_fault_has_its_column(text: str, column: int, message: str, hint: str | None) -> None:
    with pytest.raises(ConditionError) as caught:
        parse_condition(text, SIGNALS)
    assert (caught.value.column, caught.value.message, caught.value.hint) == (column, message, hint)


def test_the_signals_of_a_rule() -> None:
    assert set(signals_read(parse_condition('new and (age > 3 or not known(seen)) and plan in ["pro"]', SIGNALS))) == {
        "new",
        "age",
        "seen",
        "plan",
    }


@pytest.mark.parametrize(("depth", "is_read"), [(49, True), (50, False)])
def test_a_condition_has_50_levels_of_brackets_and_not(depth: int, is_read: bool) -> None:
    """The comparison within is a level too."""
    for text in ("not " * depth + "new", "(" * depth + "new" + ")" * depth):
        if is_read:
            parse_condition(text, SIGNALS)
        else:
            with pytest.raises(ConditionError, match="more than 50 levels"):
                parse_condition(text, SIGNALS)


@pytest.mark.parametrize(("length", "is_read"), [(5_000, True), (5_001, False)])
def test_a_condition_has_5000_characters(length: int, is_read: bool) -> None:
    text = "new".ljust(length - 1) + " "
    assert len(text) == length
    if is_read:
        assert parse_condition(text, SIGNALS) == NEW
    else:
        with pytest.raises(ConditionError, match="5,001 characters"):
            parse_condition(text, SIGNALS)


@pytest.mark.parametrize(("length", "hint"), [(500, "write new == true"), (501, "write ==")])
def test_of_a_condition_of_500_characters_it_is_said_what_was_meant(length: int, hint: str) -> None:
    with pytest.raises(ConditionError) as caught:
        parse_condition("new = true".ljust(length), SIGNALS)
    assert caught.value.hint == hint
