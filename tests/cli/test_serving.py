"""`assembler review` by itself: the gallery, served until Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from assembler.authoring import Project
from assembler.review.sampling.planner import make_plan
from tests.authoring.builders import MOMENT
from tests.cli.conftest import AS_OF, Run
from tests.cli.test_check import change
from tests.conftest import ROOT
from tests.processes import IN_BACKGROUND, started
from tests.review.server.conftest import body_of
from tests.review.server.test_session import now


@contextmanager
def serving(project: Path, *arguments: str, **env: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address that is printed, and the process."""
    command = [sys.executable, "-m", "assembler", "review", "--as-of", AS_OF, "--reviewer", "Jo <jo@x.example>"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80", **env}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with started([*IN_BACKGROUND, *command, *arguments], cwd=project, env=environment, **pipes) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip(), process


def test_it_serves_takes_decisions_and_ends_with_ctrl_c(project: Path, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text('#!/bin/sh\nprintf %s "$1" > "$OPENED.new" && mv "$OPENED.new" "$OPENED"\n')
    browser.chmod(0o755)
    opened = tmp_path / "opened"
    with serving(project, "--open", "--role", "brand", BROWSER=f"{browser} %s", OPENED=str(opened)) as (
        address,
        process,
    ):
        with urlopen(address, timeout=10) as page:
            assert b'"token":' in page.read()
        own, _, token = address.partition("/?token=")
        headers = {"Origin": own, "X-Assembler-Token": token, "Content-Type": "application/json"}
        card = make_plan(Project.load(project).compile(MOMENT), MOMENT).cards[0].card
        with urlopen(Request(own + "/decisions", body_of(now(card)), headers), timeout=10) as answer:
            assert json.load(answer)["refused"] == []
        deadline = time.monotonic() + 10
        while not opened.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=10)
        assert (process.returncode, stdout) == (0, "")
        assert stderr == "Decisions are written down as those of Jo <jo@x.example>. Ctrl-C ends.\n"
    assert opened.read_text() == address
    (written,) = (project / "reviews").glob("*/*.json")
    decision = json.loads(written.read_bytes())
    assert (decision["reviewer"], decision["role"]) == ("Jo <jo@x.example>", "brand")


def test_a_port_that_is_taken(run: Run) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = run("review", "--reviewer", "Jo", "--port", str(port))
    assert result.exit_code == 2
    assert f"port {port}: Address already in use; omit --port" in " ".join(result.stderr.split())


def test_without_a_reviewer_nothing_is_served(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    result = run("review")
    assert result.exit_code == 2
    assert "who reviews?" in result.stderr


def test_a_project_with_errors_is_not_served(run: Run, project: Path) -> None:
    change(project / "campaigns" / "back.yaml", ", default: empty", "")
    result = run("review", "--reviewer", "Jo")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "D01" in result.stderr


def test_options_of_the_server_are_none_of_a_command(run: Run) -> None:
    result = run("review", "--project", "elsewhere", "plan")
    assert result.exit_code == 2
    assert "--project belongs behind the command: assembler review plan ..." in " ".join(result.stderr.split())
