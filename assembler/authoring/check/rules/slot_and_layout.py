"""A layout calls an unknown slot, one twice or under a condition, or none; no layout calls a slot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.compile.syntax import SlotCall
from assembler.authoring.compile.template_includes import included_by
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.project import Template
from assembler.errors import listed

_SEEN_FIRST = ("html", "subject", "preheader")


@PROJECT.rule(
    "R08",
    "error",
    __doc__,
    "Call each slot of the campaign once, by name, outside of loops and conditions; wrap what disappears with it.",
)
def slot_and_layout(checked: CheckedProject) -> Iterator[Finding]:
    # What is called where a slot cannot stand is told once, however many ways it is wrong.
    reported = (one for one in checked.reported("R08") if one.place.path not in checked.pages.run_on_templates)
    yield from {finding.place: finding for finding in reversed([*reported])}.values()
    for template in checked.project.templates.values():
        for call in _calls(checked, template) if template.rendition else ():
            message = f"slot {call.name!r} is called in the template of a component"
            yield Finding(call.place, message, "slots are called in layouts")
    for campaign in checked.project.campaigns.values():
        layouts = {name: checked.project.layout(name, layout) for name, layout in campaign.channels.items()}
        if _all_usable(checked, layouts):
            yield from _without_calls(checked, campaign, layouts)
            yield from _never_called(checked, campaign, layouts)


_Layouts = Mapping[str, Mapping[str, Template]]
"""The templates of a campaign's layouts, by channel and part."""


def _all_usable(checked: CheckedProject, layouts: _Layouts) -> bool:
    """Return whether every channel has a layout, and each of its templates could be read."""
    paths = (template.source.path for layout in layouts.values() for template in layout.values())
    return bool(layouts) and all(layouts.values()) and all(map(checked.compiled.templates.usable, paths))


def _without_calls(checked: CheckedProject, campaign: AuthoredCampaign, layouts: _Layouts) -> Iterator[Finding]:
    lacking = [channel for channel, layout in layouts.items() if not _called(checked, layout)]
    for channel in lacking if len(lacking) < len(layouts) else ():
        message = f"the layout {campaign.channels[channel]} calls no slot, so {channel} shows nothing of {campaign.id}"
        first = checked.project.to_edit(next(iter(layouts[channel].values())).source.path)
        hint = f'write {{{{ slot("{next(iter(campaign.slots))}") }}}} in {first}, or leave the channel out'
        yield Finding(campaign.place("channels", channel), message, hint)


def _never_called(checked: CheckedProject, campaign: AuthoredCampaign, layouts: _Layouts) -> Iterator[Finding]:
    called = set[str]().union(*(_shown(checked, layout) for layout in layouts.values()))
    templates = [template for layout in layouts.values() for template in layout.values()]
    html = next((template for template in templates if template.part == "html"), templates[0])
    for name in filter(lambda name: name not in called, campaign.slots):
        callers = [template.source.path for template in templates if name in _called_in(checked, template)]
        only = f" in its html, only {listed(callers)}" if callers else ""
        message = f"no layout of {campaign.id} calls the slot {name!r}{only}"
        hint = f'write {{{{ slot("{name}") }}}} in {checked.project.to_edit(html.source.path)}, or remove the slot'
        yield Finding(campaign.key_place("slots", name), message, hint)


def _shown(checked: CheckedProject, layout: Mapping[str, Template]) -> set[str]:
    """The slots of which readers see something: where there is html, in that, or before they open the mail."""
    seen = [layout[part] for part in _SEEN_FIRST if part in layout] if "html" in layout else layout.values()
    return set[str]().union(*(_called_in(checked, template) for template in seen))


def _called(checked: CheckedProject, layout: Mapping[str, Template]) -> set[str]:
    return set[str]().union(*(_called_in(checked, template) for template in layout.values()))


def _called_in(checked: CheckedProject, template: Template) -> set[str]:
    return {call.name for call in _calls(checked, template)}


def _calls(checked: CheckedProject, template: Template) -> Iterator[SlotCall]:
    """The slot calls of a template and of all that it includes."""
    syntax = checked.compiled.templates.syntax
    for path in included_by(syntax, template.source.path):
        yield from syntax[path].slots if path in syntax else ()
