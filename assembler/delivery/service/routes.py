"""The one table of what can be asked, by path and method: who may ask, what is read of the body, and what answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import msgspec

from assembler.delivery.flags import FlagEvaluation
from assembler.delivery.service.answers import Answer
from assembler.delivery.service.asked import Asked
from assembler.delivery.service.cells import variant_of_cell
from assembler.delivery.service.deciding import assemble, assemble_part, decide, explain
from assembler.delivery.service.evaluating import evaluate_flag, evaluate_flags, read_payload
from assembler.delivery.service.keys import KeyScope
from assembler.delivery.service.operating import livez, metrics, openapi, readyz
from assembler.delivery.service.reading import request_reader
from assembler.delivery.service.requests import AssembleRequest, DecideRequest, FlagsRequest
from assembler.delivery.service.shapes import (
    Alive,
    DecisionAnswer,
    ExplanationAnswer,
    FlagError,
    FlagsAnswer,
    Readiness,
    VariantAnswer,
)

_PARTS: Final = ("text/html", "text/plain", "application/json")
_CACHED: Final = 512
_TARGET: Final = ("UNKNOWN_CAMPAIGN", "UNKNOWN_CHANNEL")


class Route(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Something that can be asked. `{name}` in the path stands for any text without `/`.

    A route that has a `request` takes a POST with such a body, any other a GET or HEAD, with `query`. `read` makes of
    the bytes of a body what the answer is made of; without it, exactly the `request`. `scope` is what a key must allow,
    None for any key; a route that is `open` takes requests without a key. `shape` is that of what is answered as JSON;
    what else is answered is of one of the `media`. `errors` are the codes that the answer itself may have, those with
    the statuses `refusals` in that shape.
    """

    path: str
    answer: Callable[[Asked], Answer]
    request: type[msgspec.Struct] | None = None
    read: Callable[[bytes], Any] | None = None
    query: tuple[str, ...] = ()
    shape: type[msgspec.Struct] | None = None
    media: tuple[str, ...] = ("application/json",)
    errors: tuple[str, ...] = ()
    refusals: dict[int, type[msgspec.Struct]] = {}
    is_conditional: bool = False
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
        errors=(*_TARGET, "UNKNOWN_PART"),
        scope=KeyScope.DECIDE,
    ),
    Route(
        path="/v1/assemble/{part}",
        answer=assemble_part,
        request=DecideRequest,
        media=_PARTS,
        errors=(*_TARGET, "UNKNOWN_PART"),
        scope=KeyScope.DECIDE,
    ),
    Route(
        path="/v1/decide",
        answer=decide,
        request=DecideRequest,
        shape=DecisionAnswer,
        errors=_TARGET,
        scope=KeyScope.DECIDE,
    ),
    Route(
        path="/v1/explain",
        answer=explain,
        request=DecideRequest,
        shape=ExplanationAnswer,
        errors=_TARGET,
        scope=KeyScope.EXPLAIN,
    ),
    Route(
        path="/v1/variants/{campaign}/{channel}/{locale}/{part}",
        answer=variant_of_cell,
        query=("segment", "stage", "slot"),
        media=_PARTS,
        errors=(*_TARGET, "UNKNOWN_LOCALE", "UNKNOWN_PART", "BAD_REQUEST"),
        is_conditional=True,
        scope=KeyScope.DECIDE,
    ),
    Route(
        path="/ofrep/v1/evaluate/flags/{key}",
        answer=evaluate_flag,
        request=FlagsRequest,
        read=read_payload,
        shape=FlagEvaluation,
        refusals={400: FlagError, 404: FlagError},
        scope=KeyScope.DECIDE,
    ),
    Route(
        path="/ofrep/v1/evaluate/flags",
        answer=evaluate_flags,
        request=FlagsRequest,
        read=read_payload,
        shape=FlagsAnswer,
        refusals={400: FlagError},
        is_conditional=True,
        scope=KeyScope.DECIDE,
    ),
    Route(path="/livez", answer=livez, shape=Alive, open=True),
    Route(path="/readyz", answer=readyz, shape=Readiness, open=True),
    Route(path="/metrics", answer=metrics, media=("text/plain",), scope=KeyScope.METRICS),
    Route(path="/openapi.json", answer=openapi),
)
"""Everything that can be asked."""


class RouteEntry(msgspec.Struct, frozen=True, eq=False):
    """A route, ready to be answered: its methods, also as a header has them, and what reads a body."""

    route: Route
    methods: frozenset[str]
    allowed: bytes
    read: Callable[[bytes], Any] | None


class Router:
    """Finds the route of a path, and the names in it: `find(path)`, which is None where there is none."""

    def __init__(self) -> None:
        self._fixed: dict[str, tuple[RouteEntry, tuple[str, ...]]] = {}
        self._open: list[tuple[list[str], RouteEntry]] = []
        self.find = lru_cache(_CACHED)(self._find)
        for route in ROUTES:
            read = route.read or (None if route.request is None else request_reader(route.request))
            entry = RouteEntry(route, frozenset(route.methods), ", ".join(route.methods).encode(), read)
            if "{" in route.path:
                self._open.append((route.path.split("/"), entry))
            else:
                self._fixed[route.path] = entry, ()

    def _find(self, path: str) -> tuple[RouteEntry, tuple[str, ...]] | None:
        """The route of a path, and the names in it; None where there is none."""
        return self._fixed.get(path) or self._match(path.split("/"))

    def _match(self, words: list[str]) -> tuple[RouteEntry, tuple[str, ...]] | None:
        for pattern, entry in self._open:
            if len(pattern) == len(words):
                pairs = [*zip(pattern, words, strict=True)]
                if all(wanted == word or wanted[:1] == "{" for wanted, word in pairs):
                    return entry, tuple(word for wanted, word in pairs if wanted[:1] == "{")
        return None
