"""The tests end, wherever they are started and whatever waits for ever in one of them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.processes import IN_BACKGROUND

WAITS = {
    "a lock": "lock = threading.Lock(); lock.acquire(); lock.acquire()",
    "an event": "threading.Event().wait()",
    "a thread": "thread = threading.Thread(target=time.sleep, args=(999,), daemon=True); thread.start(); thread.join()",
    "a queue": "queue.Queue().get()",
    "a socket": "socket.create_server(('127.0.0.1', 0)).accept()",
    "a process": "subprocess.run(['sleep', '999'])",
    "what a process says": "subprocess.Popen(['sleep', '999'], stdout=subprocess.PIPE).stdout.read()",
    "a loop": "while True: pass",
}
MODULE = "import itertools, queue, socket, subprocess, threading, time\nimport pytest\n"


def ended(folder: Path, *waits: str) -> str:
    """What the tests say that wait so, started in the background, with the limits of ours but shorter."""
    tests = (f"def test_{number}():\n    {wait}\n" for number, wait in enumerate(waits))
    (folder / "test_waits.py").write_text(MODULE + "".join(tests))
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder)]
    command += ["-n", "0", "-o", "timeout=0.2", "-o", "faulthandler_timeout=1", "-p", "no:cacheprovider", str(folder)]
    done = subprocess.run(
        [*IN_BACKGROUND, *command], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode
    return done.stdout + done.stderr


@pytest.mark.slow
def test_whatever_waits_in_a_test_fails_it(tmp_path: Path) -> None:
    printed = ended(tmp_path, *WAITS.values())
    assert printed.count("Failed: Timeout") >= len(WAITS)
    assert f"{len(WAITS)} failed" in printed


@pytest.mark.slow
def test_what_cannot_be_interrupted_ends_its_process(tmp_path: Path) -> None:
    printed = ended(tmp_path, "sum(itertools.repeat(0))")
    assert re.search(r"Timeout \(0:00:01\)!\n.*test_0", printed, re.DOTALL)


def test_there_are_limits(pytestconfig: pytest.Config) -> None:
    interrupted, ended_after = float(pytestconfig.getini("timeout")), float(pytestconfig.getini("faulthandler_timeout"))
    assert 0 < interrupted < ended_after
    assert pytestconfig.getini("faulthandler_exit_on_timeout")
