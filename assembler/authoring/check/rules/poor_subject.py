"""A subject is over 60 characters or begins with what says nothing; an error where it would break a header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assembler.authoring.check.copy import count_graphemes
from assembler.authoring.check.locate_text import locate_reading
from assembler.authoring.check.pages.document_parts import Phrase
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding

_MOST, _SHOWN = 60, 35
_FRONT = f"put what matters into the first {_SHOWN} characters, all of it into {_MOST}"
_SENDER = "leave the sender out: mail programs show it beside the subject"
# Of other control characters C08 tells.
_BREAKS = re.compile(r"[\t\n\r]|=\?")


@MAILS.rule(
    "E14", "warning", __doc__, "Say in the first 35 characters what matters, in 60 all; no line break and no =?."
)
def poor_subject(page: Page) -> Iterator[Finding]:
    part = page.parts.get("subject")
    if part is None:
        path = page.layout.source.path.replace(".html.j2", ".subject.j2")
        if "subject" not in page.templates and path not in page.pages.project.unread:
            yield Finding(page.start, "the mail has no subject", f"write {path}", severity="error")
        return
    subject = part.phrase(part.marked)
    yield from _empty(page, subject)
    raw = [("", part.fixed.replace("\n", ""))]
    raw += [(address, piece.text) for insert in part.inserts for address, piece in insert.pieces.items()]
    for address, text in raw:
        if _BREAKS.search(text.strip()):
            finding = _finding(page, address, text, "a subject with a line break, a control character or =?")
            yield replace(finding, severity="error")
    for chosen, text in subject.readings():
        for message, hint in _faults(page, text):
            yield replace(_finding(page, chosen, text, message), hint=hint)


def _empty(page: Page, subject: Phrase) -> Iterator[Finding]:
    if all(bit.isspace() if isinstance(bit, str) else bit.optional for bit in subject.bits):
        slots = page.pages.project.campaigns[page.campaign].slots
        filled = next((name for name, slot in slots.items() if slot.required), "subject")
        hint = f'write {{{{ slot("{filled}") }}}}, or another slot that is never empty'
        yield Finding(page.templates["subject"].source.at(), "the subject may be empty", hint, severity="error")


def _faults(page: Page, text: str) -> Iterator[tuple[str, str]]:
    count = count_graphemes(text)
    if count > _MOST:
        yield f"the subject has {count} characters; up to {_MOST} are shown", _FRONT
    brand = page.pages.project.settings.brand.get("name")
    if isinstance(brand, str) and brand and re.match(rf"\[?{re.escape(brand)}\s*[]:|–—-]", text, re.IGNORECASE):
        yield f"the subject spends its first {_SHOWN} characters on the sender", _SENDER


def _finding(page: Page, address: str | None, text: str, message: str) -> Finding:
    place = locate_reading(page, address, text) or page.templates["subject"].source.at()
    return Finding(place, message, _FRONT)
