"""JSON read piece by piece: what has been read comes to a state, from which any piece can be read on.

So pieces that stand in one place lead from one state to others, and all documents that can be joined of them are proven
to be JSON (RFC 8259) without joining one.
"""

from __future__ import annotations

import json
import re
from typing import Final, NamedTuple

_SPACE: Final = re.compile(r"[ \t\n\r]*+")
_IN_STRING: Final = re.compile(r'[^"\\\x00-\x1f]*+')
_BARE: Final = re.compile(r'[^ \t\n\r,:\[\]{}"]*+')
_LITERAL: Final = re.compile(r"true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_ESCAPE: Final = re.compile(r'\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})')
_BEGUN: Final = re.compile(r"\\(?:u[0-9A-Fa-f]{0,3})?")
_LONGEST_LITERAL: Final = 100
_LONGEST_SAID: Final = 30

_EXPECTED: Final = {
    "value": "a value",
    "value or ]": "a value or ]",
    "name": "a name in quotes",
    "name or }": "a name in quotes or }",
    ":": "a colon",
    ", or }": "a comma or }",
    ", or ]": "a comma or ]",
    "end": "nothing more",
}
_OPEN: Final = {"{": "name or }", "[": "value or ]"}
_CLOSED_IN: Final = {"{": ("name or }", ", or }"), "[": ("value or ]", ", or ]")}
_CLOSING: Final = {"}": "{", "]": "["}
_AFTER_VALUE: Final = {"{": ", or }", "[": ", or ]"}
_AFTER_COMMA: Final = {", or }": "name", ", or ]": "value"}

Owner = tuple[int, str | None]
"""A piece: the number of its place, and the component that it is of; None for the layout."""


class Frame(NamedTuple):
    """An object or list that stands open: its bracket, and where that is: in which piece, and how far into it."""

    bracket: str
    owner: Owner
    offset: int


class JsonState(NamedTuple):
    """What was read so far: what is expected next, what stands open, and the token that is not at its end.

    Such a token is the beginning of a literal, or `"` in a string with the escape that has begun in it.
    """

    expected: str = "value"
    open: tuple[Frame, ...] = ()
    token: str = ""

    @property
    def whole(self) -> bool:
        """Whether this is the end of a JSON text."""
        return self.expected == "end" or (not self.open and self.expected == "value" and _is_literal(self.token))


class JsonFault(NamedTuple):
    """Why a text cannot go on: what stands how far into the piece, and what should."""

    offset: int
    standing: str
    expected: str


class JsonMember(NamedTuple):
    """A name that stands in an object."""

    within: Frame
    name: str
    owner: Owner
    offset: int


def read_json(state: JsonState, text: str, owner: Owner) -> tuple[JsonState | JsonFault, list[JsonMember]]:
    """Read a piece on from a state; return the state after it, or why it cannot go on, and the names in it."""
    return _Reading(state, text, owner).run()


class _Reading:
    """The reading of one piece."""

    def __init__(self, state: JsonState, text: str, owner: Owner) -> None:
        self._expected, open_, self._token = state
        self._open = list(open_)
        self._text = text
        self._owner = owner
        self._members: list[JsonMember] = []
        self._at = 0
        self._start = -1

    def run(self) -> tuple[JsonState | JsonFault, list[JsonMember]]:
        fault: JsonFault | None = None
        while fault is None and self._at < len(self._text):
            fault = self._step()
        return fault or JsonState(self._expected, tuple(self._open), self._token), self._members

    def _step(self) -> JsonFault | None:
        if self._token.startswith('"'):
            return self._string()
        if self._token:
            return self._literal()
        self._at = _end(_SPACE, self._text, self._at)
        if self._at == len(self._text):
            return None
        character = self._text[self._at]
        if character == '"':
            return self._open_string()
        if character in _OPEN:
            return self._open_bracket(character)
        if character in _CLOSING:
            return self._close(character)
        if character in ",:":
            return self._separator(character)
        return self._begin_literal()

    def _string(self) -> JsonFault | None:
        escape = self._token[1:]
        if escape:
            return self._escape(escape)
        self._at = _end(_IN_STRING, self._text, self._at)
        if self._at == len(self._text):
            return None
        character = self._text[self._at]
        if character == "\\":
            self._token += character
        elif character == '"':
            self._token = ""
            self._close_string()
        else:
            return JsonFault(self._at, _said(character), "text without line breaks")
        self._at += 1
        return None

    def _escape(self, begun: str) -> JsonFault | None:
        escape = begun + self._text[self._at]
        if _ESCAPE.fullmatch(escape):
            self._token = '"'
        elif _BEGUN.fullmatch(escape):
            self._token = f'"{escape}'
        else:
            return JsonFault(self._at, _said(escape), 'an escape such as \\" or \\n')
        self._at += 1
        return None

    def _open_string(self) -> JsonFault | None:
        if not self._expected.startswith(("value", "name")):
            return self._wrong('"')
        self._token, self._start = '"', self._at
        self._at += 1
        return None

    def _close_string(self) -> None:
        if self._expected.startswith("value"):
            self._after_value()
            return
        self._expected = ":"
        if self._start >= 0:
            name = json.loads(self._text[self._start : self._at + 1])
            self._members.append(JsonMember(self._open[-1], name, self._owner, self._start))

    def _open_bracket(self, character: str) -> JsonFault | None:
        if not self._expected.startswith("value"):
            return self._wrong(character)
        self._open.append(Frame(character, self._owner, self._at))
        self._expected = _OPEN[character]
        self._at += 1
        return None

    def _close(self, character: str) -> JsonFault | None:
        bracket = _CLOSING[character]
        if not self._open or self._open[-1].bracket != bracket or self._expected not in _CLOSED_IN[bracket]:
            return self._wrong(character)
        self._open.pop()
        self._after_value()
        self._at += 1
        return None

    def _separator(self, character: str) -> JsonFault | None:
        following = "value" if character == ":" else _AFTER_COMMA.get(self._expected)
        if following is None or (character == ":" and self._expected != ":"):
            return self._wrong(character)
        self._expected = following
        self._at += 1
        return None

    def _begin_literal(self) -> JsonFault | None:
        if not self._expected.startswith("value"):
            end = _end(_BARE, self._text, self._at)
            return self._wrong(self._text[self._at : end])
        self._start = self._at
        return self._literal()

    def _literal(self) -> JsonFault | None:
        end = _end(_BARE, self._text, self._at)
        start, token = self._start if self._token == "" else 0, self._token + self._text[self._at : end]
        self._at = end
        if end == len(self._text) and len(token) <= _LONGEST_LITERAL:
            self._token = token
            return None
        self._token = ""
        if not _is_literal(token):
            return JsonFault(start, _said(token), _EXPECTED["value"])
        self._after_value()
        return None

    def _after_value(self) -> None:
        self._expected = _AFTER_VALUE[self._open[-1].bracket] if self._open else "end"

    def _wrong(self, standing: str) -> JsonFault:
        return JsonFault(self._at, _said(standing), _EXPECTED[self._expected])


def expected_words(state: JsonState) -> str:
    """Return what should follow a state, in words."""
    return "a quote at the end of a string" if state.token.startswith('"') else _EXPECTED[state.expected]


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _is_literal(token: str) -> bool:
    return _LITERAL.fullmatch(token) is not None


def _said(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_SAID else f"{text[:_LONGEST_SAID]}…")
