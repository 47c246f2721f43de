"""A translation has other merge fields, other links or another number of records than its original."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from assembler.authoring.check.copy import copy_links, without_merge_fields
from assembler.authoring.check.markdown_slips.markdown import markdown_slips
from assembler.authoring.check.placeholders import placeholders
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.scope import READY_COMPONENTS, ComponentUnit
from assembler.authoring.compile.tokens import MERGE_FIELD
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.component import FieldValue

_Span = tuple[int, int]


def _in_copy(unit: ComponentUnit) -> Iterator[Finding]:
    original = unit.component.original
    texts = {copy.path: copy.text for copy in unit.copies if copy.source is original.source}
    for copy in unit.copies:
        if copy.source is not original.source and copy.text:
            yield from _differences(texts.get(copy.path, ""), copy, unit)


@PROJECT.rule(
    "L03",
    "error",
    __doc__,
    "Give both the same merge fields, the same links, and as many records in the same order.",
    READY_COMPONENTS.by(_in_copy),
)
def translation_differs(checked: CheckedProject) -> Iterator[Finding]:
    """Find lists with another number of records, as loading found them."""
    ready = {words.source.path for component in checked.ready for words in component.words.values()}
    return (finding for finding in checked.reported("L03") if finding.place.path in ready)


def _is_broken(text: str) -> bool:
    """Return whether a text holds a merge field that is not written as one, or of another system: C01 to C03 tell."""
    bare = without_merge_fields(text)
    return "{" in bare or "}" in bare or any(leftover.name for leftover in placeholders(bare, markdown=True))


def _has_broken_link(text: str, links: dict[str, _Span]) -> bool:
    """Return whether a link of a text is not read as one, or not to its end: C02 tells of it."""
    slips = list(markdown_slips(without_merge_fields(text), text))
    return any(slip.start < end and start < slip.end for start, end in links.values() for slip in slips)


def _differences(original: str, copy: FieldValue, unit: ComponentUnit) -> Iterator[Finding]:
    """Where one of the texts has a merge field that is unknown, or not written as one, C01 to C03 tell of that."""
    before, after = _merge_fields(original), _merge_fields(copy.text)
    is_told = _is_broken(original) or _is_broken(copy.text)
    if not is_told and before.keys() | after.keys() <= unit.around.declared["field"]:
        yield from _difference(copy, "merge field", before, after)
    if copy.kind == "markdown" and not unit.type.has_links_per_locale:
        same_fields = not is_told and before.keys() == after.keys()
        links = [_links(text, with_fields=same_fields) for text in (original, copy.text)]
        if links[0].keys() != links[1].keys() and not any(map(_has_broken_link, (original, copy.text), links)):
            yield from _difference(copy, "link", *links)


def _difference(copy: FieldValue, kind: str, old: dict[str, _Span], new: dict[str, _Span]) -> Iterator[Finding]:
    """What is in `new` and not in `old`, and the other way round; where each lacks one, they are one finding."""
    added, lacking = [name for name in new if name not in old], [name for name in old if name not in new]
    for was, now in zip_longest(lacking, added):
        if now is None:
            hint = "write it into the translation too, or leave it out of both"
            yield Finding(copy.place, f"the translation of {copy.name} lacks the {kind} {was}", hint)
        elif was is None:
            hint = "leave it out, or write it into the original too"
            yield Finding(copy.inside(new[now][0]), f"the translation of {copy.name} adds the {kind} {now}", hint)
        else:
            message = f"the translation of {copy.name} has the {kind} {now}, the original {was}"
            hint = "write the same in both"
            if kind == "link":
                hint += "; where each language has its own, write `links: per_locale` for a url field of the type"
            yield Finding(copy.inside(new[now][0]), message, hint)


def _merge_fields(text: str) -> dict[str, _Span]:
    return {match["name"]: match.span() for match in MERGE_FIELD.finditer(text)}


def _links(text: str, *, with_fields: bool) -> dict[str, _Span]:
    """The links of a Markdown text, those `with_fields` in them or not, with where each stands in it; a merge field in
    one is known by its name."""
    links: dict[str, _Span] = {}
    bare = without_merge_fields(text)
    for start, link in copy_links(text, markdown=True):
        end = start + len(link)
        # An address between angle brackets is written without its mailto:, one with a reference otherwise.
        written = text[start:end] if bare[start:end] == link else link
        if with_fields or "{" not in written:
            links[MERGE_FIELD.sub(lambda match: "{{ " + match["name"] + " }}", written)] = (start, end)
    return links
