"""Decisions -> rows of the table that comes out."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from assembler.delivery.audience.distinct import Numbers
from assembler.delivery.audience.values import values
from assembler.runtime.decision import Decision, Treatment
from assembler.runtime.library import Library

_WORD = pa.dictionary(pa.int32(), pa.string())
_TESTS = pa.list_(pa.struct([("id", pa.string()), ("component", pa.string())]))
_WORDS = ("arm", "segment", "stage", "locale", "key", "withheld", "reason")


def schema(*, library: Library, campaign: str, channel: str, dictionaries: bool = True) -> pa.Schema:
    """Return the columns that decisions for a channel of a campaign have.

    `id` is text; `arm`, `segment`, `stage`, `locale`, `key`, `withheld` and `reason` are text with a dictionary, or,
    for engines that read none, such as Spark, without `dictionaries`; `slots` has the component of each slot, null for
    an empty one; `tests` are those that were asked, with their component, null outside its ranges. Where a channel has
    no slots, there is no column of them.

    Raises `UnknownCampaign` and `UnknownChannel`.
    """
    plan = library.plan(campaign, channel=channel, locale=library.locales[0])
    slots = pa.struct([(slot.name, pa.string()) for slot in plan.slots])
    return pa.schema(
        [
            ("id", pa.string()),
            *((name, _WORD if dictionaries else pa.string()) for name in _WORDS),
            *((("slots", slots),) if plan.slots else ()),
            ("tests", _TESTS),
        ]
    )


class DecisionRows:
    """Different decisions by number, as rows of a table, from which those of people are taken. `variants` are the
    components of every variant that these name, by its key: of what is withheld, too."""

    def __init__(self, columns: pa.Schema) -> None:
        self._columns = columns
        self._count = 0
        self.variants: dict[str, dict[str, str | None]] = {}
        self._words: dict[str, dict[str, int]] = {name: {} for name in _WORDS}
        self._arrays = {
            field.name: pa.array([], pa.int32() if field.name in _WORDS else field.type) for field in columns
        }

    def __len__(self) -> int:
        return self._count

    def append(self, decisions: Sequence[Decision]) -> None:
        """Add decisions."""
        self._count += len(decisions)
        for decision in decisions:
            self.variants[decision.key] = _slots(decision)
            self.variants[decision.treatment.key] = _slots(decision.treatment)
        for name, words in self._words.items():
            said = (getattr(decision, name) for decision in decisions)
            self._add(name, [None if word is None else words.setdefault(str(word), len(words)) for word in said])
        if "slots" in self._arrays:
            self._add("slots", [_slots(decision) for decision in decisions])
        self._add("tests", [_tests(decision) for decision in decisions])

    def rows(self, ids: pa.Array, numbers: Numbers) -> pa.RecordBatch:
        """Return the rows of people: their ids, as text, and the decisions of the numbers."""
        places = pa.array(numbers)
        taken = {name: array.take(places) for name, array in self._arrays.items() if name != "id"}
        for name, words in self._words.items():
            column = pa.DictionaryArray.from_arrays(taken[name], pa.array([*words], pa.string()))
            taken[name] = column if self._columns.field(name).type == _WORD else column.dictionary_decode()
        return pa.RecordBatch.from_arrays([ids, *taken.values()], schema=self._columns)

    def _add(self, name: str, cells: Sequence[object]) -> None:
        array = self._arrays[name]
        self._arrays[name] = pa.concat_arrays([array, pa.array(cells, array.type)])


def id_texts(array: pa.Array) -> pa.Array:
    """Return a plain column of ids as text: text as it is, a whole number in decimal, nothing for any other."""
    if pa.types.is_large_string(array.type):
        return array.cast(pa.string())
    if pa.types.is_integer(array.type):
        return array.cast(pa.string())
    whole = (None if value is None or value != value // 1 else int(value) for value in values(array))
    return pa.array([None if value is None else str(value) for value in whole], pa.string())


def _slots(given: Decision | Treatment) -> dict[str, str | None]:
    return {choice.slot: choice.component for choice in given.choices}


def _tests(decision: Decision) -> list[dict[str, str | None]]:
    return [{"id": asked.test, "component": asked.component} for asked in decision.tests]
