"""Whoever asks for JSON finds one JSON document on standard output, however the command ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import click.testing
import pytest

from assembler.authoring import Project
from assembler.cli.commands import assembler
from assembler.cli.ending import asks_for_json
from tests.authoring.builders import settings
from tests.cli.conftest import Run, write
from tests.cli.test_check import change
from tests.delivery.export.cases import provider

SUCCESSES: dict[str, tuple[str, ...]] = {
    "check": (),
    "build": (),
    "assemble": ("back", "--channel", "email"),
    "why": ("back", "--channel", "email"),
    "coverage": (),
    "due": (),
    "export": ("back", "--to", "crm"),
    "ls": ("signals",),
    "rule": ("D01",),
    "review plan": (),
    "review check": (),
    "review import": ("decisions.json", "--reviewer", "Jo"),
}
"""What stands behind each command that prints JSON where nothing is wrong with the project."""

ELSEWHERE = {"audience", "send", "exposures compact", "measure", "plan"}
"""What needs a mail server, exposures or people, or is about no project; their own tests are of that."""

JUDGING = {"build", "export", "review plan", "review check", "review import"}
"""The commands that need a project without errors."""


def commands(group: click.Group, *names: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield " ".join((*names, name)), command
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)


def prints_json(command: click.Command) -> bool:
    formats = next((parameter for parameter in command.params if "--format" in parameter.opts), None)
    return isinstance(formats, click.Option) and "json" in (formats.help or "")


def document(result: click.testing.Result) -> Any:
    """The one JSON document on standard output, which is an object."""
    value = json.loads(result.stdout)
    assert isinstance(value, dict | list)
    assert "Traceback" not in result.stderr
    return value


def test_these_are_the_commands_that_print_json() -> None:
    printing = {name for name, command in commands(assembler) if prints_json(command)}
    assert printing - ELSEWHERE == set(SUCCESSES)


@pytest.mark.parametrize("name", SUCCESSES)
def test_it_is_json_whatever_is_wrong(name: str, run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "decisions.json").write_text('{"schema": 1, "decisions": []}')
    if name == "export":
        write(project, settings(providers={"crm": provider("customerio")}))  # type: ignore[arg-type]  # it is a text
    asked = (*name.split(), *SUCCESSES[name], "--format", "json")
    assert "error" not in document(run(*asked))

    refused = run(*asked, "--no-such-option")
    assert (refused.exit_code, document(refused)["error"].split()[:2]) == (2, ["No", "such"])
    if name == "rule":
        return
    change(project / "campaigns" / "back.yaml", ", default: empty", "")
    faulty = run(*asked)
    report = document(faulty)
    if name in JUDGING:
        assert faulty.exit_code == 1
        assert (report["errors"], report["diagnostics"][0]["code"]) == (1, "D01")
        assert "D01" in faulty.stderr
    (project / "assembler.yaml").write_text("name: [")
    unreadable = run(*asked)
    assert (unreadable.exit_code, document(unreadable)["diagnostics"][0]["code"]) == (2, "R01")
    monkeypatch.setattr(Project, "load", lambda path, **_: 1 / 0)
    fault = run(*asked)
    assert (fault.exit_code, document(fault)["error"][:15]) == (3, "this is a fault")


@pytest.mark.parametrize(
    ("arguments", "asks"),
    [
        ("check --format json", True),
        ("check --format=json --strict", True),
        ("check --format json --format text", False),
        ("check --format text --format=json", True),
        ("check --format", False),
        ("check -- --format json", False),
        ("check json", False),
        ("", False),
    ],
)
def test_what_asks_for_json(arguments: str, asks: bool) -> None:
    assert asks_for_json(arguments.split()) is asks


def test_a_page_that_cannot_be_written_is_all_that_is_told(run: Run) -> None:
    result = run("coverage", "--format", "json", "--html", "nowhere/page.html")
    assert (result.exit_code, document(result)) == (2, {"error": "nowhere/page.html: No such file or directory"})


def test_a_watched_build_has_no_end_that_json_could_have(run: Run) -> None:
    result = run("build", "--watch", "--format", "json")
    assert result.exit_code == 2
    assert "leave out --format json" in document(result)["error"]
