"""`assembler init`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.options import AsOf, as_of_option
from assembler.cli.output import colourful, tell
from assembler.cli.parameters import AnyOf
from assembler.cli.text.columns import wrapped
from assembler.cli.text.findings import render
from assembler.cli.text.words import counted, path_text
from assembler.errors import ProjectError

if TYPE_CHECKING:
    from assembler.authoring.scaffold.brand import Brand

_NAME, _LOCALES, _COLOUR, _CHANNELS = "Your Brand", "en", "#2f5d8a", "email,page"
_QUESTIONS = ("name", "locales", "colour", "url", "channels")


def _readers() -> Mapping[str, Callable[[str], Any]]:
    """What reads the answer to each question."""
    from assembler.authoring.scaffold.brand import brand_name, channels, colour, locales, url

    return dict(zip(_QUESTIONS, (brand_name, locales, colour, url, channels), strict=True))


def _read(ctx: click.Context, param: click.Parameter, value: str | None) -> Any:
    """Read an answer that is given as an option, as a callback. Raises `BadParameter` where it cannot be read."""
    if value is None:
        return None
    try:
        return _readers()[str(param.name)](value)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param) from None


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=".")
@click.option(
    "--template",
    metavar="TEMPLATE",
    type=AnyOf("starter", "minimal"),
    help="starter, a whole programme to look at; or minimal, the least that is yours. Default: minimal with any of "
    "the options below or at a terminal, else starter.",
)
@click.option("--name", metavar="TEXT", callback=_read, help=f"The brand's name. Default: {_NAME}.")
@click.option(
    "--locales",
    metavar="LIST",
    callback=_read,
    help="Its locales, such as en,de,fr-CA; the first is the default, and each further language is a file more for "
    "each component. Words of en, de, es, fr, it and nl are there; others begin with English ones. "
    f"Default: {_LOCALES}.",
)
@click.option(
    "--colour",
    metavar="HEX",
    callback=_read,
    help=f'Its colour, such as "#0b4f8a"; all others are made from it. Default: {_COLOUR}.',
)
@click.option(
    "--url",
    metavar="URL",
    callback=_read,
    help="Its site, with https://. Default: a reserved address of the brand's name.",
)
@click.option(
    "--channels",
    metavar="LIST",
    callback=_read,
    help=f"email, page, and any other name for a channel of text, such as sms. Default: {_CHANNELS}.",
)
@as_of_option
def init(folder: Path, template: str | None, as_of: AsOf | None, **answers: Any) -> None:
    """Begin a project in a folder.

    DIR is the working directory, if omitted. Nothing is overwritten. At a
    terminal, without options, it asks for your brand's name, locales, colour,
    site and channels. Dates are set so that they lie ahead.

    For whoever begins a project.
    """
    brand = _brand(template, answers, folder)
    if brand is not None:
        _begin(folder, brand, today(as_of))
        return
    from assembler.authoring.scaffold.new_project import copy_starter

    count = copy_starter(folder, today(as_of))
    tell(f"copied the starter, {count} files, to {path_text(folder)}")
    tell(f"next: `assembler check`{_where(folder)}")


def _brand(template: str | None, answers: Mapping[str, Any], folder: Path) -> Brand | None:
    """Return the brand that a project is begun for; None where the starter is meant."""
    given = [f"--{key}" for key in _QUESTIONS if answers[key] is not None]
    if template == "starter":
        if given:
            raise click.UsageError(f"{', '.join(given)}: the starter is a brand of its own; use --template minimal")
        return None
    if template == "minimal" or given:
        return _with_defaults(answers)
    return _asked(folder) if at_terminal() else None


def _where(folder: Path) -> str:
    return "" if folder.absolute() == Path.cwd() else f" in {path_text(folder)}"


def _with_defaults(answers: Mapping[str, Any]) -> Brand:
    from assembler.authoring.scaffold.brand import Brand, site

    name = answers["name"] or _NAME
    return Brand(
        name=name,
        locales=answers["locales"] or (_LOCALES,),
        colour=answers["colour"] or _COLOUR,
        url=answers["url"] or site(name),
        channels=answers["channels"] or tuple(_CHANNELS.split(",")),
    )


def _asked(folder: Path) -> Brand:
    from assembler.authoring.scaffold.brand import Brand, site

    read = _readers()
    name = asked("The brand's name", _name_of(folder), read["name"])
    return Brand(
        name=name,
        locales=asked("Its locales, the default first", _LOCALES, read["locales"]),
        colour=asked("Its colour, in hexadecimal", _COLOUR, read["colour"]),
        url=asked("Its site", site(name), read["url"]),
        channels=asked("Its channels: email, page, or any name for one of text", _CHANNELS, read["channels"]),
    )


def at_terminal() -> bool:
    """Return whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def asked(question: str, default: str, reader: Callable[[str], Any]) -> Any:
    """Ask at the terminal, again until the answer can be read."""

    def read(answer: str) -> Any:
        try:
            return reader(answer)
        except ValueError as error:
            raise click.UsageError(str(error)) from None

    return click.prompt(question, default=default, value_proc=read, err=True)


def _name_of(folder: Path) -> str:
    """Return the name of a folder as that of a brand, where it can be one."""
    try:
        name: str = _readers()["name"](folder.absolute().name.replace("_", " ").replace("-", " ").title())
    except ValueError:
        return _NAME
    return name


def _begin(folder: Path, brand: Brand, day: date) -> None:
    """Write the smallest project for a brand, once it has been proven to have no error, and say what to edit first."""
    from assembler.authoring.scaffold.first_words import FirstWords
    from assembler.authoring.scaffold.minimal import CAMPAIGN, minimal_files
    from assembler.authoring.scaffold.new_project import write_proven

    files = minimal_files(brand, logo_font())
    try:
        count = write_proven(folder, files, day)
    except ProjectError as error:
        tell(render(error.diagnostics, colour=colourful(err=True)), styled=True)
        raise Unusable("nothing is written: with these answers the project would have the errors above") from None
    translations = sum(path.endswith(".md") and path.count(".") > 1 for path in files)
    of_them = f" ({counted(translations, 'translation')} among them)" if translations else ""
    tell(f"began {brand.name}, {count} files{of_them}, in {path_text(folder)}")
    edits = {
        "assembler.yaml": "owner, postal address, site and colours",
        "assets/logo.png": "your logo; logo_dark.png on dark screens",
        f"components/headline/{CAMPAIGN}.md": "and the other types beside it: your words",
        f"campaigns/{CAMPAIGN}.yaml": "what the campaign is for, and by when",
        "templates/strings.yaml": "the fixed words, such as Unsubscribe",
    }
    tell_edits({path: purpose for path, purpose in edits.items() if path in files})
    missing = FirstWords(brand.locales, brand.name).untranslated
    if missing:
        tell(wrapped(f"{', '.join(missing)}: English words stand in until you translate strings.yaml and components/"))
    tell(f"next: `assembler check`{_where(folder)}; `assembler new --help` adds to it")


def tell_edits(edits: Mapping[str, str]) -> None:
    """Say which files to edit first, and for what."""
    tell("edit first:")
    width = max(map(len, edits))
    for path, purpose in edits.items():
        tell(f"  {path:<{width}}  {purpose}")


def logo_font() -> bytes:
    """Return the file of the font in which a brand's name is written where it has no logo yet."""
    from assembler.review.pictures.fonts import font_files

    return font_files()["arimo-bold.woff"]


def today(as_of: AsOf | None) -> date:
    """Return the day of a moment, or this day where there is none."""
    moment = as_of or datetime.now(UTC)
    return moment.date() if isinstance(moment, datetime) else moment
