"""People made up for the runtime answer as it is settled, or in every way that they can."""

from __future__ import annotations

from itertools import product

import pytest

from assembler.authoring.outcomes.people import HAS_ID, PossibleAnswers, Question, ScriptedPerson, bucket_in, ways

ANY = PossibleAnswers(knows=(True, False), ids=(True, False), buckets={"tone": (0, 5_000), "order": (0,)})


def person(possible: PossibleAnswers = ANY, settled: dict[Question, bool | int] | None = None) -> ScriptedPerson:
    return ScriptedPerson(("loyal", None), 7, possible, settled)


def test_of_a_person_all_is_known_but_the_id_where_nothing_else_is_said() -> None:
    known = ScriptedPerson(("loyal", "away"), 7)
    assert (known.segment, known.stage, known.moment) == ("loyal", "away", 7)
    assert known.knows("anything")
    assert known.bucket("tone") is None


def test_the_usual_answer_comes_first() -> None:
    somebody = person()
    assert (somebody.knows("city"), somebody.bucket("tone")) == (True, 0)
    assert somebody.answers == {"city": True, HAS_ID: True, bucket_in("tone"): 0}


def test_what_is_settled_is_answered_so() -> None:
    somebody = person(settled={"city": False, bucket_in("tone"): 9_999})
    assert (somebody.knows("city"), somebody.bucket("tone")) == (False, 9_999)
    assert [one.answers for one in somebody.others()] == [{"city": False, bucket_in("tone"): 9_999, HAS_ID: False}]


def test_without_an_id_there_is_no_bucket() -> None:
    somebody = person(settled={HAS_ID: False})
    assert somebody.bucket("tone") is None
    assert somebody.tests == ()
    assert not somebody.has_id


def test_in_a_test_that_has_no_buckets_is_nobody_and_no_id_is_asked_for() -> None:
    somebody = person(PossibleAnswers(ids=(True,), buckets={}))
    assert somebody.bucket("tone") is None
    assert somebody.answers == {}


def test_what_was_asked_is_told_by_name() -> None:
    somebody = person(settled={"b": False, "a": False, "c": True})
    assert [somebody.knows(name) for name in "bca"] == [False, True, False]
    assert [somebody.bucket(test) for test in ("tone", "order")] == [0, 0]
    assert somebody.unknown == ("a", "b")
    assert somebody.tests == ("order", "tone")
    assert somebody.has_id
    assert person().has_id


def test_a_person_can_be_asked_again_at_another_moment() -> None:
    somebody = person(settled={"city": False})
    assert somebody.bucket("tone") == 0
    again = somebody.again(8)
    assert (again.segment, again.stage, again.moment) == ("loyal", None, 8)
    assert again.answers == {"city": False}
    assert again.possible is somebody.possible
    assert list(again.others()) == []


def test_others_answer_one_question_otherwise_and_earlier_ones_alike() -> None:
    somebody = person()
    assert (somebody.knows("a"), somebody.bucket("tone")) == (True, 0)
    assert [one.answers for one in somebody.others()] == [
        {"a": False},
        {"a": True, HAS_ID: False},
        {"a": True, HAS_ID: True, bucket_in("tone"): 5_000},
    ]


@pytest.mark.parametrize("asked", [(), ("a",), ("a", "b"), ("a", "a", "b"), ("a", "b", "c")])
def test_each_way_to_answer_is_tried_once(asked: tuple[str, ...]) -> None:
    answers = [told for told, _ in ways(person(), lambda one: tuple(map(one.knows, asked)))]
    each_way = {
        tuple(dict(zip("abc", known, strict=True))[name] for name in asked)
        for known in product((True, False), repeat=3)
    }
    assert len(answers) == len(set(answers))
    assert set(answers) == each_way


def test_who_is_asked_has_the_answers_that_were_given() -> None:
    def ask(one: ScriptedPerson) -> int | None:
        return one.bucket("tone") if one.knows("a") else -1

    told = {(result, one.has_id, one.unknown) for result, one in ways(person(), ask)}
    assert told == {(0, True, ()), (5_000, True, ()), (None, False, ()), (-1, True, ("a",))}
