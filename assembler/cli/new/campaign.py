"""`assembler new campaign`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.new.addition import ExtendedProject
from assembler.cli.new.insertion import with_item, written
from assembler.cli.new.names import decided, extending, new_name, reviewed, said
from assembler.cli.options import known
from assembler.cli.output import tell
from assembler.cli.parameters import Named
from assembler.cli.text.columns import wrapped

if TYPE_CHECKING:
    from assembler.authoring.project.campaign import AuthoredCampaign


@click.command()
@click.argument("name", metavar="ID")
@click.option(
    "--like",
    metavar="CAMPAIGN",
    type=Named("campaign"),
    help="Whose layouts, slots and defaults it begins with. Default: the first.",
)
@click.option("--objective", metavar="TEXT", help="What is to happen more often.")
@click.option("--hypothesis", metavar="TEXT", help="Why its words will bring that about.")
@extending
def campaign(
    extended: ExtendedProject, name: str, like: str | None, objective: str | None, hypothesis: str | None
) -> None:
    """Write a campaign that begins with the defaults of another.

    Those components are opened to it, so that it is whole at once; write
    defaults of its own as soon as it has words of its own.

    For the owner of the programme.
    """
    loaded = extended.loaded
    new_name("campaign", name, loaded.declared["campaign"])
    if not loaded.campaigns:
        raise Unusable("there is no campaign to take layouts, slots and defaults from: write campaigns/<id>.yaml")
    model = loaded.campaigns[known("campaign", like, loaded.campaigns) if like else next(iter(loaded.campaigns))]
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
    extended.add({f"campaigns/{name}.yaml": text}, _opened(extended, model, name))
    adding = f"next: `assembler new component TYPE/{name} --campaign {name}`, and name it as a default in its slot"
    tell(wrapped(adding, rest="  "))


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
