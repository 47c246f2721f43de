"""What stands in one slot of a part, about nobody in particular: for pages that others put together at the edge."""

from __future__ import annotations

from assembler.library.records import Call, with_fallbacks
from assembler.runtime.decision import Decision
from assembler.runtime.library import Library


def slot_fragment(library: Library, decision: Decision, part: str, slot: str) -> bytes:
    """Return what a decision of a library puts into a slot of a part, in UTF-8, with merge fields at their fallbacks;
    nothing for an empty slot, and where the part does not show the slot.

    A slot may stand in several places of a part: of these it is the first that takes mark-up, if one does, for the
    others hold its words in a title or an attribute.
    """
    content = library.content
    document = content.campaigns[decision.campaign].channels[decision.channel].documents[decision.locale][part]
    component = decision.slots[slot].component
    calls = [call for call in document.calls if call.slot == slot]
    if component is None or not calls:
        return b""
    chosen = next((call for call in calls if _takes_markup(library, call)), calls[0])
    return with_fallbacks(chosen.fragments[component], library.texts, content.placeholders)


def _takes_markup(library: Library, call: Call) -> bool:
    texts = (library.texts[number] for fragment in call.fragments.values() for number in fragment if number >= 0)
    return any(b"<" in text for text in texts)
