"""Help: what it says, how wide it is, and how little it loads."""

from __future__ import annotations

import re
import subprocess
import sys

import click
import pytest
from syrupy.assertion import SnapshotAssertion

from assembler.cli.commands import assembler
from tests.cli.conftest import Run

COMMANDS = tuple(assembler.commands)
SYNONYMS = (
    "user",
    "customer",
    "recipient",
    "render",
    "rendered",
    "bundle",
    "combination",
    "block",
    "fallback copy",
)
HEAVY = ("jinja2", "pydantic", "PIL", "yaml", "rich", "markdown_it", "css_inline", "assembler.authoring")


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help(name: str, run: Run, words: SnapshotAssertion) -> None:
    result = run(*([name] if name else []), "--help")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout == words
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_in_a_line_who_it_is_for(name: str) -> None:
    command = assembler.commands[name]
    below = command.commands.values() if isinstance(command, click.Group) else ()
    for one in (command, *below):
        assert len(re.findall(r"^ *For .{1,74}\.$", one.help or "", re.MULTILINE)) == 1, one.name


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_has_one_word_for_each_thing(name: str, run: Run) -> None:
    said = set(re.findall(r"[a-z-]+", run(*([name] if name else []), "--help").stdout.lower()))
    assert said.isdisjoint(SYNONYMS)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"], ["chekc"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    script = (
        "import sys\n"
        "from assembler.cli import main\n"
        "try:\n"
        f"    main({arguments!r})\n"
        "finally:\n"
        f"    assert not [each for each in {HEAVY!r} if each in sys.modules]\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=120)
    assert "AssertionError" not in done.stderr


def test_the_list_of_commands_says_what_the_help_of_each_says_first(run: Run) -> None:
    listed = dict(re.findall(r"^  (\w+) +(.+)$", run("--help").stdout.partition("Commands:\n")[2], re.MULTILINE))
    first = {name: (command.help or "").partition("\n\n")[0] for name, command in assembler.commands.items()}
    assert listed == first


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["chekc"]])
def test_help_loads_no_command(arguments: list[str]) -> None:
    script = (
        "import sys\n"
        "from assembler.cli import main\n"
        "try:\n"
        f"    main({arguments!r})\n"
        "finally:\n"
        "    loaded = [name for name in sys.modules if name.startswith('assembler.cli.')]\n"
        "    assert 'assembler.cli.check' not in loaded, loaded\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=60)
    assert "AssertionError" not in done.stderr


def test_without_a_command_help_goes_to_standard_error(run: Run) -> None:
    result = run()
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Commands:" in result.stderr


def test_the_version(run: Run) -> None:
    assert re.fullmatch(r"assembler \d+\.\d+\.\d+\n", run("--version").stdout)
