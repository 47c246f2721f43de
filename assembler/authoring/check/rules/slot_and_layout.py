"""R08: a layout calls slots wrongly, or never calls one."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.template_includes import included_by
from assembler.authoring.compile.syntax import SlotCall
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.project import Template


def find(subject: Subject) -> Iterator[Finding]:
    """Calls found wrong while compiling, calls in component templates, and slots that nothing calls."""
    yield from subject.reported("R08")
    for template in subject.project.templates.values():
        if template.rendition:
            for call in _calls(subject, template):
                yield Finding(
                    call.place,
                    f"slot {call.name!r} is called in the template of a component",
                    "slots are called in layouts",
                )
    for campaign in subject.project.campaigns.values():
        yield from _never_called(subject, campaign)


def _never_called(subject: Subject, campaign: AuthoredCampaign) -> Iterator[Finding]:
    project = subject.project
    layouts = [project.layout(channel, layout) for channel, layout in campaign.channels.items()]
    templates = [template for layout in layouts for template in layout.values()]
    if (
        not templates
        or not all(layouts)
        or not all(subject.compiled.templates.usable(each.source.path) for each in templates)
    ):
        return
    called = {call.name for template in templates for call in _calls(subject, template)}
    for (channel, layout), parts in zip(campaign.channels.items(), layouts, strict=True) if called else ():
        if not any(call for template in parts.values() for call in _calls(subject, template)):
            message = f"the layout {layout} calls no slot, so {channel} shows nothing of {campaign.id}"
            first = next(iter(parts.values())).source.path
            hint = f'write {{{{ slot("{next(iter(campaign.slots))}") }}}} in {first}, or leave the channel out'
            yield Finding(campaign.place("channels", channel), message, hint)
    for name in campaign.slots:
        if name not in called:
            path = next((each.source.path for each in templates if each.part == "html"), templates[0].source.path)
            message = f"no layout of {campaign.id} calls the slot {name!r}"
            yield Finding(
                campaign.key_place("slots", name),
                message,
                f'write {{{{ slot("{name}") }}}} in {path}, or remove the slot',
            )


def _calls(subject: Subject, template: Template) -> Iterator[SlotCall]:
    """The slot calls of a template and of all that it includes."""
    syntax = subject.compiled.templates.syntax
    for path in included_by(syntax, template.source.path):
        yield from syntax[path].slots if path in syntax else ()


RULE = Rule(
    code="R08",
    severity="error",
    summary="A layout calls an unknown slot, one twice or under a condition, or none; no layout calls a slot.",
    fix="Call each slot of the campaign once, by name, outside of loops and conditions; wrap what disappears with it.",
    find=find,
)
