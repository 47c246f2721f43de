"""An id is badly formed, given twice, or kept for something else."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.project_texts import STRINGS_PATH
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding
from assembler.authoring.load.names import SLUG, slug_hint

# The words of the rule language: a signal of that name could never be read.
_TAKEN = frozenset({"and", "or", "not", "in", "true", "false", "known", "days_since"})


@PROJECT.rule(
    "R04", "error", __doc__, "Ids are unique and made of small letters, digits and _, beginning with a letter."
)
def bad_id(checked: CheckedProject) -> Iterator[Finding]:
    project = checked.project
    yield from checked.reported("R04")
    for name in project.settings.signals.keys() & _TAKEN:
        hint = "give the signal another name"
        yield Finding(project.settings.key_place("signals", name), f"{name!r} is a word of the rule language", hint)
    for component in project.components.values():
        test = component.tags.test
        if test is not None and not SLUG.fullmatch(test.id):
            yield Finding(test.place("id"), f"{test.id!r} is no id of a test", slug_hint(test.id))
    for path, source in project.sources.items():
        if path.startswith("templates/") and not path.endswith((".j2", ".css")) and path != STRINGS_PATH:
            hint = "templates/<channel>/<layout>.<part>.j2, inline.css, head.css or templates/strings.yaml"
            yield Finding(source.at(), "not the path of a template", hint)
