"""The text of a component's file -> its front matter and its body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from assembler.authoring.diagnostics import Findings, Replacement
from assembler.authoring.load.strict_yaml import Value, read_yaml_file
from assembler.authoring.project.source import Source

_FENCE: Final = re.compile(r"(?:[ \t]*\n)*---[ \t]*(?:\n|$)")
_CLOSING: Final = re.compile(r"^---[ \t]*$", re.MULTILINE)
# Dashes as a word processor or another system writes them.
_LIKE_A_FENCE: Final = re.compile(r"^[ \t]*(?:[-–—−]{1,8}|\+{3}|\.{3})[ \t]*$", re.MULTILINE)
_FIRST_KEY: Final = re.compile(r"\s*(?P<fence>[-–—−+]{1,8})[ \t]*\n[A-Za-z_]\w*[ \t]*[:=]")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ComponentFile:
    """A file of a component: its front matter, if it has any, and its body with the number of the line it begins on."""

    source: Source
    front: dict[str, Value] | None
    body: str
    body_line: int


def read_component_file(path: str, text: str, findings: Findings) -> ComponentFile | None:
    """Take a file of a component apart; None, and a finding, where that cannot be done."""
    opening = _FENCE.match(text)
    if opening is None:
        unlike = _FIRST_KEY.match(text)
        if unlike is None:
            return _component_file(Source(path, text), None, 0)
        place = Source(path, text).inside(unlike.start("fence"))
        hint = "write --- here, three plain hyphens"
        mend = Replacement(unlike["fence"], "---")
        findings.add("R01", place, "front matter stands between two lines of ---", hint, mend=mend)
        return None
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        _report_endless(Source(path, text), opening.end(), findings)
        return None
    first_line = opening[0].count("\n") + 1
    read = read_yaml_file(path, text[opening.end() : closing.start()], findings, first_line=first_line, whole=text)
    if read is None:
        return None
    front, source = read
    if front is not None and not isinstance(front, dict):
        findings.add("R02", source.at(2), "front matter is keys and values", "write `key: value`")
        return None
    return _component_file(source, front or {}, closing.end())


def _report_endless(source: Source, start: int, findings: Findings) -> None:
    """Report front matter that begins before `start` and never ends, and what may have been meant for its end."""
    unlike = _LIKE_A_FENCE.search(source.text, start)
    place = source.inside(unlike.start()) if unlike else None
    hint = f"write --- on line {place.line}" if place else "close it with a line ---"
    mend = Replacement(unlike[0], "---", place) if unlike else None
    findings.add("R01", source.at(), "front matter that never ends", hint, mend=mend)


def _component_file(source: Source, front: dict[str, Value] | None, end: int) -> ComponentFile:
    """Return the file whose body begins after `end` characters."""
    body_line = source.text.count("\n", 0, end) + 1
    return ComponentFile(source=source, front=front, body=source.text[end:], body_line=body_line)
