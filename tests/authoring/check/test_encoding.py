"""Words that were saved in one encoding and read in another are found; genuine words of any language are not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from assembler.authoring.check.encoding import misread
from tests.examples import examples

# Each of these is sound copy.
GENUINE = [
    "It’s “on us” — café, naïve, 50 % … £20 or €25, ½ price, 20 °C, 3×4, ™ ® ©",
    "C’est l’été où œuvre, façade, Noël, à côté, ça, L’ÎLE, ÉTÉ, DÉJÀ VU, « oui »",
    "Größe über Straße, Äpfel, ÜBER, „Zitat“, Fußgänger, MÄÄH, Ärzte",
    "São Paulo, ação, não, coração, avô, à la carte, AÇÃO, NÃO, PÃES, Ã, maçã",
    "El niño ¿qué? ¡sí! año, PINGÜINO, corazón, ªº",
    "Việt Nam đường phố Hà Nội, cà phê sữa đá, Ấn Độ",
    "Zażółć gęślą jaźń, Łódź, ŁÓDŹ, źdźbło",
    "İstanbul’da çığ, öğüt, ŞİŞLİ, ağaç, IĞDIR",
    "Příliš žluťoučký kůň, ČESKÝ, ďáblík, Ľubľana",
    "Árvíztűrő tükörfúrógép, ŐSZ",
    "Răzvan și Țara, ÎNȚELEGE",
    "smörgåsbord, ÅRHUS, blåbær, Þórr ætti, ÐÆR",
    "Ελληνικά κείμενο, ΆΛΦΑ", "Привет, мир! Ёж, Її, Ціна №1", "שלום עולם", "مرحبا بالعالم", "नमस्ते दुनिया",
    "ภาษาไทย", "日本語テキスト「重要」。", "한국어 “강조”", "中文，标点。", "Kūki ʻokina Hawaiʻi", "Gaïa + Zoë & Chloë",
    "¯\\_(ツ)_/¯ 😀 👩‍👩‍👧 →", "l·l, col·legi", "Malmö–Ystad, 5–7 €", "naïve “Ü” – ‚x‘", "",
]  # fmt: skip

CASES = [
    ("Itâ€™s on us", [("Itâ€™s", "It’s")]),
    ("the cafÃ© and the cafÃ©", [("cafÃ©", "café"), ("cafÃ©", "café")]),
    ("“The cafÃ©”", [("cafÃ©”", "café”")]),
    ("Ã la carte", [("Ã", "à")]),
    ("Â£50", [("Â£50", "£50")]),
    ("caf√© and it‚Äôs", [("caf√©", "café"), ("it‚Äôs", "it’s")]),
    ("cafÃƒÂ© now", [("cafÃƒÂ©", "café")]),
    ("itÃ¢â‚¬â„¢s", [("itÃ¢â‚¬â„¢s", "it’s")]),
    ("it\x92s", [("it\x92s", "it’s")]),
    ("itâ\x80\x99s", [("itâ\x80\x99s", "it’s")]),
    ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", [("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет")]),
    ("a \ufffd\ufffd b\ufffd", [("\ufffd\ufffd", None), ("\ufffd", None)]),
]


@pytest.mark.parametrize("text", GENUINE)
def test_genuine_words_are_none(text: str) -> None:
    assert misread(text) == ()
    assert misread(text.upper()) == ()


@pytest.mark.parametrize(("text", "words"), CASES)
def test_misread_words_are_found_with_what_they_were(text: str, words: list[tuple[str, str | None]]) -> None:
    assert [(text[slip.start : slip.end], slip.meant) for slip in misread(text)] == words


WORDS = [
    "café",
    "It’s",
    "Größe",
    "coração",
    "Łódź",
    "žluťoučký",
    "đường",
    "Ελληνικά",
    "日本語",
    "“oui”",
    "£50",
    "à",
    "no",
]


@settings(max_examples=examples(200))
@given(
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=6),
    st.sampled_from(["latin-1", "sloppy-windows-1252", "mac-roman"]),
    st.integers(1, 2),
)
def test_text_that_was_read_wrongly_once_or_twice_is_put_right(words: list[str], encoding: str, times: int) -> None:
    text = " ".join(words)
    wrong = text
    for _ in range(times):
        wrong = wrong.encode().decode(encoding)
    slips = misread(wrong)
    for slip in reversed(slips):
        wrong = wrong[: slip.start] + (slip.meant or "") + wrong[slip.end :]
    assert wrong == text
