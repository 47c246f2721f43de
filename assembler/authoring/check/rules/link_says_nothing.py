"""The words of a link say nothing alone, such as: click here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assembler.authoring.check.copy import copies_in_locale, visible_words
from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.check.scope import PAGES
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.locales import language
from assembler.library.values import in_nfc

_NOTHING: Mapping[str, tuple[str, ...]] = {
    "en": (
        "click", "click here", "click this", "click this link", "click on this", "click now", "tap here", "here",
        "right here", "over here", "this", "this link", "this page", "link", "the link", "more", "read more",
        "see more", "view more", "show more", "learn more", "find out more", "more info", "more information", "info",
        "details", "more details", "see details", "continue", "continue reading", "go", "go here", "see here",
        "read here", "read on", "view", "open", "start", "submit", "button", "url", "website", "follow this link",
    ),
    "fr": (
        "ici", "cliquez", "cliquez ici", "cliquer ici", "clique ici", "par ici", "lien", "ce lien", "le lien",
        "cliquez sur ce lien", "suivez ce lien", "plus", "en savoir plus", "savoir plus", "lire", "lire plus",
        "lire la suite", "la suite", "suite", "voir", "voir plus", "voir ici", "plus d'infos", "plus d'informations",
        "infos", "détails", "plus de détails", "continuer", "continuer la lecture", "découvrir", "cette page", "aller",
        "ouvrir",
    ),
    "de": (
        "hier", "klick", "klick hier", "klicke hier", "klicken sie hier", "hier klicken", "link", "dieser link",
        "diesem link", "mehr", "mehr erfahren", "mehr lesen", "mehr dazu", "mehr infos", "mehr informationen", "weiter",
        "weiterlesen", "weitere infos", "weitere informationen", "details", "ansehen", "anzeigen", "lesen", "öffnen",
        "los", "diese seite",
    ),
    "es": (
        "aquí", "aqui", "haz clic", "haz clic aquí", "haga clic", "haga clic aquí", "clic aquí", "pulsa aquí",
        "pincha aquí", "enlace", "este enlace", "más", "leer más", "saber más", "ver más", "más información",
        "más info", "detalles", "más detalles", "seguir leyendo", "continuar", "ver", "leer", "abrir", "ir",
        "esta página",
    ),
}  # fmt: skip
_INNER = re.compile(r"\w(?:.*\w)?", re.DOTALL)
_LINK = re.compile(r"\\.|\[((?:[^\[\]\\]|\\.)*+)\]\(", re.DOTALL)


@PAGES.rule("C06", "warning", __doc__, "Let the link's own words say where it leads.")
def link_says_nothing(page: Page) -> Iterator[Finding]:
    for placed in page.elements("a"):
        words = _words(placed.element) if placed.element.attribute("href") else None
        if words and _says_nothing(words, page.locale):
            hint = "say where it leads: screen readers list links alone"
            yield Finding(_place(page, placed, words), f"a link that says only {words!r}", hint)


def _words(link: Element) -> str | None:
    """What a link is read as; None where it has no words of its own."""
    label = link.attribute("aria-label")
    images = (element.attribute("alt") for element in link.below() if element.tag == "img")
    return " ".join((label or link.words() or " ".join(images)).split()) or None


def _says_nothing(words: str, locale: str) -> bool:
    inner = _INNER.search(in_nfc(words.casefold()).replace("’", "'"))
    return inner is not None and inner[0] in _NOTHING.get(language(locale), ())


def _place(page: Page, placed: PlacedElement, words: str) -> Place:
    """The words in the copy that they come from; else the tag."""
    component = placed.component
    for copy in copies_in_locale(page.pages.project, component, page.locale) if component is not None else ():
        for match in _LINK.finditer(copy.text) if copy.kind == "markdown" else ():
            if match[1] and " ".join(re.sub(r"[*_\\]", "", match[1]).split()) == words:
                return copy.inside(match.start(1))
        if copy.kind == "text" and " ".join(visible_words(copy).split()) == words:
            return copy.place
    return page.place(placed)
