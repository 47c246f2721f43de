"""`measurements/<campaign>.json`: what was measured, written in one step and read again."""

from __future__ import annotations

from pathlib import Path

import msgspec

from assembler.errors import AssemblerError
from assembler.library.format import replace_file
from assembler.measure.measurement import SCHEMA, Measurement

PROGRAMME = "programme"
"""The name of the file about all campaigns together, in a folder of its own, so that a campaign may be called so."""


class MeasurementFileError(AssemblerError):
    """A file is no measurement that this version reads."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(path, reason)

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


def measurement_path(folder: Path, campaign: str | None) -> Path:
    """Return where the measurement of a campaign is, None for all of them, in a folder of measurements."""
    return folder / "all" / f"{PROGRAMME}.json" if campaign is None else folder / f"{campaign}.json"


def read_measurement(path: Path) -> Measurement | None:
    """Return what was measured, None where nothing was. Raises `MeasurementFileError` and `OSError`."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        return msgspec.json.decode(data, type=Measurement)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MeasurementFileError(path, f"this is no measurement of schema {SCHEMA}: {error}") from None


def write_measurement(path: Path, measurement: Measurement) -> None:
    """Write what was measured: the old file stays whole until the new one is. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, msgspec.json.format(msgspec.json.encode(measurement)) + b"\n")
