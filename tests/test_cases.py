"""The decision cases of tests/cases: project, context, moment -> decision; and the proof of what they cover."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
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
            Case(**{"file": self.path.stem, "number": number, **shared, **each})
            for number, each in enumerate(self.written["cases"])
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
    found = outcome.decision["slots"]
    return {slot: {key: found[slot][key] for key in wanted} for slot, wanted in expected.items()}


def _noted(expected: Any, outcome: Outcome) -> object:
    problems = {note[kind]: note["problem"] for note in outcome.decision["notes"] for kind in note.keys() & NOTED}
    return {name: problems.get(name) for name in expected}


def _losers(expected: Any, outcome: Outcome) -> object:
    found = {
        slot: {each["component"]: each["reason"] for each in contenders}
        for slot, contenders in outcome.explained["slots"].items()
    }
    return {slot: {component: found[slot][component] for component in wanted} for slot, wanted in expected.items()}


def _audiences(key: str) -> Observer:
    def observe(expected: Any, outcome: Outcome) -> object:
        results = {each["id"]: each["result"] for each in outcome.explained[key]}
        return {name: results[name] for name in expected}

    return observe


def _signals(expected: Any, outcome: Outcome) -> object:
    readings = {each["signal"]: each for each in outcome.explained["signals"]}
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


def lawful(decision: dict[str, Any]) -> None:
    """Assert what is so for every decision: normal has no error code, abnormal always has one."""
    assert (decision["error_code"] is not None) == (decision["reason"] == "ERROR")
    assert (decision["withheld"] is not None) == (decision["arm"] in ("holdout", "control"))
    assert (decision["reason"] == "HOLDOUT") == (decision["arm"] in ("holdout", "control"))


def consistent(explanation: dict[str, Any]) -> None:
    """Assert that in every slot the winner alone has no reason to lose, and that it is what the decision says."""
    for slot, contenders in explanation["slots"].items():
        chosen = explanation["decision"]["slots"][slot]["component"]
        assert [each["component"] for each in contenders if each["won"]] == ([] if chosen is None else [chosen])
        assert {each["reason"] for each in contenders if each["won"]} <= {None}
        assert {each["reason"] for each in contenders if not each["won"]} <= LOSSES


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}-{case.number}")
def test_a_case_is_decided_assembled_and_explained_as_expected(case: Case) -> None:
    library = opened(case.file).library
    variant = library.assemble(case.campaign, channel=case.channel, context=case.context, at=case.moment)
    decided = library.decide(case.campaign, channel=case.channel, context=case.context, at=case.moment).to_dict()
    why = library.explain(case.campaign, channel=case.channel, context=case.context, at=case.moment).to_dict()
    lawful(decided)
    consistent(why)
    assert variant.decision.to_dict() == why["decision"] == decided, case.name
    agreed(case, Outcome(decision=decided, explanation=why, text=variant.text))


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


# --- what the cases cover, against the closed lists of the contract ----------------------------------------------

ARMS = {"holdout", "control", "treated", "unassigned"}
REASONS = {"HOLDOUT", "ERROR", "SPLIT", "TARGETING_MATCH", "DEFAULT"}
SLOT_REASONS = {"CONSTANT", "HOLDOUT", "SPLIT", "TARGETING_MATCH", "DEFAULT"}
FITS = {"segment+stage", "segment", "stage", "everyone", "default", "empty"}
SIGNAL_PROBLEMS = {"missing", "blank", "type", "range", "stale", "future", "consent"}
FIELD_PROBLEMS = {"missing", "blank", "length", "kind"}
LOSSES = {
    "status", "campaign", "default_elsewhere", "window", "locale", "channel", "constant", "holdout",
    "segment", "stage", "needs", "used", "requires", "excludes", "test", "outranked",
}  # fmt: skip
ORDER = {"==", "!=", "<", "<=", ">", ">=", "in", "not in", "not", "known"}
EQUALITY = {"==", "!=", "in", "not in", "not", "known"}
OPERATORS = {
    "integer": ORDER,
    "number": ORDER,
    "boolean": EQUALITY | {"alone"},
    "text": EQUALITY,
    "choice": EQUALITY,
    "date": ORDER,
}
STATES = {"known true", "known false", "missing", "null", "blank", "type", "stale", "future", "consent"}
KINDS_WITH_A_RANGE = {"integer", "number", "choice"}


def test_there_are_at_least_300_cases() -> None:
    assert len(CASES) >= 300


def test_every_operator_is_seen_for_every_kind_of_signal_in_every_state() -> None:
    wanted = {
        (operator, kind, state)
        for kind, operators in OPERATORS.items()
        for operator in operators
        for state in STATES | ({"range"} if kind in KINDS_WITH_A_RANGE else set())
        if (operator, state) != ("known", "known false")
    }
    assert set(_operators_seen()) == wanted


def _operators_seen() -> Iterator[tuple[str, str, str]]:
    """Operator, kind of signal and state of each case of operators.json, read from its rule and its expectation."""
    operators = opened("operators")
    rules = {each["id"]: each["when"].split(" and ")[1] for each in operators.settings["segments"]}
    for case in operators.cases:
        ((segment, result),) = case.expect["segments"].items()
        ((signal, reading),) = case.expect["signals"].items()
        operator, read = _parsed(rules[segment])
        assert read == signal, case.name
        problem = reading["problem"]
        state = problem or f"known {str(result).lower()}"
        if problem is None:
            assert result is not None, case.name
        else:
            assert result is (False if operator == "known" else None), case.name
        if problem == "missing" and signal in case.context["signals"]:
            state = "null"
        yield operator, operators.settings["signals"][signal]["kind"], state


def _parsed(rule: str) -> tuple[str, str]:
    """The operator of a rule, and the signal that it reads."""
    match = re.fullmatch(r"(not )?(?:(known|days_since)\()?(\w+)\)?(?: (==|!=|<=?|>=?|in|not in) .+)?", rule)
    assert match, rule
    negated, function, signal, operator = match.groups()
    if negated:
        return "not", signal
    return operator or ("known" if function == "known" else "alone"), signal


def test_every_word_of_a_decision_is_expected_somewhere() -> None:
    decided = {key: {case.expect.get(key) for case in CASES} - {None} for key in ("arm", "reason", "error_code")}
    assert decided == {"arm": ARMS, "reason": REASONS, "error_code": {"INVALID_CONTEXT"}}
    slots = [slot for case in CASES for slot in case.expect.get("slots", {}).values()]
    assert {slot["reason"] for slot in slots if "reason" in slot} == SLOT_REASONS
    assert {slot["fit"] for slot in slots if "fit" in slot} == FITS


def test_every_problem_is_expected_of_everything_that_can_have_it() -> None:
    expected: dict[str, set[str]] = {}
    for case in CASES:
        declared = opened(case.file).settings
        kinds = {
            **dict.fromkeys(declared.get("signals", ()), "signal"),
            **dict.fromkeys(declared.get("fields", ()), "field"),
        }
        for note in case.expect.get("notes", ()):
            kind = next(iter(note.keys() - {"problem"}))
            expected.setdefault(kind, set()).add(note["problem"])
        for name, problem in case.expect.get("noted", {}).items():
            expected.setdefault(kinds.get(name, "context"), set()).update({problem} - {None})
    assert expected == {
        "signal": SIGNAL_PROBLEMS | {"unknown_name"},
        "field": FIELD_PROBLEMS | {"unknown_name"},
        "segment": {"unknown_name"},
        "stage": {"unknown_name"},
        "context": {"unknown_name", "type"},
    }


def test_every_reason_to_lose_is_expected_somewhere() -> None:
    losers = [reason for case in CASES for slot in case.expect.get("losers", {}).values() for reason in slot.values()]
    assert set(losers) == LOSSES


@pytest.mark.parametrize("share", ["0%", "5%", "50%", "100%"])
def test_every_share_of_a_holdout_is_seen_at_its_edge_over_all_campaigns_and_in_one(share: str) -> None:
    edge = int(share[:-1]) * 100
    seen: dict[str, set[tuple[int, bool]]] = {"holdout": set(), "control": set()}
    for case in CASES:
        arm = case.expect.get("arm")
        campaign = opened(case.file).campaigns[case.campaign]
        everywhere = opened(case.file).settings.get("holdout", {})
        if everywhere.get("share") == share and everywhere["salt"] in case.buckets:
            seen["holdout"].add((case.buckets[everywhere["salt"]], arm == "holdout"))
        if campaign.get("holdout", {}).get("share") == share and case.campaign in case.buckets and arm != "holdout":
            seen["control"].add((case.buckets[case.campaign], arm == "control"))
    for found in seen.values():
        assert edge == 0 or (edge - 1, True) in found
        assert edge == 10_000 or (edge, False) in found
