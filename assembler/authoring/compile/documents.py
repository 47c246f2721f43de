"""One part of a campaign in one channel and locale -> its pieces.

The layout is rendered once with a mark at each slot call, and once for each component that a call can hold. What stands
between the text before the mark and the text after it is the component's fragment. That nothing else of the document has
changed is checked each time, so joined fragments are the whole document, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from markupsafe import Markup

from assembler.authoring.compile.encoders import PART_ENCODERS, encoders, unquoted
from assembler.authoring.compile.renditions import Scene
from assembler.authoring.compile.styles import Inliner
from assembler.authoring.compile.syntax import Fault, SlotCall
from assembler.authoring.compile.templates import unescaped
from assembler.authoring.compile.texts import Texts, fallback_text
from assembler.authoring.compile.tokens import CALL, FIELD, MergeField, call_token
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.campaign import Campaign
from assembler.authoring.project.component import Component
from assembler.authoring.project.project import Template
from assembler.errors import nearest
from assembler.library.records import Call, Document, Encoder, Fragment
from assembler.runtime.encode import encode

__all__ = ["DocumentWriter"]

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass(frozen=True, slots=True)
class _Called:
    """A slot call met while rendering. `mark` stands for it in the document; `own`: for the rendition of the part itself."""

    slot: str
    part: str
    own: bool
    mark: str
    place: Place


@dataclass(slots=True, eq=False)
class DocumentWriter:
    """Writes one part of a layout. `candidates(slot)` are the components that can stand in a slot."""

    scene: Scene
    campaign: Campaign
    template: Template
    inliner: Inliner
    texts: Texts
    candidates: Callable[[str], list[Component]]
    _calls: list[_Called] = field(default_factory=list)
    _filling: tuple[int, Component, Encoder | None] | None = None
    _filled: str | None = None

    @property
    def html(self) -> bool:
        """Whether the part is HTML."""
        return self.template.part == "html"

    def write(self) -> Document | None:
        """The part's document; None where its layout cannot be rendered. Faults are reported to the scene's press."""
        skeleton = self._rendered()
        if skeleton is None:
            return None
        self._check_calls(skeleton)
        places = self._call_places(skeleton)
        segments: list[Fragment] = []
        calls: list[Call] = []
        rest = skeleton
        before = ""
        for index, called in self._in_order(skeleton):
            head, _, rest = rest.partition(called.mark)
            segments.append(self._pieces(before, head, called.mark + rest))
            before += head + called.mark
            calls.append(Call(slot=called.slot, fragments=self._fragments(index, called, places, before[: -len(called.mark)], rest)))
        segments.append(self._pieces(before, rest, ""))
        return Document(segments=tuple(segments), calls=tuple(calls))

    # Rendering

    def _rendered(self, filling: tuple[int, Component, Encoder | None] | None = None) -> str | None:
        """The finished document, with a mark at every slot call but the one that is being filled."""
        self._calls, self._filling, self._filled = [], filling, None
        press = self.scene.press
        path = self.template.source.path
        if not press.templates.usable(path):
            return None
        text = press.templates.render(path, self.scene.context() | {"slot": self._slot})
        if isinstance(text, Fault):
            press.report(text)
            return None
        if self.html:
            if filling is None:
                self._refuse_unquoted(text, self._unquoted_in_layout)
            return self._finished(text)
        text = unescaped(text)
        return text.replace("\n", " ") if self.template.part in ("subject", "preheader") else text

    def _finished(self, html: str) -> str | None:
        try:
            return self.inliner.finish(html)
        except ValueError as error:
            self.scene.press.findings.add("R09", self.template.source.at(), f"the CSS cannot be inlined: {error}")
            return None

    def _slot(self, name: str, part: str | None = None, caller: Callable[[Markup], str] | None = None) -> object:
        """`slot(...)` of a layout: a mark, or what fills the call."""
        index = len(self._calls)
        asked = part or self.template.part
        own = asked == self.template.part
        wrapped = caller is not None and "<" in caller(Markup(""))
        mark = f"<!--{call_token(index)}-->" if self.html and (own or wrapped) else call_token(index)
        self._calls.append(_Called(name, asked, own, mark, self._place_of(name, part)))
        if self._filling is None or self._filling[0] != index:
            return Markup(mark)
        text = self._filling_text(asked, own)
        whole = str(caller(Markup(text))) if caller is not None else text
        self._filled = whole
        return Markup(whole)

    def _filling_text(self, part: str, own: bool) -> str:
        """The text that fills a call, ready for its place."""
        assert self._filling is not None
        _, component, encoder = self._filling
        text = self.scene.rendition(component, part) or ""
        if not self.html or encoder is None:
            return text if self.html and own else str(Markup.escape(text))
        hosts = frozenset(self._link_hosts(text))
        return encode(encoder, text, hosts) or ""

    def _link_hosts(self, text: str) -> tuple[str, ...]:
        hosts = self.scene.press.project.settings.policy.link_hosts
        return hosts if hosts is not None else (text.partition("://")[2].partition("/")[0].lower(),)

    def _place_of(self, name: str, part: str | None) -> Place:
        """Where the template says this call: the n-th of its kind is the n-th met."""
        asked = part or self.template.part
        met = sum((each.slot, each.part) == (name, asked) for each in self._calls)
        same = [each.place for each in self._static_calls() if (each.name, each.part or self.template.part) == (name, asked)]
        return same[min(met, len(same) - 1)] if same else self.template.source.at()

    def _static_calls(self) -> list[SlotCall]:
        templates = self.scene.press.templates
        paths = [self.template.source.path]
        for path in paths:
            paths += [each for name, _ in templates.syntax[path].templates if (each := f"templates/{name}") in templates.syntax and each not in paths]
        return [call for path in paths for call in templates.syntax[path].slots]

    # Calls

    def _in_order(self, skeleton: str) -> Iterator[tuple[int, _Called]]:
        """The calls whose marks are in the document, in its order."""
        found = [(skeleton.find(called.mark), index, called) for index, called in enumerate(self._calls)]
        return ((index, called) for position, index, called in sorted(found, key=lambda each: each[0]) if position >= 0)

    def _check_calls(self, skeleton: str) -> None:
        findings = self.scene.press.findings
        seen: set[str] = set()
        for called in self._calls:
            if called.slot not in self.campaign.slots:
                close = nearest(called.slot, self.campaign.slots)
                hint = f"did you mean {close}?" if close else "slots: " + ", ".join(self.campaign.slots)
                findings.add("R08", called.place, f"no slot {called.slot!r} in the campaign {self.campaign.id}", hint)
                continue
            if called.own and called.slot in seen:
                findings.add("R08", called.place, f"slot {called.slot!r} stands twice in this part", 'a second time needs part=..., for its words alone')
            seen |= {called.slot} if called.own else set()
            if skeleton.count(called.mark) != 1:
                hint = f'for its words: slot("{called.slot}", part="subject")' if called.own else "put it into text or a quoted attribute"
                findings.add("R08", called.place, f"slot {called.slot!r} stands where a slot cannot", hint)
            slot = self.campaign.slots[called.slot]
            if slot.type in self.scene.press.project.types and not self.scene.has_rendition(slot.type, called.part):
                path = f"templates/{self.scene.channel}/components/{slot.type}.{called.part}.j2"
                findings.add("R05", called.place, f"no template for {slot.type} in the part {called.part} of {self.scene.channel}", f"write {path}")

    def _call_places(self, skeleton: str) -> dict[str, Encoder]:
        """The encoder of each call that inserts another part's text."""
        if not self.html:
            return {}
        found = encoders(skeleton)
        for called in self._calls:
            if called.mark.startswith("<!--"):
                continue
            if called.mark not in found:
                self.scene.press.findings.add("S02", called.place, f"slot {called.slot!r} stands where no text is safe", _SAFE_PLACES)
        return found

    def _fragments(self, index: int, called: _Called, places: dict[str, Encoder], before: str, after: str) -> dict[str, Fragment]:
        encoder = None if called.own else places.get(called.mark, "html")
        found: dict[str, Fragment] = {}
        for component in self.candidates(called.slot):
            if self.scene.rendition(component, called.part) is None:
                continue
            document = self._rendered((index, component, encoder))
            if document is None:
                continue
            fragment = document[len(before) : len(document) - len(after)]
            same = document.startswith(before) and document.endswith(after) and len(document) >= len(before) + len(after)
            if self.html and not (same and _same_tags(self._filled or "", fragment)):
                self._report_changed(called, component)
                continue
            found[component.address] = self._pieces(before, fragment, after, component)
        return found

    def _report_changed(self, called: _Called, component: Component) -> None:
        rendition = self.scene.press.project.rendition(self.scene.channel, component.type, called.part)
        place = rendition.source.at() if rendition is not None else called.place
        message = f"parsing changes the rendition of {component.type} where slot {called.slot!r} stands"
        self.scene.press.findings.add("R09", place, message, "close every tag, nest blocks only in blocks, and write <tbody> in tables")

    # Pieces

    def _pieces(self, before: str, text: str, after: str, component: Component | None = None) -> Fragment:
        """The pieces of a text that stands between `before` and `after` in the finished document."""
        tokens = FIELD.findall(text)
        if not tokens:
            return self.texts.fragment(text, [])
        skipped = len(FIELD.findall(before))
        found = encoders(_numbered(before + text + after)) if self.html else {}
        places: list[tuple[MergeField, Encoder, str]] = []
        if self.html and component is not None:
            self._refuse_unquoted(self._filled or "", lambda token: self._unsafe_place(token, component))
        for index, token in enumerate(tokens):
            merge_field = self.scene.press.tokens[token]
            encoder = found.get(_occurrence(skipped + index)) if self.html else PART_ENCODERS[self.template.part]
            if encoder is None:
                self.scene.press.findings.add("S02", self._unsafe_place(token, component), _no_encoder(merge_field), _SAFE_PLACES)
                encoder = "html"
            places.append((merge_field, encoder, self._fallback(merge_field, encoder)))
        return self.texts.fragment(text, places)

    def _fallback(self, merge_field: MergeField, encoder: Encoder) -> str:
        text = fallback_text(merge_field, encoder, self.scene.press.project.settings.policy.link_hosts)
        if text is None:
            hint = "https, on a host of policy.link_hosts" if encoder == "url" else "plain words"
            message = f"the fallback of {merge_field.name!r} is not safe where it stands"
            self.scene.press.findings.add("S01" if encoder == "url" else "C01", merge_field.place, message, hint)
        return text or ""

    def _refuse_unquoted(self, html: str, place: Callable[[str], Place | None]) -> None:
        for token in unquoted(html):
            where = place(token)
            if where is not None:
                self.scene.press.findings.add("S02", where, _unquoted_message(self.scene, token), _SAFE_PLACES)

    def _unquoted_in_layout(self, token: str) -> Place | None:
        if FIELD.fullmatch(token):
            return self.scene.press.tokens[token].place
        return next((called.place for called in self._calls if CALL.search(called.mark) and token in called.mark), None)

    def _unsafe_place(self, token: str, component: Component | None) -> Place:
        """Where the template writes a field where no value is safe; the merge field itself, where no expression is to blame."""
        merge_field = self.scene.press.tokens[token]
        rendition = component and self.scene.press.project.rendition(self.scene.channel, component.type, self.template.part)
        if rendition is None or merge_field.within is None:
            return merge_field.place
        offset = _unsafe_expression(rendition.source.text, merge_field.within)
        return merge_field.place if offset is None else rendition.source.inside(offset)


_SAFE_PLACES = "values may stand in text, in quoted attributes, in links and in strings of JSON-LD"


def _no_encoder(merge_field: MergeField) -> str:
    return f"merge field {merge_field.name!r} stands where no value is safe"


def _unquoted_message(scene: Scene, token: str) -> str:
    if FIELD.fullmatch(token):
        return f"merge field {scene.press.tokens[token].name!r} stands in a tag outside of quotes"
    return "a slot stands in a tag outside of quotes"


def _occurrence(index: int) -> str:
    return f"zqu{index:06d}qz"


def _numbered(document: str) -> str:
    """The document with a token of its own for each occurrence of a merge field."""
    count = iter(range(10**6))
    return FIELD.sub(lambda _: _occurrence(next(count)), document)


_EXPRESSION = re.compile(r"\{\{(?P<inside>.*?)\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


def _unsafe_expression(template: str, name: str) -> int | None:
    """The offset of the first expression of a template that names a field and stands where no value is safe."""
    expressions = [match for match in _EXPRESSION.finditer(template) if match["inside"] is not None]
    numbers = {match.start(): index for index, match in enumerate(expressions)}
    bare = _EXPRESSION.sub(lambda match: _occurrence(numbers[match.start()]) if match.start() in numbers else "", template)
    safe, open_ = encoders(bare), set(unquoted(bare))
    for index, match in enumerate(expressions):
        token = _occurrence(index)
        if re.search(rf"\b{name}\b", match["inside"]) and (token not in safe or token in open_):
            return match.start()
    return None


class _Tags(HTMLParser):
    """The tags of a piece of HTML in order, less those of void elements' ends and of `tbody`, which may be implied."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "tbody":
            self.found.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        if tag not in _VOID:
            self.found.append("/" + tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "tbody" and tag not in _VOID:
            self.found.append("/" + tag)


def _same_tags(written: str, parsed: str) -> bool:
    return _Tags(written).found == _Tags(parsed).found
