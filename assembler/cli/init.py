"""`assembler init`."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.minimal.answers import (
    Brand,
    asked,
    brand_name,
    channels,
    colour,
    locales,
    read_by,
    site,
    url,
)
from assembler.cli.options import AsOf, as_of_option
from assembler.cli.output import colourful, tell
from assembler.cli.parameters import AnyOf
from assembler.cli.starter import STARTER_DATE, copy_starter, moved, write_project
from assembler.cli.text.columns import wrapped
from assembler.cli.text.words import path_text

_NAME, _LOCALES, _COLOUR, _CHANNELS = "Your Brand", "en", "#2f5d8a", "email,page"
_QUESTIONS = ("name", "locales", "colour", "url", "channels")


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=".")
@click.option(
    "--template",
    metavar="TEMPLATE",
    type=AnyOf("starter", "minimal"),
    help="starter, a whole programme to look at; or minimal, the least that is yours. Default: minimal with any of "
    "the options below or at a terminal, else starter.",
)
@click.option("--name", metavar="TEXT", callback=read_by(brand_name), help=f"The brand's name. Default: {_NAME}.")
@click.option(
    "--locales",
    "locales_",
    metavar="LIST",
    callback=read_by(locales),
    help="Its locales, such as en,de,fr-CA; the first is the default. Words of en, de, es, fr, it and nl are there; "
    f"others begin with English ones. Default: {_LOCALES}.",
)
@click.option(
    "--colour",
    "colour_",
    metavar="HEX",
    callback=read_by(colour),
    help=f'Its colour, such as "#0b4f8a"; all others are made from it. Default: {_COLOUR}.',
)
@click.option(
    "--url",
    "url_",
    metavar="URL",
    callback=read_by(url),
    help="Its site, with https://. Default: a reserved address of the brand's name.",
)
@click.option(
    "--channels",
    "channels_",
    metavar="LIST",
    callback=read_by(channels),
    help=f"email, page, and any other name for a channel of text, such as sms. Default: {_CHANNELS}.",
)
@as_of_option
def init(folder: Path, template: str | None, as_of: AsOf | None, **options: Any) -> None:
    """Begin a project in a folder.

    DIR is the working directory, if omitted. Nothing is overwritten. At a
    terminal, without options, it asks for your brand's name, locales, colour,
    site and channels. Dates are set so that they lie ahead.

    For whoever begins a project.
    """
    brand = _brand(template, {key: options.get(key, options.get(f"{key}_")) for key in _QUESTIONS}, folder)
    if brand is not None:
        _begin(folder, brand, today(as_of))
        return
    count = copy_starter(folder, today(as_of))
    tell(f"copied the starter, {count} files, to {path_text(folder)}")
    tell(f"next: `assembler check`{_where(folder)}")


def _brand(template: str | None, answers: dict[str, Any], folder: Path) -> Brand | None:
    """Return the brand that a project is begun for; None where the starter is meant."""
    given = [f"--{key}" for key, answer in answers.items() if answer is not None]
    if template == "starter":
        if given:
            raise click.UsageError(f"{', '.join(given)}: the starter is a brand of its own; use --template minimal")
        return None
    if template == "minimal" or given:
        return _with_defaults(answers)
    return _asked(folder) if sys.stdin.isatty() and sys.stderr.isatty() else None


def _where(folder: Path) -> str:
    return "" if folder.absolute() == Path.cwd() else f" in {path_text(folder)}"


def _with_defaults(answers: dict[str, Any]) -> Brand:
    name = answers["name"] or _NAME
    return Brand(
        name=name,
        locales=answers["locales"] or (_LOCALES,),
        colour=answers["colour"] or _COLOUR,
        url=answers["url"] or site(name),
        channels=answers["channels"] or tuple(_CHANNELS.split(",")),
    )


def _asked(folder: Path) -> Brand:
    name = asked("The brand's name", _name_of(folder), brand_name)
    return Brand(
        name=name,
        locales=asked("Its locales, the default first", _LOCALES, locales),
        colour=asked("Its colour, in hexadecimal", _COLOUR, colour),
        url=asked("Its site", site(name), url),
        channels=asked("Its channels: email, page, or any name for one of text", _CHANNELS, channels),
    )


def _name_of(folder: Path) -> str:
    """Return the name of a folder as that of a brand, where it can be one."""
    try:
        return brand_name(folder.absolute().name.replace("_", " ").replace("-", " ").title())
    except ValueError:
        return _NAME


def _begin(folder: Path, brand: Brand, day: date) -> None:
    """Write the smallest project for a brand, once it has been proven to have no error, and say what to edit first."""
    from assembler.cli.minimal.project import CAMPAIGN, minimal_files, untranslated

    files = minimal_files(brand)
    _prove(files, day)
    count = write_project(folder, files, day)
    tell(f"began {brand.name}, {count} files, in {path_text(folder)}")
    edits = {
        "assembler.yaml": "owner, postal address, site and colours",
        "assets/logo.png": "your logo; logo_dark.png on dark screens",
        f"components/headline/{CAMPAIGN}.md": "and the other types beside it: your words",
        f"campaigns/{CAMPAIGN}.yaml": "what the campaign is for, and by when",
        "templates/strings.yaml": "the fixed words, such as Unsubscribe",
    }
    tell("edit first:")
    width = max(map(len, edits))
    for path, purpose in edits.items():
        if path in files:
            tell(f"  {path:<{width}}  {purpose}")
    missing = untranslated(brand)
    if missing:
        tell(wrapped(f"{', '.join(missing)}: English words stand in until you translate strings.yaml and components/"))
    tell(f"next: `assembler check`{_where(folder)}; `assembler new --help` adds to it")


def _prove(files: dict[str, bytes], day: date) -> None:
    """Raise `Unusable` where a project that is about to be written has an error: an answer is to blame."""
    from assembler.authoring import Project
    from assembler.cli.text.findings import render

    written = {path: moved(path, data, day - STARTER_DATE) for path, data in files.items()}
    project = Project.from_files(dict(written))
    report = project.check(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    if report.errors:
        tell(render(report.errors, colour=colourful(err=True)), styled=True)
        raise Unusable("nothing is written: with these answers the project would have the errors above")


def today(as_of: AsOf | None) -> date:
    """Return the day of a moment, or this day where there is none."""
    moment = as_of or datetime.now(UTC)
    return moment.date() if isinstance(moment, datetime) else moment
