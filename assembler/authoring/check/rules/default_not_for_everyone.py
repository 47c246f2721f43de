"""D02: a default is for some people only."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.slots import SlotDefault, slot_defaults
from assembler.authoring.diagnostics import Finding

_TAGS = ("segments", "stages", "needs", "test")


def find(subject: Subject) -> Iterator[Finding]:
    """Defaults with segments, stages, needs or a test, and defaults that do not name the campaign of their slot."""
    for each in slot_defaults(subject):
        yield from _restricted(each)
        if not each.component.open_to(each.campaign.id):
            hint = f"add {each.campaign.id} to `campaigns` in {each.component.original.source.path}"
            yield Finding(each.place, f"{each} does not name this campaign", hint)


def _restricted(each: SlotDefault) -> Iterator[Finding]:
    tags = each.component.tags
    for key in _TAGS:
        if getattr(tags, key) not in (None, ()):
            hint = "a default is for everybody: remove the tag, or choose another default"
            yield Finding(tags.key_place(key), f"{each} has {key}", hint)


RULE = Rule(
    code="D02",
    severity="error",
    summary="A default is for some people only, or not open to its campaign.",
    fix="A default has no segments, stages, needs or test, and names the campaigns that it is the default in.",
    find=find,
)
