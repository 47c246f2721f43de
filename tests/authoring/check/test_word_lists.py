"""Every entry of the lists of words: C04 phrases of surveillance, C06 links that say nothing."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tests.authoring.builders import component, settings, translation
from tests.authoring.check.cases import diagnostics

HERE = Path(__file__).parent
LINK = "https://www.sample.example/a"


def listed(name: str) -> dict[str, list[str]]:
    """The entries of a list by their language."""
    entries: dict[str, list[str]] = defaultdict(list)
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        language, _, words = line.partition(": ")
        entries[language].append(words)
    return entries


@pytest.mark.parametrize("language", ["en", "fr", "de", "es"], ids=lambda language: f"C04 {language}")
def test_every_phrase_sounds_like_surveillance(language: str) -> None:
    phrases = listed("surveillance.txt")[language]
    body = "\n\n".join(f"So {phrase}: x" for phrase in phrases)
    files = settings(locales=["en", "fr", "fr-CA", "de", "es"])
    files |= component("story/away", body) if language == "en" else translation("story/away", body, language)
    told = {finding.message for finding in diagnostics(files) if finding.code == "C04"}
    assert told == {f"{phrase!r} sounds like surveillance" for phrase in phrases}


@pytest.mark.parametrize("language", ["en", "fr"], ids=lambda language: f"C06 {language}")
def test_every_link_of_the_list_says_nothing(language: str) -> None:
    words = listed("empty_links.txt")[language]
    body = "\n\n".join(f"[{entry}]({LINK})" for entry in words)
    files = component("story/away", body) if language == "en" else translation("story/away", body, language)
    told = {finding.message for finding in diagnostics(files) if finding.code == "C06"}
    assert told == {f"a link that says only {entry!r}" for entry in words}
