"""A channel: its entry in assembler.yaml, its templates, and what campaigns need to go there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.scaffold.brand import HTML_CHANNELS, Sender
from assembler.authoring.scaffold.extended_project import SETTINGS, Addition, ExtendedProject
from assembler.authoring.scaffold.html_channel import HtmlChannel
from assembler.authoring.scaffold.names import new_name
from assembler.authoring.scaffold.refused import Refused


def new_channel(
    extended: ExtendedProject, name: str, campaigns: Sequence[AuthoredCampaign], sender: Sender, font: bytes
) -> Addition:
    """Return a channel to which campaigns go: an e-mail from a sender, a page, or, of any other name, one of text.

    `font` is the file of the font in which the brand's name is written where it has no logo. Raises `Refused` where
    the channel cannot have its name, or there is nothing to show.
    """
    new_name("channel", name, extended.loaded.declared["channel"])
    if not campaigns:
        raise Refused("there is no campaign that the channel could show: write campaigns/<id>.yaml first")
    if name in HTML_CHANNELS:
        return HtmlChannel(extended, name, sender, font).addition(campaigns)
    extended.put(SETTINGS, "channels", {"envelope": "none"}, name)
    for campaign in campaigns:
        extended.put(campaign.source.path, "channels", "note", name)
    return Addition(_text_templates(extended, name, campaigns), extended.edited)


def _text_templates(extended: ExtendedProject, name: str, campaigns: Sequence[AuthoredCampaign]) -> dict[str, str]:
    """Return a layout that shows a line of text that every campaign has, and a link; and the rendition with the
    link."""
    lines: dict[str, str] = {}
    links: dict[str, str] = {}
    for slot, kinds in _lines(extended, campaigns).items():
        field = next((key for key, kind in kinds.items() if kind == "url"), None)
        (lines if field is None else links)[slot] = field or ""
    shown = [*sorted(lines, key=lambda slot: slot != "headline")[:1], *list(links)[:1]]
    if not shown:
        names = " and ".join(campaign.id for campaign in campaigns)
        raise Refused(f"no slot of {names} is a line of text: write templates/{name}/note.text.j2 yourself")
    files = {f"templates/{name}/note.text.j2": "".join(f'{{{{ slot("{slot}") }}}}\n' for slot in shown)}
    for slot, field in list(links.items())[:1]:
        type_ = campaigns[0].slots[slot].type
        files[f"templates/{name}/components/{type_}.text.j2"] = f"{{{{ body }}}}: {{{{ {field} }}}}\n"
    return files


def _lines(extended: ExtendedProject, campaigns: Sequence[AuthoredCampaign]) -> Mapping[str, Mapping[str, str]]:
    """Return the slots that always hold a line of text in every campaign, each with the kinds of its type's fields."""
    kinds = {}
    for slot, asked in campaigns[0].slots.items():
        of_all = [campaign.slots.get(slot) for campaign in campaigns]
        type_ = extended.loaded.types.get(asked.type)
        alike = all(other is not None and other.required and other.type == asked.type for other in of_all)
        if type_ is not None and alike and type_.body != "markdown":
            kinds[slot] = {key: spec.kind for key, spec in type_.fields.items()}
    return kinds
