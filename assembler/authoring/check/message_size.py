"""What it takes to send a text message."""

from __future__ import annotations

from dataclasses import dataclass

# The GSM 7-bit alphabet, and its extension, each of which takes two places (3GPP TS 23.038, 6.2.1).
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")
_GSM_7 = _BASIC | _EXTENSION
_ROOM = {"GSM-7": (160, 153), "UCS-2": (70, 67)}
"""The places of a message that is sent alone, and of each of several (3GPP TS 23.040, 9.2.3.24.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSize:
    """How many characters a text has, the places that they take in an alphabet, and how many messages that is."""

    characters: int
    alphabet: str
    places: int
    messages: int

    def __str__(self) -> str:
        sent = "1 message" if self.messages == 1 else f"{self.messages} messages"
        characters = "1 character" if self.characters == 1 else f"{self.characters:,} characters"
        return f"{characters}; as SMS {sent} ({self.alphabet}, {self.places:,} places)"


def message_size(text: str) -> MessageSize:
    """Return the size of a text as an SMS: in GSM-7 where its alphabet has every character, else in UCS-2.

    No character is cut in two, so a message may have places left over.
    """
    plain = is_gsm7(text)
    alphabet = "GSM-7" if plain else "UCS-2"
    sizes = [1 + (character in _EXTENSION if plain else character > "\uffff") for character in text]
    alone, room = _ROOM[alphabet]
    messages = 1
    if sum(sizes) > alone:
        used = 0
        for size in sizes:
            messages += used + size > room
            used = size if used + size > room else used + size
    return MessageSize(characters=len(text), alphabet=alphabet, places=sum(sizes), messages=messages)


def is_gsm7(text: str) -> bool:
    """Whether every character of a text is in GSM-7."""
    return _GSM_7.issuperset(text)


def outside_gsm7(text: str) -> list[str]:
    """Return the characters of a text that are not in GSM-7, once each."""
    return [character for character in dict.fromkeys(text) if character not in _GSM_7]
