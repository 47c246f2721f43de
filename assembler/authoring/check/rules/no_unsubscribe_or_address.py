"""A mail shows no link to unsubscribe or no postal address, or its channel does not name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial

from assembler.authoring.check.pages.document_parts import Insert, Piece
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding

_KEYS = {"unsubscribe": "name a field of kind url", "address": "write the sender's postal address"}


def _in_mail(page: Page) -> Iterator[Finding]:
    unsubscribe, address = page.unsubscribe, page.channel.address
    place = page.place_in_layout(page.body)
    if unsubscribe and not _has_link(page, unsubscribe):
        link = f'{{{{ field("{unsubscribe}", default="https://...") }}}}'
        hint = f'write <a href="{link}">{{{{ strings.unsubscribe }}}}</a>'
        yield Finding(place, "not every variant shows a link to unsubscribe", hint)
    if address and not _has_words(page, " ".join(address.split())):
        yield Finding(place, "not every variant shows the postal address", "write {{ address }}")


@PROJECT.rule(
    "E16",
    "error",
    __doc__,
    "Name both in assembler.yaml, and write them into the footer of the layout.",
    MAILS.by(_in_mail),
)
def no_unsubscribe_or_address(checked: CheckedProject) -> Iterator[Finding]:
    settings = checked.project.settings
    for name, channel in settings.channels.items():
        for key, hint in _KEYS.items() if channel.envelope == "email" else ():
            if not (getattr(channel, key) or "").strip():
                place = settings.key_place("channels", name)
                yield Finding(place, f"the channel {name} has no {key}", f"add `{key}:`; {hint}")


def _has_link(page: Page, field: str) -> bool:
    """Return whether a link that can be seen leads to a merge field's value, in the layout or in all that a slot can
    hold."""
    links = _shown_links(page)
    in_layout = links[None]
    if _lacks_words(page):  # L04 says so; a link may lack its words for that alone
        in_layout = in_layout.union(link.attribute("href") for link in page.frame.tagged("a"))
    if any(segment.links.get(field) in in_layout for segment in page.html.segments):
        return True

    def holds(insert: Insert, address: str, piece: Piece) -> bool:
        return piece.links.get(field) in links[insert.number, address]

    return any(insert.always(partial(holds, insert)) for insert in page.html.inserts)


def _shown_links(page: Page) -> Mapping[tuple[int, str] | None, set[str]]:
    """The addresses of links that can be seen, by the insert and component that show them; None: the layout."""
    links: dict[tuple[int, str] | None, set[str]] = defaultdict(set)
    for placed, _ in page.readable():
        where = (placed.insert.number, placed.component.address) if placed.insert and placed.component else None
        around = (placed.element, *page.ancestors(placed))
        links[where].update(element.attribute("href") for element in around if element.tag == "a")
    return links


def _lacks_words(page: Page) -> bool:
    """Return whether some template uses a word that this locale's strings do not have."""
    project = page.pages.project
    lineage = (project.settings.default_locale, *project.settings.lineage(page.locale))
    known = {key for locale in lineage for key in project.strings.get(locale, {})}
    return not page.pages.compiled.templates.strings_used() <= known


def _has_words(page: Page, words: str) -> bool:
    shown = " ".join(placed.element.words() for placed, _ in page.readable() if placed.component is None)
    if words in shown:
        return True
    return any(
        not insert.optional
        and any(True for _ in page.trees(insert))
        and insert.number not in page.hidden
        and all(words in tree.root.words() for _, tree in page.trees(insert))
        for insert in page.html.inserts
    )
