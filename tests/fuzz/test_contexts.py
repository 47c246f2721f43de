"""What fuzzing contexts once found stays mended; a short run finds nothing; and a fault would be found."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest

from assembler import Library
from tests.fuzz.contexts import CORPUS, Attack, Case, attack, finding, starter
from tests.fuzz.recipes import Recipe, build, kinds

CASES = sorted(CORPUS.glob("*.json"))


def so_often(times: int) -> Callable[[], bool]:
    """Goes on for so many times."""
    counted = count(1)
    return lambda: next(counted) <= times


@pytest.fixture(scope="module")
def library() -> Library:
    return starter()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_was_found_stays_mended(library: Library, path: Path) -> None:
    assert finding(library, Case.of(path)) is None


def test_a_short_run_finds_nothing(library: Library) -> None:
    seed = 0 if os.environ.get("CI") else random.SystemRandom().randrange(1 << 32)
    faults = attack(library, random.Random(seed), so_often(200))
    assert [(fault, case.to_json(), seed) for fault, case in faults] == []


def _refuse(*_: object) -> Any:
    raise RuntimeError("refused")


FAULTS: dict[str, tuple[str, Any, str]] = {
    "braces pass": ("fields._unsafe_in_text", lambda text: None, "a leftover"),
    "mark-up passes": ("encode_values.escaped", lambda text: text, "another structure"),
    "any link passes": ("fields.is_safe_url", lambda text, hosts: True, "a link to elsewhere"),
    "values raise": ("signals.number_of", _refuse, "error"),
    "notes repeat anything": ("context._harmless", lambda name: name, "a value in a note"),
    "a time zone raises": ("moment._offset", _refuse, "error"),
    "explanations differ": ("explain.Explainer._signals", _refuse, "three answers"),
    "order counts": ("context.ContextReader._undeclared", lambda self, kind, keys: [*map(str, keys)], "another answer"),
    "hashing raises": ("signals.members", lambda given, most: given, "error"),
    "anything is a mapping": ("library.getter", lambda value: {}.get, "no error"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_and_cut_down(library: Library, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    name, broken, wanted = FAULTS[fault]
    monkeypatch.setattr(f"assembler.runtime.{name}", broken)
    campaigns = {"come_back": library.content.campaigns["come_back"]}
    fewer = Library(msgspec.structs.replace(library.content, campaigns=campaigns), library.texts)
    faults = attack(fewer, random.Random(7), so_often(1_000))
    case = next(case for fault, case in faults if fault.startswith(wanted))
    assert len(case.to_json()) < 300


def test_the_same_chance_makes_the_same_cases(library: Library) -> None:
    first, second = (Attack(library, random.Random(3)) for _ in range(2))
    assert [first.case().to_json() for _ in range(50)] == [second.case().to_json() for _ in range(50)]


@pytest.mark.parametrize("of", ["object", "text", "mapping", "members"])
def test_every_kind_of_object_can_be_made_and_kept_as_json(of: str) -> None:
    for name in kinds(of):
        recipe: Recipe = {"!": of, "of": name, "is": "x", "items": [["x", 1]] if of == "mapping" else ["x"]}
        build(json.loads(json.dumps(recipe)))


def test_a_root_holds_itself() -> None:
    context = build({"signals": {"!": "root"}})
    assert context["signals"]["root"] is context
