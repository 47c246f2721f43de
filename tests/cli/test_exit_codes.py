"""Exit codes, and what is said where."""

from __future__ import annotations

import errno
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assembler.authoring import Project
from tests.cli.conftest import AS_OF, Run

Process = subprocess.CompletedProcess[str]


def process(*arguments: str, cwd: Path, env: dict[str, str] | None = None) -> Process:
    return subprocess.run(
        [sys.executable, "-m", "assembler", *arguments],
        check=False,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "COLUMNS": "80", **(env or {})},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "Did you mean 'check'?"),
        (["check", "--projekt", "x"], "Did you mean '--project'?"),
        (["check", "--format", "jsn"], "did you mean json?"),
        (["check", "--format", "yaml"], "it is one of text, json, github, sarif, junit, concise"),
        (["ls", "signal"], "did you mean signals?"),
        (["rule", "D001"], "did you mean D01?"),
        (["schema", "campaigns"], "did you mean campaign?"),
        (["assemble", "bakc", "--channel", "email"], "did you mean back?"),
        (["assemble", "back", "--channel", "emial"], "did you mean email?"),
        (["assemble", "back"], "Missing option '--channel'"),
        (["assemble", "back", "--channel", "email", "--part", "htlm"], "did you mean html?"),
        (["why", "bakc", "--channel", "email"], "did you mean back?"),
        (["why", "back", "--channel", "email", "--segment", "sweet_toth"], "did you mean sweet_tooth?"),
        (["why", "back", "--channel", "email", "--stage", "awy"], "did you mean away?"),
        (["why", "back", "--channel", "email", "--signal", "tast=sweet"], "did you mean taste?"),
        (["why", "back", "--channel", "email", "--signal", "taste"], "write --signal NAME=VALUE"),
        (["why", "back", "--channel", "email", "--field", "firstname=x"], "did you mean first_name?"),
    ],
)
def test_a_wrong_name_is_usage_with_a_hint(arguments: list[str], said: str, run: Run) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in " ".join(result.stderr.split())
    assert all(len(line) <= 80 for line in result.stderr.splitlines())


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-13-01", "is no date"),
        ("yesterday", "is no date"),
        ("2026-11-22T12:00:00", "has no offset"),
        ("0001-01-01", "out of range"),
        ("9999-12-31", "out of range"),
        ("\x1b[31m", "is no date"),
        ("9" * 5000, "is no date"),
    ],
)
def test_a_moment_that_is_none(moment: str, said: str, run: Run) -> None:
    result = run("check", at=moment)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "\x1b" not in result.stderr


def test_a_date_means_midnight_in_the_time_zone_of_the_project(run: Run, project: Path) -> None:
    settings = project / "assembler.yaml"
    settings.write_text(settings.read_text().replace("Europe/London", "Pacific/Auckland"))
    result = run("why", "back", "--channel", "page", at="2026-11-23")
    assert "at       23 Nov 2026, 00:00 Pacific/Auckland\n" in result.stdout


def test_no_project_is_a_finding_with_exit_code_2(tmp_path: Path) -> None:
    done = process("check", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("assembler.yaml:1:1: R01 ")
    assert "assembler init" in done.stderr


def test_settings_that_cannot_be_parsed_are_a_finding_with_exit_code_2(run: Run, project: Path) -> None:
    (project / "assembler.yaml").write_text("name: x\nowner: [a\n")
    result = run("check")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("assembler.yaml:")
    assert "^" in result.stderr


@pytest.mark.parametrize("folder", ["nowhere", "assembler.yaml"])
def test_a_project_that_is_no_folder(folder: str, run: Run) -> None:
    result = run("check", "--project", folder)
    assert result.exit_code == 2
    assert "no such folder" in result.stderr


def test_the_nearest_project_upward_is_taken(project: Path) -> None:
    done = process("check", "--as-of", AS_OF, cwd=project / "components" / "title")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "no findings"


@pytest.mark.parametrize("command", [["build"], ["review", "plan", "--as-of", AS_OF]], ids="-".join)
def test_a_project_with_errors_is_not_compiled(command: list[str], run: Run, project: Path) -> None:
    (project / "campaigns" / "back.yaml").write_text(
        (project / "campaigns" / "back.yaml").read_text().replace(", default: empty", "")
    )
    result = run(*command)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "D01" in result.stderr
    assert result.stderr.endswith("1 error\n")


def test_a_fault_of_ours_is_said_in_a_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: object) -> Project:
        raise ZeroDivisionError("by\n\x1bzero")

    monkeypatch.setattr(Project, "load", broken)
    result = run("check")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr.startswith("Error: this is a fault of Assembler itself")
    assert all(len(line) <= 80 for line in result.stderr.splitlines())
    assert "Traceback" not in result.stderr
    assert "\x1b" not in result.stderr
    assert "ASSEMBLER_TRACEBACK=1" in result.stderr


def test_the_traceback_of_a_fault_is_there_for_the_asking(project: Path) -> None:
    script = (
        "from assembler.authoring import Project\n"
        "from assembler.cli import main\n"
        "Project.load = lambda path, **_: 1 / 0\n"
        "main(['check'])\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "ASSEMBLER_TRACEBACK": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=False,
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 3
    assert "Traceback" in done.stderr
    assert "ZeroDivisionError" in done.stderr


@pytest.mark.parametrize("error", [KeyboardInterrupt(), EOFError()])
def test_an_interrupt_is_quiet(error: BaseException, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(path: object, **_: object) -> Project:
        raise error

    monkeypatch.setattr(Project, "load", interrupted)
    result = run("check")
    assert (result.exit_code, result.output.strip()) == (130, "")


@pytest.mark.parametrize(
    "module", ["typing", "click", "assembler.cli.ending", "assembler.cli.check", "assembler.authoring", "pydantic_core"]
)
def test_an_interrupt_while_modules_are_loaded_is_quiet(module: str, project: Path) -> None:
    script = (
        "import sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}:\n"
        "            raise KeyboardInterrupt\n"
        "from assembler.cli import main\n"
        "sys.modules.pop('typing', None)\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "main(['check'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=False,
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "")


def test_nothing_is_loaded_before_an_interrupt_can_be_caught() -> None:
    script = (
        "import sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
        "import gc, importlib\n"
        "before = set(sys.modules)\n"
        "import assembler.cli\n"
        "print(sorted(set(sys.modules) - before))\n"
    )
    command = [sys.executable, "-I", "-S", "-c", script]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout == "['__future__', 'assembler', 'assembler.cli']\n"


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC])
def test_what_the_system_refuses_is_no_fault_of_ours(number: int, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: object, **_: object) -> Project:
        raise OSError(number, os.strerror(number), "a/file")

    monkeypatch.setattr(Project, "load", refused)
    result = run("check")
    assert (result.exit_code, result.stderr) == (2, f"Error: a/file: {os.strerror(number)}\n")


@pytest.mark.parametrize(
    "arguments",
    [["schema"], ["ls", "components", "--as-of", AS_OF], ["assemble", "back", "--channel", "email", "--as-of", AS_OF]],
)
def test_a_pipe_that_nobody_reads_is_quiet(arguments: list[str], project: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "assembler", *arguments],
            check=False,
            cwd=project,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            stdout=writing,
            stderr=subprocess.PIPE,
            timeout=120,
        )
    finally:
        os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 128 + signal.SIGPIPE


def test_text_that_the_terminal_cannot_show_is_no_fault(project: Path) -> None:
    done = process("check", "--project", "été", cwd=project, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 2
    assert "no such folder" in done.stderr


@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colour_only_at_a_terminal_that_wants_it(environment: dict[str, str], coloured: bool, project: Path) -> None:
    campaign = project / "campaigns" / "back.yaml"
    campaign.write_text(campaign.read_text().replace(", default: empty", ""))
    controller, terminal = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "assembler", "check"],
        check=False,
        cwd=project,
        env={**os.environ, "TERM": "xterm", "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        stdout=terminal,
        stderr=terminal,
        timeout=120,
    )
    os.close(terminal)
    printed = os.read(controller, 100_000)
    os.close(controller)
    assert b"D01" in printed
    assert (b"\x1b[" in printed) is coloured
