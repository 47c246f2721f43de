"""An agenda as a calendar that calendar programs read."""

from __future__ import annotations

from datetime import date

import icalendar

from assembler.cli.text.calendar import AllDay, calendar
from tests.authoring.builders import MOMENT

WORDS = 'Tea, biscuits; "and" a \\ back\\nslash\nnext line\r\nlast\tone: ' + "été 🍵 " * 30


def test_a_calendar_is_read_back_as_it_was_meant() -> None:
    event = AllDay(
        uid="end-x@y", day=date(2027, 5, 1), summary=WORDS, description="a\x00b\x1b" + "c" * 200, category="end"
    )
    written = calendar("sample: due", [event, event], MOMENT)
    assert written.count("\r\n") == written.count("\n")
    assert max(len(line.encode()) for line in written.split("\r\n")) == 75
    assert "SUMMARY:Tea\\, biscuits\\; " in written
    read = icalendar.Calendar.from_ical(written)
    assert read["X-WR-CALNAME"] == "sample: due"
    assert [problem for component in read.walk() for problem in component.errors] == []
    first, second = read.events
    assert first == second
    assert str(first["SUMMARY"]) == "\n".join(WORDS.replace("\t", " ").splitlines())
    assert (str(first["UID"]), str(first["DESCRIPTION"])) == ("end-x@y", "a b " + "c" * 200)
    start, stamp = first.DTSTART, first.DTSTAMP
    assert (start, stamp) == (date(2027, 5, 1), MOMENT)
