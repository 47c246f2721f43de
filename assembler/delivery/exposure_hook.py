"""A hook for the OpenFeature SDK of Python: what `AssemblerProvider` answers is put on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from assembler.delivery.flags import FlagMetadata
from assembler.delivery.recording import RecordExposure

try:
    from openfeature.flag_evaluation import FlagEvaluationDetails, FlagValueType
    from openfeature.hook import Hook, HookContext, HookHints
except ModuleNotFoundError as error:
    raise ImportError(
        "assembler.delivery.exposure_hook needs the OpenFeature SDK: pip install 'assembler[openfeature]'",
        name=error.name,
    ) from None


def _now() -> datetime:
    return datetime.now(UTC)


class ExposureHook(Hook):
    """Puts on record each flag that `AssemblerProvider` answers with a value of its library, and nothing else: neither
    flags of other providers, nor what was the caller's own default.

    `record` is called with the decision, the targeting key that it was made for, and the moment, which `clock` gives;
    `assembler.measure.exposures.ExposureRecorder` is one.
    """

    def __init__(self, record: RecordExposure, *, clock: Callable[[], datetime] = _now) -> None:
        self._record = record
        self._clock = clock

    def finally_after(
        self, hook_context: HookContext, details: FlagEvaluationDetails[FlagValueType], hints: HookHints
    ) -> None:
        """Put a flag on record once it is certain what the caller gets."""
        metadata = details.flag_metadata
        if isinstance(metadata, FlagMetadata):
            self._record(metadata.decision, metadata.person_id, self._clock())
