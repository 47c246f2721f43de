"""The decision cases of tests/cases: project, context, moment -> decision. Promises 4 and 7 are shown by them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import click.testing
import pytest
import yaml

from assembler import Library
from assembler.authoring import Project
from assembler.cli.commands import assembler
from tests.cli.conftest import write

FILES = sorted((Path(__file__).parent / "cases").glob("*.json"))
Expected = dict[str, Any]
NOTED = {"signal", "field", "segment", "stage", "context"}
EXPLAINED = {"losers", "segments", "stages", "signals"}


@dataclass(frozen=True, slots=True)
class Case:
    """One case, with what its file says for all of them. `number` counts from 0 within the file."""

    file: str
    number: int
    name: str
    campaign: str
    channel: str
    at: str
    context: Any
    expect: Expected
    buckets: Mapping[str, int] = field(default_factory=dict)

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True)
class CaseFile:
    """A file of cases: a project, and what is decided in it."""

    path: Path

    @cached_property
    def written(self) -> dict[str, Any]:
        written: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        return written

    @cached_property
    def project(self) -> dict[str, str | bytes]:
        return {path: "\n".join(lines) + "\n" for path, lines in self.written["project"].items()}

    @cached_property
    def settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = yaml.safe_load(self.project["assembler.yaml"])
        return settings

    @cached_property
    def campaigns(self) -> dict[str, dict[str, Any]]:
        return {
            Path(path).stem: yaml.safe_load(text)
            for path, text in self.project.items()
            if path.startswith("campaigns/")
        }

    @cached_property
    def library(self) -> Library:
        """The library; compiling it fails where the project has an error. Files come last first: no order matters."""
        return Project.from_files(dict(reversed(self.project.items()))).compile(
            datetime.fromisoformat(self.written["at"])
        )

    @cached_property
    def cases(self) -> list[Case]:
        shared = {key: self.written[key] for key in ("campaign", "channel", "at")}
        return [
            Case(**{"file": self.path.stem, "number": number, **shared, **case})
            for number, case in enumerate(self.written["cases"])
        ]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What was decided for a case, as one way of asking tells it; None for what that way does not tell."""

    decision: dict[str, Any]
    explanation: dict[str, Any] | None = None
    text: str | None = None

    @property
    def explained(self) -> dict[str, Any]:
        assert self.explanation is not None
        return self.explanation


@cache
def opened(name: str) -> CaseFile:
    return CaseFile(FILES[0].with_name(f"{name}.json"))


CASES = [case for path in FILES for case in opened(path.stem).cases]


Observer = Callable[[Any, Outcome], object]
"""The part of an outcome that an expectation is about, in the expectation's shape."""


def _slots(expected: Any, outcome: Outcome) -> object:
    slots = outcome.decision["slots"]
    return {slot: {key: slots[slot][key] for key in wanted} for slot, wanted in expected.items()}


def _noted(expected: Any, outcome: Outcome) -> object:
    problems = {note[kind]: note["problem"] for note in outcome.decision["notes"] for kind in note.keys() & NOTED}
    return {name: problems.get(name) for name in expected}


def _losers(expected: Any, outcome: Outcome) -> object:
    reasons = {
        slot: {contender["component"]: contender["reason"] for contender in contenders}
        for slot, contenders in outcome.explained["slots"].items()
    }
    return {slot: {component: reasons[slot][component] for component in wanted} for slot, wanted in expected.items()}


def _audiences(key: str) -> Observer:
    def observe(expected: Any, outcome: Outcome) -> object:
        results = {audience["id"]: audience["result"] for audience in outcome.explained[key]}
        return {name: results[name] for name in expected}

    return observe


def _signals(expected: Any, outcome: Outcome) -> object:
    readings = {signal["signal"]: signal for signal in outcome.explained["signals"]}
    return {name: {key: readings[name][key] for key in wanted} for name, wanted in expected.items()}


def _text(expected: Any, outcome: Outcome) -> object:
    return expected if expected in (outcome.text or "") else outcome.text


OBSERVERS: dict[str, Observer] = {
    "slots": _slots,
    "slot_names": lambda expected, outcome: sorted(outcome.decision["slots"]),
    "notes": lambda expected, outcome: sorted(outcome.decision["notes"], key=repr),
    "noted": _noted,
    "key_of": lambda expected, outcome: outcome.decision["key"],
    "withheld_of": lambda expected, outcome: outcome.decision["withheld"],
    "losers": _losers,
    "segments": _audiences("segments"),
    "stages": _audiences("stages"),
    "signals": _signals,
    "text": _text,
}


def agreed(case: Case, outcome: Outcome) -> None:
    """Assert that an outcome is what the case expects, as far as the outcome tells it."""
    untold = (EXPLAINED if outcome.explanation is None else set()) | ({"text"} if outcome.text is None else set())
    for key in case.expect.keys() - untold:
        observe = OBSERVERS.get(key)
        observed = outcome.decision[key] if observe is None else observe(case.expect[key], outcome)
        assert {key: observed} == {key: _expected(key, case)}, case.name


def _expected(key: str, case: Case) -> object:
    expected = case.expect[key]
    if key in ("key_of", "withheld_of"):
        library = opened(case.file).library
        return library.decide(case.campaign, channel=case.channel, context=expected, at=case.moment).key
    return sorted(expected, key=repr) if key in ("notes", "slot_names") else expected


@pytest.mark.parametrize("name", [path.stem for path in FILES])
def test_the_commands_say_the_same(name: str, tmp_path: Path) -> None:
    cases = opened(name).cases
    folder = write(tmp_path / "project", opened(name).project)
    why = json.loads(_command("why", folder, cases[0]))
    agreed(cases[0], Outcome(decision=why["decision"], explanation=why))
    assembled = json.loads(_command("assemble", folder, cases[-1]))
    agreed(cases[-1], Outcome(decision=assembled["decision"], text=assembled["parts"]["text"]))


def _command(command: str, folder: Path, case: Case) -> str:
    options = ["--channel", case.channel, "--context", "-", "--project", str(folder), "--as-of", case.at]
    result = click.testing.CliRunner().invoke(
        assembler, [command, case.campaign, *options, "--format", "json"], input=json.dumps(case.context)
    )
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_buckets_that_cases_name_are_those_of_the_contract() -> None:
    """`H` = first 8 bytes, big-endian, of SHA-256(UTF-8 of `"1|" + salt + "|" + id`); `bucket = (H * 10000) >> 64`."""
    for case in CASES:
        for salt, bucket in case.buckets.items():
            id_ = case.context["id"]
            digest = sha256(f"1|{salt}|{int(id_) if isinstance(id_, float) else id_}".encode()).hexdigest()
            assert int(digest[:16], 16) * 10_000 // 2**64 == bucket, case


def test_names_are_sentences_of_their_own() -> None:
    for path in FILES:
        names = [case.name for case in opened(path.stem).cases]
        assert len(names) == len(set(names)), path


def test_there_are_at_least_300_cases() -> None:
    assert len(CASES) >= 300
