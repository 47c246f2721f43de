"""Libraries and lists of people, at random: of every kind of signal and column, with values on every edge."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Literal

import msgspec
import pyarrow as pa

from assembler import Library
from assembler.library import records
from assembler.library.records import (
    And,
    Audience,
    Compare,
    Component,
    Condition,
    Holdout,
    Known,
    Literals,
    Not,
    OneOf,
    Or,
    Signal,
    Window,
)
from tests.runtime.sample import AT, DAY, DEFAULTS, Tags, component, instant, library, with_control

Operator = Literal["==", "!=", "<", "<=", ">", ">="]
OPERATORS: tuple[Operator, ...] = ("==", "!=", "<", "<=", ">", ">=")
Kind = Literal["integer", "number", "boolean", "text", "choice", "date"]
NAMES: dict[str, Kind] = {
    "whole": "integer", "amount": "number", "flag": "boolean", "city": "text", "taste": "choice", "visit": "date",
}  # fmt: skip
FIELDS = ("first_name", "greeting", "account_url")
NUMBERS = (
    *(-1, 0, 1, 2, 7, 2**53 - 1, 2**53, 2**53 + 1, -(2**63), 2**63 - 1, 2**63, 2**64, 2**54 + 1, 10**16 + 1, 10**400),
    *(0.1, 0.5, 1.5, 2.0**53, 1e17, 1e300, -0.0, 0.30000000000000004, 5e-324),
)
DAYS = (-1, 0, 1, 1.5, 30, 20_000, 800_000, -3_000_000)
CITIES = ("Leeds", "Zoë", "Zoe\u0308", "leeds", "x" * 1_000)
CHOICES = ("boots", "Schuhe für", "é")
PURPOSES = ("marketing", "Werbu\u0308ng", "news")
AGES = (0, 1, 1_000_000, DAY)
WIDE = (pa.decimal128(20, 1), pa.decimal256(50, 1), pa.decimal128(18, 1), pa.decimal64(18, 1))
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class ListOfPeople:
    """A library, a moment and the people for whom it decides then."""

    library: Library
    at: datetime
    batches: list[pa.RecordBatch]


def list_of_people(seed: int) -> ListOfPeople:
    """A library and people for it, the same for the same seed."""
    random = Random(seed)
    signals = {name: _signal(random, kind) for name, kind in NAMES.items()}
    segments = _audiences(random, signals, "segment", 4)
    stages = _audiences(random, signals, "stage", 3)
    components = [*DEFAULTS, *(_component(random, number, segments, stages) for number in range(random.randrange(12)))]
    sample = library(
        sorted(components, key=lambda one: one.address),
        signals=signals,
        segments=segments,
        stages=stages,
        unassigned=random.choice(["treat", "default"]),
        holdout=_holdout(random),
    )
    own = _holdout(random)
    sample = sample if own is None else with_control(sample, own)
    content = msgspec.structs.replace(sample.content, spellings={"fr-ca": "fr", "gb": "en"})
    at = AT + random.choice([timedelta(), MICROSECOND, -MICROSECOND])
    names = [name for name in NAMES if random.random() < 0.8]
    batches = [_batch(random, signals, names, (segments, stages), at) for _ in range(random.choice([1, 1, 2]))]
    return ListOfPeople(Library(content, sample.texts), at, batches)


def _signal(random: Random, kind: Kind) -> Signal:
    low, high = None, None
    if kind in ("integer", "number") and random.random() < 0.5:
        low, high = sorted(random.sample([-1, 0, 1, 7, 2**53, 2**63, 0.5], 2))
        low, high = random.choice([(low, high), (low, None), (None, high)])
    return Signal(
        kind=kind,
        low=low,
        high=high,
        values=CHOICES if kind == "choice" else (),
        max_age=random.choice([None, None, *AGES]),
        consent=random.choice([None, None, *PURPOSES]),
    )


def _literals(kind: Kind) -> Sequence[Literals]:
    return {
        "integer": NUMBERS, "number": NUMBERS, "boolean": (True, False), "text": CITIES, "choice": CHOICES,
        "date": DAYS,
    }[kind]  # fmt: skip


def _condition(random: Random, names: Sequence[str], depth: int = 2) -> Condition:
    if depth and random.random() < 0.6:
        parts = tuple(_condition(random, names, depth - 1) for _ in range(random.randrange(1, 4)))
        combined: list[Condition] = [And(conditions=parts), Or(conditions=parts), Not(condition=parts[0])]
        return random.choice(combined)
    name = random.choice(names)
    kind = NAMES[name]
    literals = _literals(kind)
    if random.random() < 0.2:
        return Known(signal=name)
    if random.random() < 0.3:
        return OneOf(signal=name, values=tuple(random.sample(literals, 2)), days=kind == "date")
    ordered = kind in ("integer", "number", "date")
    operator = random.choice(OPERATORS if ordered else OPERATORS[:2])
    return Compare(signal=name, operator=operator, value=random.choice(literals), days=kind == "date")


def _audiences(random: Random, signals: dict[str, Signal], kind: str, most: int) -> tuple[Audience, ...]:
    names = random.sample([*signals], random.randrange(1, 4))
    return tuple(
        Audience(id=f"{kind}_{number}", condition=_condition(random, names)) for number in range(random.randrange(most))
    )


def _component(random: Random, number: int, segments: tuple[Audience, ...], stages: tuple[Audience, ...]) -> Component:
    tags: Tags = {}
    if segments and random.random() < 0.6:
        tags["segments"] = (random.choice(segments).id,)
    if stages and random.random() < 0.4:
        tags["stages"] = (random.choice(stages).id,)
    if random.random() < 0.5:
        tags["needs"] = tuple(random.sample([*NAMES, *FIELDS], random.randrange(1, 3)))
    if random.random() < 0.5:
        low, high = sorted(random.sample([0, 1, 2_500, 5_000, 7_500, 9_999, 10_000], 2))
        tags["test"] = records.Test(id=random.choice(["tone", "hue"]), ranges={"come_back": (low, high)})
    if random.random() < 0.2:
        tags["locales"] = (random.choice(["en", "fr"]),)
    if random.random() < 0.2:
        start = instant(AT) + random.choice([-1, 0, 1])
        tags["window"] = random.choice([Window(start=start, first="x"), Window(end=start, last="x")])
    if random.random() < 0.1:
        tags["requires"] = ("headline/come_back",)
    return component(f"{random.choice(['offer', 'headline', 'body'])}/random_{number}", **tags)


def _holdout(random: Random) -> Holdout | None:
    until = random.choice([None, None, instant(AT) - 1, instant(AT), instant(AT) + 1])
    share = random.choice([0, 1, 2_500, 5_000, 10_000])
    return None if random.random() < 0.4 else Holdout(share=share, salt=random.choice(["q4", "s|é"]), until=until)


def _batch(
    random: Random,
    signals: dict[str, Signal],
    names: Sequence[str],
    audiences: tuple[tuple[Audience, ...], tuple[Audience, ...]],
    at: datetime,
) -> pa.RecordBatch:
    rows = random.choice([1, 40, 120])
    columns: dict[str, pa.Array] = {"id": _ids(random, rows)}
    if random.random() < 0.7:
        columns["locale"] = _texts(random, rows, ["en", "fr", "fr-CA", "fr_CA", "EN-gb", "de", "", "fr-CA-x-y-z", "gb"])
    if random.random() < 0.8:
        columns["consent"] = _consent(random, rows)
    for key, told in zip(("segment", "stage"), audiences, strict=True):
        if random.random() < 0.3:
            columns[key] = _texts(random, rows, [*(audience.id for audience in told), "nobody", ""])
    for name in names:
        columns[name] = _values(random, rows, signals[name], at)
        if random.random() < 0.6:
            columns[f"{name}__observed_at"] = _times(random, rows, signals[name], at)
    for name in FIELDS:
        if random.random() < 0.7:
            columns[name] = _field(random, rows)
    batch = pa.RecordBatch.from_pydict(columns)
    return batch.slice(random.randrange(2)) if rows > 1 else batch


def _of(random: Random, rows: int, values: Sequence[Any], missing: float = 0.15) -> list[Any]:
    return [None if random.random() < missing else random.choice(values) for _ in range(rows)]


def _texts(random: Random, rows: int, values: Sequence[str]) -> pa.Array:
    array = pa.array(_of(random, rows, values), random.choice([pa.string(), pa.large_string(), pa.string_view()]))
    return array.cast(pa.string()).dictionary_encode() if random.random() < 0.3 else array


def _ids(random: Random, rows: int) -> pa.Array:
    usual = [f"c-{random.randrange(10**6)}" for _ in range(rows)]
    match random.randrange(5):
        case 0:
            return pa.array([random.randrange(-5, 10**6) for _ in range(rows)], pa.int64())
        case 1:
            return pa.array(_of(random, rows, [1.0, 2.5, 7.0, math.nan, math.inf, 2.0**53, 2.0**60, -0.0]))
        case 2:
            return pa.array(_of(random, rows, [Decimal(7), Decimal(10**20), Decimal("1.50")]), pa.decimal128(24, 2))
        case 3:
            odd = ["", " ", "\u200b", "é", "a b", "x" * 512, "x" * 513, "a\0b", "Дмитрий", "\u0301", "x" * 511 + "é"]
            return pa.array(_of(random, rows, [*usual, *odd, *odd]))
        case _:
            return pa.array(usual)


def _consent(random: Random, rows: int) -> pa.Array:
    if random.random() < 0.3:
        return _texts(random, rows, ["marketing", "news, marketing", "Werb\u00fcng", "", "marketings", "x" * 70])
    if random.random() < 0.2:
        given = pa.array([random.choice(PURPOSES) for _ in range(rows)])
        absent = pa.array([random.random() < 0.3 for _ in range(rows)])
        offsets = pa.array(range(rows + 1), pa.int32())
        masked = pa.ListArray.from_arrays(offsets, given, mask=absent)
        return random.choice([masked, pa.FixedSizeListArray.from_arrays(given, 1, mask=absent)])
    lists = [["marketing"], ["Werb\u00fcng", "news"], [], [None], [*PURPOSES], ["no"] * 256 + ["marketing"]]
    return pa.array(_of(random, rows, lists), random.choice([pa.list_(pa.string()), pa.large_list(pa.string_view())]))


def _field(random: Random, rows: int) -> pa.Array:
    if random.random() < 0.1:
        return pa.nulls(rows)
    return _texts(
        random,
        rows,
        [
            "Maya",
            "",
            " ",
            "{name}",
            "null",
            "x" * 300,
            "https://www.harbourandpine.example/1",
            "Ma  ya",
            "<b>",
            "\u200b",
        ],
    )


def _values(random: Random, rows: int, signal: Signal, at: datetime) -> pa.Array:
    match signal.kind:
        case "integer" | "number":
            return _numbers(random, rows)
        case "boolean":
            return pa.array(_of(random, rows, [True, False]))
        case "date":
            return _dates(random, rows, at)
        case _:
            odd = ["", "\u200b", "x" * 1_001, "x" * 10_001, "hats"]
            return _texts(random, rows, [*CITIES, *CHOICES, *odd])


def _numbers(random: Random, rows: int) -> pa.Array:
    match random.randrange(8):
        case 0:
            near = [number for literal in NUMBERS for number in _near(literal)]
            return pa.array(_of(random, rows, [n for n in near if -(2**63) <= n < 2**63]), pa.int64())
        case 1:
            return pa.array(_of(random, rows, [0, 1, 7, 2**53 + 1, 2**63, 2**64 - 1]), pa.uint64())
        case 2:
            return pa.array(_of(random, rows, [0, 1, 2, 7, -128, 127]), random.choice([pa.int8(), pa.int16()]))
        case 3:
            return pa.array(_of(random, rows, [0.1, 0.5, 1.5, 7.0]), random.choice([pa.float32(), pa.float16()]))
        case 4:
            decimals = ["0.1", "0.10", "0.3", "0.30", "1.5", "1.00", "7", "-0.5", "999999999.99", "0.51"]
            return pa.array(_of(random, rows, [*map(Decimal, decimals)]), pa.decimal128(11, 2))
        case 5:
            numbers = [2**53, 2**53 + 1, 2**54 + 1, 10**16, 10**16 + 1, 0, 1, 7]
            decimals = [*(f"{number}.5" for number in numbers), *map(str, numbers)]
            return pa.array(
                _of(random, rows, [*map(Decimal, decimals)]),
                random.choice(WIDE),
            )
        case 6:
            return pa.array(
                _of(random, rows, [Decimal(2**53 + 1), Decimal(7), Decimal(0), Decimal(1)]), pa.decimal128(18, 0)
            )
        case _:
            floats = [f for literal in NUMBERS if abs(literal) < 1e308 for f in _near(float(literal))]
            return pa.array(_of(random, rows, [*floats, math.nan, math.inf, -math.inf]))


def _near(literal: float) -> list[Any]:
    if isinstance(literal, float):
        return [math.nextafter(literal, -math.inf), literal, math.nextafter(literal, math.inf), literal // 1]
    return [literal - 1, literal, literal + 1]


def _dates(random: Random, rows: int, at: datetime) -> pa.Array:
    today = at.date()
    near = [today - timedelta(days=number) for number in (-1, 0, 1, 2, 29, 30, 31, 20_000)]
    days = [*near, date.min, date.max]
    match random.randrange(5):
        case 0:
            return pa.array(_of(random, rows, days), pa.date32())
        case 1:
            return pa.array(_of(random, rows, [20_000, 2**30, -(2**30)]), pa.int32()).view(pa.date32())
        case 2:
            texts = [*(day.isoformat() for day in days), "2026-02-30", "20261101", "2026-11-20T23:30:00-05:00", "soon"]
            return _texts(random, rows, texts)
        case 3:
            unit = random.choice(["s", "ms", "us", "ns"])
            midnights = [datetime(day.year, day.month, day.day, tzinfo=UTC) for day in near]
            times = [moment + step for moment in midnights for step in (timedelta(), timedelta(seconds=-1))]
            return pa.array(_of(random, rows, times), pa.timestamp(unit, "America/New_York"))
        case _:
            return pa.array(_of(random, rows, [2**62, -(2**62), 0]), pa.int64()).view(pa.timestamp("s", "UTC"))


def _times(random: Random, rows: int, signal: Signal, at: datetime) -> pa.Array:
    oldest = at - timedelta(microseconds=signal.max_age or 0)
    latest = at + timedelta(minutes=5)
    near = [edge + step * MICROSECOND for edge in (oldest, latest, at) for step in (-1, 0, 1)]
    if random.random() < 0.3:
        texts = [moment.isoformat() for moment in near]
        return _texts(random, rows, [*texts, "2026-11-20", "2026-11-20T08:00:00", "2026-11-20T08:00:00z", "x"])
    if random.random() < 0.2:
        return pa.array(_of(random, rows, [2**62, -(2**62)]), pa.int64()).view(pa.timestamp("us", "UTC"))
    return pa.array(
        _of(random, rows, near, 0.1), random.choice([pa.timestamp("us", "+05:00"), pa.timestamp("ns", "UTC")])
    )
