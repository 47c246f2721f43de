"""All documents that a JSON part can be joined of, read at once: each piece from every state that leads to it.

Slots are first taken for independent. Only where that finds a fault, a slot that stands in several places is followed
with what it holds, so that no fault is told of what cannot come together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, combinations
from typing import Final, NamedTuple

from assembler.authoring.check.pages.document_parts import DocumentPart, Insert, Piece
from assembler.authoring.check.pages.json_reader import (
    JsonFault,
    JsonMember,
    JsonState,
    Owner,
    expected_words,
    read_json,
)

MOST_STATES: Final = 2_000
"""In so many ways may brackets stand open, or slots that stand in several places be filled, at one place."""

Filled = tuple[str, str | None]
"""A slot, and the component that it holds; None for nothing."""


Held = tuple[str, str]
"""A slot, and the component that it holds."""


class _Path(NamedTuple):
    """Where some documents have come to: the state there, what the followed slots hold, and what stands before."""

    state: JsonState = JsonState()
    followed: tuple[Filled, ...] = ()
    before: Filled | None = None


class JsonProblem(NamedTuple):
    """What is wrong in some variant: in which piece, how far into it, and what the slot before it holds there."""

    owner: Owner
    text: str
    fault: JsonFault
    before: Filled | None


class RepeatedName(NamedTuple):
    """A name that stands twice in one object of some variant: the second of the two."""

    member: JsonMember
    text: str


class TooManyJsonStates(Exception):
    """The documents are too many to be told apart, from a place on."""

    def __init__(self, owner: Owner) -> None:
        super().__init__(owner)
        self.owner = owner


def json_problems(
    part: DocumentPart, may_meet: Callable[[Held, Held], bool]
) -> tuple[list[JsonProblem], list[RepeatedName]]:
    """Return what keeps some document of a part from being JSON, and the names that stand twice in one object.

    `may_meet` says of two slots whether they may hold these components in one document.

    Raises `TooManyJsonStates` where that cannot be told.
    """
    reading = _Documents(part, frozenset())
    problems = reading.problems()
    repeated = Counter(insert.slot for insert in part.inserts)
    followed = frozenset(slot for slot, count in repeated.items() if count > 1)
    if problems and followed:
        problems = _Documents(part, followed).problems()
    return problems, list(reading.repeated_names(may_meet))


class _Documents:
    """The documents of one part; `followed` are slots of which it is remembered what they hold."""

    def __init__(self, part: DocumentPart, followed: frozenset[str]) -> None:
        pairs = zip(part.segments, (*part.inserts, None), strict=True)
        self._places: list[Piece | Insert] = [place for pair in pairs for place in pair if place is not None]
        self._followed = followed
        self._members: dict[JsonMember, str] = {}
        self._problems: dict[tuple[Owner, JsonFault], JsonProblem] = {}

    def problems(self) -> list[JsonProblem]:
        """Read all documents; return what is wrong with some. A place that nothing can be put in ends it."""
        paths: dict[_Path, None] = {_Path(): None}
        for number, place in enumerate(self._places):
            following: dict[_Path, None] = {}
            for path in paths:
                following |= dict.fromkeys(self._after(path, number, place))
            if len(following) > MOST_STATES:
                raise TooManyJsonStates((number, None))
            paths = following
        last = (len(self._places) - 1, None)
        for path in paths:
            if not path.state.whole:
                text = self.text(last)
                fault = JsonFault(len(text), "the end", expected_words(path.state))
                self._tell(JsonProblem(last, text, fault, path.before))
        return list(self._problems.values())

    def repeated_names(self, may_meet: Callable[[Held, Held], bool]) -> Iterator[RepeatedName]:
        """Yield the names that stand twice in one object of some document that was read."""
        by_name: dict[tuple[object, str], list[JsonMember]] = {}
        for member in self._members:
            by_name.setdefault((member.within, member.name), []).append(member)
        for members in by_name.values():
            for first, second in combinations(members, 2):
                one, two = self._held(first.owner), self._held(second.owner)
                if one is None or two is None or (one == two if one[0] == two[0] else may_meet(one, two)):
                    yield RepeatedName(second, self._members[second])
                    break

    def _after(self, path: _Path, number: int, place: Piece | Insert) -> Iterator[_Path]:
        """Yield where what can stand in a place leads."""
        for filled, text, followed in self._options(place, path.followed):
            owner = (number, filled[1] if filled else None)
            result, members = read_json(path.state, text, owner)
            self._members.update(dict.fromkeys(members, text))
            if isinstance(result, JsonFault):
                self._tell(JsonProblem(owner, text, result, path.before))
            else:
                yield _Path(result, followed, filled)

    def _options(
        self, place: Piece | Insert, followed: tuple[Filled, ...]
    ) -> Iterator[tuple[Filled | None, str, tuple[Filled, ...]]]:
        """Yield what can stand in a place, with its text, and what the followed slots then hold."""
        if isinstance(place, Piece):
            yield None, place.text, followed
            return
        known = dict(followed)
        for address, text in place.options():
            if place.slot not in self._followed:
                yield (place.slot, address), text, followed
            elif known.get(place.slot, address) == address:
                yield (place.slot, address), text, tuple((known | {place.slot: address}).items())

    def _tell(self, problem: JsonProblem) -> None:
        self._problems.setdefault((problem.owner, problem.fault), problem)

    def text(self, owner: Owner) -> str:
        """Return the text of a piece of the layout."""
        place = self._places[owner[0]]
        return place.text if isinstance(place, Piece) else ""

    def _held(self, owner: Owner) -> Held | None:
        """Return the slot and the component that a piece is of; None for one of the layout."""
        place, address = self._places[owner[0]], owner[1]
        return (place.slot, address) if isinstance(place, Insert) and address is not None else None


def slot_at(part: DocumentPart, owner: Owner) -> str | None:
    """Return the slot that stands in a place; None for a piece of the layout."""
    places = list(chain.from_iterable(zip(part.segments, (*part.inserts, None), strict=True)))
    place = places[owner[0]]
    return place.slot if isinstance(place, Insert) else None
