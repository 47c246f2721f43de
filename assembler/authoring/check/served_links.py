"""What is wrong with links in compiled documents: what no look at the links that authors write can tell."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from assembler.authoring.check.copy import copies_in_locale
from assembler.authoring.check.link_targets import LinkTarget, css_targets, link_targets
from assembler.authoring.check.pages.document_parts import json_objects
from assembler.authoring.check.pages.elements import Comment, Element, Tree, parse
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.check.written_links import Hosts, WrittenLinks
from assembler.authoring.compile.links import link_fault
from assembler.authoring.compile.tokens import MERGE_FIELD
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.component import AuthoredComponent, FieldValue
from assembler.library.values import is_blank

_EMPTY = "a link without an address"
_OMITTED = "leave the element out where there is nothing: {% if url %}...{% endif %}"
_WRAPPED = 'write {% call(inner) slot(...) %}<a href="{{ inner }}">...</a>{% endcall %}: it writes nothing for nothing'
_FOLLOWED, _LOADED = frozenset({"url", "target", "urlTemplate"}), frozenset({"image", "logo", "contentUrl"})
_FOR_OUTLOOK = re.compile(r"^\s*\[if\b[^\]]*\]>(.*)<!\[endif\]\s*$", re.DOTALL)


@dataclass(frozen=True, eq=False)
class ServedLinks:
    """The links of a page or mail, in all its variants."""

    page: Page
    _copies: dict[str, tuple[bool, bool]] = field(default_factory=dict)

    def faults(self) -> Iterator[Finding]:
        """Those that are empty or lead elsewhere than they may, unless a look at what is written tells of it."""
        yield from self._in_layout()
        for insert in self.page.html.inserts:
            for component, tree in self.page.trees(insert):
                for element, target in _faulty(tree, self._written_links.hosts, self._relative):
                    if not self._told_elsewhere(element, target, component):
                        yield from self._of(target, self._place(PlacedElement(element, insert, component), target))

    def _in_layout(self) -> Iterator[Finding]:
        for element in self.page.frame.elements:
            for target in _targets(element):
                phrase = self.page.html.phrase(target.link, _from_json if element.tag == "script" else html.unescape)
                for address, link in phrase.readings():
                    here = target._replace(link=link)
                    if _is_faulty(here, self._written_links.hosts, self._relative):
                        yield from self._of_reading(element, here, phrase.slot, address)

    def _of_reading(
        self, element: Element, target: LinkTarget, slot: str | None, address: str | None
    ) -> Iterator[Finding]:
        """What is wrong with a link of the layout where a component, or nothing, stands in a slot that it asks for."""
        component = self.page.pages.project.components.get(address or "")
        if self._told_elsewhere(element, target, component):
            return
        place = self._place(PlacedElement(element), target)
        if slot is not None and not target.link:
            message = f"{_EMPTY}, where slot {slot!r} holds {'nothing' if address is None else address}"
            yield Finding(place, message, _WRAPPED)
        elif slot is not None and " " in target.link:
            hint = 'ask for a part that is the link alone, such as part="text"'
            yield Finding(place, f"slot {slot!r} gives words where a link should stand", hint)
        else:
            yield from self._of(target, place)

    def _of(self, target: LinkTarget, place: Place) -> Iterator[Finding]:
        hosts = self._written_links.hosts if target.followed else None
        for finding in self._written_links.in_document(target.link, place, hosts, relative=self._relative):
            line = finding.place.path, finding.place.line
            if line not in self._told and finding.message not in self._told:
                yield finding if target.link else replace(finding, hint=_OMITTED)

    def _place(self, placed: PlacedElement, target: LinkTarget) -> Place:
        """The tag that holds a link; within a comment, which has no tags, the link itself."""
        written = self.page.written(target.link, placed.component) if target.hidden else None
        return written or self.page.place(placed)

    def _told_elsewhere(self, element: Element, target: LinkTarget, component: AuthoredComponent | None) -> bool:
        """Return whether something tells of it in copy or settings, or of a picture that cannot be used."""
        if self._is_picture(target.link):
            return True
        if not target.link and not target.followed:
            in_mail = element.tag == "img" and self.page.channel.envelope == "email"
            return in_mail or self.page.pages.lacks_pictures
        if component is None:
            return not target.link and self._has_blank_default
        told, blank = self._in_copy(component)
        return told or (blank and not target.link)

    def _is_picture(self, link: str) -> bool:
        pages = self.page.pages
        base = pages.compiled.images.base_url
        return link.startswith(base) if base else link in pages.pictures

    def _in_copy(self, component: AuthoredComponent) -> tuple[bool, bool]:
        """Return whether something tells of a link in the copy of a component, and whether one may be blank."""
        if component.address not in self._copies:
            copies = copies_in_locale(self.page.pages.project, component, self.page.locale)
            told = any(True for _ in self._written_links.in_copy(component))
            self._copies[component.address] = (told, any(map(_is_blank, copies)))
        return self._copies[component.address]

    @cached_property
    def _has_blank_default(self) -> bool:
        calls = (call for syntax in self.page.pages.compiled.templates.syntax.values() for call in syntax.fields)
        return any(call.default is not None and is_blank(call.default) for call in calls)

    @property
    def _relative(self) -> bool:
        return self.page.channel.envelope == "web"

    @cached_property
    def _written_links(self) -> WrittenLinks:
        return WrittenLinks(self.page.pages.project)

    @cached_property
    def _told(self) -> set[object]:
        """The messages of what is found in templates and styles as they are written, and the paths and lines."""
        pages, written = self.page.pages, self._written_links
        findings: list[Finding] = []
        for syntax in pages.compiled.templates.syntax.values():
            findings += written.in_template(syntax) if syntax.parsed else ()
        for source in pages.project.styles.values():
            findings += written.in_style(source)
        places = (finding.place for finding in findings)
        lines = {(place.path, place.line) for place in places if place.path.startswith("templates/")}
        return {finding.message for finding in findings} | lines


def _is_blank(copy: FieldValue) -> bool:
    """Return whether a text is a link that is blank, or holds a merge field whose fallback is."""
    if copy.kind == "url" and is_blank(copy.text):
        return True
    return any(is_blank(match["fallback"]) for match in MERGE_FIELD.finditer(copy.text))


@lru_cache(maxsize=16_384)
def _faulty(tree: Tree, hosts: Hosts, relative: bool) -> tuple[tuple[Element, LinkTarget], ...]:
    """The links of a piece with which something is wrong; of an element that has an empty one, that alone."""
    targets: list[tuple[Element, LinkTarget]] = []
    for element in (tree.root, *tree.elements):
        faulty = [target for target in _targets(element) if _is_faulty(target, hosts, relative)]
        empty = [target for target in faulty if not target.link]
        targets += ((element, target) for target in empty[:1] or faulty)
    return tuple(targets)


def _is_faulty(target: LinkTarget, hosts: Hosts, relative: bool) -> bool:
    if not target.followed and target.link.lower().startswith("data:image/"):
        return False
    return link_fault(target.link, hosts if target.followed else None, relative=relative) is not None


def _targets(element: Element) -> Iterator[LinkTarget]:
    """Every address in an element: in its attributes, in CSS, JSON-LD and what Outlook alone is shown in it."""
    yield from link_targets(element.tag, element.attributes)
    if element.tag == "style":
        yield from (LinkTarget("style", link, False) for _, link in css_targets(element.own_text))
    elif element.is_json_ld:
        for value in json_objects(element.own_text) or ():
            yield from _of_json(value)
    for child in element.children:
        if isinstance(child, Comment):
            yield from _for_outlook(child.text)


def _for_outlook(comment: str) -> Iterator[LinkTarget]:
    match = _FOR_OUTLOOK.match(comment)
    for element in parse(match[1], "body").elements if match else ():
        yield from (target._replace(hidden=True) for target in link_targets(element.tag, element.attributes))


def _of_json(value: dict[str, object]) -> Iterator[LinkTarget]:
    """What an object of JSON-LD says that people may follow, or programs load (schema.org)."""
    shown = "ImageObject" in str(value.get("@type"))
    for key, text in value.items():
        if isinstance(text, str) and key in (_FOLLOWED | _LOADED):
            yield LinkTarget(key, text.strip(), key in _FOLLOWED and not shown)


def _from_json(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text
