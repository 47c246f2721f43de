"""A new library is taken while requests are answered; none fails, and none is of two libraries."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from assembler import Library
from assembler.library.format import encode
from tests.delivery.service.servers import Running, ask, serving, until
from tests.processes import started

ASKED = {"campaign": "come_back", "channel": "email"}


@pytest.fixture(scope="module")
def two(starter_library: Library) -> list[Library]:
    """Two libraries that differ in a word of every text."""
    texts = [text.replace(b"e", b"e\xcc\x81") for text in starter_library.texts]
    content = starter_library.content
    return [starter_library, Library(content, texts)]


def put(library: Library, path: Path) -> None:
    """Put a library in the place of another, in one step."""
    draft = path.with_name("draft")
    draft.write_bytes(encode(library.content, library.texts))
    draft.replace(path)


def digest(running: Running) -> str:
    return str(running.get("/readyz").json["library"])


class Asking(threading.Thread):
    """Asks over one connection, and notes what is neither of one library nor of the other."""

    def __init__(self, running: Running, whole: dict[str, Any], stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self._running, self._whole, self._stop_asking = running, whole, stop
        self.answers = 0
        self.failed: list[object] = []
        self.mixed: list[str] = []

    def run(self) -> None:
        with contextlib.closing(self._running.connect()) as connection:
            while not self._stop_asking.is_set():
                try:
                    reply = ask(connection, "POST", "/v1/assemble", ASKED)
                except OSError as error:
                    self.failed.append(repr(error))
                    return
                if reply.status != 200:
                    self.failed.append(reply.status)
                elif reply.json["parts"] != self._whole[reply.json["decision"]["library"]]:
                    self.mixed.append(reply.json["decision"]["library"])
                self.answers += 1


def reloaded(two: list[Library], times: int, folder: Path, change: Callable[[Running], None]) -> list[Asking]:
    """Those who asked while a library was put in the place of another so many times."""
    path = folder / "served.library"
    put(two[0], path)
    whole = {library.digest: dict(library.assemble(**ASKED).parts) for library in two}  # type: ignore[arg-type]
    with serving(path, "--watch", "100ms", "--max-connections", "50", folder=folder) as running:
        stop = threading.Event()
        asking = [Asking(running, whole, stop) for _ in range(4)]
        for client in asking:
            client.start()
        for number in range(1, times + 1):
            put(two[number % 2], path)
            change(running)
            until(lambda wanted=two[number % 2].digest: digest(running) == wanted)  # type: ignore[misc]
        stop.set()
        for client in asking:
            client.join(timeout=20)
        counted = running.get("/metrics").body.decode()
        assert f'assembler_reloads_total{{outcome="taken"}} {times}' in counted
        assert f'assembler_library_info{{library="{two[times % 2].digest}"}} 1' in counted
        assert counted.count("assembler_library_info{") == 1
    return asking


def nothing(running: Running) -> None:
    """The change is seen without being told."""


@pytest.mark.parametrize("times", [6, pytest.param(100, marks=pytest.mark.slow)])
def test_no_request_fails_and_none_is_of_two_libraries(times: int, two: list[Library], tmp_path: Path) -> None:
    asking = reloaded(two, times, tmp_path, nothing)
    assert [client.failed for client in asking if client.failed] == []
    assert [client.mixed for client in asking if client.mixed] == []
    assert all(client.answers > 0 for client in asking)


@pytest.mark.slow
def test_wrk_gets_whole_answers_over_a_hundred_reloads(two: list[Library], tmp_path: Path) -> None:
    if shutil.which("wrk") is None:
        pytest.skip("wrk is not installed")
    path = tmp_path / "served.library"
    (tmp_path / "asked").write_text(json.dumps(ASKED))
    for library, name in zip(two, ("one", "two"), strict=True):
        variant = library.assemble(**ASKED)  # type: ignore[arg-type]
        whole = {"key": variant.key, "decision": variant.decision.to_dict(), "parts": dict(variant.parts)}
        (tmp_path / name).write_text(json.dumps(whole, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    put(two[0], path)
    with serving(path, "--watch", "100ms", folder=tmp_path) as running:
        files = {name.upper(): str(tmp_path / name) for name in ("asked", "one", "two")}
        script = str(Path(__file__).with_name("reloads.lua"))
        address = f"http://127.0.0.1:{running.port}/v1/assemble"
        command = ["wrk", "-t1", "-c32", "-d600s", "--timeout", "20s", "-s", script, address]
        with started(command, env={**os.environ, **files}, stdout=subprocess.PIPE) as wrk:
            for number in range(1, 101):
                put(two[number % 2], path)
                wanted = two[number % 2].digest
                until(lambda wanted=wanted: digest(running) == wanted)  # type: ignore[misc]
            wrk.send_signal(signal.SIGINT)
            printed, _ = wrk.communicate(timeout=30)
    told = next(line for line in printed.splitlines() if line.startswith("told "))
    failed, others, ones, twos = map(int, told.split()[1:])
    assert (failed, others) == (0, 0)
    assert ones > 100 and twos > 100


def spoil(path: Path, how: str, data: bytes) -> None:
    """Put something else where a library was, of which there is the data."""
    if how == "a folder":
        path.mkdir()
    elif how == "a pipe":
        os.mkfifo(path)
    elif how != "missing":
        path.write_bytes({"empty": b"", "cut": data[:-1], "altered": data[:-1] + bytes([data[-1] ^ 1])}[how])


@pytest.mark.parametrize("how", ["missing", "empty", "cut", "altered", "a folder", "a pipe"])
def test_a_file_that_is_not_in_order_leaves_the_last_good_one(how: str, two: list[Library], tmp_path: Path) -> None:
    path = tmp_path / "served.library"
    put(two[0], path)
    data = path.read_bytes()
    with serving(path, "--watch", "100ms", folder=tmp_path) as running:
        path.unlink()
        spoil(path, how, data)
        until(lambda: running.get("/readyz").json["status"] == "stale")
        ready = running.get("/readyz")
        assert (ready.status, ready.json["library"]) == (200, two[0].digest)
        assert ready.json["problem"]
        assert str(tmp_path) not in ready.json["problem"]
        assert running.post("/v1/assemble", ASKED).json["decision"]["library"] == two[0].digest
        counted = running.get("/metrics").body.decode()
        assert "assembler_library_stale 1\n" in counted
        assert 'assembler_reloads_total{outcome="refused"}' in counted
        assert any(line.startswith(f"{path}: refused, the last good one stays: ") for line in running.lines())
        if how == "a folder":
            path.rmdir()
        put(two[1], path)
        until(lambda: running.get("/readyz").json == {"status": "ready", "library": two[1].digest, "problem": None})
        assert "assembler_library_stale 0\n" in running.get("/metrics").body.decode()


def test_a_library_of_which_a_default_cannot_be_assembled_is_refused(two: list[Library], tmp_path: Path) -> None:
    """Its file is whole, and its content in order: only trying it shows that it does not work."""
    path = tmp_path / "served.library"
    put(two[0], path)
    content = two[0].content
    campaign = content.campaigns["come_back"]
    channel = campaign.channels["email"]
    call = channel.documents["fr"]["html"].calls[0]
    without = msgspec.structs.replace(call, fragments={})
    document = channel.documents["fr"]["html"]
    document = msgspec.structs.replace(document, calls=(without, *document.calls[1:]))
    documents = {**channel.documents, "fr": {**channel.documents["fr"], "html": document}}
    channel = msgspec.structs.replace(channel, documents=documents)
    campaign = msgspec.structs.replace(campaign, channels={**campaign.channels, "email": channel})
    worse = msgspec.structs.replace(content, campaigns={**content.campaigns, "come_back": campaign})
    with serving(path, "--watch", "100ms", folder=tmp_path) as running:
        draft = tmp_path / "draft"
        draft.write_bytes(encode(worse, two[0].texts))
        draft.replace(path)
        until(lambda: running.get("/readyz").json["status"] == "stale")
        assert digest(running) == two[0].digest


def test_a_signal_asks_for_the_files(two: list[Library], tmp_path: Path) -> None:
    path = tmp_path / "served.library"
    put(two[0], path)
    with serving(path, "--watch", "off", folder=tmp_path) as running:
        put(two[1], path)
        for _ in range(3):
            assert digest(running) == two[0].digest
        running.process.send_signal(signal.SIGHUP)
        until(lambda: digest(running) == two[1].digest)
