"""The sample project in a folder, served over a real socket."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

import msgspec
import pytest

from assembler.authoring import Project
from assembler.review.approvals.decision import ReviewDecision
from assembler.review.sampling.digests import Card
from assembler.review.server.server import ReviewServer
from assembler.review.server.session import Session
from tests.authoring.builders import MOMENT, project as files
from tests.cli.conftest import write

REVIEWER = "Maya Lind <maya@sample.example>"
ROLE = "brand"
SWEET = "components/title/sweet.md"


@dataclass(frozen=True)
class Reply:
    """The answer to a request."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The JSON that it holds."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Desk:
    """A project's folder, the session about it, and the server of that."""

    folder: Path
    session: Session
    server: ReviewServer

    @property
    def token(self) -> str:
        """The token of the page."""
        return self.server.guard.token

    @property
    def port(self) -> int:
        """The port that is served."""
        return self.server.guard.port

    @property
    def host(self) -> str:
        """What the page has in `Host`."""
        return f"127.0.0.1:{self.port}"

    @property
    def number(self) -> int:
        """The number of what there is to see."""
        return self.session.revision.number

    @property
    def cards(self) -> dict[str, Card]:
        """The cards of the plan, by their key."""
        return {planned.card.key: planned.card for planned in self.session.revision.review.plan.cards}

    def sent(self, request: bytes) -> bytes:
        """What comes back for these bytes."""
        received = b""
        # Of a request that is too long the rest is not read: then the connection breaks.
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection, suppress(ConnectionError):
            connection.sendall(request)
            while data := connection.recv(65536):
                received += data
        return received

    def ask(
        self, method: str, path: str, headers: Mapping[str, str | None] | None = None, body: bytes | None = None
    ) -> Reply:
        """The answer to a request with the headers that the page sends; None leaves one out."""
        own = {"Host": self.host, "X-Assembler-Token": self.token}
        if method == "POST":
            own |= {"Origin": f"http://{self.host}", "Content-Type": "application/json"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.putrequest(method, path, skip_host=True)
            for name, value in {**own, "Content-Length": str(len(body or b"")), **(headers or {})}.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return Reply(answer.status, dict(answer.getheaders()), answer.read())

    def hand_in(self, *decisions: ReviewDecision) -> Reply:
        """The answer to decisions, of which the server is to say by whom they are."""
        return self.ask("POST", f"/decisions?after={self.number}", body=body_of(*decisions))

    def news(self, seen: object) -> Reply:
        """The answer to a page that waits for news."""
        return self.ask("GET", f"/contents?after={seen}")

    def written(self) -> list[dict[str, Any]]:
        """The decisions that lie in the project."""
        return [json.loads(path.read_bytes()) for path in sorted((self.folder / "reviews").glob("*/*.json"))]


def body_of(*decisions: ReviewDecision) -> bytes:
    """Decisions as the page sends them."""
    written = [{**msgspec.to_builtins(decision), "reviewer": ""} for decision in decisions]
    return json.dumps({"schema": 1, "decisions": written}).encode()


@contextmanager
def watched(desk: Desk, every: int = 60_000) -> Iterator[None]:
    """Meanwhile, changes on disk are followed; whatever happens, it is looked for after so many milliseconds."""
    stop = Event()
    thread = Thread(target=desk.session.follow, args=(stop, every))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(10)


def moment(_: Project) -> Any:
    """The moment of the sample."""
    return MOMENT


@pytest.fixture(scope="package")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The served project, which a test leaves as it is."""
    folder = write(tmp_path_factory.mktemp("served"), files())
    session = Session(folder, moment=moment, reviewer=REVIEWER, role=ROLE, tool="assembler 0.0.0")
    with ReviewServer(session) as server:
        yield Desk(folder, session, server)


@pytest.fixture
def desk(calm: Desk) -> Iterator[Desk]:
    """The served project, for a test to change; afterwards it is put back."""
    yield calm
    reviews = calm.folder / "reviews"
    if reviews.is_file():
        reviews.unlink()
    shutil.rmtree(reviews, ignore_errors=True)
    write(calm.folder, files())
    calm.session.refresh()
