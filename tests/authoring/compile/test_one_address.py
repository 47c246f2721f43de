"""One link, one address: in HTML, plain text, JSON-LD and preheader it is the same for every value."""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, strategies as st
from selectolax.lexbor import LexborHTMLParser

from assembler import Library
from assembler.authoring.compile.links import links_in
from tests.authoring.builders import in_memory

X = "https://www.x.example"
NAME, PLACE = '{{ first_name | default: "me" }}', '{{ place | default: "Whitby & co." }}'
PAGE, ANY = f'{{{{ page | default: "{X}/p?a=1&b=2" }}}}', f'{{{{ place | default: "{X}/any" }}}}'
FORMS = [
    X, f"{X}/", f"{X}/a?b=1&c=2#d", f"{X}/?a=1&copy=2&amp=3", f"{X}/a_(b)/c", f"{X}/[1]/x", f"{X}/é/名前", f"{X}/l'eau",
    f"{X}/a%20b%zz", "HTTPS://WWW.X.EXAMPLE/A", f"{X}/p/{NAME}", f"{X}/p/{NAME}/q", f"{X}/?a={NAME}&b={PLACE}#{NAME}",
    f"{X}/(a)/{PLACE}", f"{X}/a#{PLACE}", f"{X}/?u={PAGE}", PAGE, ANY, f"{X}/a.", f"{X}/a,b;c:d!e*f$g",
]  # fmt: skip
SETTINGS = """\
name: one
owner: a@x.example
locales: [en]
policy: {link_hosts: [www.x.example]}
channels: {email: {envelope: email}}
fields:
  first_name: {kind: name}
  place: {kind: text}
  page: {kind: url}
"""
FILES = {
    "campaigns/c.yaml": "owner: a@x.example\nchannels: {email: note}\nslots:\n  cta: {type: cta, default: cta/one}\n",
    "components/cta/_type.yaml": "body: markdown\nfields: {url: {kind: url}}\n",
    "templates/email/note.html.j2": '<!DOCTYPE html><html><head><script type="application/ld+json">'
    '{"url": "{{ slot("cta", part="preheader") }}"}</script></head><body>{{ slot("cta") }}'
    '<a href="{{ slot("cta", part="preheader") }}" title="{{ slot("cta", part="preheader") }}">again</a></body></html>',
    "templates/email/note.text.j2": '{{ slot("cta") }}\n',
    "templates/email/note.preheader.j2": '{{ slot("cta") }}\n',
    "templates/email/components/cta.html.j2": '<p><a href="{{ url }}">{{ url }}</a></p>{{ body }}\n',
    "templates/email/components/cta.text.j2": "{{ url }}\n\n{{ body | plain }}\n",
    "templates/email/components/cta.preheader.j2": "{{ url }}\n",
}


@cache
def library(url: str, body: str) -> Library:
    component = f"---\ncampaigns: [c]\nurl: {json.dumps(url, ensure_ascii=False)}\n---\n{body}\n"
    project = in_memory({"assembler.yaml": SETTINGS, **FILES, "components/cta/one.md": component})
    assert [error for error in project.check().errors if error.code[0] in "RCS"] == []
    return Library(project.compiled.content, project.compiled.texts)


def parts(url: str, body: str, values: dict[str, str]) -> dict[str, str]:
    opened = library(url, body)
    return dict(opened.assemble("c", channel="email", context={"fields": values}).parts)


def addresses(html: str) -> list[str | None]:
    """The addresses of links, as two parsers read them."""
    hrefs: list[str | None] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            hrefs.extend(value for name, value in attrs if name == "href")

    Reader().feed(html)
    assert hrefs == [node.attributes.get("href") for node in LexborHTMLParser(html).css("a")]
    return hrefs


NAUGHTY = [
    "", "Zoë & Co", "a b", "..", ".", "Jr.", "/", "//evil.example", "?a=b&c#d", "\"'<>`", "javascript:alert(1)",
    f"{X}/u/7?a=1&b=2", f"{X}/l'eau", "https://evil.example/", f"{X}@evil.example/", f"{X}/é", "a\u00a0b", "\u202e",
    "名前 ", "%2e", "&amp;", "(x)", "x)", "*_~",
]  # fmt: skip
VALUES = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("first_name", "place", "page"), st.sampled_from(NAUGHTY) | st.text(max_size=30))
)


@pytest.mark.parametrize("url", FORMS)
@given(values=VALUES)
@example(values={"first_name": "Zoë & Co", "place": f"{X}/any?a=b&c", "page": f"{X}/u/7?a=1&b=2"})
def test_a_field_that_is_a_link_is_one_address_everywhere(url: str, values: dict[str, str]) -> None:
    output = parts(url, "Words", values)
    address, again = addresses(output["html"])
    assert address and address == again
    tree = LexborHTMLParser(output["html"])
    assert [node.text() for node in tree.css("p > a")] == [address]
    assert [node.attributes.get("title") for node in tree.css("a[title]")] == [address]
    assert [json.loads(node.text())["url"] for node in tree.css("script")] == [address]
    assert output["preheader"].strip() == address
    assert output["text"].split("\n")[0] == address
    if not address.endswith("."):
        assert [address for _, address in links_in(output["text"])] == [address]


MARKDOWN = [
    ("See [it]({}), or go.", "({})"),
    ("See [it](<{}> 'so'), or go.", "<{}>"),
    ("See [it][a], or go.\n\n[a]: {}", "{}"),
    ("See <{}>, or go.", "<{}>"),
    ("See {}, or go.", ""),
]


def _in_markdown(url: str) -> str:
    """An address as Markdown writes it; the fallback of a merge field is literal."""
    marks = {"&": "&amp;", "[": "\\["}
    return re.sub(r"\{\{.*?\}\}|[&\[]", lambda match: marks.get(match[0], match[0]), url)


@pytest.mark.parametrize("form", [form for form, _ in MARKDOWN])
@pytest.mark.parametrize("url", [form for form in FORMS if form not in (PAGE, ANY)])
@given(values=VALUES)
@example(values={"first_name": "Zoë & Co", "place": "Jr."})
def test_a_link_of_markdown_is_one_address_in_both_parts(url: str, form: str, values: dict[str, str]) -> None:
    written = url if form.startswith(("See <", "See {")) else _in_markdown(url)
    output = parts(X, form.replace("{}", written), values)
    html = LexborHTMLParser(output["html"])
    in_text = [address for _, address in links_in(output["text"])][1:]
    if form.startswith("See {"):
        assert [address for _, address in links_in(html.css("p")[1].text())] == in_text
        return
    _, address, _ = addresses(output["html"])
    assert address and in_text == [address]
    assert form.startswith("See <") is (html.css("p > a")[1].text() == address)


@pytest.mark.parametrize("whole", [PAGE, ANY])
@pytest.mark.parametrize("form", ["[it]({})", "[it][a]\n\n[a]: {}", "It is {} here"])
@given(values=VALUES)
@example(values={"place": "javascript:alert(1)", "page": f"{X}/l'eau"})
@example(values={"place": f"{X}/?a=1&b=2", "page": f"{X}/?a=1&b=2"})
def test_a_merge_field_that_is_a_link_is_as_safe_in_text_as_in_html(
    whole: str, form: str, values: dict[str, str]
) -> None:
    output = parts(X, form.format(whole), values)
    _, *addresses_, _ = addresses(output["html"])
    words = [address for _, address in links_in(LexborHTMLParser(output["html"]).css("p")[1].text())]
    assert ([address for _, address in links_in(output["text"])][1:]) == (addresses_ or words)
    assert all(address and address.startswith(f"{X}/") for address in addresses_ or words)
