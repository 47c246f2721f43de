"""`assembler new template`."""

from __future__ import annotations

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.new.addition import ExtendedProject
from assembler.cli.new.names import all_known, extending
from assembler.cli.output import tell
from assembler.cli.parameters import Named

_FOLDER = "templates/"


@click.command()
@click.argument("paths", metavar="PATH...", type=Named("template"), nargs=-1, required=True)
@extending
def template(extended: ExtendedProject, paths: tuple[str, ...]) -> None:
    """Copy a template or style sheet of the theme, to edit it.

    PATH is its place below templates/, such as email/note.html.j2. From then
    on the project's file stands for that of the theme.

    For whoever designs mails and pages.
    """
    from assembler.authoring.load.starter import theme_texts

    loaded = extended.loaded
    if loaded.settings.theme is None:
        raise Unusable("the project has no theme: every template that it uses is below templates/")
    theme = theme_texts(loaded.declared["channel"], loaded.declared["type"])
    names = [path.removeprefix(_FOLDER) for path in theme]
    chosen = all_known("template", (path.removeprefix(_FOLDER) for path in paths), names)
    extended.add({f"{_FOLDER}{name}": theme[f"{_FOLDER}{name}"] for name in chosen})
    tell("next: edit it; remove it, and the theme's is back")
