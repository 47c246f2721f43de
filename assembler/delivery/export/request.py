"""What is asked of an export."""

from __future__ import annotations

from dataclasses import dataclass

from assembler.authoring.project.provider_settings import ProviderSettings
from assembler.delivery.export.outcomes import By, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """A campaign, in some channels and locales, for a provider of the project.

    `without` is what is given up: of holdout, tests and needs, in an export by cell; and parts that then are at their
    defaults. `unproven` says that an export may go without proof, where there is no engine.
    """

    campaign: str
    provider: str
    settings: ProviderSettings
    period: Period
    channels: tuple[str, ...]
    locales: tuple[str, ...]
    by: By = "key"
    edition: str | None = None
    without: frozenset[str] = frozenset()
    unproven: bool = False
