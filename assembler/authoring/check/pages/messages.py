"""The largest message that a channel of text alone can send: what takes the most messages, and which components do."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assembler.authoring.check.message_size import MessageSize, is_gsm7, message_size
from assembler.authoring.check.pages.document_parts import DocumentPart, Piece

_Choice = tuple[str | None, tuple[str, ...]]
"""A component, or none, and what it writes in each place of its slot."""


@dataclass(frozen=True, eq=False)
class LargestMessage:
    """A text, the component in each of its slots that holds one, and what each of them writes."""

    text: str
    written: Mapping[str, str]

    @cached_property
    def size(self) -> MessageSize:
        """What it takes to send it."""
        return message_size(self.text)


def largest_message(part: DocumentPart, *, longest_values: bool = False) -> LargestMessage:
    """Return the largest message of a text part, merge fields at their fallbacks or at their longest values, which are
    taken to be letters of GSM-7.

    One character outside of GSM-7 costs more than many within, so of each slot the largest with such a one is tried.
    """
    combinations = _Combinations(part, longest_values=longest_values)
    return max(combinations, key=lambda message: (message.size.messages, message.size.places))


class _Combinations:
    """The messages of which one must be the largest."""

    def __init__(self, part: DocumentPart, *, longest_values: bool) -> None:
        self._part = part
        self._longest = longest_values
        self._choices = {insert.slot: self._choices_of(insert.slot) for insert in part.inserts}

    def __iter__(self) -> Iterator[LargestMessage]:
        largest = {slot: max(choices, key=_units) for slot, choices in self._choices.items()}
        yield self._message(largest)
        yield self._message({slot: _largest_plain(choices) for slot, choices in self._choices.items()})
        for slot, choices in self._choices.items():
            wide = max(itertools.filterfalse(_is_plain, choices), key=_units, default=None)
            if wide is not None:
                yield self._message(largest | {slot: wide})

    def _choices_of(self, slot: str) -> list[_Choice]:
        inserts = list(self._part.of_slot(slot))
        addresses = dict.fromkeys(address for insert in inserts for address, _ in insert.options())
        return [
            (address, tuple(self._text(insert.pieces.get(address or "")) for insert in inserts))
            for address in addresses or (None,)
        ]

    def _text(self, piece: Piece | None) -> str:
        if piece is None:
            return ""
        return piece.text + "m" * (piece.room if self._longest else 0)

    def _message(self, chosen: Mapping[str, _Choice]) -> LargestMessage:
        first, *rest = map(self._text, self._part.segments)
        left = {slot: iter(texts) for slot, (_, texts) in chosen.items()}
        filled = (next(left[insert.slot]) + segment for insert, segment in zip(self._part.inserts, rest, strict=True))
        written = {address: "".join(texts) for address, texts in chosen.values() if address is not None}
        return LargestMessage("".join((first, *filled)).strip(), written)


def _largest_plain(choices: Sequence[_Choice]) -> _Choice:
    """The largest choice within GSM-7; where there is none, another."""
    return max(filter(_is_plain, choices), key=_places, default=choices[0])


def _is_plain(choice: _Choice) -> bool:
    return all(map(is_gsm7, choice[1]))


def _places(choice: _Choice) -> int:
    return sum(message_size(text).places for text in choice[1])


def _units(choice: _Choice) -> int:
    """The places of a choice in UCS-2."""
    return sum(1 + (character > "\uffff") for text in choice[1] for character in text)
