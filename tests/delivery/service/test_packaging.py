"""The unit and the container that the documents show are those of the repository, and are in order."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from assembler.cli.commands import assembler
from tests.conftest import ROOT
from tests.documents import blocks

PACKAGING = ROOT / "packaging" / "service"
PAGE = "docs/how-to/run-the-service.md"
UNIT = (PACKAGING / "assembler.service").read_text(encoding="utf-8")
CONTAINER = (PACKAGING / "Containerfile").read_text(encoding="utf-8")


def test_the_page_shows_them() -> None:
    assert blocks(PAGE, "ini") == [UNIT]
    assert blocks(PAGE, "dockerfile") == [CONTAINER]


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd-analyze")
    file = tmp_path / "assembler.service"
    file.write_text(UNIT.replace("/opt/assembler/bin/assembler", "/bin/true"))
    command = ["systemd-analyze", "verify", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_nothing_of_the_container_runs_as_root_or_is_left_from_building() -> None:
    stages = re.findall(r"^FROM (\S+)", CONTAINER, re.MULTILINE)
    assert len(stages) == 2
    last = CONTAINER.rpartition("\nFROM ")[2]
    assert re.search(r"^USER (?!0)\d+:\d+$", last, re.MULTILINE)
    assert "COPY --from=build" in last and "pip install" not in last


def test_options_that_are_shown_are_there() -> None:
    known = {option for parameter in assembler.commands["serve"].params for option in parameter.opts}
    shown = {
        option
        for text in (UNIT.partition("ExecStart=")[2].partition("ExecReload")[0], CONTAINER.rpartition("CMD")[2])
        for option in re.findall(r"--[a-z-]+", text)
    }
    assert shown
    assert shown <= known
