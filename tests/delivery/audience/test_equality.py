"""However people and libraries are, each row is what the library decides for its context."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings, strategies as st

from assembler.delivery.audience import decisions
from tests.delivery.audience.expected import CAMPAIGN, CHANNEL, expected
from tests.delivery.audience.random_lists import list_of_people
from tests.examples import examples


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=examples(300))
def test_every_row_is_what_the_library_decides_for_its_context(seed: int) -> None:
    people = list_of_people(seed)
    arguments: dict[str, Any] = {"campaign": CAMPAIGN, "channel": CHANNEL, "at": people.at}
    decided = decisions(people.batches, library=people.library, **arguments)
    for batch, rows in zip(people.batches, decided, strict=True):
        assert rows.to_pylist() == [*expected(batch, people.library, people.at)]
        rows.validate(full=True)
