"""A channel: its entry in assembler.yaml, its templates, and what campaigns need to go there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.scaffold.extended_project import SETTINGS, Addition, ExtendedProject
from assembler.authoring.scaffold.insertion import with_entry
from assembler.authoring.scaffold.names import new_name
from assembler.authoring.scaffold.refused import Refused


def new_text_channel(extended: ExtendedProject, name: str, campaigns: Sequence[str]) -> Addition:
    """Return a channel of text, to which campaigns go; its layout shows what the first of them has. Raises `Refused`
    where it cannot have its name, or there is nothing to show."""
    loaded = extended.loaded
    new_name("channel", name, loaded.declared["channel"])
    if name in ("email", "page"):
        raise Refused(f"{name} is no channel of text; `assembler init --channels {name}` shows what it needs")
    models = [loaded.campaigns[campaign] for campaign in campaigns or list(loaded.campaigns)[:1]]
    if not models:
        raise Refused("there is no campaign whose slots the channel could show: begin with `assembler new campaign`")
    edited = {SETTINGS: with_entry(extended.text(SETTINGS), "channels", {"envelope": "none"}, name)}
    for campaign in campaigns:
        path = f"campaigns/{campaign}.yaml"
        edited[path] = with_entry(extended.text(path), "channels", "note", name)
    return Addition(_text_templates(extended, name, models[0]), edited)


def _text_templates(extended: ExtendedProject, name: str, model: AuthoredCampaign) -> dict[str, str]:
    """Return a layout that shows a line of text of a campaign, and its link; and the rendition with the link."""
    lines = {slot: fields for slot, fields in _lines(extended, model) if "url" not in fields.values()}
    links = {slot: fields for slot, fields in _lines(extended, model) if "url" in fields.values()}
    shown = [*sorted(lines, key=lambda slot: slot != "headline")[:1], *list(links)[:1]]
    if not shown:
        raise Refused(f"no slot of {model.id} is a line of text: write templates/{name}/note.text.j2 yourself")
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
