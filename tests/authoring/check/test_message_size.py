"""What it takes to send a text as an SMS."""

from __future__ import annotations

import pytest

from assembler.authoring.check.message_size import message_size, outside_gsm7


@pytest.mark.parametrize(
    ("text", "alphabet", "places", "messages"),
    [
        ("", "GSM-7", 0, 1),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("€" * 81, "GSM-7", 162, 2),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
        ("à" * 160, "GSM-7", 160, 1),
        ("á" * 70, "UCS-2", 70, 1),
        ("á" * 71, "UCS-2", 71, 2),
        ("á" * 134, "UCS-2", 134, 2),
        ("á" * 135, "UCS-2", 135, 3),
        ("🌲" * 35, "UCS-2", 70, 1),
        ("á" * 66 + "🌲" + "á" * 66, "UCS-2", 134, 3),
    ],
)
def test_limits(text: str, alphabet: str, places: int, messages: int) -> None:
    size = message_size(text)
    assert (size.alphabet, size.places, size.messages) == (alphabet, places, messages)
    assert size.characters == len(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a", "1 character; as SMS 1 message (GSM-7, 1 places)"),
        ("ł" * 71, "71 characters; as SMS 2 messages (UCS-2, 71 places)"),
    ],
)
def test_in_words(text: str, told: str) -> None:
    assert str(message_size(text)) == told


def test_what_takes_a_text_to_ucs2() -> None:
    assert outside_gsm7("Café à 5 €, [now] “quoted” ’ê’🌲") == ["“", "”", "’", "ê", "🌲"]
    assert outside_gsm7("") == []
