"""Changes of a project's files: each is what somebody could have saved."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Mapping

import yaml
from PIL import Image

File = str | bytes
Files = dict[str, File]

VALUES = (
    "",
    "~",
    "null",
    "true",
    "yes",
    "0",
    "-1",
    "1e999",
    "9" * 400,
    "0x1F",
    "0o17",
    "12:30",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "2026-11-01T00:00:00Z",
    "[]",
    "{}",
    "[[[[1]]]]",
    "{a: {b: {c: d}}}",
    "&a x",
    "*a",
    "!!python/name:x",
    "'x'",
    '"\\ud800"',
    '"\\0"',
    "> folded",
    "| literal",
    "x # y",
    "x: y",
    "@x",
    "`x`",
    "%x",
    "- x",
    "? x",
    "..",
    "../../x",
    "/etc/passwd",
    "C:\\x",
    "con",
    "a" * 300,
    "é",
    "e\u0301",
    "\u202eabc",
    "\ufeff",
    "\u200b",
    "\ufffd",
    "Ã©",
    "<b>x</b>",
    "{{ first_name }}",
    '{{ first_name | default: "x" }}',
    '{{ first_name | default: "" }}',
    "{{ x | default: 'y' }}",
    "{{",
    "}}",
    "{% if x %}",
    "*|FNAME|*",
    "%%first%%",
    "[FNAME]",
    "lorem ipsum",
    "https://www.sample.example/x?a='b'",
    "tel:+441947000000",
    "mailto:a@b.example",
    "javascript:alert(1)",
    "//evil.example",
    "https://evil.example",
    "https://[::1]/",
    "https://a@b.example",
    "http://x",
    "data:text/html,x",
    "all",
    "100%",
    "0%",
    "0.001%",
    "35d",
    "0d",
    "99999999999999999999d",
    "1 month",
    "en",
    "en_US",
    "x-klingon",
    "Europe/London",
    "BST",
    "Mars/Base",
    "months_away >= 6",
    "months_away >= ",
    "not " * 60 + "known(taste)",
    "(" * 60 + "known(taste)" + ")" * 60,
    "taste in []",
    "taste == null",
    "taste = 'a'",
    "1 < 2",
    "known(nobody)",
    "days_since(months_away) > 1",
)
"""What may stand as a value in YAML."""

COPY = (
    "> " * 60 + "deep",
    "- " * 60 + "deep",
    "*" * 200,
    "_" * 201,
    "[" * 300,
    "![" * 100,
    "`" * 99,
    "<" * 99,
    "<!--",
    "-->",
    "<![CDATA[x]]>",
    '<![><b=">',
    "<?php ?>",
    "</div>",
    "<b>bold</b>",
    "&amp;lt;",
    "&#0;",
    "&#x110000;",
    "&nbsp;",
    "1987. That was",
    "3. three\n4. four",
    "Title\n---",
    "# One\n#### Four",
    "    code",
    "```\ncode\n```",
    "a  \nb",
    "a\\\nb",
    "[x](https://www.sample.example/a)",
    "[x](tel:+441947000000)",
    "[x](<https://www.sample.example/a b>)",
    "[x]()",
    "[](x)",
    "[x] (https://www.sample.example)",
    "[x][y]",
    "[y]: https://www.sample.example",
    "<https://www.sample.example/a>",
    "[x](javascript:alert)",
    "[x](https://evil.example)",
    "![x](https://www.sample.example/i.png)",
    "**bold**text",
    "a*b*c",
    "~~gone~~",
    "| a | b |\n|---|---|\n| c | d |",
    "- [ ] task",
    "=?utf-8?q?x?=",
    "\u2028",
    "\x07",
    "\x1b[31m",
    "\u200b\u200b",
    '{{ first_name | default: "friend" }}',
    '{{first_name|default:"friend"}}',
    '{{ unsubscribe_url | default: "x" }}',
    '[x]({{ unsubscribe_url | default: "https://www.sample.example/u" }})',
    '[x](https://www.sample.example/?n={{ first_name | default: "x" }})',
    '{{ first_name | default: "a\'b" }}',
    '{{ first_name | default: "<b>" }}',
    "{{#if}}",
    "{%",
    "\\{{",
    "{",
    "}",
    "a" * 3000,
    " " * 3000,
    "\n" * 500,
    "word " * 800,
    "\U000e0041",
    "H0H",
    "xx0xx",
    "\ue000",
    "\u0000",
    "%%[x]%%",
    "${x}",
    "#{x}",
)
"""What may stand in copy."""

JINJA = (
    "{% for a in [1, 2] %}{% for b in [1, 2] %}x{% endfor %}{% endfor %}",
    "{% for a in [1] %}{{ slot('title') }}{% endfor %}",
    "{% set x = 'ab' %}{% set x = x ~ x %}{{ x }}",
    "{{ 9 * 9 * 9 * 9 }}",
    "{{ 9 ** 9 }}",
    "{{ 1 / 0 }}",
    "{{ 1 % 0 }}",
    "{{ body | safe }}",
    "{{ body | upper }}",
    "{{ body | plain }}",
    "{{ body | tojson }}",
    "{{ nothing }}",
    "{{ body.x.y }}",
    "{{ self }}",
    "{{ loop }}",
    "{{ ''.__class__ }}",
    "{% macro m() %}x{{ m() }}{% endmacro %}{{ m() }}",
    "{% raw %}{{ x }}{% endraw %}",
    "{% include 'email/note.html.j2' %}",
    "{% include 'nothing.j2' %}",
    "{% extends 'email/note.html.j2' %}",
    "{% block a %}{% endblock %}",
    "{{ slot('title') }}",
    "{{ slot('nobody') }}",
    "{{ slot('offer') }}",
    "{{ slot('story', part='text') }}",
    "{{ slot }}",
    "{{ field('first_name', default='x') }}",
    "{{ field('first_name') }}",
    "{{ field('nobody', default='x') }}",
    "<a href={{ field('first_name', default='x') }}>x</a>",
    "<a href=\"{{ field('unsubscribe_url', default='https://www.sample.example/u') }}\">x</a>",
    "<a href=\"{{ field('first_name', default='x') }}\">x</a>",
    "<style>{{ body }}</style>",
    "<script>{{ body }}</script>",
    '<p style="{{ body }}">',
    "<!-- {{ body }} -->",
    "<!--[if mso]>",
    "<![endif]-->",
    "<div>",
    "</div>",
    "</table>",
    "<table><tr><td>",
    "<p><div></p>",
    "<b><i></b></i>",
    "<a href=''>x</a>",
    "<a href>x</a>",
    "<a>x</a>",
    "<img src=''>",
    '<img src="{{ picture.url }}">',
    "<img alt='' src='x' width=1 height=1>",
    "<form><input></form>",
    "<svg><g/></svg>",
    "<math>",
    "<h1>x</h1>",
    "<h5>x</h5>",
    "<template>x</template>",
    "<plaintext>",
    "<title>x</title>",
    "<body>",
    "<frameset>",
    "<select><div>",
    "<div " * 200,
    "<div>" * 300,
    "{#",
    "#}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{% if %}",
    "{% endif %}",
    "{% if x %}",
    "{{ 'a' 'b' }}",
    "{{ (" + "(" * 200,
    "{{ x" + "|upper" * 200 + " }}",
    "{{ " + "+".join(["1"] * 300) + " }}",
    "{{ asset('logo.png').url }}",
    "{{ asset('nothing.png').url }}",
    "{{ brand.url }}",
    "{{ brand.nothing }}",
    "{{ strings.leave }}",
    "{{ strings.nothing }}",
    "&nbsp",
    "\x00",
    "\ud7ff",
    "\U0010ffff",
)
"""What may stand in a template."""

CSS = (
    "}",
    "{",
    "a{",
    "@import url(x);",
    "@media print {",
    "/*",
    "*/",
    "a { color: red !important }",
    "a:hover{color:red}",
    "a > b + c {x:y}",
    "a { background: url(javascript:x) }",
    "a { background: url('') }",
    "a::before { content: '\\' }",
    "a { color: var(--x) }",
    "* { }",
    "\\",
    "<style>",
    "</style>",
    "a{" * 200,
    "a," * 200 + "b{color:red}",
    "a { font-size: 1px }",
    "a{width:calc(" + "(" * 200,
)
"""What may stand in a style sheet."""

PATHS = (
    "components/title/{}.md",
    "components/{}/x.md",
    "components/title/x.{}.md",
    "campaigns/{}.yaml",
    "templates/{}/note.html.j2",
    "templates/email/{}.html.j2",
    "templates/email/note.{}.j2",
    "assets/{}",
    "{}",
)
NAMES = (
    "x",
    "X",
    "x y",
    "é",
    "e\u0301",
    "con",
    "4913",
    "x~",
    ".x",
    "_x",
    "a" * 200,
    "x.md",
    "Thumbs.db",
    "\u202ex",
    "0",
    "-x",
    "plain",
)


def changed(files: Mapping[str, File], choice: random.Random) -> Files:
    """The files that one to four changes make other than they were; None stands for a file that is gone (as '')."""
    edited: Files = {}
    for _ in range(choice.choice((1, 1, 1, 2, 4))):
        path = choice.choice(sorted(files))
        if choice.random() < 0.04:
            path = choice.choice(PATHS).format(choice.choice(NAMES))
        now = edited.get(path, files.get(path, ""))
        edited[path] = _changed(path, now, choice)
    return edited


def _changed(path: str, now: File, choice: random.Random) -> File:
    if isinstance(now, bytes):
        return _image(now, choice)
    ways: list[Callable[[str, random.Random], str]] = [_line, _line, _characters]
    if path.endswith((".yaml", ".yml")):
        ways += [_value, _value, _value, _tree, _tree]
    elif path.endswith(".md"):
        ways += [_value, _value, _copy, _copy, _copy]
    elif path.endswith(".j2"):
        ways += [_template, _template, _template, _attribute]
    elif path.endswith(".css"):
        ways += [_css, _css]
    return choice.choice(ways)(now, choice)


def _between(pieces: tuple[str, ...]) -> Callable[[str, random.Random], str]:
    def change(text: str, choice: random.Random) -> str:
        lines = text.split("\n")
        at = choice.randrange(len(lines))
        column = choice.randrange(len(lines[at]) + 1) if choice.random() < 0.5 else len(lines[at])
        lines[at] = lines[at][:column] + choice.choice(pieces) + lines[at][column:]
        return "\n".join(lines)

    return change


_template, _css = _between(JINJA), _between(CSS)


def _copy(text: str, choice: random.Random) -> str:
    """Something put into the body, or in its place."""
    head, fence, body = text.rpartition("---\n")
    piece = choice.choice(COPY)
    if choice.random() < 0.3:
        return f"{head}{fence}{piece}\n"
    at = choice.randrange(len(body) + 1)
    return f"{head}{fence}{body[:at]}{choice.choice(('', ' ', chr(10) * 2))}{piece}{body[at:]}"


def _value(text: str, choice: random.Random) -> str:
    """Another value behind a key."""
    matches = list(re.finditer(r"(?m)(?<=: )[^\n{}\[\]]+|(?<=: )[\[{][^\n]*", text))
    if not matches:
        return _characters(text, choice)
    match = choice.choice(matches)
    return text[: match.start()] + choice.choice(VALUES + COPY) + text[match.end() :]


def _line(text: str, choice: random.Random) -> str:
    """A line gone, twice, moved or further in."""
    lines = text.split("\n")
    at, to = choice.randrange(len(lines)), choice.randrange(len(lines))
    way = choice.randrange(4)
    if way == 0:
        del lines[at]
    elif way == 1:
        lines.insert(to, lines[at])
    elif way == 2:
        lines[at], lines[to] = lines[to], lines[at]
    else:
        lines[at] = choice.choice(("  ", "\t", " ")) + lines[at]
    return "\n".join(lines)


def _characters(text: str, choice: random.Random) -> str:
    at = choice.randrange(len(text) + 1)
    if choice.random() < 0.3:
        return text[:at]
    return (
        text[:at] + choice.choice("\"'{}[]:#-<>&|%*_`\\/\0\t\r\n\x85\u2028é\ufeff") + text[at + choice.randrange(3) :]
    )


def _attribute(text: str, choice: random.Random) -> str:
    """An attribute gone, without its quotes, or empty; or a tag gone."""
    matches = list(re.finditer(r' [a-z-]+="[^"]*"|</?[a-z]+[^<>]*>', text))
    if not matches:
        return _template(text, choice)
    match = choice.choice(matches)
    name = match[0].partition("=")[0]
    return text[: match.start()] + choice.choice(("", match[0].replace('"', ""), f'{name}=""')) + text[match.end() :]


def _tree(text: str, choice: random.Random) -> str:
    """A node of the tree gone, twice as deep, or another."""
    try:
        tree = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return _characters(text, choice)
    places: list[tuple[object, object]] = []

    def walk(node: object) -> None:
        inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, value in list(inside):
            places.append((node, key))
            walk(value)

    walk(tree)
    if not places:
        return _characters(text, choice)
    node, key = choice.choice(places)
    way = choice.randrange(4)
    if way == 0:
        del node[key]  # type: ignore[attr-defined]
    elif way == 1:
        node[key] = choice.choice(([], {}, None, True, -1, 1e308, "", [None], {"x": "y"}, [[1]], "x" * 500))  # type: ignore[index]
    elif way == 2:
        node[key] = [node[key]]  # type: ignore[index]
    else:
        other, there = choice.choice(places)
        node[key] = yaml.safe_load(yaml.safe_dump(other[there]))  # type: ignore[index]
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)


def _image(data: bytes, choice: random.Random) -> bytes:
    way = choice.randrange(5)
    if way == 0:
        return data[: choice.randrange(len(data))]
    if way == 1:
        out = io.BytesIO()
        size = choice.choice(((1, 1), (1, 9_000), (600, 400), (10_001, 1)))
        Image.new(choice.choice(("RGB", "L", "P", "1")), size).save(out, choice.choice(("PNG", "GIF", "BMP", "TIFF")))
        return out.getvalue()
    changed = bytearray(data)
    for _ in range(choice.choice((1, 4, 20))):
        at = choice.randrange(min(200, len(changed)) if way == 2 else len(changed))
        changed[at : at + 4] = choice.choice((b"\xff" * 4, b"\0" * 4, bytes([choice.randrange(256)])))
    return bytes(changed)
