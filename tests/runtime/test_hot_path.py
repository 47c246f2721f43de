"""What a call does not do: no files or sockets, nothing parsed or compiled, and no more work where there is more to
choose from. Counted, not timed."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from assembler import Library
from assembler.library.records import Audience, Compare, Component
from tests.runtime.sample import AT, COMPONENTS, SEGMENTS, component, library

CONTEXT: dict[str, Any] = {
    "id": "c-42",
    "locale": "fr-CA",
    "consent": ["marketing"],
    "signals": {"months": {"value": 9, "observed_at": "2026-11-20T08:00:00Z"}, "spend": 640.5, "newcomer": False},
    "fields": {
        "first_name": "O'Neil", "greeting": "Hi & <you>", "account_url": "https://www.harbourandpine.example/1",
    },
}  # fmt: skip
CALLS = 50
WATCHED = """
import re, sys
from tests.runtime.sample import library
from tests.runtime.test_hot_path import CALLS, CONTEXT, people

library = library()
contexts = people(CALLS)
ask = {"assemble": library.assemble, "decide": library.decide}[sys.argv[1]]
for _ in range(2):
    for context in contexts:
        ask("come_back", channel="email", context=context)
seen = []
re.purge()
sys.addaudithook(lambda event, arguments: seen.append(event))
sys.setprofile(lambda frame, kind, what: seen.append(frame.f_code.co_filename) if kind == "call" else None)
for context in contexts:
    ask("come_back", channel="email", context=context)
sys.setprofile(None)
files = {each for each in seen if each.endswith(".py")}
events = {each for each in seen if not each.endswith(".py")}
events -= {"sys.setprofile", "object.__getattr__"}  # the watching itself
print(sorted(events))
own = ("assembler/runtime/", "assembler/conditions/", "assembler/library/values.py", "tests/runtime/")
print(sorted(path for path in files if not any(room in path for room in own)))
"""


def people(count: int) -> list[dict[str, Any]]:
    """People of many ids and values, some of them unusual."""
    names = ("O'Neil", "Ma\0ya", "名前", "x" * 80, "=?utf-8?q?x?=")
    return [
        {**CONTEXT, "id": f"c-{number}", "fields": {**CONTEXT["fields"], "first_name": names[number % len(names)]}}
        for number in range(count)
    ]


@pytest.mark.parametrize("ask", ["assemble", "decide"])
def test_a_call_touches_no_file_parses_nothing_and_compiles_nothing(ask: str) -> None:
    """No audit event at all (open, socket, compile, exec, import), and no Python but that of deciding."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, ask],
        cwd=root,
        env={**os.environ},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.splitlines() == ["[]", "[]"]


def work(sample: Library, contexts: Sequence[object]) -> Counter[str]:
    """How many calls of each kind the calls make once they are warm: of Python's functions, and of C's."""
    for context in contexts:
        sample.assemble("come_back", channel="email", context=context, at=AT)
    counted: Counter[str] = Counter()

    def count(frame: Any, kind: str, function: Any) -> None:
        counted[kind] += 1

    gc.disable()  # others have callbacks on it
    sys.setprofile(count)
    try:
        for context in contexts:
            sample.assemble("come_back", channel="email", context=context, at=AT)
    finally:
        sys.setprofile(None)
        gc.enable()
    return counted


def with_segments(count: int) -> Library:
    """The sample, and so many segments that come after its own."""
    more = tuple(
        Audience(id=f"band_{number}", condition=Compare(signal="spend", operator=">=", value=number))
        for number in range(count)
    )
    return library(segments=(*SEGMENTS, *more))


def with_components(count: int) -> Library:
    """The sample, and so many components of each type for a segment that does not occur."""
    more: list[Component] = [
        component(f"{type_}/more_{number}", segments=("visitor",))
        for type_ in ("offer", "headline", "body")
        for number in range(count)
    ]
    return library((*COMPONENTS, *more))


@pytest.mark.parametrize("make", [with_segments, with_components], ids=["segments", "components"])
def test_the_work_of_a_call_does_not_grow_with_what_there_is_to_choose_from(make: Callable[[int], Library]) -> None:
    few, many = (work(make(count), people(CALLS)) for count in (2, 200))
    assert few == many


def test_the_work_of_a_call_is_small() -> None:
    """Not three dozen calls of functions, and of C's a few for each signal and part."""
    counted = work(library(), [{**CONTEXT, "id": f"c-{number}"} for number in range(CALLS)])
    assert counted["call"] / CALLS <= 32
    assert counted["c_call"] / CALLS <= 80
