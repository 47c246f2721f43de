"""The documents for people, and how what they show is carried out."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from assembler.authoring.scaffold.new_project import STARTER_DATE
from assembler.cli.commands import assembler

ROOT = Path(__file__).parents[1]
_FENCE = re.compile(r"^```(\w*)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_EXCERPT = ", an excerpt"


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the file that its title names, and what stands in it."""

    language: str
    title: str
    text: str


def every_block(document: str) -> list[Block]:
    """Return all blocks of a document, in their order."""
    return [Block(*groups) for groups in _FENCE.findall((ROOT / document).read_text(encoding="utf-8"))]


def blocks(document: str, language: str) -> list[str]:
    """Return what stands in a document's blocks of a language, in their order."""
    return [block.text for block in every_block(document) if block.language == language]


def commands(document: str) -> list[str]:
    """Return the commands of a document, without their prompts."""
    return [line.removeprefix("$ ") for block in blocks(document, "console") for line in block.splitlines()]


@dataclass(slots=True)
class Reader:
    """Somebody who does what a document says, in the folder they are in.

    They type each command, write and edit each file, run the Python, and compare what is printed with what is shown.

    What needs another machine (`elsewhere`) is not typed.
    """

    monkeypatch: pytest.MonkeyPatch
    elsewhere: tuple[str, ...] = ()
    typed: list[str] = field(default_factory=list)
    names: dict[str, Any] = field(default_factory=dict)
    _printed: str | None = None

    def follow(self, document: str) -> None:
        """Do what the blocks of a document show."""
        for block in every_block(document):
            self._do(block)

    def _do(self, block: Block) -> None:
        printed, self._printed = self._printed, None
        if block.language == "console":
            self._printed = "".join(map(self._type, console_lines(block.text)))
        elif block.language == "text":
            assert printed is not None, f"nothing was typed that could print this:\n{block.text}"
            compare(block.text, printed)
        elif block.language == "python":
            exec(compile(block.text, "document", "exec"), self.names)
        elif block.title.endswith(_EXCERPT):
            assert block.text in Path(block.title.removesuffix(_EXCERPT)).read_text(encoding="utf-8")
        elif block.language == "diff":
            edit(Path(block.title), block.text)
        elif block.language:
            assert block.title, f"a block of {block.language} that is no file:\n{block.text}"
            Path(block.title).parent.mkdir(parents=True, exist_ok=True)
            Path(block.title).write_text(block.text, encoding="utf-8")

    def _type(self, line: str) -> str:
        printed = ""
        for command in line.split(" && "):
            self.typed.append(command)
            program, *arguments = shlex.split(command)
            if program == "cd":
                self.monkeypatch.chdir(arguments[0])
            elif program == "assembler":
                result = CliRunner(env={"COLUMNS": "80"}).invoke(assembler, [*arguments, *_dated(arguments)])
                assert result.exit_code in (0, 1), result.output
                printed += result.output
            else:
                assert command in self.elsewhere, f"nobody types {command}"
        return printed


def console_lines(text: str) -> Iterator[str]:
    """Yield what is typed in a console block, a line that ends with a backslash with the next."""
    for line in text.replace("\\\n", " ").splitlines():
        assert line.startswith("$ "), line
        yield line.removeprefix("$ ")


def compare(shown: str, printed: str) -> None:
    """Check that each paragraph that is shown was printed, in this order; `...` stands for any lines within one."""
    at = 0
    for paragraph in shown.strip("\n").split("\n\n"):
        pattern = re.escape(paragraph).replace(r"\.\.\.", r"[^\n]+(?:\n[^\n]+)*?")
        match = re.compile(pattern).search(printed, at)
        assert match, f"not printed:\n{paragraph}\n\nbut:\n{printed}"
        at = match.end()


def edit(path: Path, change: str) -> None:
    """Make the change of a diff in a file, where its old lines stand once: whole, or as the beginning of lines."""
    old = "\n".join(line[1:] for line in change.splitlines() if line[:1] != "+")
    new = "\n".join(line[1:] for line in change.splitlines() if line[:1] != "-")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path} has this {text.count(old)} times:\n{old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def _dated(arguments: list[str]) -> list[str]:
    """Return the date of the starter, for a command that goes by one."""
    command: click.Command | None = assembler
    for argument in arguments:
        command = command.commands.get(argument) if isinstance(command, click.Group) else command
    dated = command is not None and any(parameter.name == "as_of" for parameter in command.params)
    return ["--as-of", STARTER_DATE.isoformat()] if dated and "--as-of" not in arguments else []
