"""E01: a mail's document lacks what mail programs and screen readers need first."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.elements import Element, Mark
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.rule import Rule
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.locales import language

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv"})


def find(page: Page) -> Iterator[Finding]:
    """Layouts without doctype, language, direction, character set or the metas that keep programs from meddling."""
    if not page.html.marked.lstrip().lower().startswith("<!doctype html>"):
        yield Finding(page.start, "the document does not begin with <!DOCTYPE html>", "write it on the first line")
    html = next(page.frame.tagged("html"), page.body)
    yield from _language(page, html, "html")
    yield from _wrapper(page)
    yield from _metas(page)


def _language(page: Page, element: Element, name: str) -> Iterator[Finding]:
    lang, way = element.attribute("lang"), element.attribute("dir").lower()
    if not lang:
        yield Finding(page.place_in_layout(element), f"{name} has no lang", 'write lang="{{ locale }}"')
    elif lang.lower() != page.locale.lower():
        message = f"{name} says lang={lang!r} in a mail that is written in another language"
        yield Finding(page.place_in_layout(element), message, 'write lang="{{ locale }}"')
    expected = "rtl" if language(page.locale) in _RIGHT_TO_LEFT else "ltr"
    if way not in ("ltr", "rtl", "auto"):
        yield Finding(page.place_in_layout(element), f"{name} has no dir", 'write dir="ltr" or dir="rtl"')
    elif way not in (expected, "auto"):
        message = f"{name} says dir={way!r} in a mail whose language runs the other way"
        yield Finding(page.place_in_layout(element), message, "take the direction from strings.yaml")


def _wrapper(page: Page) -> Iterator[Finding]:
    """Several programs drop html and body, so something below them says the language again."""
    wrappers = [each for each in page.body.below() if each.attribute("lang") and each.attribute("dir")]
    inside = {id(each) for wrapper in wrappers for each in (wrapper, *wrapper.below())}
    outside = [
        number for number, where in page.stands_in.items() if id(where) not in inside and number not in page.hidden
    ]
    loose = [seen for seen, _ in page.readable_in_layout() if id(seen.element) not in inside]
    if not wrappers or loose or any(_in_body(page, page.stands_in[number]) for number in outside):
        hint = 'put all that body shows into <div role="article" lang="{{ locale }}" dir="ltr">'
        message = "what body shows does not stand in an element with lang and dir, and several programs drop body"
        yield Finding(page.place_in_layout(page.body), message, hint)
    else:
        for wrapper in wrappers:
            if any(isinstance(child, Mark) for each in (wrapper, *wrapper.below()) for child in each.children):
                yield from _language(page, wrapper, "the wrapper in body")


def _in_body(page: Page, element: Element) -> bool:
    return element is page.body or any(each is page.body for each in element.ancestors())


def _metas(page: Page) -> Iterator[Finding]:
    charsets = [each.attribute("charset") for each in page.frame.tagged("meta")]
    charsets += [
        each.attribute("content").lower().partition("charset=")[2]
        for each in page.frame.tagged("meta")
        if each.attribute("http-equiv").lower() == "content-type"
    ]
    if not any(each.lower() == "utf-8" for each in charsets):
        yield Finding(page.head_place, "the head does not say that it is UTF-8", 'write <meta charset="utf-8">')
    for name, needed, written in (
        ("viewport", "width=device-width", "width=device-width, initial-scale=1"),
        ("x-apple-disable-message-reformatting", "", ""),
        ("format-detection", "telephone=no", "telephone=no, date=no, address=no, email=no, url=no"),
    ):
        meta = page.meta(name)
        content = f' content="{written}"' if written else ""
        if meta is None:
            yield Finding(page.head_place, f"the head has no meta {name}", f'write <meta name="{name}"{content}>')
        elif needed not in meta.attribute("content").lower().replace(" ", ""):
            yield Finding(page.place_in_layout(meta), f"the meta {name} does not say {needed}", f"write{content}")


RULE = Rule(
    code="E01",
    severity="error",
    summary="A mail's document lacks doctype, language, direction, character set, or a meta for phones or Apple Mail.",
    fix="Begin as the starter's promo.html.j2 does; say lang and dir on html and on a wrapper inside body.",
    each=(MAILS.by(find),),
)
