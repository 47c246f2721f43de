"""Text in columns."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, strategies as st

from assembler.cli.text.columns import table, visible, width, wrapped

WORDS = st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=20).map(" ".join)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("plain", 5),
        ("日本語", 6),
        ("ﾊﾝｶｸ", 4),
        ("e\u0301", 1),
        ("👩\u200d👩\u200d👧", 2),
        ("👍🏽", 2),
        ("❤\ufe0f", 2),
        ("한", 2),
        ("\u1112\u1161", 2),
        ("a\tb", 5),
        ("abcd\tb", 9),
        ("a\u200bb", 2),
        ("\x1b[31m", 5),
    ],
)
def test_width_is_that_of_a_terminal(text: str, columns: int) -> None:
    assert width(text) == columns


@given(st.characters())
def test_nothing_that_is_printed_steers_the_terminal(character: str) -> None:
    shown = visible(character)
    assert len(shown) == 1
    assert unicodedata.category(shown) not in ("Cc", "Cs", "Zl", "Zp")
    assert shown not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(WORDS, st.text("ab ", max_size=50))
def test_wrapped_lines_fit(text: str, first: str) -> None:
    lines = wrapped(text, first=first, rest="    ").split("\n")
    assert all(width(line) <= 80 for line in lines)


@given(WORDS)
def test_wrapping_loses_no_word(text: str) -> None:
    kept = "".join(map(visible, "".join(text.split())))
    assert "".join(wrapped(text).split()) == "".join(kept.split())


@given(st.lists(st.tuples(st.text("abc", max_size=20), WORDS, WORDS), max_size=5))
def test_a_table_of_short_names_fits(rows: list[tuple[str, str, str]]) -> None:
    short = [(first, second[:20], third) for first, second, third in rows]
    assert all(width(line) <= 80 for line in table(short).split("\n"))


def test_a_table_wraps_its_last_column() -> None:
    assert table([("a", "b", "word " * 20), ("long", "", "x")]) == (
        "  a     b  word word word word word word word word word word word word word word\n"
        "           word word word word word word\n"
        "  long     x"
    )


def test_a_table_with_long_names_puts_the_last_column_below() -> None:
    assert table([("n" * 70, "what it is")]) == "  " + "n" * 70 + "\n      what it is"


def test_no_rows_are_no_table() -> None:
    assert table([]) == ""
