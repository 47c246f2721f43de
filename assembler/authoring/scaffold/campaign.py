"""A campaign that begins with the layouts, slots and defaults of another."""

from __future__ import annotations

from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.scaffold.extended_project import Addition, ExtendedProject
from assembler.authoring.scaffold.insertion import with_item, written
from assembler.authoring.scaffold.names import decided, new_name, reviewed, said


def new_campaign(
    extended: ExtendedProject, name: str, model: AuthoredCampaign, objective: str | None, hypothesis: str | None
) -> Addition:
    """Return a campaign like another, whose defaults are opened to it. Raises `Refused` where it cannot have its
    name."""
    new_name("campaign", name, extended.loaded.declared["campaign"])
    head = {
        "owner": model.owner or extended.owner,
        "objective": objective or f"more people act on {said(name)}",
        "outcome": {"event": model.outcome.event if model.outcome else "action", "within": "30d"}
        | {"minimum_lift": "10%"},
        "decide_by": decided(extended.today),
        "hypothesis": hypothesis or f"words written for {said(name)} bring more people to act than no message does",
        "review_by": reviewed(extended.today),
        "channels": dict(model.channels),
    }
    text = "".join(f"{key}: {written(value)}\n" for key, value in head.items()) + "slots:\n" + _slots(model)
    return Addition({f"campaigns/{name}.yaml": text}, _opened(extended, model, name))


def _slots(model: AuthoredCampaign) -> str:
    lines = []
    for slot, asked in model.slots.items():
        entry = {"type": asked.type, "default": asked.default or "empty"} | (
            {"constant": True} if asked.constant else {}
        )
        lines.append(f"  {slot}: {written(entry)}\n")
    return "".join(lines)


def _opened(extended: ExtendedProject, model: AuthoredCampaign, name: str) -> dict[str, str]:
    """Return the files of the defaults that name campaigns, each with one more."""
    files = {}
    for slot in model.slots.values():
        default = extended.loaded.components.get(slot.component or "")
        if default is not None and default.tags.campaigns != "all" and name not in default.tags.campaigns:
            path = default.original.source.path
            files[path] = with_item(extended.text(path), "campaigns", name)
    return files
