"""Every slip of a Markdown text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from assembler.authoring.check.markdown_slips.blocks import block_slips, words_slips
from assembler.authoring.check.markdown_slips.broken_links import definition_slips, link_slips
from assembler.authoring.check.markdown_slips.emphasis import emphasis_slips
from assembler.authoring.check.markdown_slips.escapes import character_slips
from assembler.authoring.check.markdown_slips.lists import list_slips
from assembler.authoring.check.markdown_slips.markdown_reader import Paragraph, read_markdown
from assembler.authoring.check.markdown_slips.slip import Slip


@lru_cache(maxsize=4_096)
def markdown_slips(text: str, written: str) -> tuple[Slip, ...]:
    """The slips of a Markdown text, in order; `written` is the text with its merge fields, of the same length."""
    reading = read_markdown(text)
    slips = [*definition_slips(reading, written), *list_slips(reading), *block_slips(reading, written)]
    for paragraph in reading.paragraphs():
        for slip in _in_words(paragraph, paragraph.words_in(written), reading.labels):
            start, end = paragraph.offset(slip.start), paragraph.offset(max(slip.end - 1, slip.start)) + 1
            slips.append(replace(slip, start=start, end=end))
    return tuple(sorted(slips, key=lambda slip: (slip.start, slip.end, slip.message)))


def _in_words(paragraph: Paragraph, written: str, labels: frozenset[str]) -> Iterator[Slip]:
    yield from words_slips(paragraph, written)
    yield from link_slips(paragraph, written, labels)
    yield from emphasis_slips(paragraph, written)
    yield from character_slips(paragraph, written)
