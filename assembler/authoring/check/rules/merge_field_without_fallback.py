"""A merge field has no fallback, a blank one, or an unknown name."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.copy import ATTEMPT, without_merge_fields
from assembler.authoring.check.merge_fields import has_fallback, merge_field_meant
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.scope import READY_COMPONENTS, ComponentUnit
from assembler.authoring.compile.delimited_spans import JINJA
from assembler.authoring.compile.tokens import MERGE_FIELD
from assembler.authoring.diagnostics import Finding, Place, Replacement, near_miss
from assembler.authoring.project.component import FieldValue
from assembler.authoring.project.project import LoadedProject
from assembler.errors import listed, nearest
from assembler.library.values import is_blank


def _in_copy(unit: ComponentUnit) -> Iterator[Finding]:
    for copy in unit.copies:
        yield from _copy_faults(unit.around, copy, unit.locale_of(copy))


@PROJECT.rule(
    "C01",
    "error",
    __doc__,
    'Write {{ first_name | default: "friend" }}, with a field of assembler.yaml and words that suit anybody.',
    READY_COMPONENTS.by(_in_copy),
)
def merge_field_without_fallback(checked: CheckedProject) -> Iterator[Finding]:
    yield from checked.reported("C01")
    for syntax in checked.compiled.templates.syntax.values():
        for call in syntax.fields:
            yield from _unknown(checked.project, call.name, place=call.place)
            if call.default is not None and is_blank(call.default):
                message = f"merge field {call.name!r} has a blank fallback"
                yield Finding(call.place, message, "write words that suit anybody")


def _copy_faults(project: LoadedProject, copy: FieldValue, locale: str) -> Iterator[Finding]:
    for match in MERGE_FIELD.finditer(copy.text):
        name, place = match["name"], copy.inside(match.start())
        yield from _unknown(project, name, place=copy.inside(match.start("name")))
        if is_blank(match["fallback"]):
            yield Finding(place, f"merge field {name!r} has a blank fallback", "write words that suit anybody")
    bare = without_merge_fields(copy.text)
    for start, end in JINJA.spans(bare):
        attempt = ATTEMPT.fullmatch(bare, start, end)
        if attempt is None:
            continue
        name = attempt["name"]
        problem = "has no fallback" if attempt["rest"] is None else "has a fallback that cannot be read"
        written = bare[start:end]
        meant = merge_field_meant(written, project.settings.fields, locale).in_copy
        hint = f"write {meant}, with straight double quotes"
        is_told = name in project.settings.fields and has_fallback(written)
        mend = Replacement(written, meant) if is_told else None
        if name not in project.declared["field"]:
            problem = f"is no field of assembler.yaml, and {problem}"
        yield Finding(copy.inside(start), f"merge field {name!r} {problem}", hint, mend=mend)


def _unknown(project: LoadedProject, name: str, place: Place) -> Iterator[Finding]:
    if name not in project.declared["field"]:
        known = project.settings.fields
        close = nearest(name, known)
        hint = f"did you mean {close}?" if close else f"fields: {listed(known)}"
        yield Finding(place, f"no merge field {name!r}", hint, mend=near_miss(name, known))
