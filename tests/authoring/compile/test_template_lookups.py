"""What a template asks of the names that it sees."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from assembler.authoring.compile.template_lookups import lookups
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.source import KeyPath, Source


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("{{ picture.url }}", [("picture", "url")]),
        ("{{ steps[0].title }}{{ steps[7]['title'] }}", [("steps", 0, "title")] * 2),
        ("{% for step in steps %}{{ step.title }}{% endfor %}", [("steps", 0, "title")]),
        ("{% set first = steps[0] %}{{ first.title }}", [("steps", 0, "title")]),
        ("{% with first = steps[0] %}{{ first.title }}{% endwith %}", [("steps", 0, "title")]),
        ("{% macro shown(step) %}{{ step.title }}{% endmacro %}", []),
        ("{{ picture._hidden }}", []),
        ("{{ a.b.c.d.e }}", [("a", "b"), ("a", "b", "c"), ("a", "b", "c", "d"), ("a", "b", "c", "d", "e")]),
        ("{{ a.b.c.d.e.f }}", [("a", "b"), ("a", "b", "c"), ("a", "b", "c", "d"), ("a", "b", "c", "d", "e")]),
    ],
)
def test_a_lookup_is_known_by_its_path(text: str, paths: list[KeyPath]) -> None:
    """A path has five names at most: those of fields are shorter."""
    assert [path for path, _ in lookups(Environment().parse(text), Source("x.j2", text))] == paths


def test_a_lookup_has_the_place_of_its_last_name() -> None:
    text = "title\n{{ title }} {{ step.title }}"
    assert lookups(Environment().parse(text), Source("x.j2", text)) == [(("step", "title"), Place("x.j2", 2, 21))]
