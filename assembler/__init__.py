"""Assembler turns approved content components into every e-mail and page variant a brand needs."""

from __future__ import annotations

from assembler.errors import AssemblerError, LibraryError, ProjectError, UnknownCampaign, UnknownChannel
from assembler.runtime.assemble import Variant
from assembler.runtime.decide import Decision
from assembler.runtime.explain import Explanation
from assembler.runtime.library import Library

__all__ = [
    "AssemblerError",
    "Decision",
    "Explanation",
    "Library",
    "LibraryError",
    "ProjectError",
    "UnknownCampaign",
    "UnknownChannel",
    "Variant",
    "__version__",
]

__version__ = "0.1.0"
