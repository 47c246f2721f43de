"""The rows that are possible, one value for each slot, without listing them: paths through a layered graph."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Final, TypeVar

from assembler.errors import AssemblerError

MOST_STATES: Final = 200_000
"""A graph of rows that would have more nodes is refused: what is asked of it would take minutes."""

Row = tuple[int, ...]
"""A value for each slot. Values are numbered through all slots, so that a set of them is the bits of one number."""

Nodes = tuple[int, ...]
"""Where the paths that begin with some values may have come to in a layer."""

State = TypeVar("State", bound=Hashable)
Step = Callable[[int, State], Iterable[tuple[int, State]]]
_Edges = tuple[tuple[int, int], ...]


class TooManyStates(AssemblerError):
    """So many choices of earlier slots matter to later ones that the rows can be neither listed nor counted.

    `beginnings` says of the first slots how many different beginnings the rows have at least.
    """

    def __init__(self, most: int, beginnings: Sequence[int] = (), message: str = "") -> None:
        self.most = most
        self.beginnings = tuple(beginnings)
        self.message = message or f"more than {most:,} beginnings of a variant that later slots tell apart"
        super().__init__(most, self.beginnings, self.message)

    def __str__(self) -> str:
        return self.message


class PossibleRows:
    """A set of rows. Slot by slot, an edge of the graph has a value and leads to a node of the next layer."""

    def __init__(self, layers: Sequence[Sequence[_Edges]], start: Nodes) -> None:
        """`layers[slot][node]` are the edges of a node; every path goes on to the last slot."""
        self.start = start
        self._layers = layers
        self._moves: list[dict[Nodes, dict[int, Nodes]]] = [{} for _ in layers]

    @property
    def slots(self) -> int:
        """How many slots a row has."""
        return len(self._layers)

    def slot_of(self) -> dict[int, int]:
        """The slot of every value that is in some row."""
        return {value: slot for slot, layer in enumerate(self._layers) for edges in layer for value, _ in edges}

    def moves(self, slot: int, nodes: Nodes) -> dict[int, Nodes]:
        """The values that can stand in a slot, in order, and where each leads."""
        known = self._moves[slot]
        if nodes not in known:
            children: dict[int, set[int]] = {}
            for node in nodes:
                for value, child in self._layers[slot][node]:
                    children.setdefault(value, set()).add(child)
            known[nodes] = {value: tuple(sorted(children[value])) for value in sorted(children)}
        return known[nodes]

    def holds(self, row: Sequence[int]) -> bool:
        """Return whether a row, or the beginning of one, is possible."""
        nodes = self.start
        for slot, value in enumerate(row):
            leads = self.moves(slot, nodes).get(value)
            if leads is None:
                return False
            nodes = leads
        return True

    def beginnings(self) -> tuple[int, ...]:
        """Return how many different beginnings the rows have that end with each slot: the last are the rows themselves.

        They are counted, not listed. Raises `TooManyStates` where that takes more than `MOST_STATES` states.
        """
        counts: list[int] = []
        ways = {self.start: 1}
        for slot in range(self.slots):
            after: dict[Nodes, int] = {}
            for nodes, count in ways.items():
                for leads in self.moves(slot, nodes).values():
                    after[leads] = after.get(leads, 0) + count
            if sum(map(len, after)) > MOST_STATES:
                raise TooManyStates(MOST_STATES, counts)
            ways = after
            counts.append(sum(ways.values()))
        return tuple(counts)

    def rows(self) -> Iterator[Row]:
        """Return every row, once, in order."""
        open_: list[tuple[Row, Nodes]] = [((), self.start)]
        while open_:
            row, nodes = open_.pop()
            if len(row) == self.slots:
                yield row
            else:
                moves = self.moves(len(row), nodes)
                open_ += [((*row, value), moves[value]) for value in reversed(moves)]

    def partners(self) -> dict[int, int]:
        """For every value that is in some row, the values (as bits, its own among them) that share a row with it."""
        partners: dict[int, int] = {}
        below: list[int] = []
        for slot in reversed(range(self.slots)):
            here = []
            for edges in self._layers[slot]:
                ahead = 0
                for value, child in edges:
                    after = below[child] if below else 0
                    partners[value] = partners.get(value, 1 << value) | after
                    ahead |= 1 << value | after
                here.append(ahead)
            below = here
        for value in sorted(partners):
            for other in bits(partners[value]):
                partners[other] |= 1 << value
        return partners

    def leading(self, wanted: dict[int, int]) -> list[frozenset[int]]:
        """For each slot up to the last wanted one, the nodes from which a path goes on through all that is wanted.

        `wanted` gives a value to some slots. After the last of them every path will do.
        """
        last = max(wanted)
        layers: list[frozenset[int]] = []
        after: frozenset[int] | None = None
        for slot in reversed(range(last + 1)):
            want = wanted.get(slot)
            after = frozenset(
                node
                for node, edges in enumerate(self._layers[slot])
                if any((want is None or value == want) and (after is None or child in after) for value, child in edges)
            )
            layers.append(after)
        return layers[::-1]


def bits(number: int) -> list[int]:
    """The places of the bits that are set, lowest first."""
    places = []
    while number:
        low = number & -number
        places.append(low.bit_length() - 1)
        number ^= low
    return places


def grow(starts: Iterable[State], slots: int, step: Step[State], most: int = MOST_STATES) -> PossibleRows:
    """The rows that begin in one of the starts, and go on as `step(slot, state)` says: values, and where each leads.

    Raises `TooManyStates` where the graph would have more than `most` nodes, or a step raises it.
    """
    states = list(dict.fromkeys(starts))
    number = {state: place for place, state in enumerate(states)}
    first = tuple(range(len(states)))
    layers: list[list[_Edges]] = []
    left = most
    for slot in range(slots):
        after: dict[State, int] = {}
        layer: list[_Edges] = []
        try:
            for state in number:
                edges = {(value, after.setdefault(next_, len(after))) for value, next_ in step(slot, state)}
                layer.append(tuple(sorted(edges)))
                if len(after) > left:
                    raise TooManyStates(most)
        except TooManyStates:
            raise TooManyStates(most, _merged(layers, first).beginnings()) from None
        layers.append(layer)
        left -= len(after)
        number = after
    return _merged(layers, first)


def _merged(layers: list[list[_Edges]], first: Nodes) -> PossibleRows:
    """The same rows, with nodes made one that go on alike."""
    merged: list[tuple[_Edges, ...]] = []
    renamed: list[int] | None = None
    for edges in reversed(layers):
        names: dict[_Edges, int] = {}
        here = []
        for outgoing in edges:
            after = tuple(sorted({(value, renamed[child] if renamed else 0) for value, child in outgoing}))
            here.append(names.setdefault(after, len(names)))
        merged.append(tuple(names))
        renamed = here
    start = tuple(sorted({(renamed or [])[node] for node in first})) if layers else ()
    return PossibleRows(merged[::-1], start)
