"""Keys that nobody has written, or that hold nothing."""

from __future__ import annotations

from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.authored import Authored
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.project import LoadedProject
from assembler.library.values import is_blank


def is_nothing(value: object) -> bool:
    """Return whether a value is missing or blank."""
    return value is None or (isinstance(value, str) and is_blank(value))


def is_partly_read(project: LoadedProject) -> bool:
    """Return whether a campaign, component or template is there that could not be read: what it holds may be what is
    missed."""
    return (
        not project.declared["campaign"] <= whole_campaigns(project)
        or not project.declared["component"] <= project.components.keys()
        or any(path.startswith("templates/") for path in project.unread)
        or not all(names_its_audience(project, campaign) for campaign in project.campaigns.values())
    )


def names_its_audience(project: LoadedProject, campaign: AuthoredCampaign) -> bool:
    """Return whether all that the audience of a campaign names is there, and can be read."""
    audience, declared = campaign.audience, project.declared
    is_known = declared["segment"] >= {*(audience.segments or ())} and declared["stage"] >= {*(audience.stages or ())}
    return is_known and all(place.path != campaign.source.path for place in misread_places(project))


def whole_campaigns(project: LoadedProject) -> frozenset[str]:
    """Return the campaigns that could be read with their channels and slots; of others R02 tells."""
    return frozenset(name for name, campaign in project.campaigns.items() if campaign.is_whole)


def misread_places(project: LoadedProject) -> frozenset[Place]:
    """The places of values that are there and could not be read, of which R02 tells."""
    return frozenset(finding.place for finding in project.findings.of("R02"))


def lacks(checked: CheckedProject, noun: Authored, key: str, attribute: str | None = None) -> bool:
    """Return whether a key has no value, or a blank one. A value that could not be read is not lacking.

    `attribute` is the name of the key in the model, where that differs.
    """
    if not is_nothing(getattr(noun, attribute or key)):
        return False
    return not (noun.has_key(key) and noun.place(key) in misread_places(checked.project))


def place_of(noun: Authored, key: str, otherwise: Place) -> Place:
    """The place of a key's value; `otherwise` where the key is not written."""
    return noun.place(key) if noun.has_key(key) else otherwise
