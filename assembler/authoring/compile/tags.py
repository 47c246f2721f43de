"""The tags of a piece of HTML as they are written, found in one pass however the piece is made."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split(" "))
_RAW_TEXT = {name: re.compile(rf"(?=</{name}\b)", re.IGNORECASE) for name in ("script", "style")}
_OPENING = re.compile(r"<(?:(?P<name>/?[A-Za-z][^\s/>]*+)|(?P<comment>!--)|[!?/])")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(?P<name>[^\s/>][^\s/>=]*+)(?:(?P<equals>\s*+=\s*+)(?P<value>"[^"]*+"|'[^']*+'|(?![>"'])[^\s>]++)?)?+"""
)
_CLOSING = re.compile(r"[\s/]*+>")


@dataclass(frozen=True, slots=True)
class WrittenTag:
    """A tag from `start` to `end` of a text. An end tag has `/` before its name; `closed` says that it ends in />."""

    name: str
    attributes: tuple[tuple[str, str | None], ...]
    start: int
    end: int
    closed: bool


def written_tags(text: str) -> Iterator[WrittenTag]:
    """Yield every tag in the order of the text; none of comments, scripts and styles. One that never ends is none, and
    the last thing of its text, as browsers read it."""
    return (tag for _, tag in _read(text) if tag is not None)


def unfinished_tag(text: str) -> int | None:
    """Return where a tag begins that never ends, or only where another one does; None where there is none."""
    return next((start for start, tag in _read(text) if tag is None or _runs_on(tag)), None)


def _runs_on(tag: WrittenTag) -> bool:
    """Whether a tag takes the beginning of another one for a part of itself."""
    name, mark, _ = tag.name.partition("<")
    quoted = False
    for key, value in tag.attributes:
        if key.startswith("<") or (quoted and ('"' in key or "'" in key)):
            return True
        quoted = quoted or "<" in (value or "")
    return bool(mark) and name.isascii()


def _read(text: str) -> Iterator[tuple[int, WrittenTag | None]]:
    """Yield where each tag begins, and the tag; None for one that never ends, after which there is no other."""
    at = 0
    while (opening := _OPENING.search(text, at)) is not None:
        if opening["name"] is None:
            mark = "-->" if opening["comment"] else ">"
            at = end_of(mark, text, opening.end())
            continue
        tag = _tag(text, opening)
        yield opening.start(), tag
        if tag is None:
            return
        raw = _RAW_TEXT.get(tag.name)
        end = raw.search(text, tag.end) if raw is not None else None
        at = tag.end if raw is None else end.start() if end is not None else len(text)


def same_tags(written: str, parsed: str) -> bool:
    """Whether two pieces of HTML have the same tags in the same order; a `tbody` may be implied."""
    return written == parsed or ("<" not in written + parsed) or _names(written) == _names(parsed)


def end_of(mark: str, text: str, start: int) -> int:
    """Return the offset after the first such mark at or after `start`; the end of the text where there is none."""
    start = text.find(mark, start)
    return start + len(mark) if start >= 0 else len(text)


def _tag(text: str, opening: re.Match[str]) -> WrittenTag | None:
    """Return the tag that begins at an opening mark; None where it never ends."""
    attributes: list[tuple[str, str | None]] = []
    at = opening.end()
    while (closing := _CLOSING.match(text, at)) is None:
        attribute = _ATTRIBUTE.match(text, at)
        if attribute is None or (
            attribute["equals"] and not attribute["value"] and not text.startswith(">", attribute.end())
        ):
            return None
        value = attribute["value"] or ("" if attribute["equals"] else None)
        if value:
            value = html.unescape(value[1:-1] if value[0] in "\"'" else value)
        attributes.append((attribute["name"].lower(), value))
        at = attribute.end()
    name = opening["name"].lower()
    return WrittenTag(name, tuple(attributes), opening.start(), closing.end(), "/" in closing[0])


def _names(piece: str) -> list[str]:
    names: list[str] = []
    for tag in written_tags(piece):
        name = tag.name.removeprefix("/")
        if name == "tbody" or (tag.name != name and name in _VOID):
            continue
        names += [name, f"/{name}"] if tag.closed and name not in _VOID and tag.name == name else [tag.name]
    return names
