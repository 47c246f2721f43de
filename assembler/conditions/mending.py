"""Conditions as other languages, and people, write them -> the same in ours, for a hint."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from assembler.library.records import Signal

_PIECE = re.compile(
    r"""(?P<text>"[^"]*"|'[^']*'|[“„][^“”"]*[“”]|‘[^‘’]*’|`[^`]*`)
      | (?P<version>\d+(?:\.\d+){2,})
      | (?P<number>[£$€]?-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d[\d_]*(?:\.\d+)?|\.\d+)(?:[eE]\d{1,2})?)
        (?:\s?(?P<unit>[€£$]|[A-Za-z]+\b(?!\s*\()))?
      | (?P<name>[A-Za-z_]\w*)
      | (?P<sign>&&|\|\||===|!==|==|!=|<>|>=|<=|=>|=<|[<>=!≥≤≠∈()\[\]{},;:])
      | (?P<other>\S)""",
    re.VERBOSE | re.ASCII,
)
_SIGNS = {
    "&&": "and", "||": "or", "!": "not", "=": "==", "===": "==", ":": "==", "<>": "!=", "!==": "!=", "≠": "!=",
    "=>": ">=", "≥": ">=", "=<": "<=", "≤": "<=", "∈": "in", "{": "[", "}": "]",
}  # fmt: skip
_KEYWORDS = frozenset({"and", "or", "not", "in", "is", "between", "known", "days_since", "null"})
_NULL = frozenset({"null", "none", "nil", "undefined", "nan", "missing", "unknown", "empty"})
_TRUTH = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}
_KNOWN = frozenset({"known", "exists", "has", "defined", "is_known", "isset", "present"})
_EQUALS = frozenset({"is", "equals", "eq", "equal"})
_UNITS = frozenset({"d", "day", "days", "month", "months", "m", "y", "year", "years", "eur", "gbp", "usd", "pounds"})
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}

_MARK = re.compile(r"§\d+", re.ASCII)
_LITERAL = r"(?:§\d+|-?\d+(?:\.\d+)?|true|false)"
_WORD = r"(?:§\d+|-?[\w.]+)"
_OPERATOR = r"(?:==|!=|<=|>=|<|>)"
_SIGNAL = r"(?:days_since \( [A-Za-z_]\w* \)|(?!(?:and|or|not|in|true|false|known)\b)[A-Za-z_]\w*)"


def rewritten(text: str, signals: Mapping[str, Signal]) -> str:
    """Return a condition as it was probably meant; it need not be one."""
    words = _ConditionWords(signals)
    return words.spelled(_rewritten(" ".join(words.read(text)), words))


class _ConditionWords:
    """The words of a condition, with its quoted texts kept apart: §0, §1."""

    def __init__(self, signals: Mapping[str, Signal]) -> None:
        self._kinds = {name: signal.kind for name, signal in signals.items()}
        self._texts: list[str] = []

    def read(self, text: str) -> Iterator[str]:
        """Yield the words in our spelling."""
        text = re.sub(r"^\s*(?:if|when)\b|(?<![;.\s])[;.\s]++$|\{\{|\}\}", " ", text)
        for match in _PIECE.finditer(text.replace("\u00a0", " ")):
            yield from self._piece(match)

    def _piece(self, match: re.Match[str]) -> Iterator[str]:
        kind, piece = str(match.lastgroup), match[0]
        if match["number"]:
            yield _number(match["number"])
            if match["unit"] and match["unit"].lower() not in _UNITS and match["unit"] not in "€£$":
                yield from self._name(match["unit"])
        elif kind == "text":
            yield self.keep(piece[1:-1])
        elif kind == "version":
            yield self.keep(piece)
        elif kind == "name":
            yield from self._name(piece)
        else:
            yield _SIGNS.get(piece, piece)

    def _name(self, name: str) -> Iterator[str]:
        lower = name.lower()
        if name in self._kinds:
            yield name
        elif lower in _NULL:
            yield "null"
        elif lower in _EQUALS:
            yield "is"
        elif lower in _KNOWN:
            yield "known"
        else:
            yield _TRUTH.get(lower, lower if lower in _KEYWORDS else name)

    def keep(self, text: str) -> str:
        """The mark of a text, the same for the same."""
        self._texts.append(text)
        return f"§{len(self._texts) - 1}"

    def text(self, mark: str) -> str:
        """The text of a mark."""
        return self._texts[int(mark[1:])]

    def literal(self, signal: str, value: str) -> str:
        """A value as a signal compares with it: in quotes or without."""
        kind = "number" if signal.startswith("days_since") else self._kinds.get(signal)
        said = self.text(value) if _MARK.fullmatch(value) else value
        if kind in ("integer", "number") and re.fullmatch(r"-?\d+(?:\.\d+)?", said):
            return said
        if kind == "boolean":
            return {"1": "true", "0": "false"}.get(said, _TRUTH.get(said.lower(), value))
        if kind in ("text", "choice") and value not in self._kinds and not value.startswith("§"):
            return self.keep(said)
        return value

    def spelled(self, condition: str) -> str:
        """Return the condition with its texts in quotes, spaced as people do."""
        condition = re.sub(r"(?<=[(\[]) | (?=[)\],])|(?<=known) (?=\()|(?<=days_since) (?=\()", "", condition)
        condition += ")" * (condition.count("(") - condition.count(")"))
        return _MARK.sub(lambda match: _quoted(self.text(match[0])), condition)


def _rewritten(condition: str, words: _ConditionWords) -> str:
    steps: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
        (r"\bknown \(? ?(§\d+)(?: \))?", lambda match: f"known ( {words.text(match[1])} )"),
        (r"\bknown (?!\()(\w+)", r"known ( \1 )"),
        (r"\bdays_since (?!\()(\w+)", r"days_since ( \1 )"),
        (r"\bdays_since (\( \w+ \)) (is not|!=|is|==) null\b", r"known \1 \2 null"),
        (r"\b(known \( \w+ \)) (?:is not|!=) null\b", r"\1"),
        (r"\b(known \( \w+ \)) (?:is|==) null\b", r"not \1"),
        (rf"({_SIGNAL}) (?:is not|!=) null\b", r"known ( \1 )"),
        (rf"({_SIGNAL}) (?:is|==) null\b", r"not known ( \1 )"),
        (r"(known \( \w+ \)) == true", r"\1"),
        (r"(known \( \w+ \)) == false", r"not \1"),
        (r"\bis not\b", "!="),
        (r"\bis\b", "=="),
        (rf"({_SIGNAL}) between ({_LITERAL}) and ({_LITERAL})", r"\1 >= \2 and \1 <= \3"),
        (
            rf"({_LITERAL}) (<=?|>=?) ({_SIGNAL}) (<=?|>=?) ({_LITERAL})",
            lambda match: f"{match[3]} {_FLIPPED[match[2]]} {match[1]} and {match[3]} {match[4]} {match[5]}",
        ),
        (
            rf"(?<![\w§=<>] )({_LITERAL}) ({_OPERATOR}) ({_SIGNAL})",
            lambda match: f"{match[3]} {_FLIPPED[match[2]]} {match[1]}",
        ),
        (
            rf"({_SIGNAL}) == ({_LITERAL}(?: or {_LITERAL}(?! {_OPERATOR}))+)",
            lambda match: f"{match[1]} in [ {match[2].replace(' or ', ' , ')} ]",
        ),
        (r"== \[", "in ["),
        (r"!= \[", "not in ["),
        (r"\bin [(\[] ((?:[^()\[\] ]+ )+)[)\]]", lambda match: f"in [ {match[1].rstrip(' ,')} ]"),
        (rf"\bin ({_WORD}(?: , {_WORD})*)", r"in [ \1 ]"),
        (
            rf"({_SIGNAL}) ({_OPERATOR}) ({_WORD})",
            lambda match: f"{match[1]} {match[2]} {words.literal(match[1], match[3])}",
        ),
        (
            rf"({_SIGNAL})( not)? in \[ ([^\[\]]+) \]",
            lambda match: f"{match[1]}{match[2] or ''} in [ {_listed(match[1], match[3], words)} ]",
        ),
    )
    for pattern, to in steps:
        condition = re.sub(pattern, to, condition)
    return condition


def _listed(signal: str, values: str, words: _ConditionWords) -> str:
    return " , ".join(words.literal(signal, value.strip()) for value in values.split(","))


def _number(written: str) -> str:
    number = written.strip("£$€").replace("_", "").replace(",", "")
    number = f"0{number}" if number.startswith(".") else number
    return str(int(float(number))) if "e" in number.lower() else number


def _quoted(text: str) -> str:
    return f"'{text}'" if '"' in text else f'"{text}"'
