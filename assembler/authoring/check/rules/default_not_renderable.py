"""A default cannot be rendered in a channel of its slot, or a required slot shows nothing of a component."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from assembler.authoring.check.copy import says_nothing
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.scope import CAMPAIGNS, CampaignUnit
from assembler.authoring.check.slots import channel_slots, slot_defaults
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.component import AuthoredComponent
from assembler.library.parts import PARTS
from assembler.library.records import Document, Fragment
from assembler.library.values import is_blank

_TAG = re.compile(r"<!--(?:.*?-->|.*\Z)|<[^<>]*>?", re.DOTALL)
_PICTURE = re.compile(r"<(?:img|svg|picture|video|object|iframe|input|hr|v:\w+)\b", re.IGNORECASE)


def _invisible(unit: CampaignUnit) -> Iterator[Finding]:
    """Find components that leave no word and no picture of a required slot in any part of a channel, or in a part that
    has nothing else."""
    compiled = unit.checked.compiled.content.campaigns[unit.campaign]
    types = {slot.name: slot.type for slot in compiled.slots if slot.default is not None}
    for name, channel in compiled.channels.items():
        required = {slot: types[slot] for slot in channel.slots if slot in types}
        for documents in channel.documents.values():
            views = {part: _View(unit.checked, part, document) for part, document in documents.items()}
            for slot, type_ in required.items():
                yield from _findings(unit.checked, name, None, type_, _unseen(slot, *views.values()))
            for part, view in views.items():
                yield from _in_part(unit.checked, name, part, view, types)


@PROJECT.rule(
    "D06",
    "error",
    __doc__,
    (
        "A default stands in every channel whose layout calls its slot: widen its channels, and write templates that "
        "show words or a picture."
    ),
    CAMPAIGNS.by(_invisible),
)
def default_not_renderable(checked: CheckedProject) -> Iterator[Finding]:
    """Find defaults that are not for a channel in which their slot stands; what has no rendition there is R05 or
    R09."""
    for default in slot_defaults(checked):
        channels = default.component.tags.channels
        for channel, slots in channel_slots(checked, default.campaign).items():
            if default.name in slots and channels is not None and channel not in channels:
                place = default.component.tags.place("channels")
                hint = f"add {channel}, or remove `channels`: a default stands in every channel of its slot"
                yield Finding(place, f"{default} is not for the channel {channel}", hint)


def _in_part(
    checked: CheckedProject, channel: str, part: str, view: _View, types: Mapping[str, str]
) -> Iterator[Finding]:
    """The findings of a part in which nothing is to be seen but what required slots hold, where all that one may hold
    leaves nothing; a preheader may be empty."""
    called = types.keys() & view.seen.keys()
    if part != "preheader" and not view.is_held and all(_unseen(slot, view)[0] for slot in called):
        for slot in called:
            yield from _findings(checked, channel, part, types[slot], _unseen(slot, view))


class _View:
    """What is to be seen in one part: whether there is always something, and of each slot which components leave
    something, and which nothing."""

    def __init__(self, checked: CheckedProject, part: str, document: Document) -> None:
        self._texts = checked.compiled.texts
        self._html = part == "html"
        self.is_held = any(map(self._is_visible, document.segments))
        self.seen: dict[str, set[str]] = {}
        self.held: dict[str, set[str]] = {}
        for call in document.calls:
            self.held.setdefault(call.slot, set()).update(call.fragments)
            shown = (address for address, fragment in call.fragments.items() if self._is_visible(fragment))
            self.seen.setdefault(call.slot, set()).update(shown)

    def _is_visible(self, fragment: Fragment) -> bool:
        """Return whether anything of a fragment is seen; a merge field counts as seen: C01 judges its fallback."""
        text = b"".join(b"value" if piece < 0 else self._texts[piece] for piece in fragment).decode()
        if not self._html:
            return not is_blank(text)
        return bool(_PICTURE.search(text)) or not is_blank(unescape(_TAG.sub("", text)))


def _unseen(slot: str, *views: _View) -> tuple[set[str], bool]:
    """The components that leave nothing in a slot in some parts, and whether these are all that may stand there."""
    held = set[str]().union(*(view.held.get(slot, ()) for view in views))
    unseen = held.difference(*(view.seen.get(slot, ()) for view in views))
    return unseen, unseen == held


def _is_blank(component: AuthoredComponent) -> bool:
    """Return whether no text of a component says a thing, though it has texts, and it has no picture."""
    copies = [*component.original.of_kind("text", "markdown")]
    return bool(copies) and all(map(says_nothing, copies)) and not any(component.original.of_kind("file"))


def _findings(
    checked: CheckedProject, channel: str, part: str | None, type_: str, unseen: tuple[set[str], bool]
) -> Iterator[Finding]:
    """The template is to blame where it shows nothing of any component."""
    addresses, is_all = unseen
    where = f"the {part} of {channel}" if part else channel
    hint = "show its words, or a picture: a slot with a default is never empty"
    templates = (checked.project.rendition(channel, type_, name) for name in ((part,) if part else PARTS))
    template = next(filter(None, templates), None)
    if addresses and is_all and template is not None:
        yield Finding(template.source.at(), f"nothing of any {type_} is to be seen in {where}", hint)
        return
    for address in sorted(addresses):
        if _is_blank(checked.project.components[address]):
            continue  # C07 tells
        place = checked.project.components[address].original.body_place
        yield Finding(place, f"nothing of {address} is to be seen in {where}", hint)
