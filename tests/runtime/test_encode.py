"""Values made safe for the place they stand in."""

from __future__ import annotations

import json
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, strategies as st

from assembler.runtime.encode import ENCODERS, encode

HOSTS = ("www.x.example",)
WHOLE = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("encoder", "text", "encoded"),
    [
        ("html", "Maya", "Maya"),
        ("html", 'O\'Neil & <b>"x"', "O&#39;Neil &amp; &lt;b&gt;&#34;x&#34;"),
        ("html", "&amp;", "&amp;amp;"),
        ("url", "https://www.x.example/?a=1&b=2", "https://www.x.example/?a=1&amp;b=2"),
        ("url", "javascript:alert(1)", None),
        ("url", "//www.x.example/", None),
        ("url_text", "https://www.x.example/?a=1&b=2", "https://www.x.example/?a=1&b=2"),
        ("url_text", "javascript:alert(1)", None),
        ("url_text", "https://evil.example/", None),
        ("url_part", "Jr.", "Jr%2E"),
        ("url_part", ".a.", ".a%2E"),
        ("url_part", "a b/c?d&e=\u00e9~-._", "a%20b%2Fc%3Fd%26e%3D%C3%A9~-._"),
        ("plain", "<b> & \u00e9", "<b> & \u00e9"),
        ("subject", "Maya, <3", "Maya, <3"),
        ("subject", "=?utf-8?q?Hi=0D=0ABcc:_e@x?=", None),
        ("subject", "Hi\r\nBcc: e@x.example", None),
        ("subject", "Hi\tthere", None),
        ("subject", "Hi\u2028there", None),
        ("json", 'a"b\\c</script>', 'a\\"b\\\\c\\u003c/script\\u003e'),
        ("json", "<!-- ' & \u2028\u2029 -->", "\\u003c!-- \\u0027 \\u0026 \\u2028\\u2029 --\\u003e"),
        ("json", "a\nb\x01", "a\\nb\\u0001"),
    ],
)
def test_examples(encoder: Any, text: str, encoded: str | None) -> None:
    assert encode(encoder, text, HOSTS) == encoded


@given(WHOLE)
def test_html_means_the_text_again_and_opens_nothing(text: str) -> None:
    encoded = encode("html", text, HOSTS)
    assert encoded is not None
    assert not set(encoded) & set("<>\"'")
    seen: list[str] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.append(f"{tag} {attrs}")

    Parser().feed(f'<p title="{encoded}">{encoded}</p>')
    assert [call.split()[0] for call in seen] == ["p"]
    if "&" not in text:
        assert unescape(encoded) == text


@given(WHOLE)
def test_a_url_part_means_the_text_again_and_ends_nothing(text: str) -> None:
    encoded = encode("url_part", text, HOSTS)
    assert encoded is not None
    assert unquote(encoded) == text
    assert all(text.isascii() and (text.isalnum() or text in "%-._~") for text in encoded)


@given(WHOLE)
def test_a_json_string_means_the_text_again_and_ends_nothing(text: str) -> None:
    encoded = encode("json", text, HOSTS)
    assert encoded is not None
    assert json.loads(f'"{encoded}"') == text
    assert not set(encoded) & set("<>&'\u2028\u2029")


@given(WHOLE)
def test_plain_is_the_text(text: str) -> None:
    assert encode("plain", text, HOSTS) == text


@pytest.mark.parametrize("encoder", sorted(ENCODERS))
def test_every_encoder_keeps_a_plain_word(encoder: Any) -> None:
    assert encode(encoder, "Maya", HOSTS) == (None if encoder in ("url", "url_text") else "Maya")
