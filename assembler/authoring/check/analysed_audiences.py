"""Segments and stages: what people wrote beside what it amounts to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    signals = checked.compiled.content.signals
    analysis = Analysis(signals, compiled, Moment.of(checked.moment).day)
    return AnalysedAudiences(kind, analysis, tuple(_paired(written, compiled)))


def _paired(written: Sequence[Segment | Stage], compiled: Sequence[Audience]) -> Iterator[Segment | Stage]:
    """What was written for each of the compiled ones: those whose rules could not be read are passed over."""
    rest = iter(written)
    for audience in compiled:
        yield next(authored for authored in rest if authored.id == audience.id)
