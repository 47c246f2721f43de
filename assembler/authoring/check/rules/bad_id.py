"""An id is badly formed, given twice, or kept for something else."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.project_texts import STRINGS_PATH
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.load.names import SLUG, slug_hint, windows_fault
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.settings import RULE_WORDS


@PROJECT.rule(
    "R04", "error", __doc__, "Ids are unique and made of small letters, digits and _, beginning with a letter."
)
def bad_id(checked: CheckedProject) -> Iterator[Finding]:
    project = checked.project
    yield from checked.reported("R04")
    for name in project.settings.signals.keys() & RULE_WORDS:
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
    yield from _only_elsewhere(project)


def _only_elsewhere(project: LoadedProject) -> Iterator[Finding]:
    """Find names of files and folders that Windows cannot have: nobody could clone the project there."""
    for kind, name, place in _named_in_settings(project):
        fault = windows_fault(name)
        if fault is not None:
            yield Finding(place, fault, f"give the {kind} another name", severity="warning")
    told: set[str] = set()
    paths = [*project.sources, *(f"assets/{name}" for name in project.assets)]
    for path in sorted(paths, key=lambda path: (path.count("."), path)):  # a component goes before its translations
        # Below templates/ the folders are the channels, of which their names in the settings tell.
        start = 2 if path.startswith("templates/") else 1
        parts = path.split("/")
        for end in range(start + 1, len(parts) + 1):
            name, fault = parts[end - 1], windows_fault(parts[end - 1])
            file = name.partition(".")[0] if path.startswith("components/") else name
            here = "/".join([*parts[: end - 1], file])
            if fault is not None and here not in told:
                told.add(here)
                hint = "give it another name: nobody can clone the project on Windows with this one"
                yield Finding(Place(path), fault, hint, severity="warning")


def _named_in_settings(project: LoadedProject) -> Iterator[tuple[str, str, Place]]:
    settings = project.settings
    yield "project", settings.name, settings.place("name")
    yield from (("channel", name, settings.key_place("channels", name)) for name in settings.channels)
    yield from (("locale", name, settings.place("locales", index)) for index, name in enumerate(settings.locales))
