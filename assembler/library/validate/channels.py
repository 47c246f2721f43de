"""Channels: every slot stands in every locale, and the default is stored as the documents make it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assembler.library.key import variant_key
from assembler.library.parts import PARTS
from assembler.library.records import Channel, Component, Content, Document, Slot
from assembler.library.validate.documents import DocumentTexts, SlotComponents, check_document
from assembler.library.validate.invalid_library import InvalidLibrary, require

Documents = Mapping[str, Document]
"""The documents of one locale, by their parts."""


class ChannelChecker:
    """Checks the channels of one library, whose components and campaigns are in order."""

    def __init__(self, content: Content, texts: DocumentTexts) -> None:
        self._locales = content.locales
        self._texts = texts
        defaults = {slot.default for campaign in content.campaigns.values() for slot in campaign.slots}
        of_type: dict[str, set[str]] = {}
        self._candidates: dict[tuple[str, str | None], list[Component]] = {}
        """The components that are no slot's default, by their type and by each campaign that they name, or None."""
        for component in content.components:
            of_type.setdefault(component.type, set()).add(component.address)
            if component.status == "ready" and component.address not in defaults:
                for campaign in (None,) if component.campaigns is None else component.campaigns:
                    self._candidates.setdefault((component.type, campaign), []).append(component)
        self._of_type = {type_: frozenset(addresses) for type_, addresses in of_type.items()}

    def check(self, campaign: str, name: str, slots: Sequence[Slot], channel: Channel) -> None:
        """Check the channel of that name of a campaign with these slots.

        Raises `InvalidLibrary` unless all that the campaign can choose in the channel can be shown.
        """
        place = f"campaigns.{campaign}.channels.{name}"
        called = [slot for slot in slots if slot.name in channel.slots]
        in_order = tuple(slot.name for slot in called) == channel.slots
        require(in_order, f"{place}.slots", "they are not the campaign's, each once and in its order")
        self._check_parts(channel, place)
        defaults = {slot.name: slot.default for slot in called}
        for locale in self._locales:
            components = {slot.name: self._components(campaign, name, locale, slot) for slot in called}
            for part, document in channel.documents[locale].items():
                check_document(document, components, self._texts, f"{place}.documents.{locale}.{part}")
            self._check_visible(called, components, channel.documents[locale], f"{place}.documents.{locale}")
            self._check_default(variant_key(campaign, name, locale, defaults), defaults, channel, locale, place)

    def _components(self, campaign: str, channel: str, locale: str, slot: Slot) -> SlotComponents:
        able = frozenset(self._able(campaign, channel, locale, slot))
        return SlotComponents(able, self._of_type.get(slot.type, frozenset()))

    def _able(self, campaign: str, channel: str, locale: str, slot: Slot) -> Iterator[str]:
        """The components that may fill a slot, whoever asks and whenever."""
        if slot.default is not None:
            yield slot.default
        for named in () if slot.constant else (campaign, None):
            for component in self._candidates.get((slot.type, named), ()):
                if component.is_shown_in(channel) and locale in component.locales:
                    yield component.address

    def _check_parts(self, channel: Channel, place: str) -> None:
        """Every locale has the same parts, and a default of them."""
        has_all = channel.documents.keys() == channel.defaults.keys() == {*self._locales}
        require(has_all, place, "documents and defaults are not those of the library's locales")
        parts = channel.documents[self._locales[0]].keys()
        is_known = parts and parts <= PARTS.keys()
        require(is_known, f"{place}.documents", f"parts are some of {', '.join(sorted(PARTS))}")
        for locale in self._locales:
            has_all = channel.documents[locale].keys() == parts == channel.defaults[locale].parts.keys()
            require(has_all, f"{place}.documents.{locale}", "the parts are not those of every locale")

    def _check_visible(
        self, slots: Sequence[Slot], components: Mapping[str, SlotComponents], documents: Documents, place: str
    ) -> None:
        """Every slot stands in some part, and whatever is chosen, none that must not be empty is blank in all of them.

        Nor is a part blank that has nothing but slots. A preheader may be: mails do without.
        """
        required = {slot.name: components[slot.name].able for slot in slots if slot.default is not None}
        visible = {part: self._visible(document) for part, document in documents.items()}
        for slot in slots:
            somewhere = [by_slot[slot.name] for by_slot in visible.values() if slot.name in by_slot]
            require(somewhere, place, f"no part calls the slot {slot.name}")
            for address in required.get(slot.name, frozenset()).difference(*somewhere):
                raise InvalidLibrary(place, f"nothing of {address} is to be seen in the slot {slot.name}")
        for part, by_slot in visible.items():
            may_be_blank = part != "preheader" and self._may_be_blank(documents[part], by_slot, required)
            require(not may_be_blank, f"{place}.{part}", "it may be blank")

    def _may_be_blank(
        self, document: Document, visible: Mapping[str, set[str]], required: Mapping[str, frozenset[str]]
    ) -> bool:
        """Whether nothing is to be seen of a document without its slots, nor surely of a slot that it calls."""
        if any(map(self._texts.is_visible, document.segments)):
            return False
        called = required.keys() & visible.keys()
        return bool(called) and not any(required[name] <= visible[name] for name in called)

    def _visible(self, document: Document) -> dict[str, set[str]]:
        """Of the slots that a document calls, the components of which something is to be seen there."""
        visible: dict[str, set[str]] = {}
        for call in document.calls:
            here = {address for address, fragment in call.fragments.items() if self._texts.is_visible(fragment)}
            visible.setdefault(call.slot, set()).update(here)
        return visible

    def _check_default(
        self, key: str, defaults: Mapping[str, str | None], channel: Channel, locale: str, place: str
    ) -> None:
        """The stored default is what the documents make of the slots' defaults."""
        stored, where = channel.defaults[locale], f"{place}.defaults.{locale}"
        is_own = stored.slots == defaults and stored.key == key
        require(is_own, where, "its slots or its key are not those of the default variant")
        for part, document in channel.documents[locale].items():
            is_joined = self._texts.text(stored.parts[part]) == self._texts.joined(document, defaults)
            require(is_joined, f"{where}.parts.{part}", "it is not what the document makes of the slots' defaults")
