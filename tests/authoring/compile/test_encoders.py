"""The place of a token in the parsed document decides its encoder; no place is safe unless it is known to be."""

from __future__ import annotations

from typing import Literal

import pytest

from assembler.authoring.compile.encoders import encoders, unquoted
from assembler.authoring.compile.tokens import Tokens

TOKENS = Tokens()
T, FOREIGN = TOKENS.occurrence(0), Tokens(["other texts"]).occurrence(0)


@pytest.mark.parametrize(
    ("html", "encoder"),
    [
        (f"<p>{T}</p>", "html"),
        (f"<title>a {T}</title>", "html"),
        (f"<textarea>{T}</textarea>", "html"),
        (f'<p title="a {T} b">', "html"),
        (f'<img alt="{T}">', "html"),
        (f'<meta name="description" content="{T}">', "html"),
        (f'<a href="{T}">', "url"),
        (f'<a href=" {T} ">', "url"),
        (f'<img src="{T}">', "url"),
        (f'<a href="https://x.example/{T}">', "url_part"),
        (f'<a href="https://x.example/?n={T}&b=1">', "url_part"),
        (f'<a href="mailto:a@x.example?subject={T}">', "url_part"),
        (f'<a href="/path/{T}">', "url_part"),
        (f'<a href="#{T}">', "url_part"),
        (f'<script type="application/ld+json">{{"a": ["x {T}"]}}</script>', "json"),
        (f"<svg><text>{T}</text></svg>", "html"),
        (f"<p>see https://x.example/{T}, or</p>", "url_part"),
        (f"<p>(https://x.example/a){T}</p>", "html"),
        (f"<p>https://x.example {T}</p>", "html"),
        (f'<meta property="og:url" content="https://x.example/?a={T}">', "url_part"),
        (f'<script type="application/ld+json">{{"url": "https:\\/\\/x.example\\/{T}"}}</script>', "url_part"),
    ],
)
def test_a_safe_place_has_its_encoder(html: str, encoder: str) -> None:
    assert encoders(html) == {T: encoder}


@pytest.mark.parametrize(
    "html",
    [
        f"<!-- {T} -->",
        f"<!--[if mso]><p>{T}</p><![endif]-->",
        f"<script>var a = '{T}'</script>",
        f'<script type="application/ld+json">{{"a": {T}}}</script>',
        f'<script type="application/ld+json">{{"a": "x", {T}</script>',
        f"<style>p {{ color: {T} }}</style>",
        f'<p style="color: {T}">',
        f'<p onclick="{T}">',
        f'<iframe srcdoc="{T}"></iframe>',
        f'<img srcset="{T} 2x">',
        f'<a href="{T}.example/">',
        f'<a href="https://{T}/">',
        f'<a href="https://x.example{T}/">',
        f'<a href="java{T}">',
        f'<a href="//{T}">',
        f'<a href="/{T}">x</a>'.replace(f"/{T}", f"//x.example/{T}"),
        f'<meta http-equiv="refresh" content="0;url={T}">',
        f"<template><p>{T}</p></template>",
        f"<iframe>{T}</iframe>",
        f"<p {T}=1>",
        f"<{T}>",
        f"<p>https://{T}/</p>",
        f"<p>https://x.example{T}</p>",
        f'<script type="application/ld+json">{{"url": "https://x.example{T}"}}</script>',
    ],
)
def test_an_unsafe_place_has_none(html: str) -> None:
    assert encoders(html) == {}


@pytest.mark.parametrize(
    ("part", "text", "encoder"),
    [
        ("text", f"Hi {T}", "plain"),
        ("preheader", f"Hi {T}", "plain"),
        ("subject", f"Hi {T}", "subject"),
        ("text", f"https://x.example/{T}.", "url_part"),
        ("text", f"a (https://x.example/?a={T}&b)", "url_part"),
        ("text", f"<https://x.example/a).{T}>", "url_part"),
        ("text", f"https://x.example/a) {T}", "plain"),
        ("text", f"mailto:a@x.example?subject={T}", "url_part"),
        ("text", f"mail:to {T}: http", "plain"),
        ("subject", f"https://x.example/{T}", "url_part"),
        ("text", f"https://{T}", None),
        ("text", f"https://x.example{T}/", None),
    ],
)
def test_a_place_in_other_parts_has_its_encoder(part: str, text: str, encoder: str | None) -> None:
    assert encoders(text, part).get(T) == encoder


@pytest.mark.parametrize(
    ("part", "document", "link", "encoder"),
    [
        ("text", T, "whole", "url_text"),
        ("preheader", T, "whole", "url_text"),
        ("subject", T, "whole", "subject"),
        ("html", f"<p>{T}</p>", "whole", "url"),
        ("html", f'<p title="{T}">', "whole", "url"),
        ("html", f'<script type="application/ld+json">["{T}"]</script>', "whole", "url_text"),
        ("html", f'<script type="application/ld+json">["/p/{T}"]</script>', "part", "url_part"),
        ("text", f"/p/{T}", "part", "url_part"),
        ("text", f"https://x.example/?u={T}", "whole", "url_part"),
    ],
)
def test_what_is_known_to_be_of_a_link_is_encoded_so_anywhere(
    part: str, document: str, link: Literal["whole", "part"], encoder: str
) -> None:
    assert encoders(document, part, {T: link}) == {T: encoder}


@pytest.mark.parametrize(
    ("html", "error"),
    [
        (f"<p title={T}>", True),
        (f"<p {T}>", True),
        (f"<p {T}='x'>", True),
        (f"<p{T}>", True),
        (f'<p title="{T}" class=a>', False),
        (f"<p title='a > {T}'>", False),
        (f"<p>{T}</p>", False),
    ],
)
def test_a_token_in_a_tag_must_be_quoted(html: str, error: bool) -> None:
    assert list(unquoted(html, TOKENS)) == ([T] if error else [])
    assert list(unquoted(html.replace(T, FOREIGN), TOKENS)) == []
