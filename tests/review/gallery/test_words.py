"""What copy says, and what is said otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from assembler.review.gallery.words import WordChange, html_words, json_words, word_changes


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("Two walkers", "Two walkers", [("=", "Two walkers")]),
        ("Two old walkers", "Two walkers", [("=", "Two "), ("-", "old "), ("=", "walkers")]),
        ("on Friday night", "on Monday night", [("=", "on "), ("-", "Friday"), ("+", "Monday"), ("=", " night")]),
        ("", "New words", [("+", "New words")]),
        ("Old words", "", [("-", "Old words")]),
        ("A jacket for every hill", "Boots, resoled", [("-", "A jacket for every hill"), ("+", "Boots, resoled")]),
        ("save 10% on boots", "save 15% on boots", [("=", "save "), ("-", "10"), ("+", "15"), ("=", "% on boots")]),
        ("aa bb", "aa cc", [("=", "aa "), ("-", "bb"), ("+", "cc")]),
        ("aa bb", "aa ccc", [("-", "aa bb"), ("+", "aa ccc")]),
        ("same x y same", "same 2 3 same", [("=", "same "), ("-", "x y"), ("+", "2 3"), ("=", " same")]),
        ("same x\ny same", "same 2\n3 same",
         [("=", "same "), ("-", "x"), ("+", "2"), ("=", "\n"), ("-", "y"), ("+", "3"), ("=", " same")]),
        ("前の言葉です", "次の言葉です", [("-", "前"), ("+", "次"), ("=", "の言葉です")]),
    ],
    ids=["same", "fewer", "other", "new", "gone", "another text", "number", "half shared", "less than half", "a phrase",
         "two lines", "no spaces"],
)  # fmt: skip
def test_changes_are_words(before: str, after: str, changes: list[WordChange]) -> None:
    assert word_changes(before, after) == changes


_TEXT = st.lists(st.sampled_from(["one", "two", "three", " ", "\n", ",", "é", "言"]), max_size=30).map("".join)


@given(_TEXT, _TEXT)
def test_what_stays_and_what_is_new_is_the_new_text_and_with_what_is_gone_the_old(before: str, after: str) -> None:
    changes = word_changes(before, after)
    assert "".join(text for kind, text in changes if kind != "-") == after
    assert "".join(text for kind, text in changes if kind != "+") == before
    assert all(text for _, text in changes)


@pytest.mark.parametrize(
    ("html", "words", "links"),
    [
        ("<tr><td><h1>Hello <b>you</b></h1><p>One<br>two</p></td></tr>", "Hello you\nOne\ntwo", ""),
        ('<p>See <a href="https://x.example/a?b=1&amp;c=2">the range</a>.</p>', "See the range.", "the range → https://x.example/a?b=1&c=2"),
        ('<img src="a.png" alt="Two walkers"><img src="b.png" alt="">', "[Two walkers]", ""),
        ("<style>p { color: red }</style><p>&lt;b&gt; &amp; more</p><!-- aside -->", "<b> & more", ""),
        ("<div>Zips\u200c\u034f \u00adand   seams</div>", "Zips and seams", ""),
        ("", "", ""),
    ],
    ids=["blocks", "links", "images", "no style", "padding", "nothing"],
)  # fmt: skip
def test_what_html_says(html: str, words: str, links: str) -> None:
    copy = html_words(html)
    assert (copy.body, copy.links) == (words, links)


@pytest.mark.parametrize(
    ("piece", "said"),
    [
        ('{"words": "Mend \\u0026 wear", "until": null}', "Mend & wear"),
        ('"words": "One", "more": ["Two", ""]', "One\nTwo"),
        ('Mend \\u0026 \\"wear\\"', 'Mend & "wear"'),
        ('Say \\"so\\": yes', 'Say "so": yes'),
        ("null", "null"),
        ("", ""),
    ],
)
def test_what_json_says(piece: str, said: str) -> None:
    assert json_words(piece) == said
