"""No network anywhere in authoring, runtime or review building: sockets are blocked, and nobody comes to a trap."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.browser.projects import starter_files
from tests.cli.conftest import write
from tests.conftest import ROOT

SCRIPT = """
import io, json, socket, sys
from contextlib import redirect_stderr, redirect_stdout

REACHING = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
            "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo", "urllib.Request",
            "http.client.connect")
tried = []

def refuse(event, arguments):
    reaches = event in REACHING or (event == "socket.__new__" and arguments[1] not in (socket.AF_UNIX, -1))
    if reaches:
        tried.append(event)
        raise OSError(f"no network: {event}")

sys.addaudithook(refuse)

def run(*arguments):
    from assembler.cli.commands import assembler
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        try:
            assembler.main(list(arguments), standalone_mode=True)
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
    err.flush()
    ran.append([" ".join(arguments[:2]), code, err.buffer.getvalue().decode()[-500:] if code else ""])

ran = []
"""

WORK = """
run("init", folder)
at = ("--project", folder)
for command in (["check"], ["build"], ["coverage"], ["due"], ["ls"], ["ls", "signals"], ["ls", "variants"], ["schema"],
                ["rule", "C03"], ["review", "plan"], ["review", "check"], ["gallery", "-o", folder + "/pages"]):
    run(*command, *(() if command[0] in ("schema", "rule") else at))
for command in ("assemble", "why"):
    run(command, "come_back", "--channel", "email", "--id", "7", "--field", "first_name=Maya", *at)
from pathlib import Path
from assembler import Library
library = Library.open(next(Path(folder, "build").glob("*.library")))
for campaign in library.campaigns:
    for channel in library.channels(campaign):
        context = {"id": "p", "fields": {"first_name": "http://localhost/"}, "locale": "fr"}
        for call in (library.assemble, library.decide, library.explain):
            call(campaign, channel=channel, context=context)
        variant = library.assemble(campaign, channel=channel)
        if variant.subject:
            variant.message(sender="a@x.example", to="b@x.example", unsubscribe="https://x.example/u")
"""


def told(script: str, *arguments: str, environment: Mapping[str, str] | None = None) -> Any:
    """What a script prints as JSON, in a process of its own; its first argument is `folder`."""
    command = [sys.executable, "-c", f"{SCRIPT}\nfolder = sys.argv[1]\n{script}", *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False, env=env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
def test_nothing_reaches_for_the_network(tmp_path: Path) -> None:
    report = told(WORK + "print(json.dumps([tried, ran]))", str(tmp_path / "demo"))
    tried, ran = report
    assert tried == []
    unwanted = [command for command in ran if command[1] != (1 if command[0] == "review check" else 0)]
    assert unwanted == [], "the starter has nothing approved yet, and all else ends well"
    assert len(ran) == 15


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('localhost', 80)",
        "__import__('urllib.request').request.urlopen('http://localhost:9/')",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    ],
)
def test_an_attempt_would_be_seen(tmp_path: Path, attempt: str) -> None:
    script = f"try:\n    {attempt}\nexcept OSError:\n    pass\nprint(json.dumps(tried))"
    assert told(script, str(tmp_path)) != []


# --- what no hook of Python's sees: libraries that are not written in it ---------------------------------------------


@pytest.fixture
def trap() -> Iterator[socket.socket]:
    """Somebody who listens, on this machine."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(100)
        listening.setblocking(False)
        yield listening


def lured(port: int) -> dict[str, str | bytes]:
    """The starter with an address of the trap wherever an address can stand: also where none is allowed."""
    here = f"https://localhost:{port}"
    files = starter_files()
    files["assembler.yaml"] = (
        str(files["assembler.yaml"])
        .replace("https://www.harbourandpine.example", here)
        .replace("https://cdn.harbourandpine.example", here)
        .replace("www.harbourandpine.example", f"localhost:{port}")
    )
    for path, text in list(files.items()):
        if path.endswith((".j2", ".md", ".yaml")) and path != "assembler.yaml":
            files[path] = str(text).replace("https://www.harbourandpine.example", here)
    for channel, layout in (("email", "promo"), ("page", "landing")):
        path = f"templates/{channel}/{layout}.html.j2"
        remote = (
            f'<link rel="stylesheet" href="{here}/a.css"><link rel="stylesheet" href="http://localhost:{port}/b.css">'
            f"<style>@import url({here}/c.css); body {{ background: url({here}/d.png) }}</style>"
            f'<img src="{here}/e.png" alt=""><script src="{here}/f.js"></script><iframe src="{here}/g"></iframe>'
        )
        text = str(files[path])
        assert "</body>" in text or "{% include" in text
        files[path] = text + remote
        css = f"templates/{channel}/inline.css"
        files[css] = f"@import url('{here}/h.css');\n{files[css]!s}\np {{ background: url({here}/i.png) }}\n"
    return files


@pytest.mark.slow
def test_nobody_comes_to_the_trap(trap: socket.socket, tmp_path: Path) -> None:
    folder = write(tmp_path / "lured", lured(trap.getsockname()[1]))
    script = (
        "from assembler.authoring import Project\n"
        "from assembler.authoring.outcomes.variants import enumerate_variants\n"
        "from datetime import UTC, datetime\n"
        "from assembler import Library\n"
        "project = Project.load(folder)\n"
        "report = project.check()\n"
        "library = Library(project.compiled.content, project.compiled.texts)\n"
        "parts = [library.join(each.plan, each.choices) for each in enumerate_variants(library, datetime.now(UTC))]\n"
        "print(json.dumps([tried, len(report.errors), sum(b'localhost' in part['html'] for part in parts)]))"
    )
    tried, errors, variants = told(script, str(folder))
    assert tried == []
    assert errors > 0, "remote styles and scripts are refused, but looked at"
    assert variants > 0, "addresses of the trap are in what was made"
    with pytest.raises(BlockingIOError):
        trap.accept()


def test_the_trap_would_tell(trap: socket.socket) -> None:
    with socket.create_connection(trap.getsockname(), timeout=5):
        trap.setblocking(True)
        trap.settimeout(5)
        trap.accept()[0].close()
