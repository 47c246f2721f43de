"""A mail's document lacks doctype, language, direction, character set, or a meta for phones or Apple Mail."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.document_head import doctype_findings, language_findings, with_attribute
from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.pages.supply import supplied, supplied_meta
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.locales import language

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv"})


@MAILS.rule(
    "E01",
    "error",
    __doc__,
    "Begin as the starter's promo.html.j2 does; say lang and dir on html and on a wrapper inside body.",
)
def mail_document_incomplete(page: Page) -> Iterator[Finding]:
    yield from doctype_findings(page)
    yield from _language(page, page.root, "html")
    yield from _wrapper(page)
    yield from _character_set(page)
    yield from _metas(page)


def _language(page: Page, element: Element, name: str) -> Iterator[Finding]:
    yield from language_findings(page, element, name)
    way = element.attribute("dir").lower()
    expected = "rtl" if language(page.locale) in _RIGHT_TO_LEFT else "ltr"
    if way not in ("ltr", "rtl", "auto"):
        place = page.place_in_layout(element)
        locales = page.pages.project.settings.locales
        ways = {"rtl" if language(locale) in _RIGHT_TO_LEFT else "ltr" for locale in locales}
        mend = with_attribute(element, place, f'dir="{expected}"') if len(ways) == 1 else None
        yield Finding(place, f"{name} has no dir", 'write dir="ltr" or dir="rtl"', mend=mend)
    elif way not in (expected, "auto"):
        message = f"{name} says dir={way!r} in a mail whose language runs the other way"
        yield Finding(page.place_in_layout(element), message, "take the direction from strings.yaml")


def _wrapper(page: Page) -> Iterator[Finding]:
    """Several programs drop html and body, so something below them says the language again."""
    wrappers = [element for element in page.body.below() if element.attribute("lang") and element.attribute("dir")]
    if not wrappers or _shows_outside(page, wrappers):
        hint = 'put all that body shows into <div role="article" lang="{{ locale }}" dir="ltr">'
        message = "what body shows does not stand in an element with lang and dir, and several programs drop body"
        yield Finding(page.place_in_layout(page.body), message, hint)
        return
    for wrapper in wrappers:
        if wrapper.holds_mark:
            yield from _language(page, wrapper, "the wrapper in body")


def _shows_outside(page: Page, wrappers: list[Element]) -> bool:
    """Return whether some text, or a slot that can be seen, stands outside of the wrappers."""
    inside = {element for wrapper in wrappers for element in (wrapper, *wrapper.below())}
    texts = (placed.element for placed, _ in page.readable_in_layout())
    return not inside.issuperset((*texts, *page.shown_inserts))


def _character_set(page: Page) -> Iterator[Finding]:
    tag = '<meta charset="utf-8">'
    message = "the head does not say that it is UTF-8"
    yield from supplied(page, "meta", _says_utf_8).absences(message, f"write {tag}", tag)


def _says_utf_8(meta: Element) -> bool:
    equivalent = meta.attribute("http-equiv").lower() == "content-type"
    named = meta.attribute("content").lower().partition("charset=")[2] if equivalent else ""
    return "utf-8" in (meta.attribute("charset").lower(), named.strip())


def _metas(page: Page) -> Iterator[Finding]:
    for name, needed, written in (
        ("viewport", "width=device-width", "width=device-width, initial-scale=1"),
        ("x-apple-disable-message-reformatting", "", ""),
        ("format-detection", "telephone=no", "telephone=no, date=no, address=no, email=no, url=no"),
    ):
        metas = supplied_meta(page, name)
        content = f' content="{written}"' if written else ""
        tag = f'<meta name="{name}"{content}>'
        yield from metas.absences(f"the head has no meta {name}", f"write {tag}", tag)
        for placed in metas.placed:
            if needed not in placed.element.attribute("content").lower().replace(" ", ""):
                yield Finding(page.place(placed), f"the meta {name} does not say {needed}", f"write{content}")
