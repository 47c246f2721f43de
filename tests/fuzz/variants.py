"""What every variant must be, told from its bytes alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from assembler import Library
from assembler.library.records import Content, Document
from assembler.library.values import is_blank
from assembler.runtime.variant import Variant

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_OPTIONAL = frozenset("p li dt dd option tr td th thead tbody tfoot colgroup rp rt body html head".split())
"""Elements whose end may be left out."""

_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}")
_TAG = re.compile(r"<[^<>]*>")


class _Reader(HTMLParser):
    """Reads a document: its open elements, its links, and its text outside of style and script."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name in ("href", "src") and is_blank(value or ""):
                self.faults.append(f"an empty {name} of {tag}")
            if _BRACES.search(value or ""):
                self.faults.append(f"braces in {name} of {tag}")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1] != tag and self.open[-1] in _OPTIONAL:
            self.open.pop()
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag not in _VOID:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if not (self.open and self.open[-1] in ("style", "script")):
            self.text.append(data)


def looks(library: Library) -> Iterator[tuple[str, Variant]]:
    """Variants of a library, each with where it is from: defaults, every audience, persons of few and of many facts."""
    content = library.content
    people: list[dict[str, object]] = [{}, {"id": "a", "fields": dict.fromkeys(content.fields, "Zoë & Co")}]
    people += [
        {"segment": segment.id, "stage": stage.id, "id": f"{segment.id}-{stage.id}"}
        for segment in content.segments
        for stage in content.stages
    ]
    for campaign in library.campaigns:
        for channel in library.channels(campaign):
            for locale in library.locales:
                yield "default", library.default(campaign, channel=channel, locale=locale)
                for person in people:
                    yield (
                        f"{person}",
                        library.assemble(campaign, channel=channel, context={**person, "locale": locale}),
                    )


def read_html(text: str) -> tuple[str, list[str]]:
    """The visible text of a document, and what is wrong with its tree, links and attributes."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    still_open = [f"<{tag}> stays open" for tag in reader.open if tag not in _OPTIONAL]
    return "".join(reader.text), reader.faults + still_open


def faults_of(library: Library, variant: Variant) -> list[str]:
    """What is wrong with a variant."""
    problems: list[str] = []
    decision = variant.decision
    if decision.reason == "ERROR":
        problems.append("ERROR for an ordinary person")
    if variant.encoded.keys() == set():
        problems.append("no parts")
    for part, text in variant.parts.items():
        words = text
        if part == "html":
            words, faults = read_html(text)
            problems += faults
        if _BRACES.search(words):
            problems.append(f"braces in {part}")
    return problems + _empty_slots(library.content, library, variant)


def _empty_slots(content: Content, library: Library, variant: Variant) -> list[str]:
    decision = variant.decision
    campaign = content.campaigns[decision.campaign]
    required = {slot.name for slot in campaign.slots if slot.default is not None}
    documents = campaign.channels[decision.channel].documents[decision.locale]
    problems = []
    for choice in decision.choices:
        if choice.slot not in required:
            continue
        if choice.component is None:
            problems.append(f"slot {choice.slot} holds nothing")
        elif not any(
            _shows(library, content, document, choice.slot, choice.component) for document in documents.values()
        ):
            problems.append(f"slot {choice.slot} shows nothing")
    return problems


def _shows(library: Library, content: Content, document: Document, slot: str, component: str) -> bool:
    """Whether a component has words or an image where a document calls its slot."""
    for call in document.calls:
        if call.slot == slot:
            pieces = call.fragments[component]
            text = "".join(
                library.texts[number if number >= 0 else content.placeholders[-1 - number].fallback].decode()
                for number in pieces
            )
            if "<img" in text or not is_blank(_TAG.sub("", text)):
                return True
    return False
