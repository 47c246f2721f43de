"""A box -> a context: one person who is in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from assembler.conditions.domains import Box, Space
from assembler.library.records import Signal

__all__ = ["Context", "context_in", "written"]

Context = dict[str, object]


def context_in(box: Box, space: Space, signals: Mapping[str, Signal]) -> Context:
    """A context whose facts lie in a box: the lowest cell of each signal. Signals that may be anything are left out."""
    known: dict[str, object] = {}
    for cells, domain in zip(box, space.domains, strict=True):
        lowest = (cells & -cells).bit_length() - 1
        if cells != domain.whole and lowest < len(domain.values):
            value = domain.values[lowest]
            known[domain.signal] = value.isoformat() if isinstance(value, date) else value
    purposes = {signals[name].consent for name in known} - {None}
    return {**({"consent": sorted(filter(None, purposes))} if purposes else {}), "signals": known}


def written(context: Context) -> str:
    """The context as JSON on one line."""
    return json.dumps(context, ensure_ascii=False)
