"""What was measured of a project, for the commands that show what it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from assembler.cli.output import tell
from assembler.cli.text.columns import wrapped
from assembler.cli.text.words import path_text

if TYPE_CHECKING:
    from assembler.measure.goal import Goal
    from assembler.measure.measurement import Measured, Measurement
    from assembler.measure.questions import Family

MEASUREMENTS: Final = "measurements"
"""The folder in a project's folder."""


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """The last answer to a question, in the campaign in which it was asked; `is_current`: it is about the words that
    the component has now."""

    campaign: str
    goal: Goal
    measured: Measured
    is_current: bool

    @property
    def verdict(self) -> str:
        """What to do with it."""
        return self.measured.last.verdict.value

    def to_dict(self) -> dict[str, Any]:
        """The verdict, the difference to quote with its interval, the lift, and when it was told, as JSON has them."""
        look = self.measured.last
        figures = self.measured.fresh or look.figures
        return {
            "campaign": self.campaign,
            "verdict": self.verdict,
            "metric": self.goal.metric.value,
            "difference": None if figures is None else figures.difference,
            "interval": None if figures is None else list(figures.interval),
            "lift": None if figures is None else figures.lift,
            "at": look.at.isoformat(),
            "current": self.is_current,
        }


class ProjectMeasurements:
    """The measurements of a project's campaigns; none where nothing was measured."""

    def __init__(self, measurements: Mapping[str, Measurement], digests: Mapping[str, str]) -> None:
        """`digests` are those that components have now, by their addresses."""
        self._digests = digests
        self.measurements = measurements

    @classmethod
    def of(cls, folder: Path, digests: Mapping[str, str]) -> ProjectMeasurements:
        """Return what was measured of the project in a folder; it is told which files cannot be read."""
        paths = sorted((folder / MEASUREMENTS).glob("*.json"))
        if not paths:
            return cls({}, digests)
        from assembler.measure.measurement_files import MeasurementFileError, read_measurement

        measurements: dict[str, Measurement] = {}
        for path in paths:
            try:
                measurement = read_measurement(path)
            except (MeasurementFileError, OSError) as error:
                reason = error.reason if isinstance(error, MeasurementFileError) else error.strerror
                tell(wrapped(f"not read: {path_text(path)}: {reason}"))
                continue
            if measurement is not None and measurement.campaign is not None:
                measurements[measurement.campaign] = measurement
        return cls(measurements, digests)

    def about(self, family: Family | str, name: str) -> list[LastAnswer]:
        """Return the last answers about a segment, stage or component, by campaign; or about a campaign."""
        answers: list[LastAnswer] = []
        for campaign, measurement in self.measurements.items():
            for measured in measurement.questions:
                if measured.question.family == family and (measured.question.name or campaign) == name:
                    is_current = measured.digest is None or measured.digest == self._digests.get(name)
                    answers.append(LastAnswer(campaign, measurement.goal, measured, is_current))
        return answers
