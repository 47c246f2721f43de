"""Marks of Markdown in a text that has none."""

from __future__ import annotations

import pytest

from assembler.authoring.check.markdown_slips.plain_text import plain_text_slips

SLIPS = [
    ("so **good** it is", "**good**", "good"),
    ("***so***", "***so***", "so"),
    ("__so__ good", "__so__", "so"),
    ("see [a b](https://x.example/a)", "[a b](https://x.example/a)", "a b"),
    ("see [a](www.x.example 'A')", "[a](www.x.example 'A')", "a"),
    ("see ![a](/b.png)", "![a](/b.png)", "a"),
    ("see <https://x.example/a>", "<https://x.example/a>", "https://x.example/a"),
    ("was ~~90~~ 79", "~~90~~", "90"),
    ("write `code` so", "`code`", "code"),
    ("## Big news", "## Big news", "Big news"),
    ("Pine &amp; Co", "&amp;", "&"),
    ("Pine &amp;amp; Co", "&amp;amp;", "&"),
    ("a&nbsp;b", "&nbsp;", "\xa0"),
    ("It&#8217;s", "&#8217;", "’"),
    ("&copy 2026", "&copy", "©"),
    ("20\\*30", "\\*", "*"),
    ('the \\"best\\', '\\"', '"'),
    ("a\\nb", "\\n", " "),
    ("caf\\u00e9", "\\u00e9", "é"),
    ("Hello \\ud83d\\ude00", "\\ud83d\\ude00", "😀"),
    ("Hello \\ud83d", "\\ud83d", ""),
    ("a\\u202e", "\\u202e", ""),
]

SOUND = [
    "2 < 3 > 1 & *so* _on_ # 5 <3",
    "snake_case, first_name, ____ and *** five stars",
    "it`s and that`s",
    "[sic] (we) [Size M] [a](b c)",
    "R&D, AT&T, Q&A & more; fish&chips;",
    "#1 in town, 5*, 3*4*5, ~5 ~ 6",
    "free** at home, **over £50",
    "¯\\_(ツ)_/¯ C:\\dir",
    "1987. That was - and so on",
    "",
]


@pytest.mark.parametrize(("text", "marks", "mended"), SLIPS, ids=[text for text, _, _ in SLIPS])
def test_marks_that_a_reader_would_see_are_found(text: str, marks: str, mended: str) -> None:
    (slip,) = plain_text_slips(text, text)
    assert (text[slip.start : slip.end], slip.mended) == (marks, mended)
    assert slip.hint


@pytest.mark.parametrize("text", SOUND)
def test_signs_that_are_words_are_none(text: str) -> None:
    assert list(plain_text_slips(text, text)) == []
