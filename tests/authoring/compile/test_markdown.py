"""Copy becomes HTML and plain words."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from assembler.authoring.check.copy import copy_links
from assembler.authoring.compile.markdown import markdown
from assembler.authoring.compile.plain_text import plain
from assembler.authoring.compile.tokens import with_tokens


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Hello *you*", "<p>Hello <em>you</em></p>"),
        (
            "**a** [b](https://x.example/?p=1&q=2)",
            '<p><strong>a</strong> <a href="https://x.example/?p=1&amp;q=2">b</a></p>',
        ),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("3. a\n1. b\n2. c", '<ol start="3">\n<li>a</li>\n<li value="1">b</li>\n<li>c</li>\n</ol>'),
        ("1. a\n1. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("2. a\n2. b", '<ol start="2">\n<li>a</li>\n<li value="2">b</li>\n</ol>'),
        ("0. a\n1. b", '<ol start="0">\n<li>a</li>\n<li>b</li>\n</ol>'),
        (
            "- 1. a\n  3. b\n- c",
            '<ul>\n<li>\n<ol>\n<li>a</li>\n<li value="3">b</li>\n</ol>\n</li>\n<li>c</li>\n</ul>',
        ),
        ("日本\n語。\n**強**\n調", "<p>日本語。<strong>強</strong>調</p>"),
        ("日本\nab\n語 ภาษา\nไทย", "<p>日本\nab\n語 ภาษาไทย</p>"),
        ("한국어\n문장", "<p>한국어\n문장</p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](data:text/html;base64,AAAA)", "<p>[x](data:text/html;base64,AAAA)</p>"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        ("zq0123456789abf1z & co", "<p>zq0123456789abf1z &amp; co</p>"),
        ('it\'s "quoted" -- and... kept', '<p>it\'s "quoted" -- and... kept</p>'),
    ],
)
def test_markdown_is_rendered_and_sanitised(text: str, html: str) -> None:
    assert markdown(text) == html


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (
            "<p>One <strong>two</strong> <a href='https://x.example/'>three</a></p>",
            "One two three (https://x.example/)",
        ),
        ("<p>A</p>\n<p>B<br>\nC</p>", "A\n\nB\nC"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol>\n<li>x</li>\n<li>y</li>\n</ol>", "- a\n- b\n\n1. x\n2. y"),
        ("<ol start='1987'><li>a<li>b<li value=' 5'>c<li value=x>d</ol>", "1987. a\n1988. b\n5. c\n6. d"),
        ("<ol start=x><li>a</ol>", "1. a"),
        ("<ul><li>a<ol><li>b<ul><li>c</ul></ol><li>d</ul><p>e", "- a\n  1. b\n    - c\n- d\n\ne"),
        ("<ul><li><p>a</p><p>b<br>c</p></ul>", "- a\n\n  b\n  c"),
        ("<p>a\tb</p>", "a b"),
        ("<p><a href='mailto:a@x.example'>a@x.example</a></p>", "a@x.example"),
        ("<p>a &amp; b &lt;c&gt;</p>", "a & b <c>"),
    ],
)
def test_plain_writes_words_with_links_out(html: str, words: str) -> None:
    assert plain(Markup(html)) == words


def test_plain_leaves_text_alone() -> None:
    assert plain("a & <b>") == "a & <b>"


def test_links_are_given_as_written() -> None:
    links = copy_links("[a](https://x.example/?p=1&q=2) <https://y.example/>", markdown=True)
    assert [address for _, address in links] == ["https://x.example/?p=1&q=2", "https://y.example/"]


def test_merge_fields_become_tokens_with_their_place() -> None:
    seen: list[tuple[str, str, int]] = []

    def token(name: str, fallback: str, offset: int) -> str:
        seen.append((name, fallback, offset))
        return "T"

    assert with_tokens('Hi {{ a | default: "b c" }}, {{a|default:"d"}}!', token) == "Hi T, T!"
    assert seen == [("a", "b c", 3), ("a", "d", 29)]
