"""A slip of the pen: marks in copy that do not say what their author meant."""

from __future__ import annotations

from dataclasses import dataclass

from assembler.authoring.diagnostics import Finding, Place, Severity


@dataclass(frozen=True, slots=True, order=True)
class Slip:
    """Marks from `start` to `end` of a text: what is wrong with them, and what to write.

    `mended` is to stand in their place, where that can be told. `severity` overrides that of the rule.
    """

    start: int
    end: int
    message: str
    hint: str
    mended: str | None = None
    severity: Severity | None = None

    def finding(self, place: Place) -> Finding:
        """The finding of it at its place."""
        return Finding(place, self.message, self.hint, severity=self.severity)


def short(text: str) -> str:
    """A piece of a text as a message shows it."""
    return text if len(text) <= 80 else text[:77] + "..."
