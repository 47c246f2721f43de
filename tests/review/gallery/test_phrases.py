"""Small pieces of sentences."""

from __future__ import annotations

import pytest

from assembler.review.gallery.phrases import enumerated, language, spoken


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "English"),
        ("fr-CA", "French (Canada)"),
        ("nb", "Norwegian Bokmål"),
        ("xx", "xx"),
        ("<b>", "<b>"),
        ("", ""),
    ],
)
def test_languages_have_their_english_names(locale: str, said: str) -> None:
    assert language(locale) == said


def test_names_are_said_as_people_say_them() -> None:
    assert spoken("offer/spring_20") == "spring 20"
    assert [enumerated(["a", "b", "c"][:number]) for number in range(4)] == ["", "a", "a and b", "a, b and c"]
