"""What every test has: no network, snapshots as text, the starter compiled once, a browser where there is one."""

from __future__ import annotations

import gc
import ipaddress
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from assembler import Library
from assembler.authoring import Project
from assembler.authoring.incremental.disk_cache import FolderCache, InMemoryCache
from tests.examples import ALL, examples

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A submission is judged by the same examples each time; everybody else's runs look for new ones.
settings.register_profile(
    "default", deadline=None, max_examples=examples(100), suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

ROOT = Path(__file__).parents[1]
STARTER_MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what is slow, unless all is asked for."""
    skip = pytest.mark.skip(reason="slow: runs where ASSEMBLER_EXAMPLES=all")
    for item in items:
        if not ALL and item.get_closest_marker("slow"):
            item.add_marker(skip)


def pytest_collection_finish() -> None:
    """What is collected stays: it is not looked through for garbage again and again."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Nothing here reaches further than this machine."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "127.0.0.1"
        if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise AssertionError(f"a connection to {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", local_only)
        yield


class _TextFile(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def words(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """A snapshot in a .txt file of its own."""
    return snapshot.use_extension(_TextFile)


@pytest.fixture
def work_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes share work however little there is, as if there were three processors."""
    for module in ("compile.missing_fragments", "check.run"):
        monkeypatch.setattr(f"assembler.authoring.{module}._WORTH_SHARING", 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: range(3))


@pytest.fixture(scope="session")
def results_by_key() -> dict[str, bytes]:
    """What the caches on disk of all projects were given in one process, where tests share it."""
    return {}


@pytest.fixture
def known_results(results_by_key: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test has compiled or judged, of whatever project, no other does again: nothing differs, as
    tests/authoring/incremental shows. For tests of what comes of it, not of how."""
    for cache in (FolderCache, InMemoryCache):
        own_get, own_put = cache.get, cache.put

        def put(self: Any, key: str, data: bytes, own_put: Callable[[Any, str, bytes], None] = own_put) -> None:
            results_by_key[key] = data
            own_put(self, key, data)

        def get(
            self: Any, key: str, own_get: Callable[[Any, str], bytes | None] = own_get, put: Any = put
        ) -> bytes | None:
            data = own_get(self, key)
            if data is None and key in results_by_key:
                put(self, key, results_by_key[key])
            return results_by_key.get(key) if data is None else data

        monkeypatch.setattr(cache, "get", get)
        monkeypatch.setattr(cache, "put", put)


@pytest.fixture(scope="session")
def starter() -> Project:
    """The project at the root of this repository."""
    return Project.load(ROOT)


@pytest.fixture(scope="session")
def starter_library(starter: Project) -> Library:
    """The starter's library."""
    return starter.compile(STARTER_MOMENT)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, for all tests of one process."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium is installed")
    with sync_api.sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        flags += ["--disable-features=IsolateSandboxedIframes"]  # a process for each frame of a gallery costs seconds
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()
