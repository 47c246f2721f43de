"""A text takes more messages than its channel allows; a warning where the longest values, or a mere sign, cost one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from assembler.authoring.check.copy import copies_in_locale
from assembler.authoring.check.message_size import message_size, outside_gsm7
from assembler.authoring.check.pages.messages import LargestMessage, largest_message
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.scope import MESSAGES
from assembler.authoring.diagnostics import Finding, Place

_HEAVIEST = 3


@MESSAGES.rule(
    "C10",
    "error",
    __doc__,
    (
        "Use fewer words, or raise max_messages in assembler.yaml. An SMS has 160 places in GSM-7, and 70 as soon as"
        " one character is outside of it, such as a typographic quote; each of several has 153 or 67."
    ),
)
def too_many_messages(page: Page) -> Iterator[Finding]:
    """Find messages over `max_messages`; within it, signs that take a message to UCS-2 and so make it several."""
    allowed = page.channel.max_messages
    part = page.parts.get("text")
    if allowed is None or part is None:
        return
    most, longest = largest_message(part), largest_message(part, longest_values=True)
    if most.size.messages > allowed:
        yield Finding(_to_blame(page, most, allowed), _over(page, most, allowed), _hint(most))
    elif longest.size.messages > allowed:
        message = f"{_over(page, longest, allowed)}, with the longest values"
        hint = f"give merge fields a max_length in assembler.yaml; {_hint(longest)}"
        yield Finding(_start(page), message, hint, severity="warning")
    else:
        yield from _avoidable(page, most)


def _start(page: Page) -> Place:
    return page.templates["text"].source.at()


def _to_blame(page: Page, largest: LargestMessage, allowed: int) -> Place:
    """Where the sign stands without which it would be no message too many; else the start of the layout."""
    if _in_gsm7(largest.text) > allowed:
        return _start(page)
    sign = outside_gsm7(largest.text)[0]
    return _place(page, _holder(largest, sign), sign)


def _holder(largest: LargestMessage, sign: str) -> str | None:
    return next((address for address, text in largest.written.items() if sign in text), None)


def _over(page: Page, largest: LargestMessage, allowed: int) -> str:
    size = largest.size
    takes = f"{size.messages} messages ({size.alphabet}, {size.places:,} places)"
    return f"{page.channel_name} of {page.campaign} in {page.locale} may take {takes}; max_messages is {allowed}"


def _hint(largest: LargestMessage) -> str:
    heaviest = sorted(largest.written.items(), key=lambda component: -message_size(component[1]).places)[:_HEAVIEST]
    most = ", ".join(f"{address} {message_size(text).places}" for address, text in heaviest)
    hint = f"most of it: {most}" if most else "use fewer words"
    outside = outside_gsm7(largest.text)
    if outside and _in_gsm7(largest.text) < largest.size.messages:
        sign = outside[0]
        holder = _holder(largest, sign) or "the layout"
        return f"{_named(sign)} in {holder} takes it to UCS-2, 70 characters a message in place of 160; {hint}"
    return hint


def _avoidable(page: Page, largest: LargestMessage) -> Iterator[Finding]:
    """The findings of signs that make more messages of a text in which every letter is in GSM-7."""
    outside, messages = outside_gsm7(largest.text), largest.size.messages
    fewer = _in_gsm7(largest.text)
    if fewer >= messages or any(unicodedata.category(character)[0] in "LM" for character in outside):
        return
    signs = {address: next(iter(outside_gsm7(text)), "") for address, text in largest.written.items()}
    held: list[tuple[str | None, str]] = [(address, sign) for address, sign in signs.items() if sign]
    for address, sign in held or [(None, outside[0])]:
        message = f"{_named(sign)} takes an SMS to UCS-2: {messages} messages in place of {fewer}"
        yield Finding(_place(page, address, sign), message, _INSTEAD.get(sign, _ANOTHER), severity="warning")


_ANOTHER = "leave it out, or write it with signs of GSM-7"
_INSTEAD = {
    **dict.fromkeys("’‘‚′", "write '"),
    **dict.fromkeys("“”„«»″", 'write "'),
    **dict.fromkeys("–—‐‑−", "write -"),
    "…": "write ...",
    **dict.fromkeys("\u00a0\u202f\u2009", "write an ordinary blank"),
}


def _in_gsm7(text: str) -> int:
    """How many messages a text takes where one place stands for what is outside of GSM-7."""
    return message_size("".join("x" if outside_gsm7(character) else character for character in text)).messages


def _named(sign: str) -> str:
    return f"{sign!r} ({unicodedata.name(sign, 'a character without a name').lower()})"


def _place(page: Page, address: str | None, sign: str) -> Place:
    """Where a component writes a sign in this locale; the start of the layout, where no component does."""
    component = page.pages.project.components.get(address or "")
    copies = copies_in_locale(page.pages.project, component, page.locale) if component is not None else []
    places = (copy.inside(copy.text.index(sign)) for copy in copies if sign in copy.text)
    return next(places, _start(page))
