"""Segments and stages: what people wrote beside what it amounts to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.settings import Segment, Stage
from assembler.conditions.analysis import Analysis
from assembler.library.records import Audience
from assembler.runtime.moment import Moment


@dataclass(frozen=True, slots=True, eq=False)
class AnalysedAudiences:
    """The segments, or the stages, whose rules could be read, in order."""

    kind: Literal["segment", "stage"]
    analysis: Analysis
    written: Sequence[Segment | Stage]

    def name(self, position: int) -> str:
        """The id of one of them."""
        return self.written[position].id

    def place(self, position: int) -> Place:
        """Return where its rule stands."""
        return self.written[position].place("when")


def analysed_segments(checked: CheckedProject) -> AnalysedAudiences:
    """The segments of a project."""
    return _of(checked, "segment", checked.project.settings.segments, checked.compiled.content.segments)


def analysed_stages(checked: CheckedProject) -> AnalysedAudiences:
    """The stages of a project."""
    return _of(checked, "stage", checked.project.settings.stages, checked.compiled.content.stages)


def _of(
    checked: CheckedProject,
    kind: Literal["segment", "stage"],
    written: Sequence[Segment | Stage],
    compiled: Sequence[Audience],
) -> AnalysedAudiences:
    analysis = Analysis(checked.compiled.content.signals, compiled, Moment.of(checked.moment).day)
    rest = iter(written)  # those whose rules could not be read are passed over
    readable = [next(authored for authored in rest if authored.id == audience.id) for audience in compiled]
    return AnalysedAudiences(kind, analysis, readable)
