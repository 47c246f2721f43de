"""`assembler new type` and `assembler new channel`: what a project is made of, as templates and lines of settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.new.addition import ExtendedProject
from assembler.cli.new.insertion import with_entry
from assembler.cli.new.names import all_known, extending, new_name, several
from assembler.cli.output import tell
from assembler.cli.parameters import AnyOf

if TYPE_CHECKING:
    from assembler.authoring.project.campaign import AuthoredCampaign

_SETTINGS: Final = "assembler.yaml"
_LENGTH: Final = 120
_MAIL: Final = (
    '<table class="copy" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tbody><tr>'
    '<td class="gutter">\n{}\n</td></tr></tbody></table>\n'
)
_PAGE: Final = '<div class="copy">\n{}\n</div>\n'
_HTML: Final = {"email": _MAIL, "web": _PAGE}
"""What is around the words of a rendition, by the envelope of its channel."""


@click.command("type")
@click.argument("name", metavar="ID")
@click.option(
    "--body",
    metavar="KIND",
    type=AnyOf("text", "markdown"),
    help="text, which is one line, or markdown. Default: text.",
)
@click.option(
    "--max-length",
    metavar="N",
    type=click.IntRange(1, 100_000),
    help="The longest body, in letters. Default: 120.",
)
@extending
def type_(extended: ExtendedProject, name: str, body: str | None, max_length: int | None) -> None:
    """Write a component type, and how it looks in every channel.

    A type that the theme of the project knows, such as offer, is that one, if
    nothing else is said of it.

    Give it a slot in a campaign, and call that slot in the layout.

    For whoever designs what a component can say.
    """
    from assembler.authoring.load.starter import starter_files

    new_name("type", name, extended.loaded.declared["type"])
    path = f"components/{name}/_type.yaml"
    theme = dict(starter_files()) if extended.loaded.settings.theme else {}
    if path in theme and body is None and max_length is None:
        extended.add({path: theme[path].decode()})
    else:
        kind = body or "text"
        files = {path: f"body: {kind}\nmax_length: {max_length or _LENGTH}\n"}
        extended.add(files | dict(_renditions(extended, name, kind, theme)))
    tell(f'next: a slot in campaigns/, {{{{ slot("{name}") }}}} in its layout, `assembler new component {name}/ID`')
    if theme:
        tell("`assembler new template CHANNEL/LAYOUT.html.j2` copies a layout of the theme here, to be edited")


def _renditions(
    extended: ExtendedProject, name: str, body: str, theme: Mapping[str, bytes]
) -> Iterator[tuple[str, str]]:
    """Yield the templates of a new type, by path; those of a theme, which are of another type, are stood for."""
    from assembler.authoring.project.project import PARTS

    for channel, settings in extended.loaded.settings.channels.items():
        for part in PARTS:
            path = f"templates/{channel}/components/{name}.{part}.j2"
            text = _rendition(part, settings.envelope, body)
            if text is not None or path in theme:
                yield path, text or "{{ body }}\n"


def _rendition(part: str, envelope: str, body: str) -> str | None:
    """Return the template of a type's body in a part of a channel; None where the body stands for itself."""
    if part == "html" and envelope in _HTML:
        return _HTML[envelope].format("{{ body }}" if body == "markdown" else "<p>{{ body }}</p>")
    return "{{ body | plain }}\n" if part == "text" and body == "markdown" and envelope != "web" else None


@click.command()
@click.argument("name", metavar="ID")
@several("--campaign", "A campaign that goes there, too; several times for several.")
@extending
def channel(extended: ExtendedProject, name: str, campaigns: tuple[str, ...]) -> None:
    """Add a channel of text, such as sms or push.

    It is a line of assembler.yaml and a layout, which shows the headline and
    the call to action of a campaign.

    For whoever brings the programme to another place.
    """
    loaded = extended.loaded
    new_name("channel", name, loaded.declared["channel"])
    if name in ("email", "page"):
        raise Unusable(f"{name} is no channel of text; `assembler init --channels {name}` shows what it needs")
    chosen = all_known("campaign", campaigns, loaded.campaigns)
    models = [loaded.campaigns[campaign] for campaign in chosen or list(loaded.campaigns)[:1]]
    if not models:
        raise Unusable("there is no campaign whose slots the channel could show: begin with `assembler new campaign`")
    edited = {_SETTINGS: with_entry(extended.text(_SETTINGS), "channels", {"envelope": "none"}, name)}
    for campaign in chosen:
        path = f"campaigns/{campaign}.yaml"
        edited[path] = with_entry(extended.text(path), "channels", "note", name)
    extended.add(_text_templates(extended, name, models[0]), edited)
    if not chosen:
        tell(f"next: `{name}: note` below `channels:` of a campaign")


def _text_templates(extended: ExtendedProject, name: str, model: AuthoredCampaign) -> dict[str, str]:
    """Return a layout that shows a line of text of a campaign, and its link; and the rendition with the link."""
    lines = {slot: fields for slot, fields in _lines(extended, model) if "url" not in fields.values()}
    links = {slot: fields for slot, fields in _lines(extended, model) if "url" in fields.values()}
    shown = [*sorted(lines, key=lambda slot: slot != "headline")[:1], *list(links)[:1]]
    if not shown:
        raise Unusable(f"no slot of {model.id} is a line of text: write templates/{name}/note.text.j2 yourself")
    files = {f"templates/{name}/note.text.j2": "".join(f'{{{{ slot("{slot}") }}}}\n' for slot in shown)}
    for slot, fields in list(links.items())[:1]:
        field = next(key for key, kind in fields.items() if kind == "url")
        path = f"templates/{name}/components/{model.slots[slot].type}.text.j2"
        files[path] = f"{{{{ body }}}}: {{{{ {field} }}}}\n"
    return files


def _lines(extended: ExtendedProject, model: AuthoredCampaign) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the slots that always hold a line of text, each with the kinds of its type's fields."""
    for slot, asked in model.slots.items():
        type_of_it = extended.loaded.types.get(asked.type)
        if type_of_it is not None and asked.required and type_of_it.body != "markdown":
            yield slot, {key: spec.kind for key, spec in type_of_it.fields.items()}
