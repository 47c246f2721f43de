"""Assembler turns approved content components into every e-mail and page variant a brand needs.

A public name is loaded when it is first asked for, so that the command line starts without the runtime.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # to import typing takes longer than all else here

if TYPE_CHECKING:
    from assembler.errors import (
        AssemblerError,
        ContextError,
        LibraryError,
        ProjectError,
        UnknownCampaign,
        UnknownChannel,
    )
    from assembler.runtime.decision import Decision
    from assembler.runtime.explain import Explanation
    from assembler.runtime.library import Library
    from assembler.runtime.person import Person
    from assembler.runtime.reasons import Arm, ErrorCode, Fit, Loss, Problem, Reason, SlotReason
    from assembler.runtime.variant import Variant

__all__ = [
    "Arm",
    "AssemblerError",
    "ContextError",
    "Decision",
    "ErrorCode",
    "Explanation",
    "Fit",
    "Library",
    "LibraryError",
    "Loss",
    "Person",
    "Problem",
    "ProjectError",
    "Reason",
    "SlotReason",
    "UnknownCampaign",
    "UnknownChannel",
    "Variant",
    "__version__",
]

__version__ = "0.1.0"

_HOMES = {
    "Decision": "assembler.runtime.decision",
    "Explanation": "assembler.runtime.explain",
    "Library": "assembler.runtime.library",
    "Person": "assembler.runtime.person",
    "Variant": "assembler.runtime.variant",
    **dict.fromkeys(
        ("Arm", "ErrorCode", "Fit", "Loss", "Problem", "Reason", "SlotReason"), "assembler.runtime.reasons"
    ),
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES.get(name, "assembler.errors")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
