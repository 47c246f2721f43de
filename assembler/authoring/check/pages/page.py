"""Every e-mail and page that a project can make, one for each campaign, channel and locale, as rules read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from assembler.authoring.check.pages.document_parts import DocumentPart, DocumentReader, Insert, Phrase
from assembler.authoring.check.pages.elements import Element, Mark, Tree
from assembler.authoring.check.pages.source_places import SourcePlaces
from assembler.authoring.check.pages.text_styles import TextStyle, text_styles
from assembler.authoring.check.template_markup import TemplateMarkup
from assembler.authoring.compile.content import Compiled
from assembler.authoring.compile.images import stem
from assembler.authoring.compile.styles import unfinished
from assembler.authoring.compile.template_includes import included_by, including
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import LoadedProject, Template
from assembler.authoring.project.settings import ChannelSettings
from assembler.library.records import Document

Envelope = Literal["email", "web", "none"]


@dataclass(frozen=True, slots=True)
class PlacedElement:
    """An element of a page, and the insert and component it comes from; none for one of the layout."""

    element: Element
    insert: Insert | None = None
    component: AuthoredComponent | None = None


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """An image as delivered: its file below assets/, the words on it, its density (1 or 2), and its width in pixels."""

    file: str
    overlay: str
    density: int
    pixels: int


@dataclass(frozen=True, eq=False)
class Page:
    """A campaign in a channel and locale, in all its variants at once.

    `frame` is the layout with marks; what slots hold is in the trees of the inserts that stand there as elements do.
    """

    pages: Pages
    campaign: str
    channel_name: str
    channel: ChannelSettings
    locale: str
    templates: dict[str, Template]
    documents: Mapping[str, Document]

    @cached_property
    def parts(self) -> dict[str, DocumentPart]:
        """Its parts by name."""
        slots = self.pages.project.campaigns[self.campaign].slots
        optional = {name for name, slot in slots.items() if not slot.required}
        return {part: self.pages.reader.part(part, document, optional) for part, document in self.documents.items()}

    @cached_property
    def whole(self) -> bool:
        """Whether every part could be rendered, and something stands in every slot."""
        filled = (insert.pieces or insert.optional for part in self.parts.values() for insert in part.inserts)
        return self.parts.keys() == self.templates.keys() and all(filled)

    @property
    def noun(self) -> Literal["mail", "page"]:
        """What to call it in a message."""
        return "mail" if self.channel.envelope == "email" else "page"

    @cached_property
    def subject(self) -> Phrase | None:
        """The words of the subject, if there is one."""
        part = self.parts.get("subject")
        return part.phrase(part.marked) if part is not None else None

    @property
    def components(self) -> Iterator[AuthoredComponent]:
        """The components that can stand in it."""
        calls = (call for document in self.documents.values() for call in document.calls)
        addresses: set[str] = set().union(*(call.fragments for call in calls))
        return (self.pages.project.components[address] for address in sorted(addresses))

    @property
    def layout(self) -> Template:
        """The template of the html part."""
        return self.templates["html"]

    @property
    def html(self) -> DocumentPart:
        """The html part."""
        return self.parts["html"]

    @cached_property
    def frame(self) -> Tree:
        """The layout."""
        return self.pages.reader.tree(self.html.marked)

    @cached_property
    def stands_in(self) -> dict[int, Element]:
        """The element in which each insert stands, for those that stand as elements do, in the document's order."""
        return {
            child.number: element
            for element in self.frame.elements
            for child in element.children
            if isinstance(child, Mark) and child.number < len(self.html.inserts)
        }

    @cached_property
    def body(self) -> Element:
        """The element `body`."""
        return next(self.frame.tagged("body"), Element("body"))

    @cached_property
    def head(self) -> Element:
        """The element `head`."""
        return next(self.frame.tagged("head"), Element("head"))

    @cached_property
    def _frame_styles(self) -> tuple[list[tuple[Element, TextStyle]], dict[int, TextStyle]]:
        return text_styles(self.frame.root, TextStyle())

    def placed_trees(self) -> Iterator[tuple[Insert, AuthoredComponent, Tree]]:
        """Each insert with every component that it can hold, and the component's tree there."""
        for insert in self.html.inserts:
            for component, tree in self.trees(insert):
                yield insert, component, tree

    def trees(self, insert: Insert) -> Iterator[tuple[AuthoredComponent, Tree]]:
        """Each component that an insert can hold, and its tree there; nothing for an insert that is no element."""
        where = self.stands_in.get(insert.number)
        if where is not None:
            for address, piece in insert.pieces.items():
                component = self.pages.project.components.get(address)
                if component is not None:
                    yield component, self.pages.reader.tree(piece.text, where.tag)

    def elements(self, *tags: str) -> Iterator[PlacedElement]:
        """The elements of some kinds (none: of all) of the layout and of everything that slots can hold."""
        yield from map(PlacedElement, self.frame.tagged(*tags) if tags else self.frame.elements)
        for insert, component, tree in self.placed_trees():
            for element in tree.tagged(*tags) if tags else tree.elements:
                yield PlacedElement(element, insert, component)

    def comments(self) -> Iterator[tuple[str, AuthoredComponent | None]]:
        """Every comment, and the component it comes from."""
        yield from ((comment, None) for comment in self.frame.comments)
        for _, component, tree in self.placed_trees():
            yield from ((comment, component) for comment in tree.comments)

    def readable(self) -> Iterator[tuple[PlacedElement, TextStyle]]:
        """Every element in which visible text stands, with how the text looks there."""
        yield from self.readable_in_layout()
        for insert, component, tree in self.placed_trees():
            around = self._frame_styles[1].get(insert.number, TextStyle())
            for element, text_style in self.pages.text_styles(tree, around):
                yield PlacedElement(element, insert, component), text_style

    def readable_in_layout(self) -> Iterator[tuple[PlacedElement, TextStyle]]:
        """The same of the layout alone."""
        yield from ((PlacedElement(element), text_style) for element, text_style in self._frame_styles[0])

    @property
    def unsubscribe(self) -> str | None:
        """The merge field that is the link to unsubscribe, if there is such a field of kind url."""
        spec = self.pages.project.settings.fields.get(self.channel.unsubscribe or "")
        return self.channel.unsubscribe if spec is not None and spec.kind == "url" else None

    @property
    def hidden(self) -> frozenset[int]:
        """The inserts that stand where nobody sees them."""
        return frozenset(number for number, text_style in self._frame_styles[1].items() if text_style.hidden)

    def ancestors(self, placed: PlacedElement) -> Iterator[Element]:
        """What an element stands in, the nearest first, out of its piece into the layout."""
        yield from (element for element in placed.element.ancestors() if not element.tag.startswith("#"))
        where = self.stands_in.get(placed.insert.number) if placed.insert is not None else None
        if where is not None:
            yield where
            yield from where.ancestors()

    def place(self, placed: PlacedElement) -> Place:
        """Return where the tag of an element is written, or the nearest known around it."""
        if placed.component is None:
            return self.place_in_layout(placed.element)
        rendition = self.rendition(placed.component)
        place = self.pages.places.tag(placed.element, (rendition, self.layout))
        return place or self.rendition_start(placed.component)

    @property
    def shown_inserts(self) -> Iterator[Element]:
        """The elements of body in which an insert stands that can be seen."""
        hidden = self.hidden
        shown = (element for number, element in self.stands_in.items() if number not in hidden)
        return (element for element in shown if self.body in (element, *element.ancestors()))

    def place_in_layout(self, element: Element) -> Place:
        """The same for an element of the layout."""
        return self.pages.places.tag(element, (self.layout,)) or self.layout.source.at()

    def rendition(self, component: AuthoredComponent, part: str = "html") -> Template | None:
        """The template that renders a component in a part of this channel."""
        return self.pages.project.rendition(self.channel_name, component.type, part)

    def written(self, text: str | re.Pattern[str], component: AuthoredComponent | None) -> Place | None:
        """Return where the template that renders a component, or else the layout, writes a text."""
        rendition = self.rendition(component) if component is not None else None
        places = (self.pages.places.text(text, template) for template in (rendition, self.layout) if template)
        return next(filter(None, places), None)

    def rendition_start(self, component: AuthoredComponent) -> Place:
        """The start of the template that renders a component; of the layout's, where there is none."""
        return (self.rendition(component) or self.layout).source.at()

    @property
    def root(self) -> Element:
        """The element `html`; `body` where there is none."""
        return next(self.frame.tagged("html"), self.body)

    @property
    def start(self) -> Place:
        """The place where the layout begins: its `html` tag."""
        return self.place_in_layout(self.root)

    @property
    def head_place(self) -> Place:
        """Where the head of the layout begins."""
        return self.place_in_layout(self.head)


@dataclass(eq=False)
class Pages:
    """All pages of a project. What rules ask of them is worked out once."""

    project: LoadedProject
    compiled: Compiled
    reader: DocumentReader = field(init=False)
    places: SourcePlaces = field(init=False)
    _text_styles: dict[tuple[Tree, TextStyle], list[tuple[Element, TextStyle]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reader = DocumentReader(self.compiled)
        self.places = SourcePlaces(self.project, self.compiled)

    def of(self, *envelopes: Envelope) -> Iterator[Page]:
        """The pages with an html part in channels with one of these envelopes."""
        return (page for page in self.with_part("html") if page.channel.envelope in envelopes)

    def with_part(self, part: str) -> Iterator[Page]:
        """Those that have a part."""
        return (page for page in self._all if part in page.documents)

    @property
    def messages(self) -> Iterator[Page]:
        """Those that are text alone, in channels without an envelope."""
        return (page for page in self._all if page.channel.envelope == "none" and page.documents.keys() == {"text"})

    @property
    def lacks_pictures(self) -> bool:
        """Whether some picture could not be used, so that its address is empty."""
        return any(True for _ in self.compiled.findings.of("A01"))

    @cached_property
    def pictures(self) -> dict[str, ShownPicture]:
        """The delivered images by their addresses. One that equal files of one name share is taken for the first's."""
        images = self.compiled.images
        firsts: dict[tuple[str, bytes], str] = {}
        for file, data in self.project.assets.items():
            firsts.setdefault((stem(file), data), file)
        shown: dict[str, ShownPicture] = {}
        for file, overlay, picture in images.used_pictures():
            first = firsts[stem(file), self.project.assets[file]]
            shown[picture.url] = ShownPicture(first, overlay, 1, picture.width)
            shown[picture.url_2x] = ShownPicture(first, overlay, 2, images.width(file))
        return shown

    def text_styles(self, tree: Tree, text_style: TextStyle) -> list[tuple[Element, TextStyle]]:
        """The elements of a tree with visible text, where it stands in this look."""
        key = (tree, text_style)
        if key not in self._text_styles:
            self._text_styles[key] = text_styles(tree.root, text_style)[0]
        return self._text_styles[key]

    @cached_property
    def _unstyled(self) -> frozenset[str]:
        """The channels of which a style sheet could not be read, or not judged, or a tag never ends: that is told, and
        what is missing for want of it is not."""
        findings = (finding for code in ("R01", "R10") for finding in self._reported(code))
        sheets = (finding.place.path for finding in findings if finding.place.path.endswith(".css"))
        open_ended = (path for path, sheet in self.project.styles.items() if unfinished(sheet.text) is not None)
        return frozenset(path.split("/")[1] for path in (*sheets, *open_ended, *self.run_on_templates))

    @cached_property
    def run_on_tags(self) -> dict[str, tuple[Place, str]]:
        """Where a tag begins that never ends, and its text, by the path of its template."""
        syntax = self.compiled.templates.syntax
        layouts = (path for path in syntax if path.endswith(".html.j2"))
        tags: dict[str, tuple[Place, str]] = {}
        for path in {below: None for layout in layouts for below in included_by(syntax, layout)}:
            tag = TemplateMarkup(syntax[path].source, self.project.settings.brand).unfinished()
            if tag is not None:
                tags[path] = tag
        return tags

    @cached_property
    def run_on_templates(self) -> frozenset[str]:
        """The paths of templates that have such a tag, and of those that include one; what else stands in them is
        where it is by accident."""
        syntax = self.compiled.templates.syntax
        return frozenset(path for tag in self.run_on_tags for path in including(syntax, tag))

    def _reported(self, code: str) -> Iterator[Finding]:
        yield from self.project.findings.of(code)
        yield from self.compiled.findings.of(code)

    @cached_property
    def _all(self) -> tuple[Page, ...]:
        return tuple(self._read())

    def _read(self) -> Iterator[Page]:
        for name in (name for name, campaign in self.project.campaigns.items() if campaign.is_whole):
            for channel, compiled in self.compiled.content.campaigns[name].channels.items():
                if channel in self._unstyled:
                    continue
                templates = self.project.layout(channel, compiled.layout)
                for locale, documents in compiled.documents.items():
                    settings = self.project.settings.channels[channel]
                    yield Page(self, name, channel, settings, locale, templates, documents)
