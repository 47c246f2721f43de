"""Channels: every slot stands in every locale, and the default is stored as the documents make it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assembler.library.key import variant_key
from assembler.library.records import Channel, Component, Content, Document, Slot
from assembler.library.validate.documents import Pieces, Standing, check_document
from assembler.library.validate.fault import Fault

__all__ = ["ChannelChecker"]

Documents = Mapping[str, Document]
"""The documents of one locale, by their parts."""

_PARTS = frozenset({"subject", "preheader", "html", "text"})


class ChannelChecker:
    """Checks the channels of one library, whose components and campaigns are in order."""

    def __init__(self, content: Content, pieces: Pieces) -> None:
        self._locales = content.locales
        self._pieces = pieces
        defaults = {slot.default for campaign in content.campaigns.values() for slot in campaign.slots}
        of_type: dict[str, set[str]] = {}
        self._open: dict[tuple[str, str | None], list[Component]] = {}
        """The components that are no slot's default, by their type and by each campaign that they name, or None."""
        for component in content.components:
            of_type.setdefault(component.type, set()).add(component.address)
            if component.status == "ready" and component.address not in defaults:
                for named in (None,) if component.campaigns is None else component.campaigns:
                    self._open.setdefault((component.type, named), []).append(component)
        self._of_type = {type_: frozenset(addresses) for type_, addresses in of_type.items()}

    def check(self, campaign: str, channel: str, slots: Sequence[Slot], made: Channel) -> None:
        """All that the campaign can choose in the channel can be shown."""
        place = f"campaigns.{campaign}.channels.{channel}"
        here = [slot for slot in slots if slot.name in made.slots]
        if tuple(slot.name for slot in here) != made.slots:
            raise Fault(f"{place}.slots", "they are not the campaign's, each once and in its order")
        self._check_parts(made, place)
        for locale in self._locales:
            standing = {slot.name: self._standing(campaign, channel, locale, slot) for slot in here}
            for part, document in made.documents[locale].items():
                check_document(document, standing, self._pieces, f"{place}.documents.{locale}.{part}")
            self._check_shown(here, standing, made.documents[locale], f"{place}.documents.{locale}")
            defaults = {slot.name: slot.default for slot in here}
            self._check_default(variant_key(campaign, channel, locale, defaults), defaults, made, locale, place)

    def _standing(self, campaign: str, channel: str, locale: str, slot: Slot) -> Standing:
        able = set(self._able(campaign, channel, locale, slot))
        return Standing(frozenset(able), self._of_type.get(slot.type, frozenset()))

    def _able(self, campaign: str, channel: str, locale: str, slot: Slot) -> Iterator[str]:
        """The components that may fill a slot, whoever asks and whenever."""
        if slot.default is not None:
            yield slot.default
        for named in () if slot.constant else (campaign, None):
            for component in self._open.get((slot.type, named), ()):
                shown = component.channels is None or channel in component.channels
                if shown and locale in component.locales:
                    yield component.address

    def _check_parts(self, made: Channel, place: str) -> None:
        """Every locale has the same parts, and a default of them."""
        if made.documents.keys() != {*self._locales} or made.defaults.keys() != {*self._locales}:
            raise Fault(place, "documents and defaults are not those of the library's locales")
        parts = made.documents[self._locales[0]].keys()
        if not parts or not parts <= _PARTS:
            raise Fault(f"{place}.documents", f"parts are some of {', '.join(sorted(_PARTS))}")
        for locale in self._locales:
            if made.documents[locale].keys() != parts or made.defaults[locale].parts.keys() != parts:
                raise Fault(f"{place}.documents.{locale}", "the parts are not those of every locale")

    def _check_shown(
        self, slots: Sequence[Slot], standing: Mapping[str, Standing], made: Documents, place: str
    ) -> None:
        """Every slot stands in some part, and whatever is chosen, none that must not be empty is blank in all of them.

        Nor is a part blank that has nothing but slots. A preheader may be: mails do without.
        """
        required = {slot.name: standing[slot.name].able for slot in slots if slot.default is not None}
        seen = {part: self._seen(document) for part, document in made.items()}
        for slot in slots:
            here = [by_slot[slot.name] for by_slot in seen.values() if slot.name in by_slot]
            if not here:
                raise Fault(place, f"no part calls the slot {slot.name}")
            for address in required.get(slot.name, frozenset()).difference(*here):
                raise Fault(place, f"nothing of {address} is to be seen in the slot {slot.name}")
        for part, by_slot in seen.items():
            called = required.keys() & by_slot.keys()
            held = part == "preheader" or any(map(self._pieces.shows, made[part].segments))
            if called and not held and not any(required[name] <= by_slot[name] for name in called):
                raise Fault(f"{place}.{part}", "it may be blank")

    def _seen(self, document: Document) -> dict[str, set[str]]:
        """Of the slots that a document calls, the components that leave something there."""
        found: dict[str, set[str]] = {}
        for call in document.calls:
            shown = {address for address, fragment in call.fragments.items() if self._pieces.shows(fragment)}
            found.setdefault(call.slot, set()).update(shown)
        return found

    def _check_default(
        self, key: str, defaults: Mapping[str, str | None], made: Channel, locale: str, place: str
    ) -> None:
        """The stored default is what the documents make of the slots' defaults."""
        stored, where = made.defaults[locale], f"{place}.defaults.{locale}"
        if stored.slots != defaults or stored.key != key:
            raise Fault(where, "its slots or its key are not those of the default variant")
        for part, document in made.documents[locale].items():
            number = stored.parts[part]
            if not self._pieces.has_text(number) or self._pieces.text(number) != self._pieces.joined(
                document, defaults
            ):
                raise Fault(f"{where}.parts.{part}", "it is not what the document makes of the slots' defaults")
