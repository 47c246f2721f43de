"""E02: a mail's title is not its subject, or nothing tells a screen reader that it is a mail."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.document_parts import Phrase
from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.rule import Rule
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding

_TITLE = 'write <title>{{ slot("subject", part="subject") }}</title>'


def find(page: Page) -> Iterator[Finding]:
    """Titles that are empty or differ from the subject in some variant; wrappers without role or label."""
    title = next(page.frame.tagged("title"), None)
    if title is None:
        yield Finding(page.head_place, "the mail has no title", _TITLE)
    elif page.html.phrase(title.own_text).may_be_blank():
        yield Finding(page.place_in_layout(title), "the title may be empty", _TITLE)
    elif "subject" in page.parts and not _same(page.html.phrase(title.own_text), _subject(page)):
        message = "the title is not the subject in every variant"
        yield Finding(page.place_in_layout(title), message, 'insert the same slots, with part="subject"')
    yield from _wrapper(page)


def _subject(page: Page) -> Phrase:
    part = page.parts["subject"]
    return part.phrase(part.marked)


def _same(title: Phrase, subject: Phrase) -> bool:
    """Whether two phrases have the same words whatever stands in their slots."""
    if len({each.slot for each in (*title.inserts, *subject.inserts)}) <= 1:
        return dict(title.readings()) == dict(subject.readings())
    if [each.slot for each in title.inserts] != [each.slot for each in subject.inserts]:
        return False
    fixed = [[" ".join(bit.split()) for bit in phrase.bits if isinstance(bit, str)] for phrase in (title, subject)]
    return [each for each in fixed[0] if each] == [each for each in fixed[1] if each] and all(
        dict(Phrase((one,), title.read).readings()) == dict(Phrase((other,), subject.read).readings())
        for one, other in zip(title.inserts, subject.inserts, strict=True)
    )


def _wrapper(page: Page) -> Iterator[Finding]:
    hint = 'write <div role="article" aria-roledescription="email" aria-label="{{ slot("subject", part="subject") }}">'
    article = next((each for each in page.body.below() if each.attribute("role") == "article"), None)
    if article is None:
        yield Finding(page.place_in_layout(page.body), 'no element of body has role="article"', hint)
        return
    if article.attribute("aria-roledescription") != "email":
        yield Finding(page.place_in_layout(article), "the article is not described as an email", hint)
    if not _labelled(page, article):
        yield Finding(page.place_in_layout(article), "the article has no aria-label", hint)


def _labelled(page: Page, article: Element) -> bool:
    label = article.attribute("aria-label")
    return bool(label) and not page.html.phrase(label).may_be_blank()


RULE = Rule(
    code="E02",
    severity="error",
    summary="A mail's title is empty or not its subject, or no wrapper tells a screen reader that it is a mail.",
    fix="Insert the subject into title; wrap the mail in an article, described as email, labelled with the subject.",
    each=(MAILS.by(find),),
)
