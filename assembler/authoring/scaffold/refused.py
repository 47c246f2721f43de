"""Why files of a project are not written."""

from __future__ import annotations

from assembler.errors import AssemblerError


class Refused(AssemblerError):
    """Files of a project cannot be written as somebody asked for; nothing is. The argument says why, in one line or
    several."""
