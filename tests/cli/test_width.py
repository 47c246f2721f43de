"""Whatever a command prints for people fits a terminal of 80 columns."""

from __future__ import annotations

import shlex

import pytest

from assembler.cli.commands import assembler
from assembler.cli.text.columns import WIDTH, width
from tests.cli.conftest import Run

COMMANDS = (
    "check --all", "check --statistics", "build", "build --sample pairs", "build --select segment:sweet", "coverage",
    "why back --channel email", "why back --channel email --segment sweet_tooth --stage away --id c-42", "due",
    "why bakc --channel email", "due --within 400d", "ls", "ls components", "ls campaigns", "ls segments", "ls signals",
    "ls variants", "rule", "rule R10", "rule T05", "gallery", "review plan", "review check", "review plan --as-of x",
    "review record approve back/email/en/x --reviewer Jo", "review import nowhere.json",
    "new campaign autumn_greetings", "new component title/another --campaign back", "new segment hungry",
    "new component titel/x", "export back --to crm", "init",
    "schema kampaign", "completion bsh", "assemble back --channel email --part sms",
    "audience back --channel email --people nowhere.csv nowhere.gz -o out",
    "serve nowhere.library", "exposures compact nowhere",
    "plan back --people nowhere.csv --base 1%",
    "measure back --exposures nowhere --outcomes x.csv --event visit --within 7d",
    "send back --channel email --to a@b.example --smtp x",
    "send back --channel page --to a@b.example --smtp x:1",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_line_fits(command: str, run: Run) -> None:
    printed = run(*shlex.split(command)).output.splitlines()
    assert printed
    assert [line for line in printed if width(line) > WIDTH] == []


def test_these_are_all_commands_that_speak() -> None:
    other = {"assemble", "completion", "demo", "schema"}  # parts, scripts and JSON, or what the others say
    assert {command.split()[0] for command in COMMANDS} | other == set(assembler.commands)
