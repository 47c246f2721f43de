"""The one table of what can be asked, by path and method: what reads the body, who may ask, and what answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from assembler.delivery.service.answers import Answer
from assembler.delivery.service.asked import Asked
from assembler.delivery.service.cells import variant_of_cell
from assembler.delivery.service.deciding import assemble, assemble_part, decide, explain
from assembler.delivery.service.keys import KeyScope
from assembler.delivery.service.operating import livez, metrics, readyz
from assembler.delivery.service.reading import read_request
from assembler.delivery.service.requests import AssembleRequest, DecideRequest
from assembler.delivery.service.shapes import Alive, DecisionAnswer, ExplanationAnswer, Readiness, VariantAnswer


class Route(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Something that can be asked. `{name}` in the path stands for any text without `/`.

    A route that has a `request` takes a POST with such a body, any other a GET or HEAD. `scope` is what a key must
    allow, None for any key; a route that is `open` takes requests without a key. `shape` is that of what is answered
    as JSON, None where it is something else.
    """

    path: str
    answer: Callable[[Asked], Answer]
    request: type[msgspec.Struct] | None = None
    shape: type[msgspec.Struct] | None = None
    scope: KeyScope | None = None
    open: bool = False

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods that it takes."""
        return ("GET", "HEAD") if self.request is None else ("POST",)


ROUTES: Final = (
    Route(
        path="/v1/assemble",
        answer=assemble,
        request=AssembleRequest,
        shape=VariantAnswer,
        scope=KeyScope.DECIDE,
    ),
    Route(path="/v1/assemble/{part}", answer=assemble_part, request=DecideRequest, scope=KeyScope.DECIDE),
    Route(path="/v1/decide", answer=decide, request=DecideRequest, shape=DecisionAnswer, scope=KeyScope.DECIDE),
    Route(path="/v1/explain", answer=explain, request=DecideRequest, shape=ExplanationAnswer, scope=KeyScope.EXPLAIN),
    Route(path="/v1/variants/{campaign}/{channel}/{locale}/{part}", answer=variant_of_cell, scope=KeyScope.DECIDE),
    Route(path="/livez", answer=livez, shape=Alive, open=True),
    Route(path="/readyz", answer=readyz, shape=Readiness, open=True),
    Route(path="/metrics", answer=metrics, scope=KeyScope.METRICS),
)
"""Everything that can be asked."""


class RouteEntry(msgspec.Struct, frozen=True, eq=False):
    """A route, ready to be answered: its methods as a header has them, and what makes a request of a body."""

    route: Route
    methods: frozenset[str]
    allowed: bytes
    read: Callable[[bytes], Any] | None


class Router:
    """Finds the route of a path."""

    def __init__(self, routes: tuple[Route, ...] = ROUTES) -> None:
        self._fixed: dict[str, tuple[RouteEntry, tuple[str, ...]]] = {}
        self._open: list[tuple[list[str], RouteEntry]] = []
        for route in routes:
            entry = _entry(route)
            if "{" in route.path:
                self._open.append((route.path.split("/"), entry))
            else:
                self._fixed[route.path] = entry, ()

    def find(self, path: str) -> tuple[RouteEntry, tuple[str, ...]] | None:
        """Return the route of a path, and the names in it; None where there is none."""
        return self._fixed.get(path) or self._match(path.split("/"))

    def _match(self, words: list[str]) -> tuple[RouteEntry, tuple[str, ...]] | None:
        for pattern, entry in self._open:
            if len(pattern) == len(words):
                pairs = [*zip(pattern, words, strict=True)]
                if all(wanted == word or wanted[:1] == "{" for wanted, word in pairs):
                    return entry, tuple(word for wanted, word in pairs if wanted[:1] == "{")
        return None


def _entry(route: Route) -> RouteEntry:
    kind = route.request
    read = None
    if kind is not None:
        decoder = msgspec.json.Decoder(kind)

        def read(body: bytes) -> Any:
            return read_request(body, decoder, kind)

    return RouteEntry(route, frozenset(route.methods), ", ".join(route.methods).encode(), read)
