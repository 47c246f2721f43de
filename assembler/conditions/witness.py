"""A box -> a context: one person who is in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from assembler.conditions.domains import Box, Space
from assembler.library.records import Signal

Context = dict[str, object]


def context_in(box: Box, space: Space, signals: Mapping[str, Signal]) -> Context:
    """Return a context whose facts lie in a box of a space that has values.

    Each signal has the value that makes the plainest example. Signals that may be anything are left out, and those that
    must be unknown.
    """
    known: dict[str, object] = {}
    for cells, domain in zip(box, space.domains, strict=True):
        value = next((value for cell, value in domain.values.items() if cells >> cell & 1), None)
        if cells != domain.whole and value is not None:
            known[domain.signal] = value.isoformat() if isinstance(value, date) else value
    purposes = {signals[name].consent for name in known} - {None}
    return {**({"consent": sorted(filter(None, purposes))} if purposes else {}), "signals": known}


def json_of(context: Context) -> str:
    """Return the context as JSON on one line."""
    return json.dumps(context, ensure_ascii=False)
