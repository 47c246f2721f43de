"""Shares, ages and days as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from assembler.authoring.project.authored import Day, Microseconds, Share

SECOND = 1_000_000
DAY = 86_400 * SECOND


@pytest.mark.parametrize(
    ("text", "share"),
    [("0%", 0), ("0.01%", 1), ("0.1%", 10), ("12.5%", 1_250), ("007%", 700), ("99.99%", 9_999), ("100.00%", 10_000)],
)
def test_a_share_is_counted_in_ten_thousandths(text: str, share: int) -> None:
    assert TypeAdapter(Share).validate_python(text) == share


@pytest.mark.parametrize(
    "value",
    [
        "100.01%",
        "101%",
        "1000%",
        "0.001%",
        "5.%",
        ".5%",
        "5 %",
        "5",
        "%",
        "-1%",
        "+1%",
        "٥%",
        "5%%",
        "5%\n",
        5,
        0.05,
        None,
    ],
)
def test_what_is_no_share_is_refused(value: object) -> None:
    with pytest.raises(ValidationError, match="a share is a percentage from 0% to 100%"):
        TypeAdapter(Share).validate_python(value)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("none", 0),
        ("1m", 60 * SECOND),
        ("1h", 3_600 * SECOND),
        ("35d", 35 * DAY),
        ("2w", 14 * DAY),
        ("999999d", 999_999 * DAY),
        ("000001d", DAY),
    ],
)
def test_an_age_is_counted_in_microseconds(text: str, age: int) -> None:
    assert TypeAdapter(Microseconds).validate_python(text) == age


@pytest.mark.parametrize(
    "value", ["0d", "000000d", "1000000d", "0000001d", "1y", "1", "d", "1.5d", "-1d", " 1d", "٥d", 1]
)
def test_what_is_no_age_is_refused(value: object) -> None:
    with pytest.raises(ValidationError, match="an age is a whole number with m, h, d or w"):
        TypeAdapter(Microseconds).validate_python(value)


def test_a_day_is_one_of_the_calendar() -> None:
    assert TypeAdapter(Day).validate_python("2028-02-29") == date(2028, 2, 29)
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Day).validate_python("2027-02-29")
    (error,) = caught.value.errors()
    assert getattr(error["ctx"]["error"], "hint", None) == "write 2027-02-28"
