"""A slip of the pen: marks in copy that do not say what their author meant."""

from __future__ import annotations

from dataclasses import dataclass

from assembler.authoring.diagnostics import Finding, Place, Replacement, Severity


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

    def finding(self, place: Place, text: str = "") -> Finding:
        """The finding of it at its place in a `text`.

        A mere warning has another answer, as has what puts a backslash before marks: they may, or may not, be meant.
        """
        marks = text[self.start : self.end]
        mend = None
        if self.mended is not None and self.severity != "warning" and self.mended.count("\\") <= marks.count("\\"):
            mend = Replacement(marks, self.mended) if text else None
        return Finding(place, self.message, self.hint, severity=self.severity, mend=mend)


def short(text: str) -> str:
    """A piece of a text as a message shows it."""
    return text if len(text) <= 80 else text[:77] + "..."
