"""One part of a campaign in one channel and locale -> its pieces.

The layout is rendered once with a mark at each slot call, and once for each component that a call can hold. What stands
between the text before the mark and the text after it is the component's fragment. Each time it is checked that nothing
else of the document has changed, so joined fragments are the whole document, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain, zip_longest

from assembler.authoring.compile.candidates import Candidates
from assembler.authoring.compile.encoders import encoders, unquoted, unsafe_expression
from assembler.authoring.compile.fragments import FragmentSet, component_fingerprint
from assembler.authoring.compile.layouts import Filling, Layout, Rendered, RenderedCall
from assembler.authoring.compile.links import link_fault
from assembler.authoring.compile.parameters import PartLinks
from assembler.authoring.compile.renditions import RenderContext
from assembler.authoring.compile.tags import same_tags
from assembler.authoring.compile.text_table import FieldPlaceholder, TextPieces, TextTable, encode_authored
from assembler.authoring.compile.tokens import MergeField, Tokens
from assembler.authoring.diagnostics import Place
from assembler.authoring.failures import guarded
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.component import AuthoredComponent
from assembler.errors import listed, nearest
from assembler.library.parts import PARTS
from assembler.library.records import Call, Document, Encoder, Fragment
from assembler.library.values import is_blank
from assembler.runtime.encode import encode

_SAFE_PLACES = "values may stand in text, in quoted attributes, in links and in strings of JSON-LD"
_IN_JSON = 'values stand in quotes, after a colon or in a list: {"name": "{{ ... }}"}'


@dataclass(frozen=True, slots=True)
class SlotPosition:
    """A call in the finished document: its number, what stands before and after it, and the encoder of its place where
    another part's text is asked."""

    number: int
    call: RenderedCall
    before: str
    after: str
    encoder: Encoder | None


@dataclass(frozen=True, eq=False)
class DocumentWriter:
    """Writes one part of a layout; `skeleton` is the part with its marks.

    What is in the `fragment_set` is not made again. Faults are reported to the render context.
    """

    layout: Layout
    campaign: AuthoredCampaign
    candidates: Candidates
    skeleton: Rendered
    fragment_set: FragmentSet
    _faulty: dict[str, TextPieces | None] = field(default_factory=dict)

    @classmethod
    def of(
        cls, layout: Layout, campaign: AuthoredCampaign, candidates: Candidates, cache: BuildCache
    ) -> DocumentWriter | None:
        """Return what writes a part of a layout; None, and a finding, where that cannot be rendered."""
        context = layout.target.context
        skeleton, trace = context.traced(lambda: guarded(context.findings, layout.render))
        if skeleton is None:
            return None
        fragment_set = guarded(context.findings, partial(FragmentSet, cache, layout, skeleton, trace))
        return cls(layout, campaign, candidates, skeleton, fragment_set) if fragment_set is not None else None

    def write(self, texts: TextTable) -> Document:
        """Return the part's document, its texts added to those of the library."""
        self._check_calls()
        self._refuse_unquoted(self.skeleton.raw, self._place_in_layout)
        segments: list[Fragment] = []
        calls: list[Call] = []
        before = ""
        for position in self._positions:
            segments.append(texts.fragment(self._layout_pieces(before, position.before)))
            calls.append(Call(slot=position.call.slot, fragments=self._fragments(position, texts)))
            before = position.before + position.call.mark
        segments.append(texts.fragment(self._layout_pieces(before, self.skeleton.document)))
        return Document(segments=tuple(segments), calls=tuple(calls))

    def missing(self) -> list[tuple[SlotPosition, AuthoredComponent]]:
        """Return the fragments that are yet to be made: of which component, and where it stands."""
        return [
            (position, component)
            for position in self._positions
            for component, name in self._components_by_call[position.number]
            if self.fragment_set.get(name) is None
        ]

    def make(self, position: SlotPosition, component: AuthoredComponent) -> str:
        """Make the fragment of a component where a call stands, stored if faultless; return its name in the set."""
        name = self._name(position, component)
        work = partial(self._render_pieces, position, component)
        pieces, trace = self.context.traced(lambda: guarded(self.context.findings, work))
        _, of_rendition = self.layout.target.traced_rendition(component, position.call.part)
        if pieces is None or not self.fragment_set.put(name, pieces, trace | of_rendition):
            self._faulty[name] = pieces
        return name

    @property
    def context(self) -> RenderContext:
        """What all rendering of the project shares."""
        return self.layout.target.context

    @cached_property
    def _positions(self) -> list[SlotPosition]:
        """The calls whose marks are in the document, in its order."""
        document, calls = self.skeleton.document, self.skeleton.calls
        positions: list[SlotPosition] = []
        for start, number in sorted((document.find(call.mark), number) for number, call in enumerate(calls)):
            if start >= 0:
                call = calls[number]
                encoder = None if call.own else self._places.get(call.mark, "html")
                after = document[start + len(call.mark) :]
                positions.append(SlotPosition(number, call, document[:start], after, encoder))
        return positions

    @cached_property
    def _places(self) -> Mapping[str, Encoder]:
        """The encoder of each call that inserts another part's text."""
        return encoders(self.skeleton.document) if self.layout.html else {}

    @property
    def _tokens(self) -> Tokens:
        return self.context.tokens

    # Calls

    def _check_calls(self) -> None:
        """Report calls of slots that the campaign has not, and calls where a slot cannot stand."""
        seen: set[str] = set()
        for call in self.skeleton.calls:
            if self.layout.html and not call.mark.startswith("<!--") and call.mark not in self._places:
                message = f"slot {call.slot!r} stands where no text is safe"
                self._report("S02", call.place, message, _SAFE_PLACES, about=call.slot)
            if call.slot not in self.campaign.slots:
                self._report_unknown_slot(call)
                continue
            if call.own and call.slot in seen:
                hint = "a second time needs part=..., for its words alone"
                self._report("R08", call.place, f"slot {call.slot!r} stands twice in this part", hint)
            if call.own:
                seen.add(call.slot)
            if self.skeleton.document.count(call.mark) != 1:
                self._report_no_place(call)
            self._check_rendition(call)
            self._check_syntax(call)

    def _report_unknown_slot(self, call: RenderedCall) -> None:
        if not self.campaign.is_whole:
            return
        close = nearest(call.slot, self.campaign.slots)
        hint = f"did you mean {close}?" if close else f"slots: {listed(self.campaign.slots)}"
        self._report("R08", call.place, f"no slot {call.slot!r} in the campaign {self.campaign.id}", hint)

    def _report_no_place(self, call: RenderedCall) -> None:
        words = f'for its words: slot("{call.slot}", part="subject")'
        hint = words if call.own else "put it into text or a quoted attribute"
        self._report("R08", call.place, f"slot {call.slot!r} stands where a slot cannot", hint)

    def _check_rendition(self, call: RenderedCall) -> None:
        target, type_ = self.layout.target, self.campaign.slots[call.slot].type
        if type_ in self.context.project.types and not target.has_rendition(type_, call.part):
            path = f"templates/{target.channel}/components/{type_}.{call.part}.j2"
            message = f"no template for {type_} in the part {call.part} of {target.channel}"
            self._report("R05", call.place, message, f"write {path}", about=path)

    def _check_syntax(self, call: RenderedCall) -> None:
        """Report a call that asks for markup amid JSON, or for JSON amid anything else: what values would be escaped
        for one of them is not safe in the other."""
        both = {PARTS[part].syntax for part in (call.part, self.layout.template.part) if part in PARTS}
        if not call.own and "json" in both and (both & {"html"} or call.part == "json"):
            message = f"slot {call.slot!r} puts its {call.part} into the part {self.layout.template.part}"
            self._report("R08", call.place, message, 'ask for its words: part="text"', about=call.slot)

    def _fragments(self, position: SlotPosition, texts: TextTable) -> dict[str, Fragment]:
        fragments: dict[str, Fragment] = {}
        for component, name in self._components_by_call[position.number]:
            pieces = self.fragment_set.get(name)
            if pieces is None and name not in self._faulty:
                self.make(position, component)
                pieces = self.fragment_set.get(name)
            if pieces is None:
                pieces = self._faulty[name]
            if pieces is not None:
                fragments[component.address] = texts.fragment(pieces)
        return fragments

    @cached_property
    def _components_by_call(self) -> dict[int, list[tuple[AuthoredComponent, str]]]:
        """The components that each call can hold, with the names of their fragments; calls by their numbers."""
        target = self.layout.target
        holdable: dict[int, list[tuple[AuthoredComponent, str]]] = {}
        for position in self._positions:
            call = position.call
            slot = self.campaign.slots.get(call.slot)
            shown = slot is not None and target.has_rendition(slot.type, call.part)
            components = self.candidates[call.slot] if shown else ()
            holdable[position.number] = [
                (component, self._name(position, component))
                for component in components
                if component.speaks(target.lineage)
            ]
        return holdable

    def _name(self, position: SlotPosition, component: AuthoredComponent) -> str:
        return f"{position.number} {component_fingerprint(self.layout.target, component)}"

    def _render_pieces(self, position: SlotPosition, component: AuthoredComponent) -> TextPieces | None:
        call, before, after = position.call, position.before, position.after
        if self.layout.target.rendition(component, call.part) is None:
            return None
        rendered = self.layout.render(Filling(position.number, component, position.encoder))
        if rendered is None:
            return None
        document = rendered.document
        text = document[len(before) : len(document) - len(after)]
        # Words of another part are encoded for their place: what looks like a tag in an attribute is none.
        has_tags = self.layout.html and (position.encoder is None or "<" in rendered.filled)
        if document != before + text + after or (has_tags and not same_tags(rendered.filled, text)):
            self._report_changed(call, component)
            return None
        if self._tokens.field.search(rendered.filled) and self.layout.html:
            self._refuse_unquoted(rendered.filled, partial(self._place, component=component))
        served = self._links.in_slot(text, call.mark, component=component.address, slot=call.slot)
        return self._pieces(served, before, before + served + after, component)

    def _report_changed(self, call: RenderedCall, component: AuthoredComponent) -> None:
        rendition = self.context.project.rendition(self.layout.target.channel, component.type, call.part)
        place = rendition.source.at() if rendition is not None else call.place
        message = f"parsing changes the rendition of {component.type} where slot {call.slot!r} stands"
        hint = "close every tag, nest blocks only in blocks, and write <tbody> in tables"
        self._report("R09", place, message, hint, about=call.slot)

    # Pieces

    def _layout_pieces(self, before: str, whole: str) -> TextPieces:
        """Return the texts and placeholders of what `whole`, a head of the document, has more than another head."""
        text = self._links.in_layout(whole[len(before) :], len(before))
        return self._pieces(text, before, self.skeleton.document)

    def _pieces(self, text: str, before: str, document: str, component: AuthoredComponent | None = None) -> TextPieces:
        """Return the texts and placeholders of a text that has something `before` it in a document."""
        tokens = self._tokens.field.findall(text)
        placeholders = self._placeholders(tokens, before, document, component) if tokens else []
        pieces = chain.from_iterable(zip_longest(self._tokens.field.split(text), placeholders))
        return tuple(piece for piece in pieces if piece)

    @cached_property
    def _links(self) -> PartLinks:
        target = self.layout.target
        mail = target.settings.envelope == "email"
        return PartLinks(target.link_parameters, self.layout.template.part, mail, self.skeleton.document)

    def _placeholders(
        self, tokens: list[str], before: str, document: str, component: AuthoredComponent | None
    ) -> list[FieldPlaceholder]:
        first = len(self._tokens.field.findall(before))
        encoders_by_token = self._own_encoders if component is None else self._encoders(document)
        placeholders: list[FieldPlaceholder] = []
        for index, token in enumerate(tokens, start=first):
            merge_field = self._tokens[token]
            encoder = encoders_by_token.get(self._tokens.occurrence(index))
            if encoder is None:
                self._refuse_unsafe(token, component)
                encoder = "html"
            placeholders.append(FieldPlaceholder(merge_field.name, encoder, self._fallback(merge_field, encoder)))
        return placeholders

    @cached_property
    def _own_encoders(self) -> Mapping[str, Encoder]:
        return self._encoders(self.skeleton.document)

    def _encoders(self, document: str) -> Mapping[str, Encoder]:
        tokens = self._tokens
        fields = (tokens[token] for token in tokens.field.findall(document))
        linked = {
            tokens.occurrence(index): merge_field.link
            for index, merge_field in enumerate(fields)
            if merge_field.link is not None
        }
        return encoders(tokens.numbered(document), self.layout.template.part, linked)

    def _fallback(self, merge_field: MergeField, encoder: Encoder) -> str:
        text = merge_field.fallback
        if encoder in ("url", "url_text"):
            fault = link_fault(text, self.context.project.settings.policy.link_hosts)
            if fault is not None and not is_blank(text):  # C01 tells of a blank one
                self._report("S01", merge_field.place, *fault)
        elif encode(encoder, text, ()) is None:
            message = f"the fallback of {merge_field.name!r} is not safe where it stands"
            self._report("C01", merge_field.place, message, "plain words")
        return encode_authored(text, encoder)

    # Places

    def _refuse_unquoted(self, html: str, place: Callable[[str], Place]) -> None:
        for token in unquoted(html, self._tokens) if self.layout.html else ():
            is_field = self._tokens.field.fullmatch(token)
            subject = f"merge field {self._tokens[token].name!r}" if is_field else "a slot"
            self._report("S02", place(token), f"{subject} stands in a tag outside of quotes", _SAFE_PLACES)

    def _refuse_unsafe(self, token: str, component: AuthoredComponent | None) -> None:
        """Report a value where none is safe."""
        place, hint = self._place(token, component), _SAFE_PLACES
        if self.layout.template.part == "json":
            slot = next((call.slot for call in self.skeleton.calls if call.place == place), None)
            hint = _IN_JSON if slot is None else f'write "{{{{ slot("{slot}") }}}}", with its quotes'
        message = f"merge field {self._tokens[token].name!r} stands where no value is safe"
        self._report("S02", place, message, hint)

    def _place_in_layout(self, token: str) -> Place:
        if self._tokens.field.fullmatch(token):
            return self._tokens[token].place
        return next(call.place for call in self.skeleton.calls if token in call.mark)

    def _place(self, token: str, component: AuthoredComponent | None = None) -> Place:
        """Return where a template writes a value unsafely; the merge field itself, where no expression is to blame."""
        merge_field = self._tokens[token]
        if component is None or merge_field.within is None:
            return merge_field.place
        part = self.layout.template.part
        rendition = self.context.project.rendition(self.layout.target.channel, component.type, part)
        if rendition is None and PARTS[part].syntax == "json":
            return next(call.place for call in self.skeleton.calls if self._is_of(call, component))
        offset = unsafe_expression(rendition.source.text, merge_field.within, part) if rendition is not None else None
        return merge_field.place if rendition is None or offset is None else rendition.source.inside(offset)

    def _is_of(self, call: RenderedCall, component: AuthoredComponent) -> bool:
        slot = self.campaign.slots.get(call.slot)
        return slot is not None and slot.type == component.type

    def _report(self, code: str, place: Place, message: str, hint: str, *, about: str | None = None) -> None:
        self.context.findings.add(code, place, message, hint, about=about)
