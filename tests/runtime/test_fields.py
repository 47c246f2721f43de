"""Which values may stand in copy, and what is wrong with the others."""

from __future__ import annotations

import unicodedata

import pytest

from assembler.library.records import Field
from assembler.library.values import is_blank
from assembler.runtime.encode import is_safe_url
from assembler.runtime.fields import FieldReader
from tests.runtime.sample import FIELDS, library

HOSTS = frozenset({"www.harbourandpine.example", "shop.example:8443"})
SHOP = "https://www.harbourandpine.example"


def read(kind: str, raw: object) -> tuple[str | None, str | None]:
    field: Field = {"name": FIELDS["first_name"], "text": FIELDS["greeting"], "url": FIELDS["account_url"]}[kind]
    return FieldReader("it", field, HOSTS).read(raw)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (7, "7"),
        (0, "0"),
        (-1.5, "-1.5"),
        ("0", "0"),
        ("false", "false"),
        ("[Claim $500](https://evil.example)", "[Claim $500](https://evil.example)"),
        ("a@b.example", "a@b.example"),
        ("<script>", "<script>"),
        ("see www.x.example", "see www.x.example"),
        ("100 % [sic]", "100 % [sic]"),
    ],
)
def test_a_text_stands_as_it_is(raw: object, text: str) -> None:
    assert read("text", raw) == (text, None)


@pytest.mark.parametrize(
    "url",
    [
        SHOP,
        f"{SHOP}/",
        f"{SHOP}/u/1?a=1&b=%20#top",
        f"{SHOP}?q=1",
        f"{SHOP}#top",
        "HTTPS://WWW.HarbourAndPine.example/x",
        "https://shop.example:8443/x",
        f"{SHOP}/d\u00e9j\u00e0",
        f"{SHOP}/" + "x" * 1900,
    ],
)
def test_a_link_stands_as_it_is(url: str) -> None:
    assert read("url", url) == (url, None)


UNSAFE_URLS = (
    "javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "//www.harbourandpine.example/",
    "http://www.harbourandpine.example/", "https://evil.example/", "https://evil.example/www.harbourandpine.example",
    "https://www.harbourandpine.example.evil.example/", "https://www.harbourandpine.example@evil.example/",
    "https://maya@www.harbourandpine.example/", "https://www.harbourandpine.example:443/", "https://shop.example/",
    "https://www.harbourandpine.example\\@evil.example/", "https:\\\\www.harbourandpine.example/",
    "https:www.harbourandpine.example", "https:///www.harbourandpine.example", "https://", "https:// ",
    f"{SHOP}/a b", f"{SHOP}/\"onclick=", f"{SHOP}/'x", f"{SHOP}/<x>", f"{SHOP}/\n", f"{SHOP}/\\", f"{SHOP}/`",
    f"{SHOP}/\u200b", f"{SHOP}/\u202e", f"{SHOP}/\u00a0", f"{SHOP}/\ud800", f"{SHOP}/{{{{x}}}}", f" {SHOP}", f"{SHOP} ",
    "https://www.harbourandpin\u0435.example/", "https://www.harbourandpine.example./", "ftp://www.harbourandpine.example/",
    "https://www.harbourandpine.example%2eevil.example/", "https://[::1]/", "vbscript:x", "mailto:a@b.example",
)  # fmt: skip


@pytest.mark.parametrize("url", UNSAFE_URLS)
def test_a_link_that_the_fallback_replaces(url: str) -> None:
    assert not is_safe_url(url, HOSTS)
    assert read("url", url) == (None, "kind")


def test_no_hosts_means_no_links() -> None:
    assert not is_safe_url(f"{SHOP}/", ())


def test_blank_is_what_unicode_calls_separator_control_or_format_and_the_known_fillers() -> None:
    fillers = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x2800, 0x3164, 0xFFA0}
    fillers |= {*range(0xFE00, 0xFE10), *range(0xE0000, 0xE1000)}
    for point in range(0x110000):
        category = unicodedata.category(chr(point))
        invisible = category in {"Zs", "Zl", "Zp", "Cc", "Cf"} or point in fillers
        assert category == "Cn" or is_blank(chr(point)) is invisible, hex(point)
    assert is_blank("")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (" Maya ", "Maya"),
        ("\tMaya\r\n", "Maya"),
        ("Maya  Lee", "Maya Lee"),
        ("Maya\xa0\u3000 Lee", "Maya Lee"),
        ("\u2003Maya", "Maya"),
        ("Maya" + " " * 996, "Maya"),
        (" " + "x" * 60, "x" * 60),
        ("x" * 29 + "  " + "y" * 30, "x" * 29 + " " + "y" * 30),
    ],
    ids=ascii,
)
def test_a_name_is_trimmed_and_its_blanks_are_folded(raw: str, name: str) -> None:
    assert read("name", raw) == (name, None)
    sample = library()
    variant = sample.assemble("welcome", channel="email", context={"fields": {"first_name": raw}})
    assert variant.subject == f"en:<(headline/all [{name}])|headline>"
    others = {"greeting": "hello", "account_url": f"{SHOP}/1"}
    all_of_them = {"fields": {**others, "first_name": raw}}
    assert sample.assemble("welcome", channel="email", context=all_of_them).subject == variant.subject


@pytest.mark.parametrize("text", [" Maya ", "Maya  Lee", "*", "\u0301", "Null Null", "%name%", "\U0001f332"])
def test_only_names_are(text: str) -> None:
    assert read("text", text) == (text, None)


@pytest.mark.parametrize("text", ["\u2068x\u2069", "x\u2066"])
def test_isolates_are_for_names(text: str) -> None:
    assert read("text", text) == (None, "kind")


@pytest.mark.parametrize("letter", "[{%*|}] ,n")
def test_the_cost_of_a_long_placeholder_grows_with_its_length(letter: str) -> None:
    """It ends: nothing is tried twice."""
    reader = FieldReader("it", Field(kind="name", max_length=100_000), HOSTS)
    for text in (letter * 100_000, f"null {letter}" * 15_000, f"[]{letter}" * 30_000):
        assert reader.read(text)[1] in ("kind", "blank", None)
