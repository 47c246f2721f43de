"""The neutral form in a provider's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from assembler.delivery.export.neutral import Nodes, Switch, Text, Value
from assembler.delivery.export.neutralise import Clash, neutralised
from assembler.library.records import Encoder

VARYING: Final[frozenset[Encoder]] = frozenset({"html", "plain", "subject"})
"""The encoders whose work most engines can do."""

_TOUCHING: Final = 4
"""So many characters of code, beside a text, can make a delimiter with it."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """What a provider calls a person's token, and by field the attribute of its value, or the code that stands for it
    word by word."""

    token: str
    fields: Mapping[str, str] = field(default_factory=dict)
    verbatim: Mapping[str, str] = field(default_factory=dict)

    def only(self, fields: Sequence[str]) -> Attributes:
        """Return the same with no others than some fields."""
        return Attributes(self.token, {name: self.fields[name] for name in self.fields if name in fields})


Branches = Iterator[str | Nodes]
"""A switch, taken apart: code as text, and between it what is to be emitted itself."""


def _as_it_is(words: str, before: str, after: str) -> str:
    return words


@dataclass(frozen=True, slots=True, kw_only=True)
class Emitter:
    """A provider's words.

    `delimiters` finds in a text, with the code that touches it, what an engine would take for code. `prologue` is code
    for the beginning of a part that has a switch, or not, and values of some fields. `value` gives the code around the
    fallback of a field, where its value stands escaped or, raw, as it is. `kept` takes a text and the
    code that touches it, before and after, and returns it with code that comes to nothing where the engine would leave
    white space of it out. `encodes` are the encoders of which it is known that the provider does their work; elsewhere
    the fallback stands for everybody.
    """

    delimiters: re.Pattern[str]
    prologue: Callable[[Attributes, bool], str]
    value: Callable[[Attributes, str, bool], tuple[str, str]]
    switch: Callable[[Attributes, Switch], Branches]
    kept: Callable[[str, str, str], str] = _as_it_is
    encodes: frozenset[Encoder] = VARYING


@dataclass(frozen=True, slots=True)
class Emitted:
    """A part in a provider's words, and what of its text cannot be written there."""

    template: str
    clashes: tuple[Clash, ...]


def emitted(nodes: Nodes, emitter: Emitter, attributes: Attributes) -> Emitted:
    """Return a part as a template."""
    used = sorted({value.field for value in values_in(nodes)})
    prologue = emitter.prologue(attributes.only(used), any(isinstance(node, Switch) for node in nodes))
    groups = list(_grouped([prologue, *_pieces(nodes, emitter, attributes)]))
    written: list[str] = []
    clashes: list[Clash] = []
    for group, before, after in zip(groups, ["", *groups], [*groups[1:], ""], strict=False):
        if isinstance(group, str):
            written.append(group)
            continue
        code = (_code(before)[-_TOUCHING:], _code(after)[:_TOUCHING])
        words, lost = neutralised(group, *code, emitter.delimiters)
        clashes += lost
        written.append(emitter.kept(words, *code))
    return Emitted("".join(written), tuple(clashes))


def _grouped(pieces: Sequence[str | Text]) -> Iterator[str | list[Text]]:
    """Code that follows on code, as one, and texts that follow on texts."""
    for kind, group in groupby(filter(None, pieces), key=type):
        if kind is str:
            yield "".join(piece for piece in group if isinstance(piece, str))
        else:
            yield [piece for piece in group if isinstance(piece, Text)]


def _code(group: str | list[Text]) -> str:
    return group if isinstance(group, str) else ""


def values_in(nodes: Nodes) -> Iterator[Value]:
    """Yield every place for a value in a part."""
    for node in nodes:
        if isinstance(node, Value):
            yield node
        elif isinstance(node, Switch):
            for branch in (*(case.content for case in node.cases), node.otherwise):
                yield from values_in(branch)


def _pieces(nodes: Nodes, emitter: Emitter, attributes: Attributes) -> Iterator[str | Text]:
    """The code and the texts of a part, in order."""
    for node in nodes:
        if isinstance(node, Text):
            yield node
        elif isinstance(node, Value):
            yield from _value(node, emitter, attributes)
        else:
            for piece in emitter.switch(attributes, node):
                yield from [piece] if isinstance(piece, str) else _pieces(piece, emitter, attributes)


def _value(value: Value, emitter: Emitter, attributes: Attributes) -> Iterator[str | Text]:
    if value.field in attributes.verbatim:
        yield attributes.verbatim[value.field]
    elif value.encoder in emitter.encodes and value.field in attributes.fields:
        before, after = emitter.value(attributes, value.field, value.encoder != "html")
        yield from (before, value.fallback, after)
    else:
        yield value.fallback
