"""Templates are checked as syntax trees, then rendered in a sandbox; what they must not do, they cannot."""

from __future__ import annotations

import pytest

from assembler.authoring.compile.syntax import TemplateFinding
from assembler.authoring.compile.templates import Templates, unescaped
from assembler.authoring.project.source import Source

PATH = "templates/email/note.html.j2"


def templates(text: str, **others: str) -> Templates:
    sources = {PATH: text, **{f"templates/{name.replace('__', '/')}.j2": text for name, text in others.items()}}
    return Templates(Source(path, text) for path, text in sources.items())


def rendered(text: str, **context: object) -> str | TemplateFinding:
    return templates(text).render(PATH, context)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ 9**(9**9) }}", "`**` is not allowed in a template"),
        ("{% if false %}{{ 9**(9**9) }}{% endif %}", "`**` is not allowed in a template"),
        ("{{ body | safe }}", "the filter safe is not allowed in a template"),
        ("{{ body | attr('x') }}", "the filter attr is not allowed in a template"),
        ("<p{{ body | xmlattr }}>", "the filter xmlattr is not allowed in a template"),
        ("{% autoescape false %}{{ body }}{% endautoescape %}", "`autoescape` is not allowed in a template"),
        ("{{ body.__class__ }}", "__class__ is not allowed in a template"),
        ("{{ body['__class__'] }}", "__class__ is not allowed in a template"),
        ("{{ __import__('os') }}", "__import__ is not allowed in a template"),
        ("{{ body | tojson }}", "tojson outside JSON-LD is not allowed in a template"),
        ("{{ body.format(1) }}", "a call of .format() is not allowed in a template"),
        ("{{ slot(*names) }}", "arguments with * is not allowed in a template"),
        ("{% include name %}", "a template chosen at run time is not allowed in a template"),
        ("{% filter upper %}a{% endfilter %}", "`filter block` is not allowed in a template"),
    ],
)
def test_a_forbidden_construct_is_found_before_jinja_compiles(text: str, message: str) -> None:
    environment = templates(text)
    assert [(fault.code, fault.message) for fault in environment.syntax[PATH].faults] == [("S03", message)]
    assert not environment.usable(PATH)


@pytest.mark.parametrize(
    "text", ["{% include '../secret.txt' %}", "{% include '/etc/passwd' %}", "{% include 'email/none.j2' %}"]
)
def test_only_templates_are_included(text: str) -> None:
    assert [fault.code for fault in templates(text).syntax[PATH].faults] == ["S03"]


def test_a_template_below_templates_can_be_included() -> None:
    environment = templates("a{% include 'email/_foot.j2' %}", email___foot="b{{ body }}")
    assert environment.render(PATH, {"body": "<c>"}) == "ab&lt;c&gt;"


@pytest.mark.parametrize(
    ("text", "context", "output"),
    [
        ("{{ body }}", {"body": "<b>&\"'"}, "<b>&\"'"),
        ("{{ a.items }}|{{ a.copy }}", {"a": {"items": "x", "copy": "y"}}, "x|y"),
        ("{{ kicker }}", {"kicker": None}, ""),
        ("{{ missing | default('x') }}", {}, "x"),
        ("{% if brand.nothing %}a{% else %}b{% endif %}", {"brand": {}}, "b"),
        ("{{ width * 2 }}", {"width": 21}, "42"),
        ("{{ body | upper }} {{ body | lower }}", {"body": "aB"}, "AB ab"),
        ("{{ names | join(', ') }}", {"names": ["a", "b"]}, "a, b"),
        (
            '<script type="application/ld+json">{{ body | tojson }}</script>',
            {"body": "</script>'&"},
            '<script type="application/ld+json">"\\u003c/script\\u003e\\u0027\\u0026"</script>',
        ),
    ],
)
def test_rendering(text: str, context: dict[str, object], output: str) -> None:
    result = rendered(text, **context)
    assert isinstance(result, str), result
    assert unescaped(result) == output
    assert "<b>" not in result


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a\n{{ nobody }}", "R03", 2),
        ("{{ brand.nothing }}", "R03", 1),
        ("{{ 'a' * 999999999 }}", "S03", 1),
        ("{{ '%0999999999d' % 1 }}", "S03", 1),
        ("{{ 1 // 0 }}", "R02", 1),
        ("\n\n{{ body | upper }}", "S03", 3),
        ('<script type="application/ld+json">{{ body | tojson }}</script>', "S03", 1),
    ],
)
def test_what_cannot_be_rendered_has_its_place(text: str, code: str, line: int) -> None:
    result = rendered(text, body="Hello zq0123456789abf1z", brand={})
    assert isinstance(result, TemplateFinding)
    assert (result.code, result.place.path, result.place.line) == (code, PATH, line)


def test_a_syntax_error_has_its_line() -> None:
    assert templates("a\n{% if %}").syntax[PATH].faults[0].place.line == 2
