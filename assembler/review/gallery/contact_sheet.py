"""The contact sheet: every look of the plan with a caption, on paper. Nothing in it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from assembler.review.approvals.status import LookStatus
from assembler.review.gallery.contents import joined, pieces
from assembler.review.gallery.page import page_words, web_file
from assembler.review.gallery.phrases import language, spoken
from assembler.review.pictures.camera import with_fonts

_TAG = re.compile(r"<[a-z][a-z0-9]*+", re.IGNORECASE)
_HEADING = re.compile(r"<h[1-3]\b", re.IGNORECASE)
_DIFFERS = " data-differs"

# Where something snaps, a frame is scrolled there from the beginning: so it shows what differs without a script.
# Letters are as wide on paper as before, or lines would break elsewhere and other words stand there.
_CROPPED = (
    "html{overflow:hidden;scroll-snap-type:y mandatory;text-rendering:geometricPrecision}"
    "[data-differs]{scroll-snap-align:start;scroll-margin-top:40px}"
)


def contact_sheet(contents: Mapping[str, Any], looks: Mapping[str, LookStatus]) -> str:
    """Return the document, which is for A4 across: the looks of each campaign, channel and locale, the default first.

    `looks` are the status of each by key. A look is a frame as wide as a phone, cropped to what differs from the
    default. It is drawn with the fonts of pictures where a camera shows it.
    """
    words = page_words()
    cards = [card for card in contents["cards"] if card["key"] in looks]
    groups = "".join(
        _group(contents, group, [card for card in cards if card["group"] == number], looks, words)
        for number, group in enumerate(contents["groups"])
    )
    title = escape(f"{contents['brand']}: every look")
    about = escape(f"{len(cards):,} look{'s' if len(cards) != 1 else ''}, {contents['at'][:10]}")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{web_file('contact-sheet.css')}</style></head>"
        f"<body><header><h1>{title}</h1><p>{about}</p></header>{groups}</body></html>"
    )


def _group(
    contents: Mapping[str, Any],
    group: Mapping[str, Any],
    cards: list[Mapping[str, Any]],
    looks: Mapping[str, LookStatus],
    words: Mapping[str, Any],
) -> str:
    place = escape(
        _capital(" · ".join((spoken(group["campaign"]), spoken(group["channel"]), language(group["locale"]))))
    )
    tiles = "".join(
        f"<li>{_look(contents, card)}<h3>{escape(card['title'])}</h3><p>{place}</p>"
        + "".join(f"<p>{escape(line)}</p>" for line in _caption(card, words))
        + f"<p>{escape(' · '.join((words['status'][looks[card['key']]], *card['notes'])))}</p></li>"
        for card in cards
    )
    return f"<section><h2>{place}</h2><ol>{tiles}</ol></section>"


def _caption(card: Mapping[str, Any], words: Mapping[str, Any]) -> Iterator[str]:
    """What differs, and who gets it."""
    if card["default"]:
        yield words["default"]
        yield words["everyone"]
        return
    yield _capital(card["differs"])
    first, *more = card["audience"]
    yield _capital(first + (f", and {len(more):,} more" if more else ""))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _look(contents: Mapping[str, Any], card: Mapping[str, Any]) -> str:
    parts = contents["groups"][card["group"]]["parts"]
    if "html" in parts:
        # A frame of another origin is not printed.
        return f'<div><iframe sandbox="allow-same-origin" srcdoc="{escape(_document(contents, card))}"></iframe></div>'
    said = "".join(f"<p>{escape(joined(contents, card, part).strip())}</p>" for part in parts)
    return f'<div class="message"><div>{said}</div></div>'


def _document(contents: Mapping[str, Any], card: Mapping[str, Any]) -> str:
    """A variant that is scrolled to what differs: to the first heading that does, else to what comes first."""
    texts = list(pieces(contents, card, "html"))
    changed = card["changed"]
    places = {
        number: (not _HEADING.search(text), changed.index(slot))
        for number, (slot, text) in enumerate(texts)
        if slot in changed and _marked(text) != text
    }
    first = min(places, key=places.__getitem__, default=None)
    whole = "".join(_marked(text) if number == first else text for number, (_, text) in enumerate(texts))
    return with_fonts(whole, _CROPPED)


def _marked(text: str) -> str:
    """A text whose first element is marked; comments before it, which Outlook reads, are left as they are."""
    begin = 0
    while (comment := text.find("<!--", begin)) >= 0 and not _TAG.search(text, begin, comment):
        end = text.find("-->", comment)
        if end < 0:
            return text
        begin = end + len("-->")
    return text[:begin] + _TAG.sub(rf"\g<0>{_DIFFERS}", text[begin:], count=1)
