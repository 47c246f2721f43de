"""Whether every document that a JSON part can be joined of is JSON, against joining and parsing them all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given, strategies as st

from assembler.authoring.check.pages.document_parts import DocumentPart, Insert, Piece
from assembler.authoring.check.pages.json_combinations import (
    MOST_STATES,
    JsonProblem,
    RepeatedName,
    TooManyJsonStates,
    json_problems,
)
from assembler.authoring.check.pages.json_reader import JsonFault, JsonState, read_json

PIECES = (
    *(
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        '"',
        " ",
        "\n",
        '"a"',
        '"b"',
        "1",
        "-",
        "0",
        "2.5",
        "e+1",
        "true",
        "null",
        "tru",
        "e",
    ),
    *(
        '"a":',
        '"a": 1',
        '"b": 2',
        ', "a": 1',
        '"c": "d",',
        "{}",
        "[]",
        "\\",
        '\\"',
        "\\n",
        "u0041",
        "x",
        '"\\ud8',
        '00"',
    ),
    *("Word", "'", "\x00", "é", "\u2028", '{"a": "', '"}', "[1,", "2]", '"a": {"b": 1},'),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=3).map("".join)
SLOTS = ("one", "two")


def piece(text: str) -> Piece:
    return Piece(text, {}, len(text.encode()), 0)


def part(segments: list[str], inserts: Sequence[tuple[str, Mapping[str, str], bool]]) -> DocumentPart:
    made_of = [
        Insert(number, slot, {address: piece(text) for address, text in texts.items()}, optional)
        for number, (slot, texts, optional) in enumerate(inserts)
    ]
    return DocumentPart("json", tuple(map(piece, segments)), tuple(made_of))


def documents(of: DocumentPart) -> Iterator[str]:
    """Every document, joined: each slot holds one component wherever it stands, or nothing."""
    held: dict[str, list[str | None]] = {}
    for insert in of.inserts:
        held.setdefault(insert.slot, [*insert.pieces, *([None] if insert.optional else [])])
    for chosen in product(*held.values()):
        by_slot = dict(zip(held, chosen, strict=True))
        rest = zip(of.inserts, of.segments[1:], strict=True)
        yield of.segments[0].text + "".join(insert.chosen(by_slot) + segment.text for insert, segment in rest)


def parsed(text: str) -> tuple[bool, bool]:
    """Whether a text is JSON, and whether an object in it has two members of one name."""
    repeated: list[bool] = []

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        repeated.append(len(dict(pairs)) < len(pairs))
        return dict(pairs)

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    try:
        json.loads(text, object_pairs_hook=members, parse_constant=refuse)
    except ValueError:
        return False, False
    return True, any(repeated)


@st.composite
def parts(draw: st.DrawFn) -> DocumentPart:
    count = draw(st.integers(0, 3))
    optional = {slot: draw(st.booleans()) for slot in SLOTS}
    slots = [draw(st.sampled_from(SLOTS)) for _ in range(count)]
    inserts = [
        (slot, {f"{slot}/{name}": draw(TEXTS) for name in ("x", "y")[: 1 + (slot == "one")]}, optional[slot])
        for slot in slots
    ]
    return part([draw(TEXTS) for _ in range(count + 1)], inserts)


def read_all(of: DocumentPart) -> tuple[list[JsonProblem], list[RepeatedName]]:
    """What is wrong with a part of which no component is against another."""
    return json_problems(of, lambda one, two: True)


@given(st.lists(TEXTS, max_size=8))
def test_a_text_is_read_as_json_in_any_pieces(pieces: list[str]) -> None:
    text, state = "".join(pieces), JsonState()
    for number, here in enumerate(pieces):
        after, _ = read_json(state, here, (number, None))
        if isinstance(after, JsonFault):
            assert not parsed(text)[0]
            return
        state = after
    assert state.whole == parsed(text)[0]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(VALUES, st.booleans(), st.lists(st.integers(0, 200), max_size=5))
def test_json_in_any_pieces_is_read(value: Any, ascii_: bool, cuts: list[int]) -> None:
    text = json.dumps(value, ensure_ascii=ascii_, indent=len(cuts) or None)
    edges = sorted({0, *(min(cut, len(text)) for cut in cuts), len(text)})
    state = JsonState()
    for number, (start, end) in enumerate(pairwise(edges)):
        after, _ = read_json(state, text[start:end], (number, None))
        assert isinstance(after, JsonState)
        state = after
    assert state.whole


@given(parts())
def test_problems_are_told_where_some_document_is_no_json(of: DocumentPart) -> None:
    outcomes = [parsed(document) for document in documents(of)]
    problems, repeated = read_all(of)
    assert bool(problems) == (not all(is_json for is_json, _ in outcomes))
    if not problems:
        assert bool(repeated) == any(is_repeated for _, is_repeated in outcomes)


OBJECTS = st.lists(st.sampled_from(('"a": 1,', '"b": {"a": 1},', '"c": [1, {"a": 2}],', "")), max_size=2).map("".join)


@given(st.lists(st.tuples(OBJECTS, OBJECTS, st.booleans()), max_size=4))
def test_members_that_slots_bring_with_their_commas(slots: list[tuple[str, str, bool]]) -> None:
    inserts = [(f"s{number}", {"x": one, "y": two}, empty) for number, (one, two, empty) in enumerate(slots)]
    of = part(["{", *([" "] * (len(inserts) - 1)), '"last": 0}'] if inserts else ['{"last": 0}'], inserts)
    outcomes = [parsed(document) for document in documents(of)]
    problems, repeated = read_all(of)
    assert problems == []
    assert all(is_json for is_json, _ in outcomes)
    assert bool(repeated) == any(is_repeated for _, is_repeated in outcomes)


def test_a_name_of_components_that_never_meet_stands_once() -> None:
    of = part(["{", " ", '"last": 0}'], [("s", {"a": '"x": 1,'}, False), ("t", {"b": '"x": 2,'}, False)])
    assert [name.member.owner for name in json_problems(of, lambda one, two: True)[1]] == [(3, "b")]
    assert json_problems(of, lambda one, two: (one, two) != (("s", "a"), ("t", "b"))) == ([], [])


def test_a_slot_that_stands_twice_holds_one_component() -> None:
    brackets = {"a": "[", "b": '{"x": '}, {"a": "]", "b": "}"}
    assert read_all(part(["", "1", ""], [("s", brackets[0], False), ("s", brackets[1], False)])) == ([], [])
    apart = read_all(part(["", "1", ""], [("s", brackets[0], False), ("t", brackets[1], False)]))[0]
    assert {problem.owner for problem in apart} == {(3, "a"), (3, "b")}


def test_ten_thousand_combinations_are_not_joined() -> None:
    """Twenty slots of twenty components: 20^20 documents, and one state at each place."""
    texts = {f"x{number}": f'{{"words": "{number}"}}' for number in range(20)}
    slots = [(f"s{number}", texts, False) for number in range(20)]
    segments = ['{"s0": ', *(f', "s{number}": ' for number in range(1, 20)), "}"]
    assert read_all(part(segments, slots)) == ([], [])
    [problem] = read_all(part([*segments[:-1], ",}"], slots))[0]
    assert (problem.owner, problem.fault.offset, problem.before) == ((40, None), 1, ("s19", "x0"))


@pytest.mark.parametrize(("count", "told"), [(10, True), (11, False)])
def test_brackets_that_stand_open_in_too_many_ways_are_not_told_apart(count: int, told: bool) -> None:
    """Each slot opens an object or a list: two to the power of so many states."""
    assert 2**10 <= MOST_STATES < 2**11
    opening = [(f"s{number}", {"a": "[", "b": '{"a": '}, False) for number in range(count)]
    if told:
        assert read_all(part([""] * (count + 1), opening))[0] != []
    else:
        with pytest.raises(TooManyJsonStates):
            read_all(part([""] * (count + 1), opening))
