"""Library files with a right digest and wrong content: they are refused, or every call gives a whole variant.

What fails is made smaller and kept in `corpus/libraries/`, one file each.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import cycle
from pathlib import Path

import msgspec

from assembler import Library, LibraryError, Variant
from assembler.library.records import Content, Signal
from tests.conftest import STARTER_MOMENT
from tests.fuzz.library_changes import Base, Case, Changer, Stale, written

CORPUS = Path(__file__).parent / "corpus" / "libraries"

MOMENTS = (STARTER_MOMENT, datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


class Failed(Exception):
    """A library that was opened gave something else than a whole variant."""


def replay(case: Case, folder: Path) -> str | None:
    """What opening the file of a case said, None where it was opened and every call gave a whole variant.

    Raises `Failed`, or whatever else went wrong.
    """
    path = folder / "changed.library"
    path.write_bytes(written(case))
    try:
        library = Library.open(path, clock=lambda: STARTER_MOMENT)
    except LibraryError as error:
        if "`assembler build`" not in error.problem:
            raise Failed(f"the error does not say what to do next: {error}") from None
        return error.problem
    for context, at in zip(contexts(library.content), cycle(MOMENTS)):
        for campaign in library.campaigns:
            for channel in library.channels(campaign):
                _require_whole(library, campaign, channel, context, at)
    for campaign in library.campaigns:
        for channel in library.channels(campaign):
            for locale in (*library.locales, None, "tlh"):
                _require_complete(library, library.default(campaign, channel=channel, locale=locale))
    return None


def _require_whole(library: Library, campaign: str, channel: str, context: object, at: datetime) -> None:
    variant = library.assemble(campaign, channel=channel, context=context, at=at)
    decision = library.decide(campaign, channel=channel, context=context, at=at)
    explained = library.explain(campaign, channel=channel, context=context, at=at)
    if decision.error_code is not None or explained.decision.error_code is not None:
        raise Failed(f"{decision.error_code} for {context}")
    if variant.decision != decision or explained.decision.to_dict() != decision.to_dict():
        raise Failed("three answers to one question")
    json.dumps(explained.to_dict()).encode()
    _require_complete(library, variant)


def _require_complete(library: Library, variant: Variant) -> None:
    decision = variant.decision
    campaign = library.content.campaigns[decision.campaign]
    placed = campaign.channels[decision.channel]
    required = {slot.name for slot in campaign.slots if slot.default is not None} & set(placed.slots)
    filled = {slot for slot, choice in decision.slots.items() if choice.component is not None}
    if not required <= filled or set(decision.slots) != set(placed.slots):
        raise Failed(f"slots are empty: {required - filled}")
    if variant.encoded.keys() != placed.documents[decision.locale].keys():
        raise Failed("parts are missing")
    for part, text in variant.parts.items():
        if not text.strip() and part != "preheader":
            raise Failed(f"{part} is blank")
        if "\ufffd" in text:
            raise Failed(f"{part} holds what cannot be read")


def contexts(content: Content) -> Iterator[object]:
    """Nobody, people of whom everything is known, and nonsense."""
    fields = {
        name: "https://www.harbourandpine.example/1" if field.kind == "url" else "Maya"
        for name, field in content.fields.items()
    }
    purposes = sorted({signal.consent for signal in content.signals.values() if signal.consent is not None})
    segments, stages = (
        [None, *(audience.id for audience in audiences)] for audiences in (content.segments, content.stages)
    )
    yield None
    yield {"id": "p", "signals": [], "fields": 7, "locale": 9, "consent": "x", "segment": "?", "stage": 4}
    for number in range(6):
        signals = {name: _value(signal, number) for name, signal in content.signals.items()}
        known: dict[str, object] = {
            "id": f"p{number}", "signals": signals, "fields": dict(list(fields.items())[number % 2 :]),
            "consent": purposes, "locale": content.locales[number % len(content.locales)],
        }  # fmt: skip
        yield known
        yield {**known, "segment": segments[number % len(segments)], "stage": stages[number % len(stages)]}


def _value(signal: Signal, number: int) -> object:
    match signal.kind:
        case "integer" | "number":
            low = signal.low if signal.low is not None else 0
            high = signal.high if signal.high is not None else low + 1000
            return (low, high, low + number, min(high, low + 7 * number), -1, None)[number]
        case "boolean":
            return (True, False, "yes", 1, None, True)[number]
        case "choice":
            return (*signal.values, "x", "")[number % (len(signal.values) + 2)]
        case "date":
            day = STARTER_MOMENT.date() - timedelta(days=30 * number)
            return (day.isoformat(), day, "0001-01-01", "9999-12-31", STARTER_MOMENT, "2026-13-01")[number]
        case _:
            return ("Leeds", "", "x" * 20_000, "\u200b", 7, "null")[number]


# --- the run ---------------------------------------------------------------------------------------------------------


def run(seconds: float, seed: int) -> int:
    """Try changed libraries for so long, keep what fails, and return how many kinds of failures there were."""
    failures: set[str] = set()
    tried = opened = 0
    until = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < until:
            case = case_of(seed, tried)
            tried += 1
            try:
                opened += replay(case, Path(folder)) is None
            except Stale:
                continue
            except Exception as error:  # noqa: BLE001  # a fuzzer reports whatever there is
                if _sort(error) not in failures:
                    failures.add(_sort(error))
                    _keep(_smaller(case, _sort(error), Path(folder)), error)
    print(f"{tried} libraries, of which {opened} could be opened")
    return len(failures)


def case_of(seed: int, number: int) -> Case:
    """The case of a number; the same seed has the same ones."""
    chance = random.Random(f"{seed} {number}")
    base: Base = chance.choice(("starter", "compiled", "handmade", "handmade"))
    changer = _changer(base)
    return Case(base=base, changes=tuple(changer.change(chance) for _ in range(chance.choice((1, 1, 1, 2, 3)))))


_changer = cache(Changer)


def _sort(error: Exception) -> str:
    """What a failure is told from others by: its class, and where it came from."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} {frame.name} {frame.line}"


def _smaller(case: Case, sort: str, folder: Path) -> Case:
    """The case without the changes that the failure does not need."""
    for change in case.changes:
        fewer = msgspec.structs.replace(case, changes=tuple(other for other in case.changes if other is not change))
        try:
            replay(fewer, folder)
        except Stale:
            continue
        except Exception as error:  # noqa: BLE001  # a fuzzer reports whatever there is
            if _sort(error) == sort:
                case = fewer
    return case


def _keep(case: Case, error: Exception) -> None:
    data = msgspec.json.format(msgspec.json.encode(case), indent=1) + b"\n"
    path = CORPUS / f"{sha256(data).hexdigest()[:12]}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    print(f"{path.name}: {type(error).__name__}: {str(error)[:300]}\n  at {_sort(error)}", flush=True)
