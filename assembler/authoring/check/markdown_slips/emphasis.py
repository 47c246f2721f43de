"""Asterisks and underscores that Markdown leaves as they are though emphasis was meant, and the other way round."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from assembler.authoring.check.markdown_slips.markdown_reader import Paragraph, Run, read_markdown
from assembler.authoring.check.markdown_slips.slip import Slip, short
from assembler.authoring.compile.markdown import UNSPACED_SCRIPTS

_LETTER = regex.compile(r"[\p{L}\p{M}\p{N}]")
_DIGIT = regex.compile(r"\p{Nd}")
_OPENING = regex.compile(r"[\p{Ps}\p{Pi}\p{S}\"'&@#¡¿]")
_QUOTED = regex.compile(r"\s*[\p{Ps}\p{Pi}\"']\s*")
# Korean has blanks, but endings that touch what they stand after.
_UNSPACED = regex.compile(rf"[{UNSPACED_SCRIPTS}\p{{Hangul}}]")
_MOST = 3  # more signs side by side are a row of stars, or a line to write on
_BESIDE_LETTERS = "put the signs beside letters, with blanks and punctuation outside of them"


@dataclass(frozen=True, slots=True)
class _Left:
    """Signs of a run that no emphasis takes, with the characters around them; a blank where there is none."""

    start: int
    end: int
    run: Run
    before: str
    after: str

    @property
    def count(self) -> int:
        return self.end - self.start

    @property
    def signs(self) -> str:
        return self.run.marker * self.count

    @property
    def escaped(self) -> str:
        return f"\\{self.run.marker}" * self.count

    @property
    def may_open(self) -> bool:
        """Whether an author may have meant it to open emphasis."""
        if self.after.isspace():
            return self.count > 1 and self.before.isspace() and self.run.marker == "*"
        return self.before.isspace() or bool(_LETTER.match(self.after) or _OPENING.match(self.after))

    @property
    def may_close(self) -> bool:
        """Whether an author may have meant it to close emphasis."""
        if self.before.isspace():
            return self.before != "\n" and (self.count > 1 or not self.run.opens)
        return self.before in "\"'" or not _OPENING.match(self.before)


def emphasis_slips(paragraph: Paragraph, written: str) -> Iterator[Slip]:
    """The slips in the words of a block, at their offsets there; `written` is their text with its merge fields."""
    left = list(_left(paragraph))
    for marker in "*_":
        yield from _untaken(paragraph.text, written, [signs for signs in left if signs.run.marker == marker])
    yield from _accidental(paragraph, written)


def _left(paragraph: Paragraph) -> Iterator[_Left]:
    closing = _closing(paragraph)
    for run in paragraph.runs:
        free = [at for at, sign in enumerate(run.delimiters) if sign.end < 0 and id(sign) not in closing]
        if free and len(run.delimiters) <= _MOST:
            start, end = run.start + free[0], run.start + free[-1] + 1
            yield _Left(start, end, run, *_around(paragraph.text, start, end))


def _closing(paragraph: Paragraph) -> set[int]:
    levels = {id(run.level): run.level for run in paragraph.runs}.values()
    return {id(level[sign.end]) for level in levels for sign in level if sign.end >= 0}


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    return text[start - 1 : start] or " ", text[end : end + 1] or " "


def _untaken(text: str, written: str, left: list[_Left]) -> Iterator[Slip]:
    alone = sum(signs.count > 1 for signs in left) == 1
    rest = deque(left)
    while rest:
        first = rest.popleft()
        if rest and _meant(first, rest[0], text):
            yield _emphasis(first, rest.popleft(), text, written)
        elif first.run.opens:
            yield from _unclosed(first, alone=alone)


def _unclosed(signs: _Left, *, alone: bool) -> Iterator[Slip]:
    """Signs that open an emphasis and lack others that close it; `alone`: no others of several signs are left."""
    if signs.start == signs.run.start and signs.count < len(signs.run.delimiters):
        hint = "write as many signs after the words as before them"
        yield Slip(signs.start, signs.end, f"{signs.signs} of {signs.run.signs} is shown as it is", hint, "")
    elif signs.count > 1 and alone:
        message = f"{signs.signs} that nothing closes is shown as it is"
        hint = f"write {signs.signs} after the last word too, or {signs.escaped} where the signs are meant"
        yield Slip(signs.start, signs.end, message, hint, signs.escaped, severity="warning")


def _meant(first: _Left, last: _Left, text: str) -> bool:
    if first.count != last.count or not (first.may_open and last.may_close):
        return False
    if not _LETTER.search(text, first.end, last.start):
        return False
    if first.run.marker == "*":
        return True
    sides = (first.before, first.after, last.before, last.after)
    return first.run.opens or last.run.closes or any(map(_UNSPACED.match, sides))


def _emphasis(first: _Left, last: _Left, text: str, written: str) -> Slip:
    start, end = first.start, last.end
    shown = written[start:end]
    message = f"{short(shown)} is shown with its {'asterisks' if first.run.marker == '*' else 'underscores'}"
    mended = _moved(first, last, text, written)
    read = read_markdown(f"q{first.before}{mended}{last.after}q")
    if mended == shown or any(True for paragraph in read.paragraphs() for _ in _left(paragraph)):
        return Slip(start, end, message, _BESIDE_LETTERS)
    if first.after.isspace() and last.before.isspace():
        hint = f"write {mended}, or {first.escaped} where the signs are meant"
        return Slip(start, end, message, hint, mended, severity="warning")
    return Slip(start, end, message, f"write {mended}", mended)


def _moved(first: _Left, last: _Left, text: str, written: str) -> str:
    """The emphasis with blanks and punctuation outside of its signs."""
    low, high = first.end, last.start
    while not _LETTER.match(text, low):
        low += 1
    while not _LETTER.match(text, high - 1):
        high -= 1
    quoted = bool(_QUOTED.fullmatch(text[first.end : low]) and text[high : last.start].strip())
    if first.run.opens and not quoted:
        low = first.end
    if last.run.closes and not quoted:
        high = last.start
    lead, core, trail = written[first.end : low], written[low:high], written[high : last.start]
    if first.before.isspace():
        lead = lead.lstrip()
    if last.after.isspace():
        trail = trail.rstrip()
    signs = "*" * first.count
    return f"{lead}{signs}{core}{signs}{trail}"


def _accidental(paragraph: Paragraph, written: str) -> Iterator[Slip]:
    """Asterisks between digits or within a word that were to be seen."""
    text = paragraph.text
    runs = {id(sign): run for run in paragraph.runs for sign in run.delimiters}
    for opening in paragraph.runs:
        last = opening.delimiters[-1]
        if opening.marker != "*" or last.end < 0:
            continue
        closing = runs[id(opening.level[last.end])]
        count = len(opening.delimiters)
        start, end = opening.start, closing.start + len(closing.delimiters)
        before, after = _around(text, start, start + count)
        within = text[start + count : closing.start]
        product, astride = _product(before, after), _astride(before, after, within)
        if count == len(closing.delimiters) and (product or astride):
            signs = "\\*" * count
            mended = f"{signs}{written[start + count : closing.start]}{signs}"
            low, high = _word_begins(text, start), _word_ends(text, end)
            message = f"the asterisks of {short(written[low:high])} make emphasis and are not shown"
            hint = f"write {written[low:start]}{mended}{written[end:high]}"
            yield Slip(start, end, message, hint, mended, severity=None if product else "warning")


def _word_begins(text: str, at: int) -> int:
    return 1 + max(text.rfind(blank, max(at - 20, 0), at) for blank in " \n")


def _word_ends(text: str, at: int) -> int:
    return min((end for blank in " \n" if (end := text.find(blank, at, at + 20)) >= 0), default=min(len(text), at + 20))


def _product(before: str, after: str) -> bool:
    """Return whether the characters around an asterisk are of numbers or sizes, such as 2*3 or 20*B."""
    letters = _LETTER.match(before) and _LETTER.match(after)
    return bool(letters and (_DIGIT.match(before) or _DIGIT.match(after)))


def _astride(before: str, after: str, within: str) -> bool:
    """Return whether emphasis begins within a word and goes on to another, as two marks of a footnote do."""
    letters = _LETTER.match(before) and _LETTER.match(after)
    return bool(letters and not _UNSPACED.match(before) and " " in within)
