"""What was measured of a campaign or a part of it, as JSON has it -> a few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from assembler.cli.text.words import said_day


def measured_text(answer: Mapping[str, Any]) -> str:
    """Return `keep, +2.92 points [+0.96, +4.89] (20 Dec 2026)` of what JSON has."""
    words = [answer["verdict"]]
    if answer["difference"] is not None:
        unit, times = (" points", 100) if answer["metric"] == "rate" else (" a person", 1)
        low, high = answer["interval"]
        words.append(f"{answer['difference'] * times:+.2f}{unit} [{low * times:+.2f}, {high * times:+.2f}]")
    before = "" if answer["current"] else "before its words changed: "
    return f"{before}{', '.join(words)} ({said_day(datetime.fromisoformat(answer['at']).date())})"


def measured_in_text(answers: Iterable[Mapping[str, Any]]) -> str:
    """Return the answers of several campaigns, each after the campaign's name."""
    return "; ".join(f"measured in {answer['campaign']}: {measured_text(answer)}" for answer in answers)
