"""Markdown as CommonMark reads it, with the place of every mark that it takes, and of every one that it does not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, autolink, backtick, emphasis, html_inline, image, link
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

_MARKS = frozenset("[&\\<~")
_KEY = "paragraph"
_NOTED: Mapping[str, Callable[[StateInline, bool], bool]] = {
    "link": link,
    "autolink": autolink,
    "image": image,
    "backticks": backtick,
    "html_inline": html_inline,
}


@dataclass(frozen=True, slots=True)
class Run:
    """Asterisks or underscores side by side: where they begin, and whether they could open or close emphasis.

    `delimiters` are one a sign; an opening one that is taken holds the number of its closing one within `level`.
    """

    start: int
    marker: str
    opens: bool
    closes: bool
    delimiters: tuple[Delimiter, ...]
    level: list[Delimiter]

    @property
    def signs(self) -> str:
        """The signs as they are written."""
        return self.marker * len(self.delimiters)


@dataclass(slots=True)
class Paragraph:
    """The words of one block: their first line in the whole text, and the offsets in them of marks, taken or not.

    `foreign` are marks that copy may not have, with the name of their rule.
    """

    text: str
    line: int
    begins_item: bool = False
    links: list[tuple[int, int]] = field(default_factory=list)
    foreign: list[tuple[str, int, int]] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    untaken: list[int] = field(default_factory=list)
    _begins: list[int] = field(default_factory=list)
    _shifts: list[int] = field(default_factory=list)

    def offset(self, inside: int) -> int:
        """The offset in the whole text of one in these words."""
        return inside + self._shifts[bisect_right(self._begins, inside) - 1]

    def words_in(self, whole: str) -> str:
        """These words as they stand in another text, of the same length, than the one that was read."""
        ends = [*self._begins[1:], len(self.text) + 1]
        lines = ((begin, end - 1, shift) for begin, end, shift in zip(self._begins, ends, self._shifts, strict=True))
        return "\n".join(whole[begin + shift : end + shift] for begin, end, shift in lines)

    def locate(self, lines: Sequence[tuple[int, str]]) -> None:
        """Find each line of these words in the whole text, of which `lines` gives offset and text by number."""
        inside = 0
        for number, line in enumerate(self.text.split("\n"), self.line):
            begin, whole = lines[number]
            lead = len(line) - len(line.lstrip())
            self._begins.append(inside)
            self._shifts.append(begin + max(whole.rfind(line.strip()), 0) - lead - inside)
            inside += len(line) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A Markdown text as it is read. `lines` gives offset and text of each line, from 0.

    `labels` are those that define links; `unused` are the lines on which definitions begin that no link names.
    """

    lines: Sequence[tuple[int, str]]
    tokens: list[Token]
    labels: frozenset[str]
    unused: list[int]

    def paragraphs(self) -> Iterator[Paragraph]:
        """The words of every block."""
        return (token.meta[_KEY] for token in self.tokens if _KEY in token.meta)


def read_markdown(text: str) -> Reading:
    """Read a Markdown text. A carriage return alone ends a line, too."""
    text = text.replace("\r", "\n")
    env: dict[str, Any] = {}
    tokens = _PARSER.parse(text, env)
    written = text.split("\n")
    lines = list(zip(accumulate((len(line) + 1 for line in written), initial=0), written, strict=False))
    used: set[str] = set()
    for token in tokens:
        if _KEY in token.meta:
            token.meta[_KEY].locate(lines)
            used |= {child.meta["label"] for child in token.children or () if "label" in child.meta}
    references = env.get("references", {})
    first = [definition["map"][0] for label, definition in references.items() if label not in used]
    again = [definition["map"][0] for definition in env.get("duplicate_refs", ())]
    return Reading(lines=lines, tokens=tokens, labels=frozenset(references), unused=sorted([*first, *again]))


def _read_words(state: StateCore) -> None:
    for before, token in zip(("", "", *(previous.type for previous in state.tokens)), state.tokens, strict=False):
        if token.type == "inline":
            paragraph = Paragraph(token.content, token.map[0] if token.map else 0, before == "list_item_open")
            token.meta[_KEY] = state.env[_KEY] = paragraph
            token.children = state.md.inline.parse(token.content, state.md, state.env, [])


def _noted(state: StateInline, silent: bool) -> Paragraph:
    """Return where to note what is found; nowhere, while looking ahead and within the words of a picture."""
    paragraph: Paragraph = state.env[_KEY]
    return Paragraph("", 0) if silent or state.src is not paragraph.text else paragraph


def _noting(name: str, rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    def noting(state: StateInline, silent: bool) -> bool:
        start, paragraph = state.pos, _noted(state, silent)
        taken = rule(state, silent)
        if taken and name in ("link", "autolink"):
            paragraph.links.append((start, state.pos))
        elif taken and state.src[start : state.pos].strip("`"):
            paragraph.foreign.append((name, start, state.pos))
        return taken

    return noting


def _emphasis(state: StateInline, silent: bool) -> bool:
    start, paragraph, before = state.pos, _noted(state, silent), len(state.delimiters)
    if not emphasis.tokenize(state, silent):
        return False
    new = tuple(state.delimiters[before:])
    paragraph.runs.append(Run(start, state.src[start], new[0].open, bool(new[0].close), new, state.delimiters))
    return True


def _untaken(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] in _MARKS:
        _noted(state, silent).untaken.append(state.pos)
    return False


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "store_labels": True})
    parser.core.ruler.at("inline", _read_words)
    for name, rule in _NOTED.items():
        parser.inline.ruler.at(name, _noting(name, rule))
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.push("untaken", _untaken)
    return parser


_PARSER: Final = _parser()
