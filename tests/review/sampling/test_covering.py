"""Coverings: nothing feasible is missed, rows are few, and the same everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from syrupy.assertion import SnapshotAssertion

from assembler.authoring.outcomes.possible_rows import Row, bits
from assembler.review.sampling.covering import cover, values_beside
from tests.examples import examples
from tests.review.sampling.counter import Choice, Instance, feasible_pairs, pairs_of, valid
from tests.review.sampling.instance import SPECIFIED, graph, value

ROOT = Path(__file__).parents[3]


def choices_of(instance: Instance, row: Row) -> tuple[int, ...]:
    return tuple(number - sum(instance.sizes[:slot]) for slot, number in enumerate(row))


@pytest.mark.slow
def test_the_instance_is_of_the_specified_size() -> None:
    """The specification gives no constraints, only counts: these have 13 valid rows more than its 947,897."""
    assert (len(SPECIFIED.excludes), len(SPECIFIED.requires)) == (12, 2)
    assert len(feasible_pairs(SPECIFIED)) == 989
    assert count_valid(SPECIFIED) == 947_910


def count_valid(instance: Instance) -> int:
    """How many rows are valid, slot by slot, by what the later constraints ask of them."""
    counts = {frozenset[Choice](): 1}
    constraints = (*instance.excludes, *instance.requires)
    for slot, size in enumerate(instance.sizes):
        after: dict[frozenset[Choice], int] = {}
        for held, number in counts.items():
            for component in range(size):
                now = held | {(slot, component)}
                if any(one in now and two in now for one, two in instance.excludes):
                    continue
                if any(two == (slot, component) and one not in now for one, two in instance.requires):
                    continue
                kept = now & {one for one, two in constraints if two[0] > slot}
                after[kept] = after.get(kept, 0) + number
        counts = after
    return sum(counts.values())


def test_the_specified_instance_takes_at_most_56_rows_within_a_second() -> None:
    start = time.process_time()
    possible = graph(SPECIFIED)
    rows = cover(possible, possible.partners())
    seconds = time.process_time() - start
    choices = [choices_of(SPECIFIED, row) for row in rows]
    assert len(rows) <= 56
    assert all(valid(SPECIFIED, row) for row in choices)
    assert feasible_pairs(SPECIFIED) <= pairs_of(choices)
    assert seconds < 1


@pytest.mark.parametrize("leads", [0, 1], ids=["two slots before", "just before"])
def test_a_row_is_found_through_the_one_value_that_leads_to_it(leads: int) -> None:
    """However many others come first that lead nowhere."""
    sizes = [1, 1, 2]
    sizes[leads] = 30
    instance = Instance(sizes, excludes=[], requires=[((leads, 29), (2, 1))])
    row = tuple(value(instance, (slot, 29 if slot == leads else slot // 2)) for slot in range(3))
    needed = {row[1 - leads]: 1 << row[2], row[2]: 1 << row[1 - leads]}
    assert cover(graph(instance), needed) == [row]


@pytest.mark.parametrize(
    "instance",
    [
        SPECIFIED,
        Instance([4, 3, 2, 2, 3], excludes=[((0, 1), (2, 1)), ((1, 2), (4, 1))], requires=[((0, 2), (3, 1))]),
        Instance([5, 5, 5], excludes=[], requires=[]),
    ],
    ids=["specified", "small", "square"],
)
def test_the_same_rows_are_chosen_as_ever(instance: Instance, words: SnapshotAssertion) -> None:
    """Other rows would be other cards: what nobody changed would be looked at again."""
    possible = graph(instance)
    rows = [choices_of(instance, row) for row in cover(possible, possible.partners())]
    assert "\n".join(" ".join(map(str, row)) for row in rows) + "\n" == words


@pytest.mark.parametrize("slot", range(8))
def test_an_edited_component_of_the_specified_instance_takes_at_most_8_rows(slot: int) -> None:
    possible = graph(SPECIFIED)
    partners = possible.partners()
    for component in range(6):
        edited = value(SPECIFIED, (slot, component))
        needed = {number: mask if number == edited else mask & 1 << edited for number, mask in partners.items()}
        rows = cover(possible, needed)
        assert len(rows) <= 8
        assert values_beside(rows)[edited] & partners[edited] == partners[edited]


def test_rows_are_the_same_in_any_process() -> None:
    script = (
        "from assembler.review.sampling.covering import cover;"
        "from tests.review.sampling.instance import SPECIFIED, graph;"
        "possible = graph(SPECIFIED); print(cover(possible, possible.partners()))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    slots = range(len(sizes))

    def constraints() -> list[tuple[Choice, Choice]]:
        pairs = []
        for _ in range(draw(st.integers(0, 4)) if len(sizes) > 1 else 0):
            first = draw(st.sampled_from(slots[:-1]))
            second = draw(st.integers(first + 1, len(sizes) - 1))
            pairs.append(
                ((first, draw(st.integers(0, sizes[first] - 1))), (second, draw(st.integers(0, sizes[second] - 1))))
            )
        return [pair for pair in pairs if pair[1][1] > 0]  # a slot's default stands beside everything

    return Instance(sizes, constraints(), constraints())


@given(instance=instances())
@settings(max_examples=examples(150), deadline=None)
def test_every_feasible_pair_is_shown_by_valid_rows(instance: Instance) -> None:
    possible = graph(instance)
    rows = [choices_of(instance, row) for row in cover(possible, possible.partners())]
    assert all(valid(instance, row) and len(row) == len(instance.sizes) for row in rows)
    assert pairs_of(rows) == feasible_pairs(instance)
    assert len(set(rows)) == len(rows)


@given(instance=instances(), data=st.data())
@settings(max_examples=examples(100), deadline=None)
def test_what_is_not_needed_takes_no_rows(instance: Instance, data: st.DataObject) -> None:
    possible = graph(instance)
    partners = possible.partners()
    pairs = [(one, two) for one, mask in partners.items() for two in bits(mask) if one <= two]
    wanted = data.draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True))
    needed: dict[int, int] = {}
    for one, two in wanted:
        needed[one] = needed.get(one, 0) | 1 << two
        needed[two] = needed.get(two, 0) | 1 << one
    rows = cover(possible, needed)
    assert len(rows) <= len(wanted)
    assert all(values_beside(rows)[one] >> two & 1 for one, two in wanted)
