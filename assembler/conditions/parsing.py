"""The language of conditions: one line of text -> a `Condition`, typed against the project's signals.

condition   = conjunction { "or" conjunction }
conjunction = negation { "and" negation }
negation    = "not" negation | "(" condition ")" | comparison
comparison  = operand ( operator literal | [ "not" ] "in" list ) | "known" "(" signal ")" | boolean signal
operand     = signal | "days_since" "(" date signal ")"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal, NoReturn, TypeVar, cast

from assembler.conditions.mending import rewritten
from assembler.errors import listed, nearest
from assembler.library.records import And, Compare, Condition, Known, Literals, Not, OneOf, Or, Signal
from assembler.library.values import in_nfc

_TOKEN = re.compile(
    r"""\s*(?: (?P<number>-?\d{1,30}(?:\.\d{1,30})?) (?![\w.])
             | (?P<text>"(?:[^"\\]|\\["\\])*"|'(?:[^'\\]|\\['\\])*')
             | (?P<name>[A-Za-z_]\w*)
             | (?P<operator>==|!=|<=|>=|<|>)
             | (?P<mark>[()\[\],]) )""",
    re.VERBOSE | re.ASCII,
)
_KEYWORDS = frozenset({"and", "or", "not", "in", "true", "false", "known", "days_since"})
MAX_LENGTH: Final = 5_000
"""The most characters of a condition."""

_MAX_NESTING = 50
_READABLE = 500  # characters of a condition up to which it is worth saying what was meant
_LANGUAGE = "a rule has == != < <= > >= in, and, or, not, ( ), known(...), days_since(...), numbers, text in quotes"
_ORDER = ("<", "<=", ">", ">=")
_NUMBER: Final[tuple[str, tuple[type, ...]]] = "a number", (int, float)
_LITERALS: Final = {"integer": _NUMBER, "number": _NUMBER, "boolean": ("true or false", (bool,))}

Operator = Literal["==", "!=", "<", "<=", ">", ">="]
Part = TypeVar("Part")


class ConditionError(Exception):
    """A condition that does not parse or type-check. `column` counts from 0 within its text.

    `signal` is the name of the signal that does not exist, or that has no such value.
    """

    def __init__(self, column: int, message: str, hint: str | None = None, signal: str | None = None) -> None:
        super().__init__(column, message, hint, signal)
        self.column = column
        self.message = message
        self.hint = hint
        self.signal = signal

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int

    def __str__(self) -> str:
        return repr(self.text) if self.text else "the end"


@dataclass(frozen=True, slots=True)
class _Operand:
    name: str
    signal: Signal
    days: bool

    @property
    def kind(self) -> str:
        return "number" if self.days else self.signal.kind

    @property
    def text(self) -> str:
        return f"days_since({self.name})" if self.days else self.name


def parse_condition(text: str, signals: Mapping[str, Signal]) -> Condition:
    """Return the condition that a text says.

    Raises `ConditionError` at its first fault, where it can with the condition that was meant.
    """
    try:
        return _Parser(text, signals).whole()
    except ConditionError as error:
        meant = rewritten(text, signals) if len(text) <= _READABLE else ""
        try:
            _Parser(meant, signals).whole()
        except ConditionError:
            raise error from None
        raise ConditionError(error.column, error.message, f"write {meant}", error.signal) from None


def _tokens(text: str) -> list[_Token]:
    if len(text) > MAX_LENGTH:
        hint = "use `in` with a list, or fewer values"
        raise ConditionError(0, f"the rule has {len(text):,} characters; at most {MAX_LENGTH:,} are allowed", hint)
    tokens: list[_Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            rest = text[at:].lstrip()
            raise ConditionError(len(text) - len(rest), *_stray(rest))
        kind = str(match.lastgroup)
        tokens.append(_Token(kind, match[kind], match.start(kind)))
        at = match.end()
    return [*tokens, _Token("end", "", end)]


def _stray(rest: str) -> tuple[str, str | None]:
    if rest[0] in "\"'":
        return "a quoted text that never ends", "close the quote"
    if rest[0] == "=":
        return "'=' compares nothing", "write =="
    if rest[:2] in ("&&", "||"):
        return f"{rest[:2]!r} is not part of the language", "write `and`" if rest[0] == "&" else "write `or`"
    if rest[0] == "!":
        return "'!' is not part of the language", "write `not`"
    if rest[0] in "“”‘’":
        return "a typographic quote", 'write it with straight quotes, ""'
    if re.match(r"\d+(?:\.\d+){2}", rest):
        return f"{rest.split()[0][:20]!r} is no number", "a version is text: compare it in quotes, with ==, != or in"
    return f"{rest.split()[0][:20]!r} is not part of the language", _LANGUAGE


class _Parser:
    def __init__(self, text: str, signals: Mapping[str, Signal]) -> None:
        self._tokens = _tokens(text)
        self._signals = signals
        self._next = 0
        self._nesting = 0

    def whole(self) -> Condition:
        if self._here.kind == "end":
            self._fail("an empty rule", "write a comparison, such as spend_last_year >= 500")
        condition = self._disjunction()
        if self._here.kind != "end":
            self._fail(f"{self._here.text!r} after the end of the rule", "join comparisons with `and` or `or`")
        return condition

    @property
    def _here(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._here
        self._next += token.kind != "end"
        return token

    def _accept(self, text: str) -> bool:
        if self._here.text == text and self._here.kind in ("name", "mark"):
            self._next += 1
            return True
        return False

    def _expect(self, mark: str, after: str) -> None:
        if not self._accept(mark):
            self._fail(f"expected {mark!r} {after}", f"write {mark}")

    def _fail(
        self, message: str, hint: str | None = None, at: _Token | None = None, *, signal: str | None = None
    ) -> NoReturn:
        raise ConditionError((at or self._here).column, message, hint, signal)

    def _disjunction(self) -> Condition:
        conditions = self._separated("or", self._conjunction)
        return conditions[0] if len(conditions) == 1 else Or(conditions=conditions)

    def _conjunction(self) -> Condition:
        conditions = self._separated("and", self._negation)
        return conditions[0] if len(conditions) == 1 else And(conditions=conditions)

    def _separated(self, by: str, part: Callable[[], Part]) -> tuple[Part, ...]:
        parts = [part()]
        while self._accept(by):
            parts.append(part())
        return tuple(parts)

    def _negation(self) -> Condition:
        self._nesting += 1
        if self._nesting > _MAX_NESTING:
            self._fail(f"more than {_MAX_NESTING} levels of brackets and `not`", "use fewer of them")
        try:
            if self._accept("not"):
                return Not(condition=self._negation())
            if self._accept("("):
                condition = self._disjunction()
                self._expect(")", "to close the bracket")
                return condition
            return self._comparison()
        finally:
            self._nesting -= 1

    def _comparison(self) -> Condition:
        if self._here.text == "known" and self._here.kind == "name":
            self._take()
            return Known(signal=self._bracketed_signal("known").text)
        start = self._here
        operand = self._operand()
        if self._here.kind == "operator":
            operator = self._take()
            value = self._literal(operand, operator)
            return Compare(signal=operand.name, operator=cast(Operator, operator.text), value=value, days=operand.days)
        negated = self._accept("not")
        if self._accept("in"):
            condition = OneOf(signal=operand.name, values=self._list(operand), days=operand.days)
            return Not(condition=condition) if negated else condition
        if negated:
            self._fail("expected `in` after `not`", f"write {operand.text} not in [...]")
        if operand.kind != "boolean":
            hint = f"write {operand.text} == ... or known({operand.name}); only a boolean signal stands alone"
            self._fail(f"{operand.text} is compared with nothing", hint, start)
        return Compare(signal=operand.name, operator="==", value=True)

    def _operand(self) -> _Operand:
        token = self._here
        if token.kind != "name" or token.text in _KEYWORDS - {"days_since"}:
            hint = "a comparison has a signal on the left and literals on the right"
            self._fail(f"expected a signal, got {token}", hint)
        self._take()
        if token.text == "days_since":
            name = self._bracketed_signal("days_since")
            signal = self._signals[name.text]
            if signal.kind != "date":
                dates = ", ".join(name for name, signal in self._signals.items() if signal.kind == "date")
                hint = f"signals of kind date: {dates or 'none'}"
                self._fail(f"days_since needs a date; {name.text} is of kind {signal.kind}", hint, name)
            return _Operand(name.text, signal, True)
        signal = self._known_signal(token)
        if signal.kind == "date":
            hint = f"write days_since({token.text}) <= 30 for the last 30 days, or known({token.text})"
            self._fail(f"{token.text} is a date", hint, token)
        return _Operand(token.text, signal, False)

    def _bracketed_signal(self, function: str) -> _Token:
        self._expect("(", f"after {function}")
        token = self._here
        if token.kind != "name":
            self._fail(f"expected a signal in {function}(...)", "signals: " + (", ".join(self._signals) or "none"))
        self._take()
        self._known_signal(token)
        self._expect(")", f"to close {function}(")
        return token

    def _known_signal(self, token: _Token) -> Signal:
        if token.text not in self._signals:
            close = nearest(token.text, self._signals)
            hint = f"did you mean {close}?" if close else f"signals: {listed(self._signals)}"
            self._fail(f"no signal {token.text!r}", hint, token, signal=token.text)
        return self._signals[token.text]

    def _list(self, operand: _Operand) -> tuple[Literals, ...]:
        if not self._accept("["):
            self._fail("`in` needs a list", f"write {operand.text} in [...]")
        values = self._separated(",", partial(self._literal, operand, None))
        self._expect("]", "to close the list")
        return values

    def _literal(self, operand: _Operand, operator: _Token | None) -> Literals:
        token = self._here
        if token.kind == "mark" and token.text == "[" and operator is not None:
            self._fail(f"{operator.text} compares with one value", "a list needs `in`")
        value = self._value(token)
        self._take()
        if operator is not None and operator.text in _ORDER and operand.kind not in ("integer", "number"):
            hint = f"write {operand.text} == or {operand.text} in [...]: only numbers have an order"
            self._fail(f"{operator.text} needs a number; {operand.text} is of kind {operand.kind}", hint, operator)
        self._check_type(operand, value, token)
        return value

    def _value(self, token: _Token) -> Literals:
        if token.kind == "number":
            return float(token.text) if "." in token.text else int(token.text)
        if token.kind == "text":
            return in_nfc(re.sub(r"\\(.)", r"\1", token.text[1:-1]))
        if token.text in ("true", "false"):
            return token.text == "true"
        hint = f'text stands in quotes: "{token.text}"' if token.kind == "name" else "write a value after it"
        if token.text in self._signals:
            hint = "a signal is compared with a value, not with another signal"
        return self._fail(f"expected a number, quoted text, true or false, got {token}", hint, token)

    def _check_type(self, operand: _Operand, value: Literals, token: _Token) -> None:
        expected, types = _LITERALS.get(operand.kind, ("quoted text", (str,)))
        if type(value) not in types:
            hint = f"{operand.text} is of kind {operand.kind}"
            self._fail(f"{operand.text} is compared with {expected}, not {token.text}", hint, token)
        values = operand.signal.values
        if operand.kind == "choice" and value not in values:
            close = nearest(str(value), values)
            hint = f'did you mean "{close}"?' if close else f"values: {listed(values)}"
            self._fail(f"{token.text} is not among the values of {operand.name}", hint, token, signal=operand.name)
