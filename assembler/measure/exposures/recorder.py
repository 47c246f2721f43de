"""What answers people -> records of it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from assembler.measure.exposures.pseudonyms import pseudonym
from assembler.measure.exposures.record import Exposure, exposure, require_version
from assembler.runtime.context import id_of
from assembler.runtime.decision import Decision


class ExposureWriter(Protocol):
    """What takes records: `Exposures`, or anything else with its `write`, such as a list in a test."""

    def write(self, exposure: Exposure, /) -> bool:
        """Keep a record, and return whether it could be; raise nothing."""


class ExposureRecorder:
    """Puts on record what somebody is given: `record(decision, person_id, at)`, which returns whether it could be.

    The id becomes its pseudonym under a secret key before anything is kept. What is no id is nobody in particular.
    """

    def __init__(self, writer: ExposureWriter, key: str | bytes, *, version: int | str = 1) -> None:
        """`version` is that of `exposure`. Raises what `exposure` does for a wrong one, and `ValueError` for a blank
        key."""
        require_version(version)
        pseudonym("anybody", key)
        self._writer = writer
        self._key = key.encode() if isinstance(key, str) else key
        self._version = version

    def __call__(self, decision: Decision, person_id: object, at: datetime) -> bool:
        """Put on record that somebody of an id (None for nobody known) was given a decision at a moment."""
        person = id_of(person_id)
        unit_id = None if person is None else pseudonym(person, self._key)
        try:
            record = exposure(decision, unit_id=unit_id, at=at, version=self._version)
        except ValueError:  # in UTC, the moment is before the year 1 or after the year 9999
            return False
        return self._writer.write(record)
