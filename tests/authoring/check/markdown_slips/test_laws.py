"""What is written is what is read; and a hint, followed to the letter, mends what it is about."""

from __future__ import annotations

import re

from hypothesis import example, given, settings, strategies as st
from markupsafe import Markup

from assembler.authoring.check.markdown_slips.markdown import markdown_slips
from assembler.authoring.check.markdown_slips.markdown_reader import read_markdown
from assembler.authoring.check.markdown_slips.plain_text import plain_text_slips
from assembler.authoring.compile.markdown import markdown
from assembler.authoring.compile.plain_text import plain
from tests.examples import examples

WORDS = ["a", "Wort", "重要", "กข", "عب", "12", "7", "é", "ё", "שלום"]
PAIRS = [
    "*a*", "**b**", "[w](https://x.example/z)", "[w] (https://x.example)", "[w](https://x.example/a b)",
    "<https://x.example>", "[w][v]", "~~90~~", "&amp;", "&copy", "\\*", "[v]: https://x.example\n", "https://x.example/y",
]  # fmt: skip
SIGNS = [
    "*", "**", "***", "_", "__", "~~", "`", "[", "]", "(", ")", "](", "][", "<", ">", "!", "![", "|", "|---|", "---",
    "===", "#", "# ", "- ", "+ ", "2. ", "3) ", "[ ] ", "[^1]", "&", "\\", "\\\n", "  \n", "\n", "\n\n", " ", "    ",
    "\t", ".", ":", "=", "“", "”", "「", "」", "。", '"', "'", "\u200f",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from([*WORDS, *PAIRS, *SIGNS]), min_size=1, max_size=14).map(
    lambda pieces: "".join(pieces).strip()
)

_ADDRESS = re.compile(r' (?:href|title)="[^"]*"')


def letters(text: str) -> str:
    """The letters and digits of a text, in order."""
    return "".join(character for character in text if character.isalnum())


def shown(text: str) -> str:
    """What a reader of Markdown sees of it, numbers of lists among it."""
    return letters(plain(Markup(_ADDRESS.sub("", markdown(text)))))


def to_be_seen(text: str) -> str:
    """What is to be seen: all but the addresses of links, and names of characters."""
    reading = read_markdown(text)
    for paragraph in reversed(list(reading.paragraphs())):
        for start, end in sorted(paragraph.links, reverse=True):
            link = paragraph.text[start:end]
            if link.startswith("["):
                low, high = paragraph.offset(start), paragraph.offset(end - 1) + 1
                words = re.sub(r"\]\([^()]*\)$", "", link)
                text = f"{text[:low]}{words}{text[high:]}"
    return letters(re.sub(r"(?<!\\)&(?:amp|copy);", "", text))


@settings(max_examples=examples(400), deadline=None)
@given(TEXTS)
@example("1987. That was the year")
@example("3. a\n5. b\n4. c")
def test_every_word_that_is_written_is_shown_in_its_order_or_there_is_a_finding(text: str) -> None:
    if any(slip.severity is None for slip in markdown_slips(text, text)) or read_markdown(text).labels:
        return
    assert shown(text) == to_be_seen(text)


@settings(max_examples=examples(400), deadline=None)
@given(TEXTS)
@example("これは**「重要」**です")
@example("| a | b |\n|---|---|\n| c | d |")
@example("x ***a* and **b and 3*4*5 [a] (https://x.example) [b][c] &copy")
def test_a_hint_followed_to_the_letter_mends_markdown(text: str) -> None:
    for _ in range(60):
        slip = next((slip for slip in markdown_slips(text, text) if slip.mended is not None), None)
        if slip is None:
            return
        assert 0 <= slip.start <= slip.end <= len(text)
        text = text[: slip.start] + (slip.mended or "") + text[slip.end :]
    raise AssertionError(f"still not mended: {text!r}")


@settings(max_examples=examples(400), deadline=None)
@given(TEXTS)
def test_a_hint_followed_to_the_letter_mends_a_text(text: str) -> None:
    text = text.replace("\n", " ")
    for _ in range(60):
        slip = next(plain_text_slips(text, text), None)
        if slip is None:
            return
        text = text[: slip.start] + (slip.mended or "") + text[slip.end :]
    raise AssertionError(f"still not mended: {text!r}")


@given(TEXTS, st.sampled_from(['{{ first_name | default: "you and me" }}', '{{ a|default:"x\ny" }}']))
def test_a_merge_field_stands_in_messages_as_it_is_written(text: str, field: str) -> None:
    stand_in = re.sub(r"[^\n]", "q", field)
    bare, written = text.replace("a", stand_in), text.replace("a", field)
    slips = markdown_slips(bare, written)
    assert [(slip.start, slip.end) for slip in slips] == [(slip.start, slip.end) for slip in markdown_slips(bare, bare)]
    assert not any("qqqqqqqqqqqq" in f"{slip.message}{slip.hint}" for slip in slips)
