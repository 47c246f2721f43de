"""Copy: severities, hints, and words that are leftovers or are not."""

from __future__ import annotations

import pytest

from tests.authoring.builders import settings, translation
from tests.authoring.check.cases import diagnostics, findings
from tests.authoring.check.copy_cases import story


def test_c01_the_hint_names_the_nearest_field() -> None:
    (finding,) = (
        diagnostic
        for diagnostic in diagnostics(story('Hi {{ fist_name | default: "you" }}'))
        if diagnostic.code == "C01"
    )
    assert finding.hint == "did you mean first_name?"


@pytest.mark.parametrize(
    ("words", "leftover"),
    [
        ("Lorem Ipsum dolor", "Lorem Ipsum"), ("a todo: x", "todo"),
        ("xxx", "xxx"), ("Hi [FIRST NAME] x", "[FIRST NAME]"),
        ("*|FNAME|* x", "*|FNAME|*"), ("%%first%% x", "%%first%%"), ("None", "None"), ("undefined.", "undefined."),
        ("Hello None, hi", "None"), ("Dear undefined!", "undefined"), ("Thank you None", "None"), ("at £None", "None"),
        ("None% off", "None"), ("TBC", "TBC"), ("£XX now", "XX"), ("now X% off", "X"),
        ("Hello null,", "null"), ("NaN", "NaN"),
        ("0800 XXXX", "XXXX"), ("Chapter xxx", "xxx"), ("Room XXX", "XXX"), ("Chapter XXXX", "XXXX"),
        ("Dolor sit amet", "Dolor sit amet"), ("see www.yoursite.com", "yoursite.com"),
        ("https://www.sample.example/?n=undefined", "undefined"),
    ],
    ids="C03 fails: {}".format,
)  # fmt: skip
def test_leftovers(words: str, leftover: str) -> None:
    assert [finding.partition("C03 ")[2] for finding in findings(story(words), "C03")] == [
        f"{leftover!r} is a leftover"
    ]


@pytest.mark.parametrize(
    "words",
    [
        "None of our jackets leak", "Second to None", "None, and we mean none", "the undefined coast", "5%% and 6%%",
        "Size XXXL", "In chapter XXX she returns", "Super Bowl XXX", "Games of the XXX Olympiad",
        "our todos", "[FAQ](https://www.sample.example/q)", "[A]", "lorem", "Nonesuch",
        "hello, none of these", "Danke, null Risiko", "Chapter XX", "[Name](https://www.sample.example/q)",
    ],
    ids="C03 passes: {}".format,
)  # fmt: skip
def test_words_that_are_no_leftovers(words: str) -> None:
    assert not findings(story(words), "C03")


def test_c03_the_hint_of_a_foreign_merge_tag_says_how_ours_is_written() -> None:
    hints = [
        diagnostic.hint for diagnostic in diagnostics(story("Hi *|FNAME|*, lorem ipsum")) if diagnostic.code == "C03"
    ]
    assert hints == [
        'write {{ first_name | default: "friend" }}, or what should stand there',
        "write what should stand there, or remove it",
    ]


def test_c03_todo_is_a_word_of_spanish() -> None:
    spanish = settings(locales=["en", "fr", "fr-CA", "es"])
    assert not findings(spanish | translation("title/sweet", "Todo dulce", "es"), "C03")
    assert findings(spanish | translation("title/sweet", "TODO: dulce", "es"), "C03")
