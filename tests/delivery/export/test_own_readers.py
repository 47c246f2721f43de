"""The readers that stand in for engines: what they read, and what they refuse."""

from __future__ import annotations

import pytest

from assembler.delivery.export.proof.engine import Engine, EngineError
from assembler.delivery.export.proof.own_readers.mailchimp import MailchimpReader
from assembler.delivery.export.proof.own_readers.sfmc import AmpscriptReader

CHIMP, CLOUD = MailchimpReader(), AmpscriptReader()
X = '%%[ SET @x = AttributeValue("X")'


@pytest.mark.parametrize(
    ("reader", "template", "person", "expected"),
    [
        (CHIMP, "a*|IF:X=1|*b*|ELSEIF:X=2|*c*|ELSE:|*d*|END:IF|*e", {"X": "2"}, "ace"),
        (CHIMP, "a*|IF:X=1|*b*|ELSEIF:X=2|*c*|ELSE:|*d*|END:IF|*e", {}, "ade"),
        (CHIMP, "*|IF:X=a|*y*|ELSE:|*n*|END:IF|*", {"X": "A"}, "n"),
        (CHIMP, "*|IF:X|**|IF:Y=1|*1*|ELSE:|*2*|END:IF|**|ELSE:|**|IF:Y=1|*3*|END:IF|**|END:IF|*", {"X": "x"}, "2"),
        (CHIMP, "*|IF:X|**|X|**|ELSE:|*you*|END:IF|*", {"X": 7}, "7"),
        (CHIMP, "*|NOBODY|*!", {}, "!"),
        (CLOUD, f'{X} IF @x == "a" OR @x == "b" THEN ]%%y%%[ ELSE ]%%n%%[ ENDIF ]%%', {"x": "B"}, "y"),
        (CLOUD, f'{X} IF @x == "a" THEN ]%%1%%[ ELSEIF @x == "q" THEN ]%%2%%[ ELSE ]%%3%%[ ENDIF ]%%', {"X": "q"}, "2"),
        (CLOUD, f"{X} IF NOT Empty(@x) THEN ]%%%%=v(@x)=%%%%[ ELSE ]%%you%%[ ENDIF ]%%", {"X": None}, "you"),
        (CLOUD, """%%[ SET @x = Replace("say ""x"" &", "&", "&amp;") ]%%%%=v(@x)=%%""", {}, 'say "x" &amp;'),
        (CLOUD, "%%[ SET @x = Trim(AttributeValue('X')) ]%%[%%=V(@X)=%%]", {"X": " a "}, "[a]"),
    ],
)  # fmt: skip
def test_what_is_documented_is_read(reader: Engine, template: str, person: dict[str, object], expected: str) -> None:
    assert reader.name == "self"
    assert reader.render(template, [person]) == [expected]


@pytest.mark.parametrize(
    ("reader", "template"),
    [
        (CHIMP, "*|IF:X|*a"),
        (CHIMP, "a*|END:IF|*"),
        (CHIMP, "*|ELSE:|*"),
        (CHIMP, "*|IF:X|*a*|ELSE:|*b*|ELSE:|*c*|END:IF|*"),
        (CLOUD, '%%[ IF @x == "a" THEN ]%%a'),
        (CLOUD, "%%[ ENDIF ]%%"),
        (CLOUD, '%%[ IF @x == "a" AND @y == "b" THEN ]%%a%%[ ENDIF ]%%'),
        (CLOUD, '%%=Lookup("x")=%%'),
        (CLOUD, "%%[ SET @x - 1 ]%%"),
    ],
)
def test_what_is_no_template_is_refused(reader: Engine, template: str) -> None:
    with pytest.raises(EngineError):
        reader.render(template, [{}])
