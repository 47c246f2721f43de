"""Channels of text alone: C10, and R02 for a channel that is more."""

from __future__ import annotations

from tests.authoring.builders import Files, campaign, component, settings

LAYOUT = "templates/sms/note.text.j2"


def sms(messages: str | None = "1", layout: str = '{{ slot("title") }}') -> Files:
    """A channel of text alone in English; its layout is for the campaign back.

    The longest title has 23 characters with the fallback, and 37 with the longest value.
    """
    channels = {"sms": {"envelope": "none", "max_messages": messages}}
    there = campaign("back", channels={"sms": "note"})
    return settings(channels=channels, locales=["en"]) | there | {LAYOUT: f"{layout}\n"}


def _over(takes: str, most: int = 1, place: str = f"{LAYOUT}:1:1") -> str:
    return f"{place} C10 sms of back in en may take {takes}; max_messages is {most}"


def _title(words: str) -> Files:
    return component("title/sweet", words)


CASES: dict[str, tuple[Files, list[str]]] = {
    "one place more than a message has": (
        sms(layout="x" * (161 - 23) + '{{ slot("title") }}'),
        [_over("2 messages (GSM-7, 161 places)")],
    ),
    "one place more than two messages have": (
        sms("2", layout="x" * (307 - 23) + '{{ slot("title") }}'),
        [_over("3 messages (GSM-7, 307 places)", most=2)],
    ),
    "one place more than a message in UCS-2 has": (
        _title("Sweet 🍬" + "x" * 40) | sms(layout="y" * 23 + '{{ slot("title") }}'),
        [_over("2 messages (UCS-2, 71 places)", place="components/title/sweet.md:6:7")],
    ),
    "a short component in UCS-2 beside a long one in GSM-7": (
        _title("ê") | sms(layout="x" * 69 + '{{ slot("title") }}{{ slot("aside") }}'),
        [_over("2 messages (UCS-2, 89 places)", place="components/title/sweet.md:6:1")],
    ),
    "a layout in UCS-2": (
        sms(layout="…" + "x" * 47 + '{{ slot("title") }}'),
        [_over("2 messages (UCS-2, 71 places)")],
    ),
    "a long value": (
        sms(layout="x" * 124 + '{{ slot("title") }}'),
        [_over("2 messages (GSM-7, 161 places)") + ", with the longest values"],
    ),
    "a typographic quote that costs a message": (
        _title("Don’t wait for it") | sms("2", layout="x" * 54 + '{{ slot("title") }}'),
        [
            "components/title/sweet.md:6:4 C10 '’' (right single quotation mark) takes an SMS to UCS-2: "
            "2 messages in place of 1"
        ],
    ),
    "an emoji of the layout that costs a message": (
        sms("2", layout="🍵" + "x" * 48 + '{{ slot("title") }}'),
        [
            f"{LAYOUT}:1:1 C10 '🍵' (teacup without handle) takes an SMS to UCS-2: 2 messages in place of 1",
        ],
    ),
    "messages of a mail": (
        settings(channels={"email": {"max_messages": "2"}}),
        ["assembler.yaml:8:99 R02 max_messages counts the SMS of a channel of text alone, and 'email' is more"],
    ),
    "messages of a channel that has a title as well": (
        sms() | {"templates/sms/note.subject.j2": '{{ slot("title") }}'},
        ["assembler.yaml:10:25 R02 max_messages counts the SMS of a channel of text alone, and 'sms' is more"],
    ),
    "no messages": (
        sms("0"),
        ["assembler.yaml:10:39 R02 expected a number above 0, got the number 0"],
    ),
    "more messages than can be put together": (
        sms("256"),
        ["assembler.yaml:10:39 R02 expected a number of at most 255, got the number 256"],
    ),
    "messages by another name": (
        settings(channels={"sms": {"envelope": "none", "max_segments": "2"}}),
        ["assembler.yaml:10:25 R02 unknown key 'max_segments'"],
    ),
}
NEAR_MISSES: dict[str, tuple[str, Files]] = {
    "a full message": ("C10", sms(layout="x" * (160 - 37) + '{{ slot("title") }}')),
    "two full messages": ("C10", sms("2", layout="x" * (306 - 37) + '{{ slot("title") }}')),
    "a full message in UCS-2": ("C10", sms(layout="ê" * (70 - 37) + '{{ slot("title") }}')),
    "a letter outside of GSM-7 that costs a message": ("C10", sms("2", layout="ê" * 71 + '{{ slot("title") }}')),
    "a quote that costs nothing": ("C10", _title("Don’t") | sms(layout='{{ slot("title") }}')),
    "a channel of text alone without a limit": ("C10", sms(None, layout="x" * 900 + '{{ slot("title") }}')),
}
