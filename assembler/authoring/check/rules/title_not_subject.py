"""A mail's title is empty or not its subject, or no wrapper tells a screen reader that it is a mail."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.document_parts import Phrase
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.check.pages.supply import supplied_title
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding


@MAILS.rule(
    "E02",
    "error",
    __doc__,
    "Insert the subject into title; wrap the mail in an article, described as email, labelled with the subject.",
)
def title_not_subject(page: Page) -> Iterator[Finding]:
    yield from _title(page)
    yield from _wrapper(page)


def _title(page: Page) -> Iterator[Finding]:
    titles = supplied_title(page)
    hint = f"write <title>{_written(page.subject)}</title>"
    yield from titles.absences("the mail has no title", hint)
    for placed in titles.placed:
        place, phrase = page.place(placed), page.html.phrase(placed.element.own_text)
        if phrase.may_be_blank():
            yield Finding(place, "the title may be empty", hint)
        elif page.subject is None or page.subject.may_be_blank():
            continue  # of a subject that is not there E14 tells
        elif not _says(placed, phrase, page.subject):
            yield Finding(place, "the title is not the subject in every variant", hint)


def _written(subject: Phrase | None) -> str:
    """Return how a layout writes what stands in the subject."""
    bits = subject.bits if subject is not None else ()
    calls = (bit if isinstance(bit, str) else f'{{{{ slot("{bit.slot}", part="subject") }}}}' for bit in bits)
    return "".join(calls).strip() or '{{ slot("subject", part="subject") }}'


def _says(placed: PlacedElement, title: Phrase, subject: Phrase) -> bool:
    """Return whether a title is the subject, whatever stands in their slots; one that a component writes is that of the
    variants in which this component stands."""
    if placed.insert is None or placed.component is None:
        return _same(title, subject)
    if subject.slot != placed.insert.slot:
        return not subject.inserts and _reads_as(title, subject)
    return title.first().split() == dict(subject.readings()).get(placed.component.address, "").split()


def _same(title: Phrase, subject: Phrase) -> bool:
    """Return whether two phrases have the same words whatever stands in their slots."""
    slots = [[insert.slot for insert in phrase.inserts] for phrase in (title, subject)]
    if len({*slots[0], *slots[1]}) <= 1:
        return _reads_as(title, subject)
    if slots[0] != slots[1] or _fixed(title) != _fixed(subject):
        return False
    pairs = zip(title.inserts, subject.inserts, strict=True)
    return all(_reads_as(Phrase((one,), title.read), Phrase((other,), subject.read)) for one, other in pairs)


def _reads_as(one: Phrase, other: Phrase) -> bool:
    return dict(one.readings()) == dict(other.readings())


def _fixed(phrase: Phrase) -> list[str]:
    """The words between the inserts of a phrase."""
    words = (" ".join(bit.split()) for bit in phrase.bits if isinstance(bit, str))
    return list(filter(None, words))


def _wrapper(page: Page) -> Iterator[Finding]:
    label = _written(page.subject)
    hint = f'write <div role="article" aria-roledescription="email" aria-label="{label}">'
    article = next((element for element in page.body.below() if element.attribute("role") == "article"), None)
    if article is None:
        yield Finding(page.place_in_layout(page.body), 'no element of body has role="article"', hint)
        return
    if article.attribute("aria-roledescription") != "email":
        yield Finding(page.place_in_layout(article), "the article is not described as an email", hint)
    said = article.attribute("aria-label")
    if not said or page.html.phrase(said).may_be_blank():
        yield Finding(page.place_in_layout(article), "the article has no aria-label", hint)
