"""The words of each language are read once, and those of a language that is not known are English."""

from __future__ import annotations

from typing import Any

import pytest

from assembler.authoring.load.strict_yaml import read_yaml
from assembler.authoring.scaffold import first_words
from assembler.authoring.scaffold.first_words import FIRST_TYPES, FirstWords

LOCALES = ("de", "de-AT", "cy", "eo", "en")


def test_a_language_is_read_once_however_many_types_and_locales_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    files_read: list[str] = []

    def reading(path: str, text: str) -> Any:
        files_read.append(path)
        return read_yaml(path, text)

    monkeypatch.setattr(first_words, "read_yaml", reading)
    words = FirstWords(LOCALES, "Linden & Oak")
    assert (words.spoken, words.untranslated, files_read) == (["de", "cy", "eo", "en"], ["cy", "eo"], [])
    assert "Linden & Oak" in words.strings_text()
    texts = [dict(words.component_texts(f"{type_}/a", "a", "https://a.example")) for type_ in FIRST_TYPES]
    assert sorted(files_read) == ["de.yaml", "en.yaml"]
    assert [sorted(files) for files in texts] == [
        [f"components/{type_}/a.{locale}md" for locale in ("cy.", "en.", "eo.", "")] for type_ in FIRST_TYPES
    ]


def test_the_first_locale_is_written_first_also_where_another_stands_for_it() -> None:
    words = FirstWords(("de-AT", "de"), "A")
    assert words.spoken == ["de"]
    files = dict(words.component_texts("headline/a", "a", "https://a.example"))
    assert list(files) == ["components/headline/a.md", "components/headline/a.de.md"]
    assert files["components/headline/a.md"].startswith("---\ncampaigns: [a]\nkicker: ")
