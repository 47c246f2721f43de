"""What is asked for: a list of people, decided for a channel of a campaign, and written to a folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from assembler.delivery.audience.attributes import TokensOfExport
from assembler.runtime.library import Library


class AudienceRequest(msgspec.Struct, frozen=True, kw_only=True):
    """People in files, decided for a channel of a campaign at a moment, in parts of so many rows.

    One row in `prove` is decided singly, too; none for 0. `bodies` are the parts of a message that are written for each
    person; `tokens` are those of an export, whose attributes are written. `jobs` processes share the work.
    """

    library: Library
    campaign: str
    channel: str
    at: datetime
    people: tuple[str, ...]
    output: Path
    part_rows: int = 1 << 19
    prove: int = 1000
    bodies: tuple[str, ...] = ()
    tokens: TokensOfExport | None = None
    jobs: int = 1
