"""What a document says once, whichever of its layout and its slots writes it: a title, a meta, a canonical link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assembler.authoring.check.pages.document_head import into_head
from assembler.authoring.check.pages.document_parts import Insert
from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.diagnostics import Finding


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """The elements that are wanted: that of the layout, or the first of each component in a slot that holds some.

    `lacking` is what can stand in such a slot without one, by address; no address for nothing.
    """

    page: Page
    placed: tuple[PlacedElement, ...]
    lacking: tuple[tuple[Insert, str | None], ...]

    def absences(self, message: str, hint: str, tag: str | None = None) -> Iterator[Finding]:
        """The findings of a document that has none, or not in every variant; `message` says so.

        `tag` is the one right answer to a document that has none.
        """
        if not self.placed:
            mend = None if tag is None else into_head(self.page, tag)
            yield Finding(self.page.head_place, message, hint, mend=mend)
        for insert, address in self.lacking:
            if address is None:
                place = self.page.pages.places.slot_call(self.page.layout, insert.slot)
                yield Finding(place, f"{message}, where slot {insert.slot!r} is empty", hint)
            else:
                place = self.page.rendition_start(self.page.pages.project.components[address])
                yield Finding(place, f"{message}, where slot {insert.slot!r} holds {address}", hint)


def supplied(page: Page, tag: str, is_wanted: Callable[[Element], bool]) -> Supply:
    """The elements of a kind that are wanted, from wherever they come."""
    own = next(filter(is_wanted, page.frame.tagged(tag)), None)
    if own is not None:
        return Supply(page, (PlacedElement(own),), ())
    placed: list[PlacedElement] = []
    lacking: list[list[tuple[Insert, str | None]]] = []
    for number in page.stands_in:
        insert = page.html.inserts[number]
        givers = _givers(page, insert, tag, is_wanted)
        if givers:
            placed += givers.values()
            lacking.append([(insert, address) for address, _ in insert.options() if address not in givers])
    # A slot that always gives one is enough; of several that do not, the one that lacks it least is told of.
    fewest = min(lacking, key=len, default=None)
    return Supply(page, tuple(placed), tuple(fewest or ()))


def _givers(
    page: Page, insert: Insert, tag: str, is_wanted: Callable[[Element], bool]
) -> dict[str | None, PlacedElement]:
    """The first element that is wanted of each component in a slot, by its address, where it has one."""
    firsts = ((component, next(filter(is_wanted, tree.tagged(tag)), None)) for component, tree in page.trees(insert))
    return {
        component.address: PlacedElement(element, insert, component)
        for component, element in firsts
        if element is not None
    }


def supplied_meta(page: Page, *names: str) -> Supply:
    """The `meta` of a name or property, or of another name for the same."""

    def is_wanted(meta: Element) -> bool:
        return meta.attribute("name").lower() in names or not set(names).isdisjoint(
            meta.attribute("property").lower().split()
        )

    return supplied(page, "meta", is_wanted)


def supplied_title(page: Page) -> Supply:
    """The title of the document; a drawing may have one too."""
    return supplied(page, "title", lambda title: all(around.tag != "svg" for around in title.ancestors()))
