"""The application of the service in this process, for what only a fault of ours can show."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from assembler.delivery.service.app import ServiceApp
from assembler.delivery.service.counters import SharedCounters
from assembler.delivery.service.metrics import Metrics
from assembler.delivery.service.settings import ServiceSettings
from assembler.delivery.service.state import ServiceState


class FaultyHeaders:
    """Headers of which every look is a fault."""

    def __init__(self, fault: Exception) -> None:
        self._fault = fault

    def __iter__(self) -> Any:
        raise self._fault


def asked_in_process(library: Path, path: str, fault: Exception) -> tuple[int, bytes]:
    """The status and body for a request in which a fault lies."""
    state = ServiceState(ServiceSettings(library=library), Metrics(SharedCounters(1).of(0)), lambda _: b"{}")
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": FaultyHeaders(fault)}
    # In a thread of its own: a browser's loop may run in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, ServiceApp(state)(scope, receive, send)).result(timeout=30)
    start, body = sent
    return start["status"], body["body"]
