"""A default has requires or excludes, is excluded by a component, or is shared by two slots of a campaign."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.slots import SlotDefault, forbidden_tags, slot_defaults
from assembler.authoring.diagnostics import Finding


@PROJECT.rule(
    "D07",
    "error",
    __doc__,
    "A default is always possible: it depends on nothing, nothing rules it out, and it has one slot in a campaign.",
)
def default_with_dependencies(checked: CheckedProject) -> Iterator[Finding]:
    hint = "a default must stand whatever else stands: remove the tag"
    yield from forbidden_tags(checked, ("requires", "excludes"), hint)
    first: dict[tuple[str, str], str] = {}
    by_address: dict[str, SlotDefault] = {}
    for default in slot_defaults(checked):
        by_address.setdefault(default.component.address, default)
        campaign, address = default.campaign.id, default.component.address
        other = first.setdefault((campaign, address), default.name)
        if other != default.name:
            message = f"{address} is the default of two slots of {campaign}: {other} and {default.name}"
            yield Finding(default.place, message, "give one of them a default of its own")
    for component in checked.ready:
        for index, address in enumerate(component.tags.excludes):
            if address in by_address:
                hint = "nothing may exclude a default: remove it"
                message = f"{component.address} excludes {str(by_address[address]).removesuffix(',')}"
                yield Finding(component.tags.place("excludes", index), message, hint)
