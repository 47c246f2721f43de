"""The servers that `benchmarks.service` measures, each in a process of its own, on a port that it prints.

`python -m benchmarks.service_apps NAME FOLDER` serves what the folder has: a library, and constant bodies.
"""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from assembler import Library
from assembler.delivery.service.counters import SharedCounters
from assembler.delivery.service.metrics import Metrics
from assembler.delivery.service.server import ServiceServer
from assembler.delivery.service.settings import ServiceSettings
from assembler.delivery.service.state import ServiceState
from benchmarks.mail import SEGMENTS
from benchmarks.peers import decider, renderers

__all__ = ["LIBRARY", "main"]

LIBRARY = "mail.library"
_SHARE = 0.1


class Constant:
    """An application that reads a body and answers the same to everybody: what the server itself costs."""

    def __init__(self, state: ServiceState, body: bytes, content_type: bytes) -> None:
        self.state = state
        headers = [(b"content-type", content_type), (b"content-length", b"%d" % len(body))]
        self._start = {"type": "http.response.start", "status": 200, "headers": headers}
        self._body = {"type": "http.response.body", "body": body}

    async def __call__(self, scope: Mapping[str, Any], receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        """Answer one request."""
        more = True
        while more:
            more = (await receive()).get("more_body", False)
        await send(self._start)
        await send(self._body)


def _ours(folder: Path, listener: socket.socket) -> None:
    ServiceServer(_state(folder)).run([listener])


def _constant(name: str, content_type: bytes) -> Callable[[Path, socket.socket], None]:
    def run(folder: Path, listener: socket.socket) -> None:
        state = _state(folder)
        server = ServiceServer(state)
        server.config.app = Constant(state, (folder / name).read_bytes(), content_type)
        server.run([listener])

    return run


def _state(folder: Path) -> ServiceState:
    settings = ServiceSettings(library=folder / LIBRARY, watch=None)
    return ServiceState(settings, Metrics(SharedCounters(1).of(0)), lambda _: b"")


def _fastapi(folder: Path, listener: socket.socket) -> None:
    """What a team builds of well-known parts: GrowthBook decides, Jinja2 renders the HTML with an include per slot."""
    import uvicorn
    from fastapi import FastAPI, Response

    library = Library.open(folder / LIBRARY)
    chosen = json.loads((folder / "chosen.json").read_bytes())
    decide = decider("GrowthBook", SEGMENTS, _SHARE)
    render = dict(renderers(library, chosen, parts=("html",)))["Jinja2, an include per slot"]
    app = FastAPI()

    async def html(body: dict[str, dict[str, Any]]) -> Response:
        return Response(render(decide(body["attributes"]), body["fields"])["html"], media_type="text/html")

    app.post("/html")(html)
    config = uvicorn.Config(app, http="httptools", log_level="error", access_log=False)
    uvicorn.Server(config).run([listener])


_APPS: dict[str, Callable[[Path, socket.socket], None]] = {
    "ours": _ours,
    "constant.html": _constant("constant.html", b"text/html; charset=utf-8"),
    "constant.decision": _constant("constant.decision", b"application/json"),
    "constant.json": _constant("constant.json", b"application/json"),
    "fastapi": _fastapi,
}


def main() -> int:
    """Serve until the process is ended."""
    _, name, folder = sys.argv
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        _APPS[name](Path(folder), listener)
    return 0


if __name__ == "__main__":
    sys.exit(main())
