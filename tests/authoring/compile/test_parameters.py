"""Parameters of links: added in one place, the same in every part, and to nothing that they do not belong to."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, strategies as st

from assembler import Library
from assembler.authoring.compile.links import links_in
from assembler.authoring.compile.parameters import LinkParameters
from assembler.authoring.compile.tokens import Tokens
from tests.authoring.builders import MOMENT, Files, in_memory, page, project, settings

X = "https://www.x.example"
VALUE = Tokens().occurrence(1)
PARAMETERS = {"utm_source": "crm", "utm_campaign": "{campaign}", "utm_content": "{component}"}
KNOWN = {"campaign": "back", "channel": "email", "locale": "fr-CA"}
FILLED = {"component": "cta/one", "slot": "cta"}


def query(link: str, parameters: dict[str, str] = PARAMETERS, filled: dict[str, str] = FILLED) -> str:
    return LinkParameters(parameters, frozenset({"www.x.example"}), KNOWN).query(link, filled)


@pytest.mark.parametrize(
    ("link", "added"),
    [
        (X, "?utm_source=crm&utm_campaign=back&utm_content=cta/one"),
        (f"{X}/a?", "utm_source=crm&utm_campaign=back&utm_content=cta/one"),
        (f"{X}/a?b=1#c?d", "&utm_source=crm&utm_campaign=back&utm_content=cta/one"),
        (f"{X}/a?b&", "utm_source=crm&utm_campaign=back&utm_content=cta/one"),
        (f"{X}#utm_source=x", "?utm_source=crm&utm_campaign=back&utm_content=cta/one"),
        (f"{X}/?utm_source=&a=utm_campaign", "&utm_campaign=back&utm_content=cta/one"),
        (f"{X}/?utm%5Fsource=x&utm_content={VALUE}", "&utm_campaign=back"),
        (f"{X}/?utm_source=1&utm_campaign=2&utm_content=3", ""),
        ("HTTPS://WWW.X.EXAMPLE/", "?utm_source=crm&utm_campaign=back&utm_content=cta/one"),
        (f"{X}:8443/", ""),
        (f"{X}.evil/", ""),
        ("https://other.example/", ""),
        ("http://www.x.example/", ""),
        ("//www.x.example/", ""),
        ("/a", ""),
        ("#a", ""),
        ("", ""),
        ("mailto:a@www.x.example", ""),
        ("tel:+44", ""),
        (VALUE, ""),
    ],
)
def test_what_a_link_lacks_is_added(link: str, added: str) -> None:
    assert query(link) == added


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("{campaign}-{channel}/{locale}", "back-email/fr-CA"),
        ("{slot}: {component} & co", "cta%3A%20cta/one%20%26%20co"),
        ("été#?=%20", "%C3%A9t%C3%A9%23%3F%3D%2520"),
    ],
)
def test_a_value_means_what_is_written(value: str, written: str) -> None:
    assert query(X, {"p": value}) == f"?p={written}"


def test_a_link_of_the_layout_has_no_component_and_no_slot() -> None:
    parameters = {"a": "x{component}", "b": "{slot}", "c": "{campaign}"}
    assert query(X, parameters, {}) == "?c=back"


TEXTS = st.text("ab=&?#%/+é ", max_size=12)


@given(path=TEXTS, parameters=st.dictionaries(st.sampled_from(["a", "b", "c.d", "e-f~"]), TEXTS.filter(str.strip)))
def test_what_was_there_stays_and_everything_is_there_once(path: str, parameters: dict[str, str]) -> None:
    link = f"{X}/{path}"
    base, mark, fragment = link.partition("#")
    before, after = urlsplit(link), urlsplit(base + query(link, parameters) + mark + fragment)
    assert (after.netloc, after.path, after.fragment) == (before.netloc, before.path, before.fragment)
    assert after.query.startswith(before.query)
    old, new = (parse_qsl(url.query, keep_blank_values=True) for url in (before, after))
    assert new[: len(old)] == old
    names = {name for name, _ in old}
    assert new[len(old) :] == [(name, value) for name, value in parameters.items() if name not in names]


def compiled(policy: str, *parts: Files) -> Library:
    loaded = in_memory(project(settings(policy={"link_parameters": policy}), *parts))
    assert [finding for finding in loaded.check(MOMENT).errors if finding.code not in ("E15",)] == []
    return Library(loaded.compiled.content, loaded.compiled.texts)


def attributes(html: str, *names: str) -> list[tuple[str, str, str]]:
    values: list[tuple[str, str, str]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            values.extend((tag, name, value or "") for name, value in attrs if name in names)

    Reader().feed(html)
    return values


CRM = "{email: {utm_source: crm, utm_content: '{component}'}, page: {from: '{channel}-{locale}'}}"
S = "https://www.sample.example"


def test_every_part_of_a_mail_has_the_same_links() -> None:
    variant = compiled(CRM).assemble("back", channel="email", context={"fields": {"first_name": "Zoë & Co"}}, at=MOMENT)
    added = "utm_source=crm&utm_content=story/plain"
    links = [f"{S}/in?a=1&b=2&{added}", f"{S}/u", f"{S}/s?n=Zo%C3%AB%20%26%20Co&{added}"]
    assert [value for tag, _, value in attributes(variant.parts["html"], "href") if tag == "a"] == [*links, f"{S}/u"]
    assert [link for _, link in links_in(variant.parts["text"])] == [*links, f"{S}/u"]


def test_a_persons_own_link_and_its_fallback_stay_as_they_are() -> None:
    library = compiled(CRM)
    for given_, served in (({"unsubscribe_url": f"{S}/u/7?a=1"}, f"{S}/u/7?a=1"), ({}, f"{S}/u")):
        variant = library.assemble("back", channel="email", context={"fields": given_}, at=MOMENT)
        assert [value for _, _, value in attributes(variant.parts["html"], "href")].count(served) == 2
        assert [link for _, link in links_in(variant.parts["text"])].count(served) == 2


def test_what_a_page_is_known_by_stays_as_it_is() -> None:
    address = f'<meta property="og:url" content="{S}/o">'
    data = f'<script type="application/ld+json">{{"url": "{S}/j"}}</script>'
    library = compiled(CRM, page(head=address, data=data))
    variant = library.assemble("back", channel="page", context={"locale": "fr"}, at=MOMENT)
    addresses = attributes(variant.parts["html"], "href", "content", "src")
    assert ("link", "href", S) in addresses and ("meta", "content", f"{S}/o") in addresses
    assert ("a", "href", f"{S}?from=page-fr") in addresses and ("a", "href", "#main") in addresses
    assert ("a", "href", f"{S}/in?a=1&b=2&from=page-fr") in addresses
    assert [value for tag, _, value in addresses if tag != "a" and "from=" in value] == []
    assert f'"url": "{S}/j"' in variant.parts["html"]


NOTE, TEXT = "templates/email/note.html.j2", "templates/email/note.text.j2"
LINK = "templates/email/components/story.preheader.j2"


LETTER = {
    "assembler.yaml": "name: one\nowner: a@x.example\nlocales: [en]\nchannels: {email: {envelope: email}}\n"
    "fields: {word: {kind: text}}\npolicy:\n  link_hosts: [www.x.example]\n"
    "  link_parameters: {email: {of: '{campaign}', in: '{slot}', by: '{component}'}}\n",
    "campaigns/c.yaml": "owner: a@x.example\nchannels: {email: note}\nslots:\n  cta: {type: cta, default: cta/one}\n",
    "components/cta/_type.yaml": "body: text\nfields: {url: {kind: url}}\n",
    "components/cta/one.md": f"---\ncampaigns: [c]\nurl: '{X}/?w={{{{ word | default: \"é\" }}}}#f'\n---\nGo\n",
    "templates/email/components/cta.html.j2": '<p><a href="{{ url }}">{{ body }}</a></p>\n',
    "templates/email/components/cta.text.j2": "{{ url }}\n",
}
SERVED = f"{X}/?w=%C3%A9&of=c&in=cta&by=cta/one#f"


@pytest.mark.parametrize(
    ("html", "links"),
    [
        ('{{ slot("cta") }}', [SERVED]),
        ('<a href="{{ slot("cta", part="text") }}">1</a>', [SERVED]),
        ('<area title=" href=" href="{{ slot("cta", part="text") }}">', [SERVED]),
        ('{% call(inner) slot("cta", part="text") %}<a href="{{ inner }}">1</a>{% endcall %}', [SERVED]),
        (f'<a href="{X}/{{{{ slot("cta", part="subject") }}}}?a#f">1</a>', [f"{X}/Go?a&of=c#f"]),
        (f'<a href="{X}/a">1</a><a href="{X}/b?of=mine">2</a>', [f"{X}/a?of=c", f"{X}/b?of=mine"]),
        (f'<!-- <a href="{X}"> --><style>p > a[href="{X}"] {{}}</style><a href="tel:1">1</a>', ["tel:1"]),
        (f'<a href="{X}/?a=1&amp;#t">1</a><a href="{X}/&#39;">2</a>', [f"{X}/?a=1&of=c#t", f"{X}/'?of=c"]),
        (f'<p title="<!-- <style>">1</p><a title="<a>" href="{X}">2</a>', [f"{X}?of=c"]),
        (f'<link rel="canonical" href="{X}/a"><form action="{X}/a"></form><img src="{X}/a">', [f"{X}/a"]),
    ],
)
def test_links_of_html_get_them_wherever_they_come_from(html: str, links: list[str]) -> None:
    served = letter(html, "")["html"]
    assert [value for _, _, value in attributes(served, "href")] == links


@pytest.mark.parametrize(
    ("text", "served"),
    [
        ('{{ slot("cta") }}', SERVED),
        ('({{ slot("cta", part="text") }}).', f"({SERVED})."),
        (f"{X}/a#f, {X}/b.", f"{X}/a?of=c#f, {X}/b?of=c."),
        (f"{X}/?a=1&#top", f"{X}/?a=1&of=c#top"),
        (f"<{X}/a.> tel:1 https://other.example/", f"<{X}/a.?of=c> tel:1 https://other.example/"),
        (f'{X}/{{{{ slot("cta", part="subject") }}}} x', f"{X}/Go?of=c x"),
    ],
)
def test_links_of_plain_text_get_them_too(text: str, served: str) -> None:
    assert letter('{{ slot("cta") }}', text)["text"].strip() == served


def test_json_ld_of_a_mail_says_the_same_and_what_outlook_is_shown_as_well() -> None:
    served = letter(
        f'<!--[if mso]><a href="{X}/o?a&b">1</a><![endif]--><script type="application/ld+json">'
        '{"url": "{{ slot("cta", part="text") }}", "target": "' + X + '/t\\u0026", "image": "' + X + '/i"}</script>',
        "",
    )["html"]
    assert f'<a href="{X}/o?a&b&amp;of=c">' in served
    told = json.loads(served.partition('ld+json">')[2].partition("</script>")[0])
    assert told == {"url": SERVED, "target": f"{X}/t&?of=c", "image": f"{X}/i"}


def letter(html: str, text: str) -> dict[str, str]:
    files = {
        **LETTER,
        "templates/email/note.html.j2": f"<!DOCTYPE html><html><head></head><body>{html}</body></html>",
        "templates/email/note.text.j2": text + "\n",
    }
    loaded = in_memory(files)
    assert [error for error in loaded.check(MOMENT).errors if error.code in ("R02", "R03", "S02")] == []
    library = Library(loaded.compiled.content, loaded.compiled.texts)
    return dict(library.default("c", channel="email", locale="en").parts)
