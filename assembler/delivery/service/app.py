"""The service as an ASGI application: a request comes in, an answer goes out, and no fault gets past it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, MutableMapping
from time import perf_counter
from typing import Any

from assembler.delivery.service.answers import CLOSE, Answer, RequestError, error_answer
from assembler.delivery.service.asked import Asked
from assembler.delivery.service.keys import KeyScope
from assembler.delivery.service.metrics import NOWHERE
from assembler.delivery.service.reading import ClientGone, Receive, read_body
from assembler.delivery.service.routes import RouteEntry, Router
from assembler.delivery.service.state import ServiceState
from assembler.errors import UnknownCampaign, UnknownChannel

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_log = logging.getLogger(__name__)


class ServiceApp:
    """Answers requests. It works in one thread, and waits for nothing but the body of a request."""

    def __init__(self, state: ServiceState) -> None:
        self.state = state
        self._router = Router()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        begun = perf_counter()
        match = self._router.find(scope["path"])
        try:
            if match is None:
                raise RequestError("UNKNOWN_PATH")
            answer = await self._answer(*match, scope, receive)
        except RequestError as error:
            answer = error.answer
        except UnknownCampaign as error:
            answer = error_answer("UNKNOWN_CAMPAIGN", error.known)
        except UnknownChannel as error:
            answer = error_answer("UNKNOWN_CHANNEL", error.known)
        except ClientGone:
            return
        except Exception as error:  # noqa: BLE001  # a fault of ours is told by its class alone: its words may hold values
            _log.error("a request ended by %s", type(error).__qualname__)
            answer = error_answer("FAULT")
        headers = [*answer.headers, (b"content-length", b"%d" % len(answer.body))]
        if self.state.draining:
            headers.append(CLOSE)
        route = NOWHERE if match is None else match[0].route.path
        self.state.metrics.count(route, answer.status, perf_counter() - begun)
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(
        self, entry: RouteEntry, names: tuple[str, ...], scope: MutableMapping[str, Any], receive: Receive
    ) -> Answer:
        if scope["method"] not in entry.methods:
            raise RequestError("METHOD_NOT_ALLOWED", sorted(entry.methods), headers=((b"allow", entry.allowed),))
        headers: dict[bytes, bytes] = dict(scope["headers"])
        state = self.state
        scopes = None if state.keys is None or entry.route.open else self._scopes(entry, headers)
        body = None
        if entry.read is not None:
            body = entry.read(await read_body(headers, receive, state.limits.max_body))
        asked = Asked(state, state.library.current, names, scope["query_string"], headers, body, scopes)
        return entry.route.answer(asked)

    def _scopes(self, entry: RouteEntry, headers: dict[bytes, bytes]) -> frozenset[KeyScope] | None:
        """The scopes of the key that a request has. Raises `RequestError` where it has none, or one without the scope
        of the route."""
        if self.state.keys is None:
            return None
        scopes = self.state.keys.current.scopes_of(headers)
        if scopes is None:
            raise RequestError("UNAUTHORIZED")
        if entry.route.scope is not None and entry.route.scope not in scopes:
            raise RequestError("FORBIDDEN", [entry.route.scope])
        return scopes
