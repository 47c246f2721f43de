"""What a caller does wrong in a context: noted, and in a library that is strict, raised."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any

import pytest

from assembler import ContextError, Library
from tests.runtime.sample import AT, PERSON, archive, library

STRICT = Library(*archive(), clock=lambda: AT, strict=True)
MILD = library()
MISTAKES: list[tuple[object, str]] = [
    ({"singals": {}}, "no key 'singals'; did you mean signals?"),
    ({"signals": {"mnths": 9}}, "no signal 'mnths'; did you mean months?"),
    ({"fields": {"firstname": "Maya"}}, "no field 'firstname'; did you mean first_name?"),
    ({"segment": "lapsd"}, "no segment 'lapsd'; did you mean lapsed?"),
    ({"stage": "winback"}, "no stage 'winback'; did you mean win_back?"),
    ({"first_name": "Maya"}, "no key 'first_name'; it is a field: write it in fields"),
    ({"fields": {"months": 9}}, "no field 'months'; it is a signal: write it in signals"),
    ({"signals": {"qwxz": 9}}, "no signal 'qwxz'; there is months, spend, newcomer, city, looking_for, last_visit"),
    ({"locale": 7}, "key locale: its value is of another type"),
    ({"signals": {"months": "nine"}}, "signal months: its value is of another type"),
    ({"signals": {"months": {"value": 9, "observed_at": "yesterday"}}}, "signal months: its value is of another type"),
    ({"maya@person.example": 1}, "a key whose name is no identifier of up to 40 characters"),
    ({"a" * 41: 1}, "a key whose name is no identifier of up to 40 characters"),
    ({"a" * 40: 1, "signals": {"x": 1}}, f"no key '{'a' * 40}'; there is "),
    (7, "a context is a mapping, or None"),
]
RIGHT: list[Any] = [
    None,
    {},
    {"id": None, "locale": None, "signals": None, "fields": None, "segment": None, "stage": None},
    {**PERSON, "stage": "win_back"},
    {"signals": {"months": -1, "spend": {"value": 1, "observed_at": "2020-01-01T00:00:00Z"}, "city": ""}},
    {"signals": {"months": 9}, "consent": []},
    {"fields": {"first_name": "null", "greeting": "x" * 300, "account_url": "https://evil.example"}},
]


@pytest.mark.parametrize(("context", "words"), MISTAKES, ids=str)
def test_a_mistake_of_the_caller_is_raised_where_that_is_strict(context: object, words: str) -> None:
    asks = (STRICT.assemble, STRICT.decide, STRICT.explain)
    for ask in asks:
        with pytest.raises(ContextError) as caught:
            ask("come_back", channel="email", context=context)
        assert words in str(caught.value)
    for call in (
        lambda: STRICT.person(context),
        lambda: STRICT.decide_many([context], "come_back", channel="email"),
    ):
        with pytest.raises(ContextError):
            call()
    decision = MILD.decide("come_back", channel="email", context=context)
    notes = {(note.kind, note.name, note.problem.value) for note in decision.notes}
    assert set(caught.value.mistakes) <= notes
    assert bool(caught.value.mistakes) is (decision.error_code is None)


@pytest.mark.parametrize("context", RIGHT, ids=str)
def test_what_is_merely_not_known_of_a_person_is_no_mistake(context: object) -> None:
    decision = STRICT.decide("come_back", channel="email", context=context)
    assert decision == MILD.decide("come_back", channel="email", context=context)
    assert STRICT.default("come_back", channel="email").decision.error_code is None


def test_all_mistakes_are_told_at_once() -> None:
    context = {"singals": {}, "signals": {"mnths": 9, "months": []}, "locale": 7}
    with pytest.raises(ContextError) as caught:
        STRICT.decide("come_back", channel="email", context=context)
    assert caught.value.mistakes == (
        ("context", "locale", "type"),
        ("context", "singals", "unknown_name"),
        ("signal", "mnths", "unknown_name"),
        ("signal", "months", "type"),
    )
    for again in (pickle.loads(pickle.dumps(caught.value)), copy.copy(caught.value), copy.deepcopy(caught.value)):
        assert (str(again), vars(again)) == (str(caught.value), vars(caught.value))


class Raising(dict[str, object]):
    """A context that raises what a strict library does."""

    def get(self, *_: object) -> object:
        raise ContextError((), {})

    def __len__(self) -> int:
        raise ContextError((), {})


def test_only_a_strict_library_lets_it_through(tmp_path: Path) -> None:
    MILD.save(tmp_path / "x.library")
    opened = Library.open(tmp_path / "x.library", strict=True)
    with pytest.raises(ContextError, match="did you mean signals"):
        opened.decide("come_back", channel="email", context={"singals": {}})
    assert Library.open(tmp_path / "x.library").decide("come_back", channel="email", context=Raising()).key
    sample = Library(*archive(), clock=lambda: 1 // 0, strict=True)  # type: ignore[arg-type, return-value]
    assert sample.decide("come_back", channel="email").error_code == "GENERAL"
