"""Segments and stages -> audiences of a library; a condition that cannot be read is a finding of T01."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from assembler.authoring.diagnostics import Findings
from assembler.authoring.failures import guarded
from assembler.authoring.project.settings import Segment, Stage
from assembler.conditions.parsing import ConditionError, parse_condition
from assembler.library.records import Audience, Signal


def audience_records(
    audiences: Iterable[Segment | Stage], signals: Mapping[str, Signal], findings: Findings
) -> tuple[Audience, ...]:
    """Return those audiences whose conditions can be read, in the order given."""
    compiled = (
        guarded(findings, partial(_audience, audience, signals, findings), audience.place("when"))
        for audience in audiences
    )
    return tuple(audience for audience in compiled if audience is not None)


def _audience(audience: Segment | Stage, signals: Mapping[str, Signal], findings: Findings) -> Audience | None:
    try:
        return Audience(id=audience.id, condition=parse_condition(audience.when, signals))
    except ConditionError as error:
        start = audience.place("when")
        quote = audience.source.line(start.line)[start.column - 1 : start.column]
        column = start.column + error.column + (quote in ("'", '"'))
        findings.add("T01", audience.source.at(start.line, column), error.message, error.hint, about=error.signal)
        return None
