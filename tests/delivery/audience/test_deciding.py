"""What is decided for the rows of a table is what is decided for the context of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pyarrow as pa
import pytest

from assembler import ContextError, Library, UnknownCampaign, UnknownChannel
from assembler.delivery.audience import AudienceDecider, PeopleTableError, decisions, schema
from assembler.library.records import Holdout
from assembler.runtime.context import ContextReader
from assembler.runtime.decide import Decider
from tests.delivery.audience.expected import expected
from tests.runtime.sample import AT, library, with_control


def test_rows_are_those_of_decide() -> None:
    sample = with_control(library(), Holdout(share=3_000, salt="x"))
    batch = pa.RecordBatch.from_pydict(
        {
            "id": [*map(str, range(40)), None],
            "locale": ["fr-CA", None, "en"] * 13 + ["xx", "en"],
            "consent": [["marketing"], ["marketing"], None] * 13 + [["marketing"], []],
            "months": [*range(41)],
            "spend": [640.5] * 41,
            "looking_for": ["boots", None, None, "hats"] * 10 + ["boots"],
            "first_name": ["Maya", "{name}", None, ""] * 10 + ["Maya"],
        }
    )
    arguments: dict[str, Any] = {"library": sample, "campaign": "come_back", "channel": "email"}
    (decided,) = decisions([batch], at=AT, **arguments)
    assert decided.schema == schema(**arguments)
    rows = decided.to_pylist()
    assert rows == [*expected(batch, sample)]
    assert len({row["arm"] for row in rows}) == 3
    assert len({row["key"] for row in rows}) > 4
    assert any(row["tests"] for row in rows)


def test_a_wrong_call_is_refused_before_anything_is_read() -> None:
    sample = library()

    def batches() -> Iterator[pa.RecordBatch]:
        raise AssertionError
        yield

    with pytest.raises(UnknownCampaign):
        decisions(batches(), library=sample, campaign="come_bak", channel="email", at=AT)
    with pytest.raises(UnknownChannel):
        decisions(batches(), library=sample, campaign="come_back", channel="emial", at=AT)
    with pytest.raises(TypeError):
        decisions(batches(), library=sample, campaign="come_back", channel="email", at=AT.replace(tzinfo=None))


def test_a_table_that_cannot_be_read_is_refused_before_its_rows() -> None:
    batch = pa.RecordBatch.from_pydict({"months": [1]})
    with pytest.raises(PeopleTableError, match="no column id"):
        next(decisions([batch], library=library(), campaign="come_back", channel="email", at=AT))


def test_no_rows_are_no_rows() -> None:
    batch = pa.RecordBatch.from_pydict({"id": pa.array([], pa.string())})
    (decided,) = decisions([batch], library=library(), campaign="come_back", channel="email", at=AT)
    assert decided.num_rows == 0


def test_batches_of_different_columns_follow_each_other() -> None:
    sample = library()
    batches = [
        pa.RecordBatch.from_pydict({"id": ["c-1", "c-2"], "looking_for": ["boots", "x"]}),
        pa.RecordBatch.from_pydict({"looking_for": ["boots"], "id": [3]}),
        pa.RecordBatch.from_pydict({"id": ["c-1", "c-2"], "newcomer": [True, False]}),
        pa.RecordBatch.from_pydict({"id": ["c-1", "c-2"], "last_visit": [AT.date(), None]}),
        pa.RecordBatch.from_pydict({"id": ["c-1", "c-2"], "looking_for": ["jackets", None]}),
    ]
    decided = decisions(batches, library=sample, campaign="come_back", channel="email", at=AT)
    for batch, rows in zip(batches, decided, strict=True):
        assert rows.to_pylist() == [*expected(batch, sample)]


def test_what_is_remembered_has_a_bound_and_may_be_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    sample = with_control(library(), Holdout(share=3_000, salt="x"))
    batches = [
        pa.RecordBatch.from_pydict({"id": [f"{n}-{row}" for row in range(50)], "looking_for": ["boots", None] * 25})
        for n in range(3)
    ]
    for most in (0, 3, 1_000):
        monkeypatch.setattr("assembler.delivery.audience.deciding.MOST_REMEMBERED", most)
        decided = decisions(batches, library=sample, campaign="come_back", channel="email", at=AT)
        for batch, rows in zip(batches, decided, strict=True):
            assert rows.to_pylist() == [*expected(batch, sample)]


def test_a_strict_library_raises_for_whichever_row_is_its_callers_mistake() -> None:
    """Though people with the same code as another would not be looked at."""
    sample = library()
    strict = Library(sample.content, sample.texts, strict=True)
    fine = pa.RecordBatch.from_pydict({"id": ["c-1", "c-2"], "segment": ["lapsed", None]})
    wrong = pa.RecordBatch.from_pydict({"id": ["c-1", "c-2"], "segment": [None, "lapse"]})
    arguments: dict[str, Any] = {"campaign": "come_back", "channel": "email", "at": AT}
    (decided,) = decisions([fine], library=strict, **arguments)
    assert decided.to_pylist() == [*expected(fine, sample)]
    with pytest.raises(ContextError, match="lapse"):
        next(decisions([wrong], library=strict, **arguments))


def read_by_library(person: str) -> None:
    """Stands for what a fault may keep from being done for some people."""
    if person in ("c-1", "c-3"):
        raise ZeroDivisionError


def faulty_read(self: ContextReader, context: Any, *others: Any, read: Any = ContextReader.read) -> Any:
    read_by_library(context["id"])
    return read(self, context, *others)


def faulty_decide(self: Decider, plan: Any, person: Any, decide: Any = Decider.decide) -> Any:
    read_by_library(person.id)
    return decide(self, plan, person)


@pytest.mark.parametrize(
    ("of", "name", "fault"), [(ContextReader, "read", faulty_read), (Decider, "decide", faulty_decide)]
)
def test_a_fault_for_one_person_is_nobody_elses(
    monkeypatch: pytest.MonkeyPatch, of: type, name: str, fault: object
) -> None:
    """Where the stored default answers for one of those with the same code, each is decided by themselves."""
    sample = library()
    batch = pa.RecordBatch.from_pydict({"id": ["c-1", "c-2", "c-3"], "looking_for": ["boots"] * 3})
    later = batch.set_column(1, "looking_for", pa.array([None] * 3, pa.string()))
    later = later.set_column(0, "id", pa.array(["c-2", "c-4", "c-5"]))
    decider = AudienceDecider(library=sample, campaign="come_back", channel="email", at=AT)
    monkeypatch.setattr(of, name, fault)
    decided = decider.decide(batch)
    assert decided.column("reason").to_pylist() == ["ERROR", "TARGETING_MATCH", "ERROR"]
    assert decided.to_pylist() == [*expected(batch, sample)]
    assert decider.decide(later).to_pylist() == [*expected(later, sample)]
    monkeypatch.undo()
    assert decider.decide(batch).to_pylist() == [*expected(batch, sample)]
    assert "ERROR" not in decider.decide(batch).column("reason").to_pylist()


def test_a_channel_without_slots_has_no_column_of_them() -> None:
    sample = library()
    come_back = sample.content.campaigns["come_back"]
    channel = msgspec.structs.replace(come_back.channels["email"], slots=())
    campaign = msgspec.structs.replace(come_back, channels={"email": channel})
    content = msgspec.structs.replace(sample.content, campaigns={"come_back": campaign})
    bare = Library(content, sample.texts)
    arguments: dict[str, Any] = {"library": bare, "campaign": "come_back", "channel": "email"}
    assert "slots" not in schema(**arguments).names
    (decided,) = decisions([pa.RecordBatch.from_pydict({"id": ["c-1"]})], at=AT, **arguments)
    assert decided.schema == schema(**arguments)


def test_without_dictionaries_the_words_are_the_same() -> None:
    batch = pa.RecordBatch.from_pydict({"id": ["c-1", None], "looking_for": ["boots", None]})
    arguments: dict[str, Any] = {"library": library(), "campaign": "come_back", "channel": "email"}
    (decided,) = decisions([batch], at=AT, **arguments)
    (plain,) = decisions([batch], at=AT, dictionaries=False, **arguments)
    assert plain.schema == schema(**arguments, dictionaries=False)
    assert {plain.schema.field(name).type for name in ("id", "arm", "key", "withheld")} == {pa.string()}
    assert plain.to_pylist() == decided.to_pylist()
