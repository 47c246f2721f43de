"""Copy that engines would take for code: it reads the same after an engine has had it, or it is told of."""

from __future__ import annotations

import json
import re
from typing import Final

import pytest
from hypothesis import assume, given, settings, strategies as st
from selectolax.lexbor import LexborHTMLParser

from assembler.delivery.export.emission import Attributes, emitted
from assembler.delivery.export.emitters import EMITTERS
from assembler.delivery.export.neutral import Case, Nodes, Switch, Text, TextPlace, Value
from assembler.delivery.export.proof.engine import Engine
from assembler.delivery.export.proof.engines import engine_for
from tests.delivery.export.cases import ENGINES, KINDS, NO_NODE
from tests.examples import examples

ATTRIBUTES: Final = Attributes("ASM", {"name": "NAME"})
PIECES: Final = (
    *("{", "}", "{{", "}}", "{{{", "{%", "%}", "{#", "#}", "%", "%%", "%%[", "]%%", "%%=", "=%%", "*", "|", "*|", "|*"),
    *(
        "\\",
        "\\\\",
        "\n",
        " ",
        "\r\n",
        "\t",
        "a",
        "IF:ASM=va",
        "if",
        "else",
        "'",
        '"',
        "~",
        "!",
        "-",
        "&",
        "é",
        "#",
        "/",
    ),
)
"""Delimiters, halves of them, and what may stand beside them."""

IN_JSON: Final = tuple(piece for piece in PIECES if piece not in ("\\", "\n", "\r\n", "\t", '"'))
WORDS = {
    "html": st.lists(st.sampled_from([piece.replace("&", "&amp;") for piece in PIECES]), max_size=6),
    "line": st.lists(st.sampled_from(PIECES), max_size=6),
    "json": st.lists(st.sampled_from(IN_JSON), max_size=6),
}
PEOPLE: Final[tuple[dict[str, str], ...]] = ({"ASM": "va", "NAME": "Jo"}, {"ASM": "vb"}, {"ASM": "vc", "NAME": ""}, {})


def nodes(place: TextPlace) -> st.SearchStrategy[Nodes]:
    """Parts whose texts are in one place, with values and switches between them."""
    text = WORDS[place].map(lambda pieces: Text("".join(pieces), place))
    value = text.map(lambda fallback: Value("name", "plain", fallback))
    flat = st.lists(text | value, max_size=3).map(tuple)
    switch = st.builds(
        lambda one, two, other: Switch((Case(("va",), one), Case(("vb", "vd"), two)), other), flat, flat, flat
    )
    return st.lists(text | value | switch, min_size=1, max_size=5).map(tuple)


def plainly(part: Nodes, person: dict[str, str]) -> str:
    """What a person has to read, put together without any engine."""
    words = ""
    for node in part:
        match node:
            case Text():
                words += node.words
            case Value():
                words += person.get("NAME") or node.fallback.words
            case Switch():
                branch = next((case.content for case in node.cases if person.get("ASM") in case.tokens), node.otherwise)
                words += plainly(branch, person)
    return words


def read(text: str, place: TextPlace) -> str:
    """What somebody reads, by decoders that know nothing of exports: those of HTML and JSON."""
    if place == "html":
        return LexborHTMLParser(f"<pre>x{text}</pre>").root.text()  # type: ignore[union-attr]  # it always has a root
    return str(json.loads(f'"{text}"', strict=False)) if place == "json" else text


def engine(kind: str) -> Engine:
    if kind in ("sendgrid", "iterable") and not (ENGINES / "node_modules").is_dir():
        pytest.skip(NO_NODE)
    return engine_for(kind, ENGINES)


@pytest.mark.parametrize("place", ["html", "json", "line"])
@pytest.mark.parametrize("kind", KINDS)
def test_copy_reads_the_same(kind: str, place: TextPlace) -> None:
    running = engine(kind)

    @settings(max_examples=examples(20 if kind in ("sendgrid", "iterable") else 150))
    @given(part=nodes(place))
    def law(part: Nodes) -> None:
        written = emitted(part, EMITTERS[kind], ATTRIBUTES)
        assume(place == "line" or not written.clashes)
        if written.clashes:
            return
        for text, person in zip(running.render(written.template, PEOPLE), PEOPLE, strict=True):
            wanted = plainly(part, person)
            if place == "line":
                assert text == wanted
            assert read(text, place) == read(wanted, place)

    law()


CSS = "@media screen{#a{color:red}}b::after{content:'{{x}} {% y'}c{d:e}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_style_sheet_means_the_same(kind: str) -> None:
    part: Nodes = (Text("<style>", "html"), Text(CSS + "f{", "css"), Value("name", "plain", Text("g:h}", "css")))
    written = emitted(part, EMITTERS[kind], ATTRIBUTES)
    assert written.clashes == ()
    (text,) = engine(kind).render(written.template, [{}])
    css = re.sub(r"\\7b ", "{", re.sub(r"\{ ", "{", text.removeprefix("<style>")))
    assert css == CSS + "f{g:h}"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("customerio", "a {{b}}"),
        ("braze", "a {% b"),
        ("klaviyo", "a {# b"),
        ("sendgrid", "a {{b"),
        ("iterable", "a {{b"),
        ("sfmc", "100%% of it"),
        ("mailchimp", "*|FNAME|*"),
    ],
)
def test_in_a_line_it_is_told_of(kind: str, words: str) -> None:
    text = Text(words, "line", "title/sweet")
    written = emitted((text,), EMITTERS[kind], ATTRIBUTES)
    assert {clash.text for clash in written.clashes} == {text}
    assert (
        emitted(
            (Text(words.replace("{", "(").replace("%%", "%").replace("|", "-"), "line"),), EMITTERS[kind], ATTRIBUTES
        ).clashes
        == ()
    )


@pytest.mark.parametrize("kind", ["customerio", "braze", "klaviyo", "sendgrid", "iterable"])
def test_a_brace_at_the_end_of_a_text_is_no_part_of_the_tag_after_it(kind: str) -> None:
    value = Value("name", "plain", Text("you", "line"))
    assert [
        clash.characters for clash in emitted((Text("a {", "line"), value), EMITTERS[kind], ATTRIBUTES).clashes
    ] == ["{"]
    for words in ("a { ", "{a", "a }"):
        assert emitted((Text(words, "line"), value), EMITTERS[kind], ATTRIBUTES).clashes == ()


@pytest.mark.parametrize("kind", ["sendgrid", "iterable"])
def test_a_line_keeps_its_end_beside_a_tag_that_stands_alone(kind: str) -> None:
    branch = (Text("\nwarm\n", "line"),)
    part: Nodes = (Text("a\n", "line"), Switch((Case(("va",), branch),), (Text("\n", "line"),)), Text("\nb", "line"))
    template = emitted(part, EMITTERS[kind], ATTRIBUTES).template
    assert engine(kind).render(template, [{"ASM": "va"}, {}]) == ["a\n\nwarm\n\nb", "a\n\n\nb"]
    assert engine(kind).render(template.replace("{{!}}", ""), [{"ASM": "va"}]) != ["a\n\nwarm\n\nb"]
