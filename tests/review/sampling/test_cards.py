"""Cards, and what of a component or a layout its digest tells apart: in libraries that are written by hand."""

from __future__ import annotations

import pytest

from assembler.review.sampling.digests import ReviewDigests, default_digests, digests_of
from tests.review.sampling.libraries import digests_in, library_of

TWO = library_of(
    {
        "title": {"plain": "Good day", "sweet": {"segments": ("s",)}},
        "offer": {"empty": "", "tea": {"segments": ("s",)}},
        "foot": {"end": "Bye"},
    }
)


@pytest.fixture
def digests() -> ReviewDigests:
    """The digests of a library in which each of two slots can hold two things."""
    return digests_in(TWO)


def test_a_card_holds_its_components_and_their_pairs(digests: ReviewDigests) -> None:
    card = digests.card({"title": "title/sweet", "offer": "offer/tea", "foot": "foot/end"})
    assert (card.place, card.layout) == (("back", "page", "en"), "board")
    assert (digests.place, digests.layout) == (card.place, card.layout)
    assert card.key.startswith("back/page/en/")
    assert [list(pair.slots.items()) for pair in card.pairs] == [
        [("title", "title/sweet"), ("offer", "offer/tea")],
        [("title", "title/sweet"), ("foot", "foot/end")],
        [("offer", "offer/tea"), ("foot", "foot/end")],
    ]
    assert {pair.kind for pair in card.pairs} == {"pair"}
    assert card.component_digests == {
        "title": digests.component_digest("title", "title/sweet"),
        "offer": digests.component_digest("offer", "offer/tea"),
        "foot": digests.component_digest("foot", "foot/end"),
    }
    assert not card.is_default
    required = (digests.layout_digest, *card.component_digests.values(), *(pair.digest for pair in card.pairs))
    assert card.required_digests == required
    assert card.shown_digests == required[1:]


def test_an_empty_slot_has_no_digest(digests: ReviewDigests) -> None:
    card = digests.card({"title": "title/sweet", "offer": None, "foot": "foot/end"})
    assert list(card.component_digests) == ["title", "foot"]
    assert [list(pair.slots) for pair in card.pairs] == [["title", "foot"]]


def test_a_default_shows_its_layout(digests: ReviewDigests) -> None:
    card = digests.card(digests.defaults)
    assert card.is_default
    assert card.shown_digests == card.required_digests
    assert default_digests(TWO) == set(card.required_digests)


def test_a_subject_that_a_card_shows_twice_is_required_once() -> None:
    digests = digests_in(library_of({"one": {"a": "same"}, "two": {"b": "same"}}))
    card = digests.card(digests.defaults)
    assert card.component_digests["one"] == card.component_digests["two"]
    assert len(card.required_digests) == 3


@pytest.mark.parametrize(
    ("slots", "possible"),
    [
        ({"title": "title/sweet", "offer": None, "foot": "foot/end"}, True),
        ({"foot": "foot/end", "offer": None, "title": "title/sweet"}, True),
        ({"title": "title/gone", "offer": None, "foot": "foot/end"}, False),
        ({"title": "offer/tea", "offer": None, "foot": "foot/end"}, False),
        ({"title": None, "offer": None, "foot": "foot/end"}, False),
        ({"title": "title/sweet", "foot": "foot/end"}, False),
        ({"title": "title/sweet", "offer": None, "foot": "foot/end", "more": None}, False),
        ({}, False),
    ],
    ids=["in order", "in another order", "gone", "of another slot", "empty", "a slot less", "a slot more", "nothing"],
)
def test_a_card_of_slots_that_somebody_names(
    digests: ReviewDigests, slots: dict[str, str | None], possible: bool
) -> None:
    card = digests.card_if_possible(slots)
    assert (card is not None) == possible
    if card is not None:
        assert card == digests.card({slot: slots[slot] for slot in ("title", "offer", "foot")})


def digest_of(words: str, *, title: str = "x") -> str:
    """The digest of a component with these words in its slot, beside the default title."""
    library = library_of({"title": {"plain": title, "other": {"segments": ("s",), "words": words}}})
    return digests_in(library).component_digest("title", "title/other")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Come in", "Come in", True),
        ("Come in", "Come  in", False),
        ("Dear {first_name}", "Dear friend", False),
        ('<img src="/a/tea-0123456789.png">', '<img src="/a/pot-0123456789.png">', True),
        ('<img src="/a/tea-0123456789.png">', '<img src="/a/tea-0123456780.png">', False),
        ('<img src="/a/tea-0123456789@2x.png">', '<img src="/a/pot-0123456789@2x.png">', True),
        ('<img src="/a/tea-0123456789.png">', '<img src="/b/tea-0123456789.png">', False),
        ('<img src="/a/tea-0123456789.png">', '<img src="/a/pot-0123456789.gif">', False),
        ('<img src="/a/tea-012345678.png">', '<img src="/a/pot-012345678.png">', False),
        ('<img srcset="/a/tea-0123456789.png 2x">', '<img srcset="/a/pot-0123456789.png 2x">', True),
        ('<td background="/a/tea-0123456789.png">', '<td background="/a/pot-0123456789.png">', True),
        (
            "<b style='background:url(/a/tea-0123456789.png)'>",
            "<b style='background:url(/a/pot-0123456789.png)'>",
            True,
        ),
        ('<a href="/a/tea-0123456789.png">', '<a href="/a/pot-0123456789.png">', False),
        ("/a/tea-0123456789.png", "/a/pot-0123456789.png", False),
    ],
)
def test_what_a_component_s_digest_tells_apart(one: str, other: str, same: bool) -> None:
    assert (digest_of(one) == digest_of(other)) == same


def test_a_component_s_digest_is_of_its_own_words() -> None:
    assert digest_of("Come in", title="Good day") == digest_of("Come in", title="Good evening")


def test_a_digest_is_of_one_channel_and_locale() -> None:
    library = library_of({"title": {"plain": "Good day"}}, channels=("page", "kiosk"), locales=("en", "fr"))
    digests = [group.component_digest("title", "title/plain") for group in digests_of(library)]
    assert len(set(digests)) == len(digests) == 4


def with_layout(*layout: str) -> ReviewDigests:
    return digests_in(library_of({"title": {"plain": "a", "b": {}}, "foot": {"end": "z"}}, layout=layout))


PLAIN = ("<html><head><title>x</title></head><body><h1>", "</h1><p>", "</p></body></html>")


@pytest.mark.parametrize(
    ("layout", "layout_changes", "pairs_change"),
    [
        (PLAIN, False, False),
        ((PLAIN[0], "</h1>words<p>", PLAIN[2]), True, False),
        ((PLAIN[0], '</h1><p class="x">', PLAIN[2]), True, False),
        ((PLAIN[0], "</h1><p>{first_name}", PLAIN[2]), True, False),
        ((PLAIN[0], "</h1><hr><p>", PLAIN[2]), True, True),
        ((PLAIN[0], "</h1><P>", PLAIN[2]), True, False),
        ((PLAIN[0].replace("<title>", "<meta><title>"), *PLAIN[1:]), True, False),
        ((PLAIN[0].replace("h1", "h2"), "</h2><p>", PLAIN[2]), True, True),
    ],
    ids=["same", "words", "attribute", "merge field", "element", "capital", "head", "another element"],
)
def test_what_a_layout_s_digest_and_its_pairs_tell_apart(
    layout: tuple[str, ...], layout_changes: bool, pairs_change: bool
) -> None:
    before, after = with_layout(*PLAIN), with_layout(*layout)
    pair = ("title", "title/b"), ("foot", "foot/end")
    assert (before.layout_text_digest != after.layout_text_digest) == layout_changes
    assert (before.layout_digest != after.layout_digest) == layout_changes
    assert (before.pair(*pair).digest != after.pair(*pair).digest) == pairs_change
    assert before.component_digest("title", "title/b") == after.component_digest("title", "title/b")


def test_the_text_of_a_layout_is_its_own_whatever_stands_in_it() -> None:
    one, other = (digests_in(library_of({"title": {"plain": words}})) for words in ("a", "b"))
    assert one.layout_text_digest == other.layout_text_digest
    assert one.layout_digest != other.layout_digest


def test_a_pair_is_one_in_whatever_order_it_is_named(digests: ReviewDigests) -> None:
    title, offer = ("title", "title/sweet"), ("offer", "offer/tea")
    one, other = digests.pair(title, offer), digests.pair(offer, title)
    assert one.digest == other.digest
    assert [list(pair.slots) for pair in (one, other)] == [["title", "offer"], ["offer", "title"]]


def test_a_pair_knows_which_of_the_two_stands_where() -> None:
    slots = {
        "one": {"a": "x", "b": {"segments": ("s",), "words": "y"}},
        "two": {"a": "x", "b": {"segments": ("s",), "words": "y"}},
    }
    digests = digests_in(library_of(slots))
    one = digests.pair(("one", "one/a"), ("two", "two/b"))
    other = digests.pair(("one", "one/b"), ("two", "two/a"))
    assert one.digest != other.digest


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("", 0),
        ("tea", 3),
        ("tea  and\n toast", 13),
        ("<b>tea</b><i>time</i>", 8),
        ('<a href="https://x.example/">tea</a>', 3),
        ("Dear {first_name}", 11),
        ("tea<img alt=", 3),
    ],
    ids=["nothing", "a word", "white space", "tags", "attributes", "a merge field", "half a tag"],
)
def test_how_long_copy_is(words: str, length: int) -> None:
    digests = digests_in(library_of({"title": {"plain": words}, "foot": {"end": "longer than that by far"}}))
    assert digests.copy_length("title", "title/plain") == length
    assert digests.copy_length("title", "title/gone") == 0


def test_digests_are_those_of_every_version() -> None:
    """Otherwise a new version would void what was approved with an older one."""
    library = library_of(
        {
            "title": {"plain": "Dear {first_name}", "sweet": {"segments": ("s",)}},
            "foot": {"end": '<img src="/a/b-0123456789.png">'},
        },
        layout=["<html><body>Hello {first_name}<h1>", "</h1><hr><p>", "</p></body></html>"],
    )
    digests = digests_in(library)
    card = digests.card({"title": "title/sweet", "foot": "foot/end"})
    assert {
        "card": card.digest,
        "layout": digests.layout_digest,
        "title": card.component_digests["title"],
        "foot": card.component_digests["foot"],
        "pair": card.pairs[0].digest,
    } == {
        "card": "ccaa0ba29657d430fd7922b4db3f92485f8d0c82cc9866786bbf22fcecfd927d",
        "layout": "93bc76d8ef0c51879992e050b3d066b83b5b13d42d8bd132e73dd892055c7d8c",
        "title": "09fd9a22b9627893a9fda18462eb6d40f660867a285f4b619c92b3e4836d0b1b",
        "foot": "ffd2ba49c4123514ab47c584a2c210323829e02a43f2557b12bc7c3433640a17",
        "pair": "2c8987f48dbbd20ad592c0c6d7db2f80a2b35dde6ddcb5b2d15ea89bf621f0aa",
    }
