"""The documents of a library -> the neutral form: one switch where a slot stands, a branch for each component in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assembler.delivery.export.neutral import Case, Node, Nodes, Switch, Text, TextPlace, Value
from assembler.delivery.export.text_places import place_of_part, runs
from assembler.library.records import Call, Content, Document, Fragment

Chosen = Mapping[str, str | None]
"""The component in each slot."""


class NeutralParts:
    """Makes neutral parts of the documents of a library, for people whose tokens say what is chosen for them; whoever
    has none of the tokens gets the default."""

    def __init__(self, content: Content, texts: Sequence[bytes], tokens: Mapping[str, Chosen], default: Chosen) -> None:
        self._content = content
        self._texts = texts
        self._tokens = tokens
        self._default = default

    def part(self, name: str, document: Document) -> Nodes:
        """Return a part: what stands in every variant, and a switch where slots are called."""
        place = place_of_part(name)
        nodes: list[Node] = []
        for number, segment in enumerate(document.segments):
            if number:
                nodes += self._called(document.calls[number - 1], name, place)
            fragment, place = self._fragment(segment, name, place, None)
            nodes += fragment
        return tuple(nodes)

    def _called(self, call: Call, part: str, place: TextPlace) -> Iterator[Node]:
        """What stands where a slot is called: without a switch where it is the same for everybody."""
        default = self._default[call.slot]
        plain = self._branch(call, default, part, place)
        cases: dict[Nodes, list[str]] = {}
        for component, tokens in self._tokens_by_component(call.slot).items():
            branch = self._branch(call, component, part, place)
            if branch != plain:
                cases.setdefault(branch, []).extend(tokens)
        if cases:
            yield Switch(tuple(Case(tuple(tokens), branch) for branch, tokens in cases.items()), plain)
        else:
            yield from plain

    def _tokens_by_component(self, slot: str) -> Mapping[str | None, list[str]]:
        tokens: dict[str | None, list[str]] = {}
        for token, chosen in self._tokens.items():
            tokens.setdefault(chosen[slot], []).append(token)
        return tokens

    def _branch(self, call: Call, component: str | None, part: str, place: TextPlace) -> Nodes:
        if component is None:
            return ()
        return self._fragment(call.fragments[component], part, place, component)[0]

    def _fragment(self, fragment: Fragment, part: str, place: TextPlace, origin: str | None) -> tuple[Nodes, TextPlace]:
        """The nodes of a fragment that begins in a place, and the place in which it ends."""
        nodes: list[Node] = []
        words = ""
        for number in (*fragment, None):
            if number is not None and number >= 0:
                words += self._texts[number].decode()
                continue
            texts = [Text(run, there, origin) for run, there in runs(words, part, place)]
            nodes += [text for text in texts if text.words]
            words, place = "", texts[-1].place
            if number is not None:
                nodes.append(self._value(number, place, origin))
        return tuple(nodes), place

    def _value(self, number: int, place: TextPlace, origin: str | None) -> Value:
        placeholder = self._content.placeholders[-1 - number]
        fallback = Text(self._texts[placeholder.fallback].decode(), place, origin)
        return Value(placeholder.field, placeholder.encoder, fallback)
