"""L03: a translation has other merge fields or links than its original."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.links import links_of
from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.compile.words import MERGE_FIELD
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.component import AssetRef, ComponentType, FieldValue, Words


def find(subject: Subject) -> Iterator[Finding]:
    """Fields of translations whose merge fields, or whose Markdown's links, are not those of the original."""
    for component in subject.ready:
        type_ = subject.project.types[component.type]
        for locale, words in component.words.items():
            if locale != component.default_locale:
                yield from _differences(type_, component.original, words)


def _differences(type_: ComponentType, original: Words, translation: Words) -> Iterator[Finding]:
    texts = {**translation.fields, "body": translation.body}
    for name, value in texts.items():
        text = _text(value)
        if not text:
            continue
        before = _text(original.body if name == "body" else original.fields.get(name))
        kind = type_.body if name == "body" else type_.fields[name].kind
        markdown = kind == "markdown"
        for what, old, new in (
            ("merge field", _merge_fields(before), _merge_fields(text)),
            ("link", _links(before) if markdown else {}, _links(text) if markdown else {}),
        ):
            for each in old.keys() - new.keys():
                hint = "write it into the translation too, or leave it out of both"
                yield Finding(translation.place(name), f"the translation of {name} lacks the {what} {each}", hint)
            for each in new.keys() - old.keys():
                hint = "leave it out, or write it into the original too"
                yield Finding(translation.inside(name, new[each]), f"the translation of {name} adds the {what} {each}", hint)


def _text(value: FieldValue | None) -> str:
    if isinstance(value, AssetRef):
        return value.alt or ""
    return value if isinstance(value, str) else ""


def _merge_fields(text: str) -> dict[str, int]:
    """The names of the merge fields of a text, with the offset of each."""
    return {match["name"]: match.start() for match in MERGE_FIELD.finditer(text)}


def _links(text: str) -> dict[str, int]:
    """The links of a Markdown text, with the offset of each; a merge field in one is known by its name."""
    found: dict[str, int] = {}
    for offset, link in links_of(text, markdown=True):
        written = text[offset : offset + len(link)]
        found[MERGE_FIELD.sub(lambda match: "{{ " + match["name"] + " }}", written)] = offset
    return found


RULE = Rule(
    code="L03",
    severity="error",
    summary="A translation has other merge fields or links than its original.",
    fix="Give both the same merge fields and the same links.",
    find=find,
)
