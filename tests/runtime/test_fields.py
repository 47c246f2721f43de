"""Which values may stand in copy, and what is wrong with the others."""

from __future__ import annotations

import unicodedata

import pytest

from assembler.library.records import Field
from assembler.runtime.encode import is_blank, is_safe_url
from assembler.runtime.fields import FieldReader
from tests.runtime.sample import FIELDS, library

HOSTS = frozenset({"www.harbourandpine.example", "shop.example:8443"})
SHOP = "https://www.harbourandpine.example"
PLACEHOLDERS = (
    "null", "None", "NaN", "UNDEFINED", " null ", "\u200bnone", "[FNAME]", "[first name]", "[]", "{{first_name}}",
    "{{ x | default: 'y' }}", "*|FNAME|*", "%%first%%", "%%=v(@x)=%%", "[a]\n", "%%%%", "n/a", "N/A", "Unknown",
    "{name}", "{first_name}", "{}", "\u2068null\u2069", "nu\u00adll", "\u3000unknown\xa0",
)  # fmt: skip


def read(kind: str, raw: object) -> tuple[str | None, str | None]:
    field: Field = {"name": FIELDS["first_name"], "text": FIELDS["greeting"], "url": FIELDS["account_url"]}[kind]
    return FieldReader("it", field, HOSTS).read(raw)


@pytest.mark.parametrize(
    "name",
    ["Maya", "Zo\u00eb", "Anne-Marie O'Neil", "\u674e\u5c0f\u9f99", "\u0645\u0627\u064a\u0627", "Null-Meier", "Nano",
     "x" * 60, "Dr. Who", "7", "100%", "[a", "N\u00fall", "Null Island", "Nan Goldin", "Unknown User", "Na", "Nana",
     "\u2068Maya\u2069", "\u2067\u2066Maya\u2069\u2069", "\u2068\u0645\u2069 \u2068Lee\u2069", "e\u0301", "\u0661",
     "\u2167", "Ma\u200dya", "%name", "{name", "name}"],
)  # fmt: skip
def test_a_name_stands_as_it_is(name: str) -> None:
    assert read("name", name) == (name, None)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (None, "missing"),
        ("", "blank"),
        (" \t", "blank"),
        ("\u200b\u2060\ufeff", "blank"),
        ("\u3164", "blank"),
        ("x" * 61, "length"),
        (" " * 61, "blank"),
        (" " * 1_001, "length"),
        ("x" + " " * 1_000, "length"),
        (" " + "x" * 61, "length"),
        pytest.param(10**1000, "length", id="long integer"),
        pytest.param(10**5000, "length", id="huge integer"),
        (True, "kind"),
        (float("nan"), "kind"),
        (float("inf"), "kind"),
        (b"Maya", "kind"),
        (["Maya"], "kind"),
        ({"value": "Maya"}, "kind"),
        ("Ma\nya", "kind"),
        ("Maya\0", "kind"),
        ("Ma\u202eya", "kind"),
        ("Ma\u2028ya", "kind"),
        ("Ma\u2066ya", "kind"),
        ("Maya\u2069", "kind"),
        ("\u2069Maya\u2068", "kind"),
        ("\u2068Maya\u2069\u2069", "kind"),
        ("\u2068\u2067Maya\u2069", "kind"),
        ("\u2068\u2069", "blank"),
        ("Ma\tya", "kind"),
        ("\u0301", "kind"),
        ("\ufff0", "blank"),
        ("\ufff8*", "kind"),
        ("\u3164*", "kind"),
        ("*", "kind"),
        ("-", "kind"),
        ("\U0001f332", "kind"),
        ("%name%", "kind"),
        ("%first_name% %last_name%", "kind"),
        ("%%", "kind"),
        ("Null Null", "kind"),
        ("null, null", "kind"),
        ("NONE-none", "kind"),
        ("n/a n/a", "kind"),
        ("Unknown Unknown Unknown", "kind"),
        ("undefined NaN", "kind"),
        ("[first] null {last}", "kind"),
        ("nu\u00adll nu\u200bll", "kind"),
        ("Ma\x85ya", "kind"),
        ("\ud800", "kind"),
        ("see http://evil.example", "kind"),
        ("WWW.evil.example", "kind"),
        ("maya@evil.example", "kind"),
        ("<b>Maya", "kind"),
        ("Maya>", "kind"),
        ("a {{ b", "kind"),
        ("a }} b", "kind"),
        ("{% if %}", "kind"),
        *((placeholder, "kind") for placeholder in PLACEHOLDERS),
    ],
)
def test_a_name_that_the_fallback_replaces(raw: object, problem: str) -> None:
    assert read("name", raw) == (None, problem)


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


@pytest.mark.parametrize("placeholder", PLACEHOLDERS)
@pytest.mark.parametrize("kind", ["name", "text", "url"])
def test_every_kind_refuses_every_placeholder(kind: str, placeholder: str) -> None:
    assert read(kind, placeholder) == (None, "kind")


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


def test_a_field_that_is_not_used_is_noted_and_the_fallback_stands_there() -> None:
    made = library()
    for raw, problem in [(None, "missing"), ("", "blank"), ("[FNAME]", "kind"), ("x" * 61, "length")]:
        variant = made.assemble("welcome", channel="email", context={"fields": {"first_name": raw}})
        assert variant.subject == "en:<(headline/all [friend])|headline>"
        assert [note.to_dict() for note in variant.decision.notes if note.kind == "field"] == [
            {"field": "first_name", "problem": problem},
            {"field": "account_url", "problem": "missing"},
        ]


def test_a_value_beyond_its_length_costs_no_more_than_its_length() -> None:
    assert read("name", "<" * 50_000_000) == (None, "length")


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
    made = library()
    variant = made.assemble("welcome", channel="email", context={"fields": {"first_name": raw}})
    assert variant.subject == f"en:<(headline/all [{name}])|headline>"
    others = {"greeting": "hello", "account_url": f"{SHOP}/1"}
    all_of_them = {"fields": {**others, "first_name": raw}}
    assert made.assemble("welcome", channel="email", context=all_of_them).subject == variant.subject


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
