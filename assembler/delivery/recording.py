"""What keeps on record that somebody was given a decision, as whatever answers people calls it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from assembler.runtime.decision import Decision

RecordExposure = Callable[[Decision, object, datetime], bool]
"""Puts on record that somebody of an id, None for nobody known, was given a decision at a moment. It returns whether it
could, and raises nothing."""
