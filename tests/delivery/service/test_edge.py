"""The configurations that the documents show, in the programs that they are for: a page put together at the edge."""

from __future__ import annotations

import shutil
import socket
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import pytest

from assembler import Library
from tests.delivery.service.servers import SECONDS, Running, serving, until
from tests.documents import every_block
from tests.processes import started

WANTED = {"segment": "lapsed_loyal", "stage": "win_back"}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that everybody may read: these programs let go of root's rights."""
    with TemporaryDirectory(prefix="assembler-edge-") as path:
        Path(path).chmod(0o755)
        yield Path(path)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def shown(folder: Path, ports: dict[str, int]) -> None:
    """Write what the page shows into a folder, with other ports."""
    for block in every_block("docs/how-to/headless.md"):
        if block.title.startswith("edge/"):
            text = block.text
            for port, other in ports.items():
                text = text.replace(port, str(other))
            path = folder / block.title.removeprefix("edge/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def headline(library: Library, **context: str) -> str:
    """The words of the headline of a page, as they stand in HTML."""
    variant = library.assemble("come_back", channel="page", context={"locale": "en", **context})
    if not context:
        variant = library.default("come_back", channel="page", locale="en")
    return (variant.html or "").partition("<h1")[2].partition(">")[2].partition("</h1>")[0]


def fetched(port: int, path: str, cookies: str = "") -> str:
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": cookies})
    with urllib.request.urlopen(asked, timeout=SECONDS) as answer:
        text: str = answer.read().decode()
    return text


def is_open(port: int) -> bool:
    with socket.create_connection(("127.0.0.1", port), timeout=1):
        return True


def needed(program: str) -> str:
    path = shutil.which(program) or shutil.which(program, path="/usr/sbin")
    if path is None:
        pytest.skip(f"no {program} is installed")
    return path


@contextmanager
def run(command: list[str]) -> Iterator[None]:
    """A program that has processes of its own: asked to end, so that it ends those as well."""
    with started(command) as process:
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=SECONDS)


@contextmanager
def files_served(folder: Path) -> Iterator[int]:
    """A site of plain files."""

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(folder))

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_nginx_shows_the_slot_of_a_cell_and_else_the_default(
    library_file: Path, starter_library: Library, folder: Path, tmp_path: Path
) -> None:
    nginx, port = needed("nginx"), free_port()
    with serving(library_file, folder=tmp_path) as running:
        shown(folder, {"8080": running.port, "8081": port})
        (folder / "cache").mkdir()
        with run([nginx, "-p", str(folder), "-e", "stderr", "-c", "nginx.conf"]):
            until(lambda: is_open(port))
            own, default = headline(starter_library, **WANTED), headline(starter_library)
            assert own != default
            cookies = "; ".join(f"{name}={value}" for name, value in WANTED.items())
            _require_headlines(port, cookies, own, default)
            running.end()
            _require_headlines(port, cookies, own, default)


def _require_headlines(port: int, cookies: str, own: str, default: str) -> None:
    for sent, words in ((cookies, own), ("", default), ("segment=made_up", default), ("segment=&slot=x", default)):
        text = fetched(port, "/index.html", sent)
        assert words in text, (sent, text)
        assert text.count("<h1") == 1


def test_varnish_does_the_same_with_edge_side_includes(
    service: Running, starter_library: Library, folder: Path
) -> None:
    varnish, port = needed("varnishd"), free_port()
    with files_served(folder / "site") as site:
        shown(folder, {"8080": service.port, "8081": site})
        command = [
            varnish,
            "-F",
            "-n",
            str(folder / "v"),
            "-a",
            f"127.0.0.1:{port}",
            "-f",
            str(folder / "default.vcl"),
        ]
        with run(command):
            until(lambda: is_open(port))
            text = fetched(port, "/esi.html")
    first, second = (piece.partition("</h1>")[0].rpartition(">")[2] for piece in text.split("<h1")[1:])
    assert (first, second) == (headline(starter_library, **WANTED), headline(starter_library))
