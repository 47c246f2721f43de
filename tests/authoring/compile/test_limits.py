"""What a template may hold and take: each limit has a case on it and one past it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings, strategies as st
from markupsafe import Markup

from assembler.authoring.compile.document_limits import (
    MOST_DECLARED,
    MOST_LEVELS,
    MOST_SHEET,
    MOST_TAGS,
    beyond_parsing,
    levels,
)
from assembler.authoring.compile.markdown import markdown
from assembler.authoring.compile.rendering_budget import (
    CHARACTERS_IN_A_STEP,
    MOST_CALLS,
    MOST_CHARACTERS,
    MOST_INCLUDES,
    MOST_STEPS,
    Budget,
    BudgetExceeded,
)
from assembler.authoring.compile.styles import with_brand
from assembler.authoring.compile.syntax import TemplateFinding
from assembler.authoring.compile.template_limits import MOST_BLOCKS, MOST_BRACKETS, MOST_BRANCHES, MOST_OPERATORS
from assembler.authoring.compile.templates import Templates
from assembler.authoring.failures import LimitExceeded
from assembler.authoring.load.strict_yaml import MOST_NUMBER
from assembler.authoring.project.source import Source
from tests.examples import examples

PATH = "templates/email/note.html.j2"
PREFIX = "this file could not be judged: "


def done(text: str, others: Mapping[str, str] | None = None, **context: object) -> str | list[tuple[int, str]]:
    """What a template writes, or the lines and messages of R10 that say why it does not."""
    sources = {PATH: text, **(others or {})}
    templates = Templates(Source(path, text) for path, text in sources.items())
    faults = [fault for syntax in templates.syntax.values() for fault in syntax.faults]
    if not faults:
        written = templates.render(PATH, context)
        if isinstance(written, str):
            return written
        faults = [written]
    assert {fault.code for fault in faults} == {"R10"}, faults
    return [(fault.place.line, fault.message.removeprefix(PREFIX)) for fault in faults]


TOO_LONG = f"a template that takes more than {MOST_STEPS:,} steps"
BLOCKS = f"more than {MOST_BLOCKS} blocks within each other"
OPERATORS = f"an expression of more than {MOST_OPERATORS} operators and filters upon each other"
BRACKETS = f"an expression with more than {MOST_BRACKETS} brackets, `not` or `else` within each other"
BRANCHES = f"a condition with more than {MOST_BRANCHES} branches"
CALLS = f"more than {MOST_CALLS} calls of macros within each other"
NUMBER = f"a number beyond {MOST_NUMBER:,}"


def nested(opening: str, closing: str, count: int) -> str:
    return opening * count + "x" + closing * count


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("{% for a in [1] %}", "{% endfor %}"),
        ("{% for a in [1] if a %}{{ loop.index }}", "{% else %}y{% endfor %}"),
        ("{% for a in [1] recursive %}", "{% endfor %}"),
        ("{% if 1 %}", "{% endif %}"),
        ("{% if 0 %}{% elif 1 %}", "{% else %}{% endif %}"),
        ("{% with a = 1 %}", "{% endwith %}"),
        ("{% macro a() %}", "{% endmacro %}{{ a() }}"),
        ("{% macro a() %}{{ 'x' if caller }}{% endmacro %}{% call a() %}", "{% endcall %}"),
    ],
    ids=str,
)
def test_blocks_within_each_other(opening: str, closing: str) -> None:
    most = MOST_BLOCKS
    assert "x" in str(done(nested(opening, closing, most)))
    assert done("\n" + nested(opening, closing, most + 1)) == [(2, BLOCKS)]


@pytest.mark.parametrize(
    ("start", "more"),
    [
        ("body", " | plain"),
        ("body", " | default(body)"),
        ("body", " + body"),
        ("body", "[0]"),
        ("1", " + 1"),
        ("1", " - 1"),
        ("1", " and 1"),
        ("0", " or body"),
    ],
)
def test_operators_upon_each_other(start: str, more: str) -> None:
    fits, too_many = (f"{{% set x = {start}{more * count} %}}y" for count in (MOST_OPERATORS - 1, MOST_OPERATORS))
    assert done(fits, body="b") == "y"
    assert done("\n\n" + too_many, body="b") == [(3, OPERATORS)]


@pytest.mark.parametrize(
    ("opening", "inside", "closing"),
    [("(", "1", ")"), ("[", "1", "]"), ("{1: ", "1", "}"), ("not ", "1", ""), ("-", "1", ""), ("+", "1", "")],
)
def test_brackets_within_each_other(opening: str, inside: str, closing: str) -> None:
    fits, too_many = (opening * count + inside + closing * count for count in (MOST_BRACKETS, MOST_BRACKETS + 1))
    assert done(f"{{% set x = {fits} %}}y") == "y"
    assert done(f"\n{{% set x = {too_many} %}}y") == [(2, BRACKETS)]


def test_branches() -> None:
    fits, too_many = (
        f"{{% if 0 %}}{'{% elif 1 %}y' * count}{{% endif %}}" for count in (MOST_BRANCHES, MOST_BRANCHES + 1)
    )
    assert done(fits) == "y"
    assert done(too_many) == [(1, BRANCHES)]


def test_all_limits_of_shape_at_once() -> None:
    """What Python compiles must stay within its own limits whatever the kinds that are within each other."""
    inner = "(" * MOST_BRACKETS + "body" + " | upper" * (MOST_OPERATORS - 1) + ")" * MOST_BRACKETS
    loops = nested("{% for a in [1] if a %}{{ loop.first }}", "{% endfor %}", MOST_BLOCKS)
    assert done(loops.replace("x", f"{{{{ {inner} }}}}"), body="b") == "True" * MOST_BLOCKS + "B"


def test_templates_within_each_other() -> None:
    def chain(count: int) -> dict[str, str]:
        return {
            f"templates/email/_{number}.j2": f"{{% include 'email/_{number + 1}.j2' %}}" if number < count else "x"
            for number in range(1, count + 1)
        }

    first = "{% include 'email/_1.j2' %}"
    assert done(first, chain(MOST_INCLUDES)) == "x"
    assert done(first, chain(MOST_INCLUDES + 1)) == [(1, f"more than {MOST_INCLUDES} templates within each other")]
    assert len(done(first, chain(MOST_INCLUDES + 5))) == 1


@pytest.mark.parametrize("statement", ["include '{}'", "import '{}' as a", "from '{}' import a", "extends '{}'"])
@pytest.mark.parametrize("length", [1, 2, 30])
def test_templates_that_lead_back_to_themselves(statement: str, length: int) -> None:
    names = ["email/note.html.j2", *(f"email/_{number}.j2" for number in range(1, length))]
    texts = {
        f"templates/{name}": "\n{% " + statement.format(following) + " %}"
        for name, following in zip(names, [*names[1:], names[0]], strict=True)
    }
    assert done(texts.pop(PATH), texts) == [(2, "a template that includes itself")] * length


def test_calls_within_each_other() -> None:
    macro = "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{% else %}x{% endif %}{% endmacro %}"
    assert done(macro + f"{{{{ m({MOST_CALLS - 1}) }}}}") == "x"
    assert done(macro + f"\n{{{{ m({MOST_CALLS}) }}}}") == [(1, CALLS)]


@pytest.mark.parametrize("number", [str(MOST_NUMBER + 1), "9" * 29, "9" * 5_000, "1e999", "-(1e400)", "9.1e15"])
def test_numbers(number: str) -> None:
    assert done(f"{{{{ {MOST_NUMBER} }}}} {{{{ -{MOST_NUMBER} }}}}") == f"{MOST_NUMBER} -{MOST_NUMBER}"
    assert done(f"\n{{{{ {number} }}}}") == [(2, NUMBER)]


@pytest.mark.parametrize("text", [r"\ud800", r"\x00", r"\x1f", r"\uffff"])
def test_characters_that_no_text_can_hold(text: str) -> None:
    assert done(r"{{ 'a\u00e9\n\t\u200b' }}") == "aé\n\t\u200b"
    assert done(f"\n{{{{ '{text}' }}}}") == [(2, "a character that no text can hold")]


LETTERS = "{% set letters = 'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz' %}"
MACRO = (
    "{% macro m(n, x) %}{% if n %}{{ m(n - 1, STEP) }}{% else %}{{ LAST }}{% endif %}{% endmacro %}{{ m(19, FIRST) }}"
)


def grown(first: str, step: str, last: str = "x") -> str:
    """A template in which something grows again and again."""
    return MACRO.replace("FIRST", first).replace("STEP", step).replace("LAST", last)


@pytest.mark.parametrize(
    "text",
    [
        LETTERS + nested("{% for a in letters %}", "{% endfor %}", 5),
        LETTERS + nested("{% for a in letters %}", "{% endfor %}", 5).replace("x", ""),
        LETTERS + nested("{% for a in letters if not a %}", "{% endfor %}", 1) * 400,
        LETTERS + nested("{% for a in letters %}", "{% endfor %}", 2).replace("x", "x" * 1_000),
        LETTERS + nested("{% for a in letters %}", "{% endfor %}", 2).replace("x", "{% if body | plain %}{% endif %}"),
        LETTERS
        + nested("{% for a in letters %}", "{% endfor %}", 2).replace("x", "{% if body == body ~ 1 %}{% endif %}"),
        LETTERS + nested("{% for a in letters %}", "{% endfor %}", 2).replace("x", "{% if 'q' in body %}{% endif %}"),
        LETTERS + nested("{% for a in letters %}", "{% endfor %}", 2).replace("x", "{% if body is ne 1 %}{% endif %}"),
        LETTERS + nested("{% for a in letters %}", "{% endfor %}", 2).replace("x", "{% set y = {body: 1}[body] %}"),
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(19) }}",
        grown("'abcdefgh'", "x ~ x"),
        grown("'abcdefgh'", "x + x"),
        grown("'abcdefgh'", "[x, x] | join"),
        grown("'abcdefgh'", "(x ~ x) | upper"),
        grown("[1, 2]", "x + x"),
        grown("1", "[x, x]", "x | join"),
        grown("1", "(x, x)", "{x: 1}"),
        grown("1", "{'a': x, 'b': x}"),
        grown("1", "[x, x]", "x == [x, x]"),
        "{{ 1 }}" * MOST_STEPS,
        "x" * (CHARACTERS_IN_A_STEP * MOST_STEPS + 1),
        "{% set a = 'abcdefghijklmnop' %}" + "{% set a = a ~ a %}" * 40,
        "{% set a = '" + "&" * 1000 + "' %}" + "{% set a = [a, a] | join | upper %}" * 40,
    ],
)
def test_templates_that_take_too_long(text: str) -> None:
    assert done(text, body="b" * 1_000) == [(1, TOO_LONG)]


def test_loops_that_call_themselves() -> None:
    twice = "{% for b in 'ab' %}{{ again(a) }}{% endfor %}"
    assert (
        done("{% for a in [[0]] recursive %}{% set again = loop %}{% if a %}" + twice + "{% endif %}x{% endfor %}")
        == "xxx"
    )
    text = "\n{% set x = [0] %}{% for a in x recursive %}{% set again = loop %}" + twice.replace("again(a)", "again(x)")
    assert done(text + "{% endfor %}") == [(2, CALLS)]


@pytest.mark.parametrize("step", ["x * x", "x * 99999", "x + x * 9", "(x - 9) * x"])
def test_numbers_that_grow(step: str) -> None:
    assert done(grown("99", step)) == [(1, NUMBER)]


def test_what_a_call_takes_is_counted_where_a_template_includes_another_again_and_again() -> None:
    others = {
        f"templates/email/_{number}.j2": f"{{% include 'email/_{number + 1}.j2' %}}" * 8 for number in range(1, 8)
    }
    errors = done("{% include 'email/_1.j2' %}", {**others, "templates/email/_8.j2": "x"})
    assert errors == [(1, TOO_LONG)]


def test_characters_written() -> None:
    piece = MOST_CHARACTERS // 8
    assert len(done("{{ body }}" * 8, body="b" * piece)) == MOST_CHARACTERS
    errors = done("{{ body }}" * 8 + "\n{{ 'x' }}", body="b" * piece)
    assert errors == [(2, f"a template that writes more than {MOST_CHARACTERS:,} characters")]
    errors = done("\n{% if body %}{{ body | plain }}{% endif %}", body=Markup("b" * (MOST_CHARACTERS + 1)))
    assert errors == [(2, f"a value of more than {MOST_CHARACTERS:,} characters")]


def test_the_steps_of_a_rendering_are_its_own() -> None:
    """A template that is rendered while another is takes nothing from it, and the next begins anew."""
    templates = Templates([Source(PATH, "{% for a in 'abcdefghij' %}{{ field('x') }}{% endfor %}")])

    def field(_: str) -> str:
        inner = templates.render(PATH, {"field": lambda _: "b"})
        assert isinstance(inner, str)
        return inner

    for _ in range(50):
        assert templates.render(PATH, {"field": field}) == "b" * 100


@pytest.mark.parametrize(("spent", "fits"), [(MOST_STEPS, True), (MOST_STEPS + 1, False), (0, True)])
def test_steps(spent: int, fits: bool) -> None:
    budget = Budget()
    if fits:
        budget.spend(spent)
    else:
        with pytest.raises(BudgetExceeded, match="20,000 steps"):
            budget.spend(spent)


VALUES = st.recursive(
    st.integers(-9, 9) | st.text("ab", max_size=200) | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab", max_size=3), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_looking_at_a_value_costs_no_less_than_what_is_in_it(value: object) -> None:
    def size(value: object) -> int:
        if isinstance(value, list):
            return 1 + sum(map(size, value))
        if isinstance(value, dict):
            return 1 + sum(map(size, [*value, *value.values()]))
        return 1 + (len(value) // CHARACTERS_IN_A_STEP if isinstance(value, str) else 0)

    budget = Budget()
    budget.handle(value)
    budget.spend(MOST_STEPS - 2 * size(value))
    with pytest.raises(BudgetExceeded):
        budget.spend(size(value) + 1)


# Pieces of templates within each other, so that anything may be in anything.
NAMES = st.sampled_from(["a", "b", "body"])
EXPRESSIONS = st.recursive(
    NAMES | st.sampled_from(["1", "'xy'", "[a, b]", "(a, b)", "{'a': b}"]),
    lambda inner: st.builds(
        str.format,
        st.sampled_from(
            "({} ~ {})  ({} + {})  ({} * {})  ([{}, {}] | join)  ({} == {})  ({} in {})  [{}, {}]  {{'k': {}, 'l': {}}}"
            "  ({} | plain ~ {})  ({} if {} else 1)  ({} is eq {})  m({}, {})".split("  ")
        ),
        inner,
        inner,
    ),
    max_leaves=6,
)
PIECES = st.recursive(
    st.just("x") | EXPRESSIONS.map("{{{{ {} }}}}".format),
    lambda inner: st.builds(
        lambda form, expression, first, second: form.replace("E", expression).replace("P", first).replace("Q", second),
        st.sampled_from(
            [
                "{% for a in body %}P{% set b = E %}Q{% endfor %}",
                "{% for b in [a, b, body] if E %}P{% else %}Q{% endfor %}",
                "{% if E %}P{% elif a %}Q{% endif %}",
                "{% set a = E %}P{% set b = [a, a] %}Q",
                "{% set a = [a, E] %}{% set a = [a, a] %}{% set a = [a, a] %}PQ{% set body = body ~ body %}",
                "{% with b = E %}PQ{% endwith %}",
                "{% macro m(a, b) %}P{{ m(b, E) }}Q{% endmacro %}{{ m(a, b) }}",
                "{% macro m(a, b) %}{{ caller() if caller }}P{% endmacro %}{% call m(a, E) %}Q{% endcall %}",
                "{% include 'email/_twice.j2' %}PQ",
            ]
        ),
        EXPRESSIONS,
        inner,
        inner,
    ),
    max_leaves=8,
)
TWICE = {"templates/email/_twice.j2": "{% for b in body %}{{ a }}{{ body }}{% set a = [a, body] %}{% endfor %}"}


@settings(max_examples=examples(300), deadline=None)
@given(PIECES)
def test_whatever_is_within_whatever_a_template_ends(text: str) -> None:
    sources = {PATH: "{% macro m(a, b) %}{{ a }}{% endmacro %}" + text * 3, **TWICE}
    templates = Templates(Source(path, text) for path, text in sources.items())
    written = templates.render(PATH, {"a": ["p", "q"], "b": 2, "body": "b" * 30})
    assert isinstance(written, str | TemplateFinding)
    if isinstance(written, TemplateFinding):
        assert written.code in ("R02", "R03", "R10", "S03"), written
        assert written.place.path in sources
    else:
        assert len(written) <= CHARACTERS_IN_A_STEP * MOST_STEPS


# Documents and style sheets


def test_levels_of_a_document() -> None:
    assert levels("<html><body><p>x <b>y</b></p></body></html>") == 4
    fits, too_deep = ("<div>" * count + "</div>" * count for count in (MOST_LEVELS - 2, MOST_LEVELS - 1))
    assert beyond_parsing(fits, 0) is None
    assert beyond_parsing(too_deep, 0) == f"more than {MOST_LEVELS} elements within each other"
    assert beyond_parsing("<p>" * 5_000, 0) is None, "a paragraph ends the one before"


@pytest.mark.parametrize(("count", "beyond"), [(MOST_LEVELS - 3, False), (MOST_LEVELS + 1, True)])
def test_formatting_that_is_not_closed_is_told_before_a_parser_opens_it_again_in_each_block(
    count: int, beyond: bool
) -> None:
    opened = "".join(f"<b a{number}>" for number in range(count))
    assert (beyond_parsing(opened + "<p>x" * 300, 0) is not None) == beyond
    assert beyond_parsing("<b a><i>x</i></b>" * 500 + "<p>x" * 300, 0) is None


@pytest.mark.parametrize(("count", "beyond"), [(MOST_LEVELS, False), (MOST_LEVELS + 1, True)])
def test_formatting_that_is_opened_and_not_closed(count: int, beyond: bool) -> None:
    """In a comment it stands within nothing: it is counted all the same, because a comment may end in it."""
    assert (beyond_parsing(f"<!--{'<b>' * count}-->", 0) is not None) == beyond


def test_tags_of_a_document() -> None:
    assert beyond_parsing("<br>" * MOST_TAGS, 0) is None
    assert beyond_parsing("<br>" * (MOST_TAGS + 1), 0) == f"a document of more than {MOST_TAGS:,} tags"


def test_declarations_for_the_tags_of_a_document() -> None:
    declared = MOST_DECLARED // 1_000
    assert beyond_parsing("<br>" * 1_000, declared) is None
    assert "1,000 tags with 2,001 declarations" in str(beyond_parsing("<br>" * 1_000, declared + 1))


def test_style_sheets_with_the_brand_s_values() -> None:
    css = "b{color:var(--brand-ink)}"
    values = {"ink": "x" * (MOST_SHEET - len("b{color:}"))}
    assert len(with_brand(css, values)) == MOST_SHEET
    with pytest.raises(LimitExceeded, match="a style sheet of more than 65,536 characters"):
        with_brand(css + " ", values)


@pytest.mark.parametrize("mark", ["> ", "- ", "1. "])
def test_levels_of_markdown(mark: str) -> None:
    most = 19 if mark == "> " else 9
    assert "end" in markdown(mark * most + "end")
    with pytest.raises(LimitExceeded, match="Markdown with more than 20"):
        markdown(mark * (most + 1) + "end")


def test_emphasis_within_emphasis() -> None:
    assert markdown("*a " * 18 + "end" + " a*" * 18).count("<em>") == 18
    with pytest.raises(LimitExceeded):
        markdown("*a " * 30 + "end" + " a*" * 30)
