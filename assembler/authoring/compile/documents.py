"""One part of a campaign in one channel and locale -> its pieces.

The layout is rendered once with a mark at each slot call, and once for each component that a call can hold. What stands
between the text before the mark and the text after it is the component's fragment. Each time it is checked that nothing
else of the document has changed, so joined fragments are the whole document, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from assembler.authoring.compile.encoders import (
    PART_ENCODERS,
    encoders,
    numbered,
    occurrence,
    unquoted,
    unsafe_expression,
)
from assembler.authoring.compile.layouts import Called, Filling, Layout, Rendered
from assembler.authoring.compile.renditions import Press
from assembler.authoring.compile.tags import same_tags
from assembler.authoring.compile.texts import Texts, authored
from assembler.authoring.compile.tokens import FIELD, MergeField
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.campaign import Campaign
from assembler.authoring.project.component import Component
from assembler.errors import nearest
from assembler.library.records import Call, Document, Encoder, Fragment

__all__ = ["DocumentWriter"]

_SAFE_PLACES = "values may stand in text, in quoted attributes, in links and in strings of JSON-LD"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text of the finished document, what stands before and after it, and whose rendition it is."""

    before: str
    text: str
    after: str
    component: Component | None = None


@dataclass(frozen=True, slots=True, eq=False)
class DocumentWriter:
    """Writes one part of a layout. `candidates(slot)` are the components that can stand in a slot."""

    layout: Layout
    campaign: Campaign
    texts: Texts
    candidates: Callable[[str], list[Component]]

    def write(self) -> Document | None:
        """The part's document; None where its layout cannot be rendered. Faults are reported to the press."""
        skeleton = self.layout.render()
        if skeleton is None:
            return None
        self._check_calls(skeleton)
        self._refuse_unquoted(skeleton.raw, lambda token: self._place_in_layout(token, skeleton))
        places = self._call_places(skeleton)
        segments: list[Fragment] = []
        calls: list[Call] = []
        before, rest = "", skeleton.document
        for index, called in _in_order(skeleton):
            head, _, rest = rest.partition(called.mark)
            segments.append(self._pieces(_Piece(before, head, called.mark + rest)))
            before += head
            encoder = None if called.own else places.get(called.mark, "html")
            calls.append(Call(slot=called.slot, fragments=self._fragments(index, called, encoder, (before, rest))))
            before += called.mark
        segments.append(self._pieces(_Piece(before, rest, "")))
        return Document(segments=tuple(segments), calls=tuple(calls))

    @property
    def _press(self) -> Press:
        return self.layout.scene.press

    # Calls

    def _check_calls(self, skeleton: Rendered) -> None:
        seen: set[str] = set()
        for called in skeleton.calls:
            if called.slot not in self.campaign.slots:
                close = nearest(called.slot, self.campaign.slots)
                hint = f"did you mean {close}?" if close else "slots: " + ", ".join(self.campaign.slots)
                self._report("R08", called.place, f"no slot {called.slot!r} in the campaign {self.campaign.id}", hint)
                continue
            if called.own and called.slot in seen:
                hint = "a second time needs part=..., for its words alone"
                self._report("R08", called.place, f"slot {called.slot!r} stands twice in this part", hint)
            if called.own:
                seen.add(called.slot)
            if skeleton.document.count(called.mark) != 1:
                words = f'for its words: slot("{called.slot}", part="subject")'
                hint = words if called.own else "put it into text or a quoted attribute"
                self._report("R08", called.place, f"slot {called.slot!r} stands where a slot cannot", hint)
            self._check_rendition(called)

    def _check_rendition(self, called: Called) -> None:
        scene, type_ = self.layout.scene, self.campaign.slots[called.slot].type
        if type_ in self._press.project.types and not scene.has_rendition(type_, called.part):
            path = f"templates/{scene.channel}/components/{type_}.{called.part}.j2"
            message = f"no template for {type_} in the part {called.part} of {scene.channel}"
            self._report("R05", called.place, message, f"write {path}")

    def _call_places(self, skeleton: Rendered) -> dict[str, Encoder]:
        """The encoder of each call that inserts another part's text."""
        found = encoders(skeleton.document) if self.layout.html else {}
        for called in skeleton.calls if self.layout.html else ():
            if not called.mark.startswith("<!--") and called.mark not in found:
                self._report("S02", called.place, f"slot {called.slot!r} stands where no text is safe", _SAFE_PLACES)
        return found

    def _fragments(
        self, index: int, called: Called, encoder: Encoder | None, around: tuple[str, str]
    ) -> dict[str, Fragment]:
        """The fragment of each component that a call can hold; `around` is what stands before and after the call."""
        before, after = around
        found: dict[str, Fragment] = {}
        for component in self.candidates(called.slot):
            if self.layout.scene.rendition(component, called.part) is None:
                continue
            rendered = self.layout.render(Filling(index, component, encoder))
            if rendered is None:
                continue
            document = rendered.document
            text = document[len(before) : len(document) - len(after)]
            if document != before + text + after or (self.layout.html and not same_tags(rendered.filled, text)):
                self._report_changed(called, component)
                continue
            if FIELD.search(rendered.filled) and self.layout.html:
                self._refuse_unquoted(rendered.filled, partial(self._place, component=component))
            found[component.address] = self._pieces(_Piece(before, text, after, component))
        return found

    def _report_changed(self, called: Called, component: Component) -> None:
        rendition = self._press.project.rendition(self.layout.scene.channel, component.type, called.part)
        place = rendition.source.at() if rendition is not None else called.place
        message = f"parsing changes the rendition of {component.type} where slot {called.slot!r} stands"
        self._report("R09", place, message, "close every tag, nest blocks only in blocks, and write <tbody> in tables")

    # Pieces

    def _pieces(self, piece: _Piece) -> Fragment:
        """The texts and holes of a piece."""
        tokens = FIELD.findall(piece.text)
        if not tokens:
            return self.texts.fragment(piece.text, [])
        html = self.layout.html
        first = len(FIELD.findall(piece.before))
        found = encoders(numbered(piece.before + piece.text + piece.after)) if html else {}
        holes: list[tuple[MergeField, Encoder, str]] = []
        for index, token in enumerate(tokens, start=first):
            merge_field = self._press.tokens[token]
            encoder = found.get(occurrence(index)) if html else PART_ENCODERS[self.layout.template.part]
            if encoder is None:
                message = f"merge field {merge_field.name!r} stands where no value is safe"
                self._report("S02", self._place(token, piece.component), message, _SAFE_PLACES)
                encoder = "html"
            holes.append((merge_field, encoder, self._fallback(merge_field, encoder)))
        return self.texts.fragment(piece.text, holes)

    def _fallback(self, merge_field: MergeField, encoder: Encoder) -> str:
        text = authored(merge_field.fallback, encoder, self._press.project.settings.policy.link_hosts)
        if text is None:
            hint = "https, on a host of policy.link_hosts" if encoder == "url" else "plain words"
            message = f"the fallback of {merge_field.name!r} is not safe where it stands"
            self._report("S01" if encoder == "url" else "C01", merge_field.place, message, hint)
        return text or ""

    # Places

    def _refuse_unquoted(self, html: str, place: Callable[[str], Place]) -> None:
        for token in unquoted(html) if self.layout.html else ():
            what = f"merge field {self._press.tokens[token].name!r}" if FIELD.fullmatch(token) else "a slot"
            self._report("S02", place(token), f"{what} stands in a tag outside of quotes", _SAFE_PLACES)

    def _place_in_layout(self, token: str, skeleton: Rendered) -> Place:
        if FIELD.fullmatch(token):
            return self._press.tokens[token].place
        return next(called.place for called in skeleton.calls if token in called.mark)

    def _place(self, token: str, component: Component | None = None) -> Place:
        """Where a template writes a value unsafely; the merge field itself, where no expression is to blame."""
        merge_field = self._press.tokens[token]
        if component is None or merge_field.within is None:
            return merge_field.place
        part = self.layout.template.part
        rendition = self._press.project.rendition(self.layout.scene.channel, component.type, part)
        offset = unsafe_expression(rendition.source.text, merge_field.within) if rendition is not None else None
        if rendition is None or offset is None:
            return merge_field.place
        return rendition.source.inside(offset)

    def _report(self, code: str, place: Place, message: str, hint: str) -> None:
        self._press.findings.add(code, place, message, hint)


def _in_order(skeleton: Rendered) -> Iterator[tuple[int, Called]]:
    """The calls whose marks are in the document, each with its number, in the document's order."""
    found = [(skeleton.document.find(called.mark), index, called) for index, called in enumerate(skeleton.calls)]
    return ((index, called) for position, index, called in sorted(found, key=lambda each: each[:2]) if position >= 0)
