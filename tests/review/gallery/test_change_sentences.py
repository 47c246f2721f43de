"""What changed, in sentences."""

from __future__ import annotations

import pytest

from assembler.review.gallery.change_sentences import (
    ChangeSentence,
    added,
    changed,
    gone_place,
    new_combinations,
    new_place,
    other_component,
    removed,
)
from assembler.review.gallery.words import WordChange

EMAIL = ("come_back", "email", "en")
PAGE = ("come_back", "page", "en")
GONE: list[WordChange] = [("=", "A second look"), ("-", ", and sometimes a second")]


def told(sentence: ChangeSentence) -> str:
    """The sentence as a page says it, languages as they are."""
    return f"{sentence.begins}{' and '.join(sentence.locales)}{sentence.ends}"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (GONE, "lost “and sometimes a second”"),
        ([("=", "Come in"), ("+", " and sit down")], "gained “and sit down”"),
        ([("-", "Good"), ("+", "Great"), ("=", " to see you")], "says “Great” instead of “Good”"),
        (
            [("-", "a"), ("=", " b "), ("-", "c"), ("=", " d "), ("+", "e"), ("=", " f "), ("-", "g")],
            "lost “a”, lost “c”, gained “e” and 1 more",
        ),
        ([("-", "a"), ("=", " b "), ("-", "c"), ("=", " d "), ("+", "e")], "lost “a”, lost “c” and gained “e”"),
        ([("=", "Come"), ("+", ","), ("=", " all")], "gained “,”"),
        ([("=", "three"), ("-", "\n"), ("+", " "), ("=", "four")], "breaks a line elsewhere"),
        ([("-", "x" * 61)], f"lost “{'x' * 60}…”"),
    ],
    ids=["lost", "gained", "another", "more than three", "three", "a comma", "a line break", "long"],
)
def test_what_is_said_otherwise(changes: list[WordChange], words: str) -> None:
    (sentence,) = changed("headline", "default", [([EMAIL], {"body": changes})])
    assert told(sentence) == f"The headline of come back (default, en, email) {words}."


def test_a_change_that_is_in_every_part_is_told_once() -> None:
    parts = {"subject": GONE, "body": GONE, "text": [*GONE, ("=", " more text")], "links": GONE}
    (sentence,) = changed("headline", "default", [([EMAIL], parts)])
    assert len(sentence.scraps) == 1


def test_where_a_link_leads_is_told_beside_its_words() -> None:
    links: list[WordChange] = [("-", "Look → https://a.example"), ("+", "See → https://b.example")]
    (sentence,) = changed("cta", "default", [([EMAIL], {"body": [("-", "Look"), ("+", "See")], "links": links})])
    assert "https://b.example" in told(sentence)
    assert len(sentence.scraps) == 2


def test_another_picture_is_told() -> None:
    (sentence,) = changed("image", "default", [([EMAIL], {"pictures": [("-", "aaaa"), ("+", "bbbb")]})])
    assert told(sentence) == "The image of come back (default, en, email) shows another picture."


def test_places_where_the_same_words_changed_are_told_together() -> None:
    (sentence,) = changed("headline", "loyal", [([EMAIL], {"body": GONE, "text": GONE}), ([PAGE], {"body": GONE})])
    assert told(sentence) == "The headline of come back (loyal, en, email and page) lost “and sometimes a second”."


def test_links_are_told_where_nothing_else_changed() -> None:
    (sentence,) = changed(
        "cta", "default", [([EMAIL], {"links": [("-", "https://a.example"), ("+", "https://b.example")]})]
    )
    assert "says “https://b.example” instead of “https://a.example”" in told(sentence)


@pytest.mark.parametrize(("length", "kept"), [(60, "x" * 60), (61, "…" + "x" * 60)])
def test_so_many_characters_before_a_change_are_told_with_it(length: int, kept: str) -> None:
    (sentence,) = changed("headline", "default", [([EMAIL], {"body": [("=", "x" * length), ("-", "gone")]})])
    assert sentence.scraps[0][0] == ("=", kept)


@pytest.mark.parametrize(("length", "kept"), [(60, "x" * 60), (61, "x" * 60 + "…")])
def test_and_so_many_after_it(length: int, kept: str) -> None:
    (sentence,) = changed("headline", "default", [([EMAIL], {"body": [("-", "gone"), ("=", "x" * length)]})])
    assert sentence.scraps[0][-1] == ("=", kept)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (changed("layout", "letter", [])[0], "The layout letter changed only in its markup."),
        (added("offer/spring_20"), "The offer “spring 20” is new."),
        (removed("offer/spring_20"), "The offer “spring 20” was removed."),
        (other_component("offer", "offer/old", "offer/new"), "The offer “new” is shown instead of “old”."),
        (other_component("offer", None, "offer/new"), "The offer “new” is shown where there was none."),
        (other_component("offer", "offer/old", None), "The offer “old” is not shown any more."),
        (new_place(EMAIL), "New: come back (en, email)."),
        (gone_place(EMAIL), "Gone: come back (en, email)."),
        (new_combinations(), "These combinations were not there before."),
    ],
)
def test_what_else_can_change(sentence: ChangeSentence, words: str) -> None:
    assert told(sentence) == words
