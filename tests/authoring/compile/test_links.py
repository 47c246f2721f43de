"""What is a link among words, where it ends, and what keeps one from being served."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import assume, example, given, strategies as st

from assembler.authoring.compile.links import is_link, link_fault, links_in
from assembler.authoring.compile.markdown import markdown
from assembler.authoring.compile.plain_text import plain

BLANK = "holds a blank or a backslash"
UNREAD = "has no host that can be read"
OUTSIDE = "which is not in policy.link_hosts"
WHOLE = "write it like https://www.example.com/path"
NEAR = "did you mean www.x.example?"
NOWHERE = "write it like mailto:help@example.com or tel:+441234567890"
NO_NAME = "remove what stands between https:// and @"
HOSTS = ("www.x.example", "x.example:8080")
X = "https://www.x.example"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (f"See {X}/a, or {X}/b.", [f"{X}/a", f"{X}/b"]),
        (f"({X}/a)", [f"{X}/a"]),
        (f"({X}/a_(b))", [f"{X}/a_(b)"]),
        (f"[{X}/[1]]", [f"{X}/[1]"]),
        (f"<{X}/a.> <{X}/b)c>", [f"{X}/a.", f"{X}/b)c"]),
        (f"{X}/l'eau' \"{X}/b\"", [f"{X}/l'eau", f"{X}/b"]),
        (f"「{X}/a」、{X}/b。", [f"{X}/a", f"{X}/b"]),
        (f"{X}/?a=1&b=2#c!", [f"{X}/?a=1&b=2#c"]),
        ("mailto:a@x.example?subject=x, tel:+44 19", ["mailto:a@x.example?subject=x", "tel:+44"]),
        ("HTTPS://X/é Tel: 19, mailto: me, https://... x://", ["HTTPS://X/é"]),
        (f"x{X}/a", ["xhttps://www.x.example/a"]),
        (f"-{X}/a 2.{X}/b +{X} .{X}", [f"{X}/a", f"{X}/b", X, X]),
        (f"a1{X}/a 1mailto:a@x.example", [f"a1{X}/a", "mailto:a@x.example"]),
        ("a" * 31 + "://b " + "a" * 32 + "://b", ["a" * 31 + "://b"]),
        (f"{X}/a\u3000b {X}/c\u00a0d", [f"{X}/a", f"{X}/c"]),
    ],
)
def test_a_link_reaches_as_far_as_programs_take_it_to(text: str, links: list[str]) -> None:
    assert [link for _, link in links_in(text)] == links
    assert all(text[start : start + len(link)] == link for start, link in links_in(text))


@pytest.mark.parametrize(
    ("link", "message", "hint"),
    [
        ("", "a link without an address", "write where it leads, such as https://www.example.com/path"),
        (f"{X}/a b", f"the link '{X}/a b' {BLANK}", f"write {X}/a%20b"),
        (f"{X}\\a", f"the link '{X}\\\\a' {BLANK}", f"write {X}/a"),
        ("https://www.x\t.example/\n", f"the link 'https://www.x\\t.example/\\n' {BLANK}", f"write {X}/"),
        (f"{X}/\u00a0", f"the link '{X}/\\xa0' {BLANK}", f"write {X}/"),
        (f'{X}/"a"', f"the link '{X}/\"a\"' holds \"", f"write {X}/%22a%22"),
        (f"{X}/\u200b", f"the link '{X}/\\u200b' holds U+200B", f"write {X}/%E2%80%8B"),
        (f"{X}/\u202ea", f"the link '{X}/\\u202ea' holds U+202E", f"write {X}/%E2%80%AEa"),
        ("tel:+44 1947", f"the link 'tel:+44 1947' {BLANK}", "write tel:+441947"),
        ("java\tscript:x", f"the link 'java\\tscript:x' {BLANK}", "a link is https, mailto or tel"),
        ("www.x.example", "the link 'www.x.example' is not a whole address", "write https://www.x.example"),
        ("//www.x.example", "the link '//www.x.example' is not a whole address", "begin it with https://"),
        ("ｈｔｔｐｓ://x", "the link 'ｈｔｔｐｓ://x' is not a whole address", "begin it with https://"),
        ("http://x", "a link over http: 'http://x'", "write https://x"),
        ("ftp://x", "a link over ftp: 'ftp://x'", "a link is https, mailto or tel"),
        ("https:x", f"the link 'https:x' {UNREAD}", WHOLE),
        ("https:/x", f"the link 'https:/x' {UNREAD}", WHOLE),
        ("https:///x", f"the link 'https:///x' {UNREAD}", WHOLE),
        ("https://[::1]/", f"the link 'https://[::1]/' {UNREAD}", WHOLE),
        ("https://a..b/", f"the link 'https://a..b/' {UNREAD}", WHOLE),
        ("https://-a.b/", f"the link 'https://-a.b/' {UNREAD}", WHOLE),
        (f"{X}:/", f"the link '{X}:/' {UNREAD}", WHOLE),
        (f"{X}:65536/", f"the link '{X}:65536/' {UNREAD}", WHOLE),
        ("https://www%2ex.example/", f"the link 'https://www%2ex.example/' {UNREAD}", WHOLE),
        ("https://Bücher.example/", f"the link 'https://Bücher.example/' {UNREAD}", "write https://xn--bcher-kva.example/"),
        ("https://ｗｗｗ.x。example/", f"the link 'https://ｗｗｗ.x。example/' {UNREAD}", "write https://www.x.example/"),
        ("https://straße.example/", f"the link 'https://straße.example/' {UNREAD}", "write https://xn--strae-oqa.example/"),
        ("https://www.x.example@y/", "a link with a user name or password in it", NO_NAME),
        (f"{X}.evil/", f"a link to the host www.x.example.evil, {OUTSIDE}", NEAR),
        (f"{X}:8443/", f"a link to the host www.x.example:8443, {OUTSIDE}", NEAR),
        (f"{X}./", f"a link to the host www.x.example., {OUTSIDE}", NEAR),
        ("mailto://a@x", "the link 'mailto://a@x' leads nowhere", NOWHERE),
        ("mailto:", "the link 'mailto:' leads nowhere", NOWHERE),
        ("tel:me", "the link 'tel:me' leads nowhere", NOWHERE),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_link_is_said_and_how_to_mend_it(link: str, message: str, hint: str) -> None:
    assert link_fault(link, HOSTS, relative=True) == (message, hint)
    mended = hint.removeprefix("write ")
    if mended.startswith(("https://www.x", "tel:")):
        assert link_fault(mended, HOSTS) is None


FINE = [
    X, f"{X}/", "HTTPS://WWW.X.Example/A", "https://x.example:8080/?a=1&b[]=2#c", f"{X}/l'été/(a)/100%/%zz/{{b}}|^~",
    f"{X}/?u=https://elsewhere.example/@me", f"{X}#a", f"{X}?a", "mailto:a@b.example?subject=x%20y", "mailto:?body=x",
    "TEL:+44-1947(0)1", "tel:112", "#top", "#",
]  # fmt: skip


@pytest.mark.parametrize("link", FINE)
def test_a_link_that_leads_where_it_seems_to_is_fine(link: str) -> None:
    assert link_fault(link, HOSTS) is None


@pytest.mark.parametrize("link", ["/a", "/", "?a=b", "/a//b"])
def test_an_address_on_the_same_host_is_fine_where_it_may_be(link: str) -> None:
    assert link_fault(link, HOSTS, relative=True) is None
    assert link_fault(link, HOSTS) is not None


@pytest.mark.parametrize(("port", "fine"), [(65_535, True), (65_536, False)])
def test_a_port_is_one_that_there_is(port: int, fine: bool) -> None:
    assert (link_fault(f"https://x.example:{port}/", None) is None) is fine


@pytest.mark.parametrize(("length", "fine"), [(63, True), (64, False)])
def test_a_label_of_a_host_is_no_longer_than_names_allow(length: int, fine: bool) -> None:
    assert (link_fault(f"https://{'a' * length}.example/", None) is None) is fine


def hrefs(html: str) -> list[str | None]:
    addresses: list[str | None] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            addresses.extend(value for name, value in attrs if name == "href")

    Reader().feed(html)
    return addresses


PIECES = st.sampled_from(
    [*"ab0/?&=#.,;:!'()[]%+~-_@|^é", "&amp;", "&copy=", "%20", "名", "\U0001f9ed", "zq0123456789abf1z"]
)
LINKS = st.builds(
    lambda start, rest: start + "".join(rest),
    st.sampled_from([X + "/", X + "?", "mailto:a@x?", "tel:+1"]),
    st.lists(PIECES, max_size=8),
)


@given(link=LINKS)
@example(link=f"{X}/a_(b")
@example(link=f"{X}/a).")
@example(link=f"{X}/?a=1&copy=2&amp;b")
def test_a_link_of_markdown_is_served_as_it_is_written_in_both_parts(link: str) -> None:
    assume(link_fault(link, HOSTS) is None)
    written = "".join(f"\\{character}" if character in "()[]&~*_" else character for character in link)
    html = markdown(f"See [it]({written}), or go.")
    assert hrefs(html) == [link]
    text = plain(html)
    whom = link.partition(":")[2] if not is_link(link) or (link[0] in "mt" and "?" not in link) else link
    assert whom in text
    if whom == link:
        assert [address for _, address in links_in(text)] == [link]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"<{X}/a>.", f"{X}/a."),
        (f"<{X}/a>b and c<{X}/d>", f"<{X}/a>b and c<{X}/d>"),
        (f"<{X}/a.>", f"<{X}/a.>"),
        (f"<{X}/a><{X}/b>", f"<{X}/a>{X}/b"),
        (f"[a]({X}/b_(c))", f"a (<{X}/b_(c)>)"),
        (f"<{X}/é>", f"{X}/é"),
        ("<a@x.example>", "a@x.example"),
        ("[write](mailto:a@x.example) [call](TEL:+44)", "write (a@x.example) call (+44)"),
        ("[write](mailto:a@x.example?subject=a%20b)", "write (mailto:a@x.example?subject=a%20b)"),
    ],
)
def test_a_link_in_plain_text_is_one_that_programs_see_whole(text: str, words: str) -> None:
    assert plain(markdown(text)) == words
