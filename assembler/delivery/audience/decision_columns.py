"""Decisions -> rows of the table that comes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from assembler.delivery.audience.values import values
from assembler.runtime.decision import Decision
from assembler.runtime.library import Library

_WORD = pa.dictionary(pa.int32(), pa.string())
_TESTS = pa.list_(pa.struct([("id", pa.string()), ("component", pa.string())]))
_WORDS = ("arm", "segment", "stage", "locale", "key", "withheld", "reason")

Numbers = NDArray[np.integer[Any]]


def schema(*, library: Library, campaign: str, channel: str) -> pa.Schema:
    """Return the columns that decisions for a channel of a campaign have.

    `id` is text; `arm`, `segment`, `stage`, `locale`, `key`, `withheld` and `reason` are text with a dictionary;
    `slots` has the component of each slot, null for an empty one; `tests` are those that were asked, with their
    component, null outside its ranges. Where a channel has no slots, there is no column of them.

    Raises `UnknownCampaign` and `UnknownChannel`.
    """
    plan = library.plan(campaign, channel=channel, locale=library.locales[0])
    slots = pa.struct([(slot.name, pa.string()) for slot in plan.slots])
    return pa.schema(
        [
            ("id", pa.string()),
            *((name, _WORD) for name in _WORDS),
            *((("slots", slots),) if plan.slots else ()),
            ("tests", _TESTS),
        ]
    )


def rows_of(ids: pa.Array, decisions: Sequence[Decision], numbers: Numbers, columns: pa.Schema) -> pa.RecordBatch:
    """Return the rows of people: their ids, as text; the different decisions; of each person the number of theirs; and
    the columns that there are."""
    arrays = [ids]
    for field in columns:
        if field.name in _WORDS:
            arrays.append(_words([getattr(decision, field.name) for decision in decisions], numbers))
        elif field.name != "id":
            cells = _slots(decisions) if field.name == "slots" else _tests(decisions)
            arrays.append(pa.array(cells, field.type).take(pa.array(numbers)))
    return pa.RecordBatch.from_arrays(arrays, schema=columns)


def id_texts(array: pa.Array) -> pa.Array:
    """Return a plain column of ids as text: text as it is, a whole number in decimal, nothing for any other."""
    if pa.types.is_large_string(array.type):
        return array.cast(pa.string())
    if pa.types.is_integer(array.type):
        return array.cast(pa.string())
    whole = (None if value is None or value != value // 1 else int(value) for value in values(array))
    return pa.array([None if value is None else str(value) for value in whole], pa.string())


def _words(words: Sequence[str | None], numbers: Numbers) -> pa.Array:
    """A column of text, of which every word stands once in its dictionary."""
    different = [*dict.fromkeys(word for word in words if word is not None)]
    places = {word: place for place, word in enumerate(different)}
    indices = pa.array([None if word is None else places[word] for word in words], pa.int32())
    return pa.DictionaryArray.from_arrays(indices.take(pa.array(numbers)), pa.array(different, pa.string()))


def _slots(decisions: Iterable[Decision]) -> list[dict[str, str | None]]:
    return [{choice.slot: choice.component for choice in decision.choices} for decision in decisions]


def _tests(decisions: Iterable[Decision]) -> list[list[dict[str, str | None]]]:
    return [[{"id": asked.test, "component": asked.component} for asked in decision.tests] for decision in decisions]
