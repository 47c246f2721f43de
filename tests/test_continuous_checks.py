"""`.pre-commit-hooks.yaml` and `action.yml` run `assembler check`, and say what it says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.authoring.builders import component, project
from tests.cli.conftest import AS_OF, write
from tests.documents import ROOT

HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
SCRIPT: dict[str, Any] = ACTION["runs"]["steps"][-1]

FAULTY = component("title/sweet", segments=["swet_tooth"])
PLACE = "components/title/sweet.md"


def run(command: list[str], cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """A command, in an environment in which `assembler` is the one that is tested."""
    bin_ = cwd / ".bin"
    bin_.mkdir(exist_ok=True)
    (bin_ / "assembler").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m assembler "$@" --as-of {AS_OF}\n')
    (bin_ / "assembler").chmod(0o755)
    inherited = {key: value for key, value in os.environ.items() if key not in ("GITHUB_WORKSPACE", "NO_COLOR")}
    environment = inherited | {"PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)} | env
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=300)


def check(repository: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The last step of the action, with the values that GitHub would put in for its inputs."""
    env = {}
    for name, value in SCRIPT["env"].items():
        key = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", value)
        assert key is not None
        env[name] = inputs.get(key[1], ACTION["inputs"][key[1]]["default"])
    # As GitHub runs `shell: bash`.
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", SCRIPT["run"]]
    return run(command, repository, GITHUB_WORKSPACE=str(repository), **env)


def test_the_action_annotates_and_fails(tmp_path: Path) -> None:
    write(tmp_path / "mails", project(FAULTY))
    done = check(tmp_path, project="mails")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith(f"::error file=mails/{PLACE},line=3,col=12,title=R03::")


@pytest.mark.slow
def test_the_action_passes_what_is_clean_and_what_is_not_selected(tmp_path: Path) -> None:
    write(tmp_path, project(FAULTY))
    assert check(tmp_path, select="C, E14").returncode == 0
    assert check(tmp_path, ignore="R03").returncode == 0
    assert check(tmp_path, select="R").returncode == 1


@pytest.mark.slow
def test_the_action_writes_what_code_scanning_takes(tmp_path: Path) -> None:
    write(tmp_path, project(FAULTY))
    done = check(tmp_path, format="sarif", output="assembler.sarif")
    assert (done.returncode, done.stdout) == (1, "")
    (result,) = json.loads((tmp_path / "assembler.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert result["ruleId"] == "R03"


def test_a_value_is_never_run(tmp_path: Path) -> None:
    write(tmp_path, project())
    check(tmp_path, select="$(touch a)`touch b`", project='"; touch c; "', output="")
    assert not {"a", "b", "c"} & {path.name for path in tmp_path.iterdir()}
    assert "${{" not in SCRIPT["run"]


def test_every_input_is_used() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(ACTION["inputs"]) == set(re.findall(r"inputs\.([a-z-]+)", text))


@pytest.mark.slow
@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_a_hook_checks_the_project(hook: dict[str, Any], tmp_path: Path) -> None:
    write(tmp_path, project(FAULTY))
    done = run(hook["entry"].split(), tmp_path)
    mends = "--fix" in hook["entry"]
    assert done.returncode == (0 if mends else 1), done.stderr
    assert ("sweet_tooth" in (tmp_path / PLACE).read_text(encoding="utf-8")) is mends
    if not mends:
        assert done.stdout == f"{PLACE}:3:12: R03 no segment 'swet_tooth'\n"


@pytest.mark.parametrize(
    ("path", "is_concerned"),
    [
        ("assembler.yaml", True),
        ("mails/assembler.yaml", True),
        ("components/title/sweet.md", True),
        ("mails/templates/email/note.html.j2", True),
        ("assets/logo.png", True),
        ("README.md", False),
        ("my_components/x.md", False),
        ("xassembler.yaml", False),
    ],
)
def test_a_hook_runs_for_files_of_a_project(path: str, is_concerned: bool) -> None:
    assert all(bool(re.search(hook["files"], path)) is is_concerned for hook in HOOKS)
