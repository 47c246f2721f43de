"""The tag that wrote an element is the one that asking every tag in turn would find."""

from __future__ import annotations

from hypothesis import given, strategies as st

from assembler.authoring.check.pages.elements import Element, parse
from assembler.authoring.check.pages.tag_matching import TagMatcher
from assembler.authoring.check.template_markup import MarkupTag
from assembler.authoring.diagnostics import Place

NAMES = st.sampled_from(["a", "b", "style", "bgcolor"])
WRITTEN = st.dictionaries(NAMES | st.just("…"), st.sampled_from([None, "", "1", "2", "…", "1…", "\n1"]), max_size=3)
FOUND = st.dictionaries(NAMES, st.sampled_from(["", "1", "2"]), max_size=3)
KINDS = st.sampled_from(["i", "u"])


def fit(tag: MarkupTag, element: Element) -> int | None:
    """How many attributes of an element a tag writes; None where it cannot have written it."""
    written = {name: value or "" for name, value in tag.attributes.items() if "…" not in name and name != "style"}
    if tag.name != element.tag or {*element.attributes} - {*written, "style", "bgcolor", "align", "valign"}:
        return None
    literal = {name: value for name, value in written.items() if "…" not in value and "\n" not in value}
    fits = all(element.attributes.get(name, "-") == value for name, value in literal.items())
    return len(literal) if fits else None


def asked(tags: list[MarkupTag], element: Element, elements: tuple[Element, ...]) -> MarkupTag | None:
    fits = [fit(tag, element) for tag in tags]
    best = max((fitting for fitting in fits if fitting is not None), default=None)
    fitting = [tag for tag, fitting in zip(tags, fits, strict=True) if fitting is not None and fitting == best]
    if not fitting:
        return None
    before = elements[: elements.index(element)]
    number = sum(fit(fitting[0], earlier) is not None for earlier in before)
    return fitting[min(number, len(fitting) - 1)]


@given(
    written=st.lists(st.tuples(KINDS, WRITTEN), max_size=6),
    document=st.lists(st.tuples(KINDS, FOUND), min_size=1, max_size=6),
)
def test_the_author_of_an_element_is_found_as_by_asking_every_tag(
    written: list[tuple[str, dict[str, str | None]]], document: list[tuple[str, dict[str, str]]]
) -> None:
    tags = [
        MarkupTag(name, attributes, Place("t", line), 1) for line, (name, attributes) in enumerate(written, start=1)
    ]
    pieces = [
        (name, "".join(f' {key}="{value}"' for key, value in attributes.items())) for name, attributes in document
    ]
    html = (f"<{name}{attributes}></{name}>" for name, attributes in pieces)
    elements = parse("".join(html), "body").elements
    authors = TagMatcher(tags)
    assert [authors.of(element) for element in elements] == [asked(tags, element, elements) for element in elements]
