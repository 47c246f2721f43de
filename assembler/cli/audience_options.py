"""The options of `assembler audience`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypedDict

import click

from assembler.cli.options import with_options
from assembler.cli.parameters import Named, a_file

_PEOPLE = "--people"
_percent = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)%?", re.ASCII).fullmatch
MOST_PART_ROWS = 1 << 22


class AudienceOptions(TypedDict):
    """The values of `audience_options`."""

    channel: str
    people: tuple[str, ...]
    output: Path
    library: Path | None
    jobs: int | None
    part_rows: int
    prove: int
    max_unknown: float
    bodies: tuple[str, ...]
    tokens: Path | None


class PeopleCommand(click.Command):
    """A command whose `--people` takes every word up to the next option, as a shell writes them for `list/*.csv`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [*_with_each_file_named(args)])


def _with_each_file_named(arguments: list[str]) -> Iterator[str]:
    """The same arguments with `--people` before each of its files."""
    names_people, is_value = False, False
    for argument in arguments:
        if argument == _PEOPLE:
            names_people, is_value = True, True
        elif is_value:
            is_value = False
        elif argument.startswith("-") and argument != "-":
            names_people = argument.startswith(f"{_PEOPLE}=")
        elif names_people:
            yield _PEOPLE
        yield argument


class Share(click.ParamType[float]):
    """A share such as 50%, as a number from 0 to 1."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if isinstance(value, float):
            return value
        match = _percent(value)
        if match is None or float(match[1]) > 100:
            self.fail(f"{value[:80]!r} is no share such as 50%", param, ctx)
        return float(match[1]) / 100


class _CommaWords(click.ParamType[tuple[str, ...]]):
    """Words with commas between."""

    name = "words"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        return tuple(word for word in (part.strip() for part in value.split(",")) if word)


audience_options = with_options(
    click.option(
        "--channel", required=True, metavar="CHANNEL", type=Named("channel"), help="The channel to decide for."
    ),
    click.option(
        _PEOPLE,
        "people",
        required=True,
        multiple=True,
        metavar="FILE...",
        shell_complete=a_file,
        help="The people: files that end in .parquet, .csv or .jsonl, in this order.",
    ),
    click.option(
        "-o",
        "--output",
        required=True,
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="The folder to write: a new one, or that of the same list.",
    ),
    click.option(
        "--library",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="The library that `assembler build` wrote. Default: the project, compiled.",
    ),
    click.option(
        "--jobs",
        metavar="N",
        type=click.IntRange(1, 256),
        help="How many processes share the work; the result is the same. Default: one for each processor.",
    ),
    click.option(
        "--part-rows",
        metavar="N",
        type=click.IntRange(1, MOST_PART_ROWS),
        default=1 << 19,
        help="Rows of each part but the last. Default: 524288.",
    ),
    click.option(
        "--prove",
        metavar="N",
        type=click.IntRange(0),
        default=1000,
        help="Of so many rows, decide one singly, too, and compare; 0 for none. Default: 1000.",
    ),
    click.option(
        "--max-unknown",
        metavar="PERCENT",
        type=Share(),
        default="50%",
        help="Exit with 1 where a signal that rules read is unknown of more people than this. Default: 50%.",
    ),
    click.option(
        "--bodies",
        metavar="PART,...",
        type=_CommaWords(),
        default="",
        help="Write these parts of each message, too, such as html,text; about 40 times slower.",
    ),
    click.option(
        "--tokens",
        metavar="DIR",
        type=click.Path(path_type=Path, file_okay=False),
        help="The folder of an export by key: write its attributes of each person as CSV, too.",
    ),
)
"""What is decided for whom, and where it is written."""
