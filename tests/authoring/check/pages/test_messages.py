"""The largest message of a channel of text alone."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from hypothesis import given, strategies as st

from assembler.authoring.check.message_size import message_size
from assembler.authoring.check.pages.document_parts import DocumentPart, Insert, Piece
from assembler.authoring.check.pages.messages import largest_message

# Each takes one place, so that no place is left over at the end of a message.
TEXTS = st.builds(lambda sign, count: sign * count, st.sampled_from(["a", "ê", "à"]), st.integers(0, 180))


def piece(text: str, room: int = 0) -> Piece:
    return Piece(text, {}, len(text.encode()), room)


@st.composite
def parts(draw: st.DrawFn) -> DocumentPart:
    slots = draw(st.lists(st.sampled_from(["one", "two", "three"]), max_size=4))
    held = {slot: [f"{slot}/{number}" for number in range(draw(st.integers(0, 3)))] for slot in slots}
    optional = {slot: draw(st.booleans()) or not held[slot] for slot in slots}
    inserts = tuple(
        Insert(number, slot, {address: piece(draw(TEXTS)) for address in held[slot]}, optional[slot])
        for number, slot in enumerate(slots)
    )
    return DocumentPart("text", tuple(piece(draw(TEXTS)) for _ in range(len(slots) + 1)), inserts)


def texts(part: DocumentPart) -> list[str]:
    """Every text that the part can be."""
    options: Mapping[str, list[str | None]] = {
        insert.slot: [address for address, _ in insert.options()] for insert in part.inserts
    }
    written = []
    for chosen in itertools.product(*options.values()):
        by_slot = dict(zip(options, chosen, strict=True))
        rest = zip(part.inserts, part.segments[1:], strict=True)
        written.append(
            part.segments[0].text + "".join(insert.chosen(by_slot) + segment.text for insert, segment in rest)
        )
    return written


@given(parts())
def test_no_variant_takes_more_messages_and_one_takes_as_many(part: DocumentPart) -> None:
    assert largest_message(part).size.messages == max(message_size(text).messages for text in texts(part))


def test_a_slot_that_stands_twice_holds_one_component() -> None:
    one, two = {"a/a": piece("a" * 90), "a/b": piece("b")}, {"a/a": piece("a"), "a/b": piece("b" * 80)}
    part = DocumentPart("text", (piece(""),) * 3, (Insert(0, "a", one, False), Insert(1, "a", two, False)))
    assert largest_message(part).written == {"a/a": "a" * 91}


def test_the_longest_values_are_counted_where_they_are_asked_for() -> None:
    part = DocumentPart("text", (piece("Hi "), piece("!", 3)), (Insert(0, "a", {"a/a": piece("you", 20)}, False),))
    assert largest_message(part).text == "Hi you!"
    assert largest_message(part, longest_values=True).text == "Hi you" + "m" * 20 + "!" + "m" * 3
