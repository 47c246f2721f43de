"""Segments, stages and signals: entries of assembler.yaml."""

from __future__ import annotations

from typing import Any

from assembler.authoring.compile.content import signal_record
from assembler.authoring.scaffold.extended_project import SETTINGS, Addition, ExtendedProject
from assembler.authoring.scaffold.names import new_name, reviewed, said
from assembler.authoring.scaffold.refused import Refused
from assembler.conditions.parsing import ConditionError, parse_condition


def new_segment(extended: ExtendedProject, name: str, rule: str, owner: str | None, hypothesis: str | None) -> Addition:
    """Return a segment of whom a rule is true, after all others. Raises `Refused` where its name or its rule cannot
    be."""
    new_name("segment", name, extended.loaded.declared["segment"])
    entry = {
        "id": name,
        "when": _rule(extended, rule),
        "owner": owner or extended.owner,
        "hypothesis": hypothesis or f"words of their own bring more of the {said(name)} to act than the default does",
        "review_by": reviewed(extended.today),
    }
    return _entry(extended, "segments", entry)


def new_stage(extended: ExtendedProject, name: str, rule: str) -> Addition:
    """Return a stage of whom a rule is true, after all others. Raises `Refused` where its name or its rule cannot
    be."""
    new_name("stage", name, extended.loaded.declared["stage"])
    return _entry(extended, "stages", {"id": name, "when": _rule(extended, rule)})


def new_signal(
    extended: ExtendedProject, name: str, kind: str, values: str | None, *, source: str, max_age: str, consent: str
) -> Addition:
    """Return a signal; `values` are those of a choice, with commas between. Raises `Refused` where its name cannot be,
    or values are missing or not asked for."""
    declared = extended.loaded.declared
    new_name("signal", name, {*declared["signal"], *declared["field"]})
    if (kind == "choice") != (values is not None):
        raise Refused("a choice lists its --values" if kind == "choice" else f"--values is for a choice, not a {kind}")
    entry: dict[str, Any] = {
        "kind": kind,
        **({"values": [value.strip() for value in values.split(",")]} if values is not None else {}),
        "source": source,
        "max_age": max_age,
        "consent": consent,
        "owner": extended.owner,
        "review_by": reviewed(extended.today),
        "response": f"people whose {said(name)} is known get words of their own",
        "fallback": "unknown people get the default",
    }
    return _entry(extended, "signals", entry, name)


def _rule(extended: ExtendedProject, text: str) -> str:
    """Return a rule that can be read. Raises `Refused` where it cannot, with the place in it."""
    signals = {name: signal_record(signal) for name, signal in extended.loaded.settings.signals.items()}
    try:
        parse_condition(text, signals)
    except ConditionError as error:
        hint = f"\n  hint: {error.hint}" if error.hint else ""
        raise Refused(f"the rule: {error.message}\n  {text}\n  {' ' * error.column}^{hint}") from None
    return text


def _entry(extended: ExtendedProject, key: str, entry: dict[str, Any], name: str | None = None) -> Addition:
    extended.put(SETTINGS, key, entry, name)
    return Addition(edited=extended.edited)
