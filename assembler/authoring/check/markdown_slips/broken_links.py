"""Links that Markdown leaves as they are: a blank before the bracket or in the address, a reference to nothing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markdown_it.common.utils import normalizeReference

from assembler.authoring.check.markdown_slips.markdown_reader import Paragraph, Reading, read_markdown
from assembler.authoring.check.markdown_slips.slip import Slip, short
from assembler.authoring.compile.links import links_in
from assembler.errors import nearest
from assembler.library.values import is_blank

_FEW = 50  # labels among which a near one is looked for
_SIGN = "where the bracket itself is meant, write \\["
_FOOTNOTE_HINT = "say it in the words themselves, or on a line below that begins with \\*"
_LIKE_AN_ADDRESS = re.compile(
    r"<?(?:[a-z][a-z0-9+.-]{1,15}://|mailto:|tel:|www\.|/\w|q{12,}$|[\w-]{1,63}(?:\.[\w-]{2,63}){1,5}(?:[/?#]|>?$))",
    re.IGNORECASE,
)
_UNSAFE = re.compile(r"\s*+<?\s*+(?:javascript|vbscript|file|data):", re.IGNORECASE)  # S01 tells of these
_TITLE = re.compile(r"\s([\"'“”„‘’«»])")
_QUOTES = "\"'“”„‘’«» "
_BLANKS = re.compile(r"\s+")
_GAP = re.compile(r"[ \t]*\n?[ \t]*")
_UNCLOSED = re.compile(r"\s*[^\s()]*")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,40}\]")
_DEFINITION = re.compile(r"\[(?P<label>[^\[\]\n]{1,200})\]:[ \t]*(?P<to>[^\n]*)")
_ANGLE = re.compile(r"<\s*(?P<to>(?:https?://|www\.|mailto:|tel:|[\w.+-]{1,64}@)[^<>\n]*)>", re.IGNORECASE)


def link_slips(paragraph: Paragraph, written: str, labels: frozenset[str]) -> list[Slip]:
    """The slips in the words of a block, at their offsets there; `written` is their text with its merge fields.

    `labels` are those that definitions give an address.
    """
    finder = _Finder(paragraph, written, labels, _pairs(paragraph.text, "[]"), _pairs(paragraph.text, "()"))
    return finder.slips()


def definition_slips(reading: Reading, written: str) -> Iterator[Slip]:
    """Definitions of links that are not shown and give nothing its address, at their offsets in the whole text."""
    for number in reading.unused:
        begin, line = reading.lines[number]
        start = begin + line.find("[")
        shown = written[start : begin + len(line)]
        match = _DEFINITION.match(shown)
        label = match["label"] if match else shown[:40]
        if label.startswith("^"):
            yield Slip(start, start + len(shown), f"copy has no footnotes: [{label}] is not shown", _FOOTNOTE_HINT)
            continue
        message = f"[{label}]: gives no link its address, and its line is not shown"
        hint = f"write [words][{label}] where the link is to stand, or \\[{label}]: where the line is to be read"
        yield Slip(start, start + len(shown), message, hint, "\\" + shown)


def _pairs(text: str, signs: str) -> dict[int, int]:
    """Return where each opening sign stands that is closed, and where its closing one does."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for match in re.finditer(rf"\\.|[{re.escape(signs)}]", text, re.DOTALL):
        if match[0] == signs[0]:
            opened.append(match.start())
        elif match[0] == signs[1] and opened:
            pairs[opened.pop()] = match.start()
    return pairs


@dataclass(slots=True)
class _Finder:
    paragraph: Paragraph
    written: str
    labels: frozenset[str]
    brackets: Mapping[int, int]
    parens: Mapping[int, int]

    def slips(self) -> list[Slip]:
        """Every slip of the paragraph, those of its untaken signs first."""
        slips: list[Slip] = []
        opened = {high: low for low, high in self.parens.items()}
        links = sorted(start for start, _ in self.paragraph.links)
        end = 0
        for at in self.paragraph.untaken:
            sign = self.paragraph.text[at] if at >= end else ""
            slip = self._angle(at) if sign == "<" else self._bracket(at, opened, links) if sign == "[" else None
            if slip is not None:
                slips.append(slip)
                end = slip.end
        slips += self._wordless()
        return [*slips, *self._bare(slips)]

    def _bracket(self, at: int, opened: Mapping[int, int], links: list[int]) -> Slip | None:
        text, close = self.paragraph.text, self.brackets.get(at)
        footnote = _FOOTNOTE.match(text, at)
        if footnote:
            return Slip(at, footnote.end(), f"copy has no footnotes: {footnote[0]} is shown as it is", _FOOTNOTE_HINT)
        if close is None:
            return None
        gap = _GAP.match(text, close + 1)
        beyond = gap.end() if gap else close + 1
        if self._holds_address(beyond, touching=beyond == close + 1):
            following = bisect_left(links, at)
            return self._inline(
                at, close, beyond, within=any(link < close for link in links[following : following + 1])
            )
        if beyond in self.brackets:
            return self._reference(at, close, beyond)
        if text.startswith(":", close + 1) and (at == 0 or text[at - 1] == "\n"):
            return self._definition(at)
        start = opened.get(at - 1)
        return None if start is None else self._reversed(start, at, close)

    def _holds_address(self, at: int, *, touching: bool) -> bool:
        """Return whether a round bracket holds an address, or, not `touching` the words before, what looks like one."""
        text = self.paragraph.text
        return text.startswith("(", at) and (touching or bool(_LIKE_AN_ADDRESS.match(text[at + 1 : at + 200].lstrip())))

    def _inline(self, at: int, close: int, bracket: int, *, within: bool) -> Slip | None:
        """A link whose address stands in round brackets, and is not read as one; `within` its words there is one."""
        text, written = self.paragraph.text, self.written
        end = self.parens.get(bracket)
        if end is None:
            unclosed = _UNCLOSED.match(text, bracket + 1)
            inner = written[bracket + 1 : unclosed.end() if unclosed else None].rstrip(".,;:!?")
            end, why = bracket + 1 + len(inner), "its ( is not closed"
        else:
            inner = written[bracket + 1 : end]
            end, why = end + 1, "a blank stands before its (" if bracket > close + 1 else _why(inner)
        if _UNSAFE.match(inner):
            return None
        shown = written[at:end]
        if text[at - 1 : at] == "!":
            return Slip(at - 1, end, "copy has an image", "give the component a field of kind asset")
        if within:
            message = "a link within the words of a link is none"
            return Slip(at, end, message, f"take the outer brackets away; {_SIGN}", "\\" + shown)
        message = f"{short(shown)} is no link: {why}"
        mended = f"[{written[at + 1 : close]}]{_address(inner)}"
        if _LIKE_AN_ADDRESS.match(inner.strip()) and _is_one_link(mended):
            return Slip(at, end, message, f"write {mended}", mended)
        return Slip(at, end, message, f"a link is written [words](https://address); {_SIGN}", "\\" + shown)

    def _reference(self, at: int, close: int, second: int) -> Slip | None:
        """A link that names a definition which is not there, or with a blank between its brackets."""
        written, end = self.written, self.brackets[second] + 1
        words, label = written[at + 1 : close], written[second + 1 : end - 1]
        shown = short(written[at:end])
        if normalizeReference(label) in self.labels:
            mended = f"[{words}][{label}]"
            return Slip(at, end, f"{shown} is no link: a blank stands between", f"write {mended}", mended)
        if second > close + 1:
            return None
        named = label or words
        message = f"{shown} is no link: nothing defines [{named}]"
        near = nearest(normalizeReference(named), self.labels) if len(self.labels) <= _FEW else None
        if near:
            return Slip(at, end, message, f"write [{words}][{near}]", f"[{words}][{near}]")
        return Slip(at, end, message, f"write [{words}](https://address); {_SIGN}", "\\" + written[at:end])

    def _definition(self, at: int) -> Slip | None:
        """A definition within a paragraph, or whose address cannot be read."""
        match = _DEFINITION.match(self.written, at)
        if match is None or not _LIKE_AN_ADDRESS.match(match["to"]):
            return None
        message = f"[{match['label']}]: defines no link here, and is shown as it is"
        if at:
            return Slip(at, match.end(), message, "leave a blank line above it", "\n" + match[0])
        mended = f"[{match['label']}]: {_address(match['to'])[1:-1]}"
        return Slip(at, match.end(), message, f"write {mended}", mended)

    def _reversed(self, start: int, at: int, close: int) -> Slip | None:
        """(words)[address]."""
        inner = self.written[at + 1 : close]
        if not _LIKE_AN_ADDRESS.match(inner):
            return None
        mended = f"[{self.written[start + 1 : at - 1]}]{_address(inner)}"
        message = f"{short(self.written[start : close + 1])} is no link: its brackets are the wrong way round"
        return Slip(start, close + 1, message, f"write {mended}", mended)

    def _angle(self, at: int) -> Slip | None:
        match = _ANGLE.match(self.paragraph.text, at)
        if match is None:
            return None
        mended = f"<{_whole(self.written[match.start('to') : match.end('to')])}>"
        message = f"{short(self.written[at : match.end()])} is no link"
        return Slip(at, match.end(), message, f"write {mended}", mended) if _is_one_link(mended) else None

    def _wordless(self) -> Iterator[Slip]:
        text = self.paragraph.text
        for start, end in self.paragraph.links:
            close = self.brackets.get(start)
            if text[start] == "[" and close is not None and is_blank(text[start + 1 : close]):
                yield Slip(start, end, "a link without words", f"write [words]{self.written[close + 1 : end]}")

    def _bare(self, slips: list[Slip]) -> Iterator[Slip]:
        covered = bytearray(len(self.paragraph.text))
        for start, end in (*self.paragraph.links, *((slip.start, slip.end) for slip in slips)):
            covered[start:end] = b"x" * (end - start)
        for start, link in links_in(self.paragraph.text):
            shut = self.paragraph.text[max(start - 2, 0) : start].endswith(("<", "]("))
            if not (covered[start] or shut) and link.lower().startswith("https:"):
                shown = self.written[start : start + len(link)]
                message = f"the address {short(shown)} is shown, and is no link"
                yield Slip(start, start + len(link), message, f"write <{shown}>", f"<{shown}>", severity="warning")


def _why(inner: str) -> str:
    if not inner.strip():
        return "it has no address"
    title = _TITLE.search(inner)
    if title is None:
        return "its address holds a blank" if _BLANKS.search(inner.strip()) else "its address cannot be read"
    return "its title stands in typographic quotes" if title[1] not in "\"'" else "its title cannot be read"


def _address(inner: str) -> str:
    """The round brackets of a link, with an address and perhaps a title in them, as Markdown reads them."""
    title = _TITLE.search(inner)
    to = _whole(inner[: title.start()] if title else inner)
    said = inner[title.start() :].strip(_QUOTES) if title else ""
    return f'({to} "{said.replace(chr(34), chr(92) + chr(34))}")' if said else f"({to})"


def _whole(address: str) -> str:
    """An address without what ends it early."""
    address = _BLANKS.sub("%20", address.strip().strip("<>").strip())
    for sign, code in (("<", "%3C"), (">", "%3E"), ("(", "%28"), (")", "%29"), ("\\", "/")):
        address = address.replace(sign, code)
    return f"https://{address}" if address.lower().startswith("www.") else address


def _is_one_link(mended: str) -> bool:
    paragraphs = list(read_markdown(f"q {mended}").paragraphs())
    return len(paragraphs) == 1 and paragraphs[0].links == [(2, 2 + len(mended))]
