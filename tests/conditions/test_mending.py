"""A rule as other languages write it comes back, in the hint, as ours; and that one can be read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from assembler.conditions.parsing import ConditionError, parse_condition
from assembler.library.records import Signal
from tests.examples import examples

SIGNALS = {
    "months": Signal(kind="integer"),
    "spend": Signal(kind="number"),
    "taste": Signal(kind="choice", values=("sweet", "salty")),
    "vip": Signal(kind="boolean"),
    "version": Signal(kind="text"),
    "born": Signal(kind="date"),
}

MEANT = {
    # Nothing
    "taste == null": "not known(taste)",
    "taste != null": "known(taste)",
    "taste is None": "not known(taste)",
    "taste is not None": "known(taste)",
    "months == undefined": "not known(months)",
    "days_since(born) == null": "not known(born)",
    "exists(taste)": "known(taste)",
    "known taste": "known(taste)",
    'known("taste")': "known(taste)",
    "known(vip) == true": "known(vip)",
    "known(vip) == false": "not known(vip)",
    # Truth
    "vip == True": "vip == true",
    "vip == FALSE": "vip == false",
    "vip == yes": "vip == true",
    'vip == "true"': "vip == true",
    "vip == 1": "vip == true",
    "vip is not true": "vip != true",
    # Words and signs of other languages
    "vip && months > 3": "vip and months > 3",
    "vip || months > 3": "vip or months > 3",
    "vip AND NOT months > 3": "vip and not months > 3",
    "!vip": "not vip",
    "months = 3": "months == 3",
    "months === 3": "months == 3",
    "months <> 3": "months != 3",
    "months !== 3": "months != 3",
    "months => 3": "months >= 3",
    "months ≤ 3": "months <= 3",
    "months ≠ 3": "months != 3",
    "taste: sweet": 'taste == "sweet"',
    "if vip;": "vip",
    "{{ vip }}": "vip",
    "vip\u00a0and vip": "vip and vip",
    "(vip and (vip": "(vip and (vip))",
    # Ranges and lists
    "months between 3 and 6": "months >= 3 and months <= 6",
    "3 <= months < 6": "months >= 3 and months < 6",
    '"sweet" == taste': 'taste == "sweet"',
    "3 < months": "months > 3",
    'taste == "sweet" or "salty"': 'taste in ["sweet", "salty"]',
    'taste in ("sweet", "salty")': 'taste in ["sweet", "salty"]',
    "taste not in sweet": 'taste not in ["sweet"]',
    "months == [3, 6]": "months in [3, 6]",
    "months != [3]": "months not in [3]",
    "months in 3, 6": "months in [3, 6]",
    'taste in ["sweet",]': 'taste in ["sweet"]',
    # Quotes, and values of another kind
    "taste == sweet": 'taste == "sweet"',
    "taste == “sweet”": 'taste == "sweet"',
    "taste == ‘sweet’": 'taste == "sweet"',
    "taste == `sweet`": 'taste == "sweet"',
    'months > "3"': "months > 3",
    "version == 2.1.0": 'version == "2.1.0"',
    "version in [2.1.0, 2.1.1]": 'version in ["2.1.0", "2.1.1"]',
    "spend >= 1,000": "spend >= 1000",
    "spend > £1_500.50": "spend > 1500.50",
    "spend > 500€": "spend > 500",
    "spend >= .5": "spend >= 0.5",
    "months > 3 months": "months > 3",
    "days_since(born) > 30d": "days_since(born) > 30",
    "days_since born > 30": "days_since(born) > 30",
}

HINTS = {
    "version >= 2.1.0": "a version is text: compare it in quotes, with ==, != or in",
    'version > "2"': "write version == or version in [...]: only numbers have an order",
    "months >= spend": "a signal is compared with a value, not with another signal",
    'born > "2026-01-01"': "write days_since(born) <= 30 for the last 30 days, or known(born)",
    "months": "write months == ... or known(months); only a boolean signal stands alone",
    'taste == "sweat"': 'did you mean "sweet"?',
    "month > 3": "did you mean months?",
    'taste in ["sweet" "salty"]': "write ]",
    'months in [1, "three" 3]': "months is of kind integer",
}


@pytest.mark.parametrize(("written", "meant"), MEANT.items(), ids=MEANT)
def test_the_hint_is_the_rule_that_was_meant(written: str, meant: str) -> None:
    with pytest.raises(ConditionError) as caught:
        parse_condition(written, SIGNALS)
    assert caught.value.hint == f"write {meant}"
    parse_condition(meant, SIGNALS)


@pytest.mark.parametrize(("written", "hint"), HINTS.items(), ids=HINTS)
def test_where_it_cannot_be_told_the_hint_says_what_can_be_written(written: str, hint: str) -> None:
    with pytest.raises(ConditionError) as caught:
        parse_condition(written, SIGNALS)
    assert caught.value.hint == hint


PIECES = [
    *SIGNALS, "null", "True", "and", "&&", "or", "not", "!", "=", "==", "<>", ">", "=>", "in", "(", ")", "[", "]", ",",
    "3", "1,000", "2.1.0", '"sweet"', "“sweet”", "sweet", "known", "days_since", "is", "between", "30d", "'", "%",
]  # fmt: skip


@settings(max_examples=examples(500))
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map(" ".join))
def test_whatever_is_written_the_hint_says_something_and_a_rule_in_it_can_be_read(condition: str) -> None:
    try:
        parse_condition(condition, SIGNALS)
    except ConditionError as error:
        assert error.hint
        assert 0 <= error.column <= len(condition)
