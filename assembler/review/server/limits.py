"""How much one page may ask of the server, and for how long."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerLimits:
    """How many `connections` there may be, of which a page has one or two; and how many seconds something may take.

    This is: waiting for `news` of which there are none, a request's `head`, its `body`, an `answer`, and the `rest`
    that still comes after it.
    """

    connections: int = 64
    news: float = 25.0
    head: float = 10.0
    body: float = 20.0
    answer: float = 30.0
    rest: float = 2.0
