"""What is decided about rules is what trying every person would show."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings, strategies as st

from assembler.conditions.analysis import Analysis
from assembler.conditions.boxes import TooLarge, boxes, uncovered
from assembler.conditions.domains import Space
from assembler.conditions.evaluation import Value, atoms, truth
from assembler.conditions.parsing import parse_condition
from assembler.library.records import And, Audience, Compare, Condition, Known, Not, OneOf, Or, Signal
from assembler.runtime.moment import EPOCH
from assembler.runtime.signals import SignalReader
from tests.examples import examples

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = AT.toordinal()
SIGNALS = {
    "months": Signal(kind="integer", low=0, high=4, consent="marketing"),
    "spend": Signal(kind="number", low=0.5),
    "new": Signal(kind="boolean", consent="service"),
    "taste": Signal(kind="choice", values=("sweet", "salty", "sour"), consent="marketing"),
    "city": Signal(kind="text"),
    "bought": Signal(kind="date"),
}
# Every value that the rules below could tell from another, and more.
GRID: Mapping[str, tuple[Value | None, ...]] = {
    "months": (None, 0, 1, 2, 3, 4),
    "spend": (None, 0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 900),
    "new": (None, True, False),
    "taste": (None, "sweet", "salty", "sour"),
    "city": (None, "York", "Whitby", "Leeds"),
    "bought": (None, *(date.fromordinal(TODAY - days) for days in (-4, -1, 0, 1, 2, 3, 4, 400))),
}


def _comparisons() -> st.SearchStrategy[Condition]:
    equal, order = st.sampled_from(["==", "!="]), st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    whole, fraction = st.integers(-1, 5), st.sampled_from([0.5, 1, 1.5, 2.5])
    days = st.sampled_from([-1, 0, 2, 2.5, 4])
    return st.one_of(
        st.builds(Compare, signal=st.just("months"), operator=order, value=st.one_of(whole, fraction)),
        st.builds(OneOf, signal=st.just("months"), values=st.lists(whole, min_size=1, max_size=3).map(tuple)),
        st.builds(Compare, signal=st.just("spend"), operator=order, value=fraction),
        st.builds(Compare, signal=st.just("new"), operator=equal, value=st.booleans()),
        st.builds(Compare, signal=st.just("taste"), operator=equal, value=st.sampled_from(["sweet", "salty"])),
        st.builds(Compare, signal=st.just("city"), operator=equal, value=st.sampled_from(["York", "Whitby", " "])),
        st.builds(Compare, signal=st.just("bought"), operator=order, value=days, days=st.just(True)),
        st.builds(Known, signal=st.sampled_from(sorted(SIGNALS))),
    )


def _combined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Not, condition=parts), st.builds(And, conditions=several), st.builds(Or, conditions=several)
    )


conditions = st.recursive(_comparisons(), _combined, max_leaves=5)
condition_sets = st.lists(conditions, min_size=1, max_size=3)


def people(conditions: list[Condition]) -> Iterator[dict[str, Value]]:
    """Everybody whom the grid holds, as far as the rules can tell them apart."""
    signals = sorted({atom.signal for condition in conditions for atom in atoms(condition)})
    for values in itertools.product(*(GRID[signal] for signal in signals)):
        yield {signal: value for signal, value in zip(signals, values, strict=True) if value is not None}


def facts(context: Mapping[str, object]) -> dict[str, Value]:
    """What the runtime reads in a context."""
    given_, consent = context["signals"], context.get("consent", [])
    assert isinstance(given_, dict)
    assert isinstance(consent, list)
    read = {name: SignalReader(name, SIGNALS[name]).read(raw, AT - EPOCH, consent) for name, raw in given_.items()}
    assert all(problem is None for _, problem, _ in read.values())
    return {name: value for name, (value, _, _) in read.items() if value is not None}


def analysed(conditions: list[Condition]) -> Analysis:
    return Analysis(
        SIGNALS, [Audience(id=f"a{number}", condition=condition) for number, condition in enumerate(conditions)], TODAY
    )


def is_true(condition: Condition, known: Mapping[str, Value]) -> bool:
    return truth(condition, known, TODAY) is True


@given(condition_sets)
@settings(max_examples=examples(60), deadline=None)
def test_never_and_always_are_what_trying_everybody_shows(conditions: list[Condition]) -> None:
    analysis = analysed(conditions)
    for position, condition in enumerate(conditions):
        everybody = list(people([condition]))
        never = analysis.never_true(position)
        assert (never is not None) == (not any(is_true(condition, known) for known in everybody))
        asked = {atom.signal for atom in atoms(condition)}
        free = {atom.signal for atom in atoms(condition) if isinstance(atom, Known)}
        informed = [known for known in everybody if asked - free <= known.keys()]
        always = analysis.always_true(position)
        assert (always is not None) == all(is_true(condition, known) for known in informed)
        for witness, expected in ((never, False), (always, True)):
            if witness is not None:
                assert is_true(condition, facts(witness)) is expected


@given(condition_sets)
@settings(max_examples=examples(60), deadline=None)
def test_who_is_taken_by_earlier_ones_is_what_trying_everybody_shows(conditions: list[Condition]) -> None:
    analysis = analysed(conditions)
    everybody = list(people(conditions))
    first = [
        next((n for n, condition in enumerate(conditions) if is_true(condition, known)), None) for known in everybody
    ]
    for position, condition in enumerate(conditions):
        taken = analysis.unreachable(position)
        matching = [known for known in everybody if is_true(condition, known)]
        assert (taken is not None) == (bool(matching) and position not in first)
        if taken is not None:
            assert all(any(is_true(conditions[earlier], known) for earlier in taken.by) for known in matching)
            for earlier in taken.by:  # none of them could be spared
                others = [conditions[other] for other in taken.by if other != earlier]
                assert any(not any(is_true(other, known) for other in others) for known in matching)
            assert is_true(condition, facts(taken.witness))
            assert any(is_true(conditions[earlier], facts(taken.witness)) for earlier in taken.by)


@given(condition_sets)
@settings(max_examples=examples(60), deadline=None)
def test_overlaps_are_what_trying_everybody_shows(conditions: list[Condition]) -> None:
    analysis = analysed(conditions)
    everybody = list(people(conditions))
    for first, second in itertools.combinations(range(len(conditions)), 2):
        both = [
            known for known in everybody if is_true(conditions[first], known) and is_true(conditions[second], known)
        ]
        witness = analysis.overlap(first, second)
        assert (witness is not None) == bool(both)
        if witness is not None:
            known = facts(witness)
            assert is_true(conditions[first], known)
            assert is_true(conditions[second], known)
            free = [known for known in both if not any(is_true(condition, known) for condition in conditions[:first])]
            assert not free or not any(is_true(condition, known) for condition in conditions[:first])


@given(
    st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False)), st.lists(st.floats(-9, 9), max_size=4)
)
def test_every_number_lies_in_a_cell(number: float, literals: list[float]) -> None:
    signals = {"x": Signal(kind="number")}
    conditions: list[Condition] = [Compare(signal="x", operator="<", value=literal) for literal in literals] or [
        Known(signal="x")
    ]
    space = Space(signals, conditions, TODAY)
    kinds = {
        tuple(truth(condition, {"x": value}, TODAY) for condition in conditions)
        for value in space.domains[0].values.values()
    }
    assert tuple(truth(condition, {"x": number}, TODAY) for condition in conditions) in kinds


@pytest.mark.parametrize(
    ("signal", "literals", "values"),
    [
        (Signal(kind="integer", low=0, high=3), [2], (0, 1, 2, 3)),
        (Signal(kind="integer"), [2, 2.5], (1, 2, 3)),
        (Signal(kind="integer", low=5, high=4), [2], ()),
        (Signal(kind="integer", low=0.2, high=0.8), [], ()),
        (Signal(kind="number", low=0, high=1), [0.5], (0, 0.2, 0.5, 0.8, 1)),
        (Signal(kind="number"), [], (0,)),
        (Signal(kind="number"), [2**53, 2**53 + 2], (2**53 - 1, 2**53, 2**53 + 1, 2**53 + 2, 2**53 + 3)),
        (Signal(kind="number"), [2**53, 2**53 + 1], (2**53 - 1, 2**53, 2**53 + 1, 2**53 + 2)),
        (Signal(kind="boolean"), [], (True, False)),
        (Signal(kind="choice", values=("b", "a", "b")), ["a"], ("b", "a")),
        (Signal(kind="choice"), [], ()),
        (Signal(kind="text"), ["b", " ", "something else", "y" * 10_001], ("b", "something else", "something else!")),
        (Signal(kind="date"), [0], (date(2026, 11, 22), date(2026, 11, 21), date(2026, 11, 23))),
        (Signal(kind="date"), [-4_000_000, TODAY - 1, 4_000_000], (date(1, 1, 2), date(1, 1, 1))),
    ],
)
def test_cells_stand_for_what_can_be_known(signal: Signal, literals: list[object], values: tuple[object, ...]) -> None:
    condition = OneOf(signal="x", values=tuple(literals)) if literals else Known(signal="x")  # type: ignore[arg-type]
    domain = Space({"x": signal}, [condition], TODAY).domains[0]
    assert tuple(domain.values.values()) == values
    assert domain.known == sum(1 << cell for cell in domain.values)


@pytest.mark.slow
def test_eight_signals_and_thirty_segments() -> None:
    signals = {f"s{number}": Signal(kind="integer", low=0, high=100) for number in range(8)}
    texts = [
        f"(s{n % 8} >= {n} or s{(n + 3) % 8} < {90 - n})"
        f" and (s{(n + 1) % 8} in [{n}, {n + 1}] or not s{(n + 5) % 8} == {n})"
        f" and (s{(n + 2) % 8} > {n + 5} or known(s{(n + 6) % 8}) or s{(n + 7) % 8} != {n})"
        for n in range(30)
    ]
    audiences = [Audience(id=f"a{n}", condition=parse_condition(text, signals)) for n, text in enumerate(texts)]
    analysis = Analysis(signals, audiences, TODAY)
    assert list(analysis.within_limits()) == list(range(30))
    for position in range(30):
        assert analysis.never_true(position) is None
        assert analysis.always_true(position) is None
        analysis.unreachable(position)
    assert all(analysis.overlap(*pair) for pair in itertools.combinations(range(30), 2))


def test_a_formula_beyond_the_exact_method_says_so() -> None:
    signals = {f"s{number}": Signal(kind="boolean") for number in range(24)}
    pairs = [
        Or(
            conditions=(
                Compare(signal=f"s{n}", operator="==", value=True),
                Compare(signal=f"s{n + 1}", operator="==", value=True),
            )
        )
        for n in range(0, 24, 2)
    ]
    analysis = Analysis(signals, [Audience(id="a", condition=And(conditions=tuple(pairs)))], TODAY)
    assert analysis.too_large == {0: "it falls into more than 1,000 boxes"}
    assert not list(analysis.within_limits())


@pytest.mark.parametrize(("count", "too_large"), [(1_000, {}), (1_001, {0: "it falls into more than 1,000 boxes"})])
def test_a_condition_falls_into_a_thousand_boxes(count: int, too_large: dict[int, str]) -> None:
    signals = {"x": Signal(kind="integer"), "y": Signal(kind="integer")}
    pairs = tuple(
        And(
            conditions=(
                Compare(signal="x", operator="==", value=number),
                Compare(signal="y", operator="==", value=number),
            )
        )
        for number in range(count)
    )
    assert Analysis(signals, [Audience(id="a", condition=Or(conditions=pairs))], TODAY).too_large == too_large


@pytest.mark.parametrize(
    ("count", "too_large"), [(1_999, {}), (2_000, {0: "the conditions of all divide city into more than 2,000 ranges"})]
)
def test_too_many_values_are_beyond_the_exact_method(count: int, too_large: dict[int, str]) -> None:
    """Every value has a cell, and all others have one."""
    condition = OneOf(signal="city", values=tuple(f"city {number}" for number in range(count)))
    assert Analysis(SIGNALS, [Audience(id="a", condition=condition)], TODAY).too_large == too_large


def test_a_subtraction_that_takes_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assembler.conditions.boxes.MOST_STEPS", 3)
    signals = {f"s{number}": Signal(kind="integer", low=0, high=9) for number in range(4)}
    conditions: list[Condition] = [Compare(signal=f"s{n}", operator="!=", value=5) for n in range(4)]
    rest = And(conditions=tuple(Compare(signal=f"s{n}", operator="==", value=5) for n in range(4)))
    space = Space(signals, [*conditions, rest], TODAY)
    covers = [box for condition in [*conditions, rest] for box in boxes(condition, space)]
    with pytest.raises(TooLarge, match="steps"):
        uncovered(space.knowing(signals), covers)


def test_a_range_that_no_float_holds_is_judged() -> None:
    signals = {"n": Signal(kind="integer", low=-(10**400), high=10**400)}
    audiences = [
        Audience(id=name, condition=parse_condition(rule, signals)) for name, rule in (("a", "n > 3"), ("b", "n == 5"))
    ]
    analysis = Analysis(signals, audiences, TODAY)
    assert analysis.never_true(0) is None
    taken = analysis.unreachable(1)
    assert taken is not None
    assert (taken.by, taken.witness) == ((0,), {"signals": {"n": 5}})
