"""Two ids, or the paths of two files, are equal but for case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.scope import FRONT_MATTER
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.settings import Settings

_HINT = "rename one of them: some systems take them for the same"

_Names = dict[str, dict[str, Place]]
"""Names and their places, by what they name."""


def _alike_names(checked: CheckedProject) -> Iterator[Finding]:
    """Find names of one kind that differ in capitals only."""
    project = checked.project
    for kind, names in (_in_settings(project.settings) | _in_types(project) | _in_campaigns(project)).items():
        for first, other in _alike(names):
            yield Finding(names[other], f"{kind} {other!r} and {first!r} are equal but for case", _HINT)


@PROJECT.rule(
    "T10", "error", __doc__, "Rename one of them; write names in small letters.", FRONT_MATTER.by(_alike_names)
)
def ids_alike(checked: CheckedProject) -> Iterator[Finding]:
    """Find files and folders that some file systems take for one; what lies in folders that are alike is not told
    again."""
    paths: dict[str, str] = {}
    for path in sorted([*checked.project.sources, *(f"assets/{name}" for name in checked.project.assets)]):
        part = path
        while part and part not in paths:
            paths[part] = path
            part = _parent(part)
    for first, other in _alike(paths):
        if _parent(first) == _parent(other):
            yield Finding(Place(paths[other]), f"the paths {other} and {first} are equal but for case", _HINT)


def _in_settings(settings: Settings) -> _Names:
    names: _Names = {
        kind: {name: settings.key_place(kind, name) for name in getattr(settings, kind)}
        for kind in ("channels", "fields", "signals")
    }
    names["locales"] = {name: settings.place("locales", index) for index, name in enumerate(settings.locales)}
    names["segments"] = {segment.id: segment.place("id") for segment in settings.segments}
    names["stages"] = {stage.id: stage.place("id") for stage in settings.stages}
    return names


def _in_types(project: LoadedProject) -> _Names:
    """The fields of each type, and those of its records; types themselves are named by their paths."""
    names: _Names = {}
    for type_ in project.types.values():
        names[f"fields of {type_.name}"] = {name: type_.key_place("fields", name) for name in type_.fields}
        for name, spec in type_.fields.items():
            names[f"fields of {name} of {type_.name}"] = {key: spec.key_place("of", key) for key in spec.records}
    return names


def _in_campaigns(project: LoadedProject) -> _Names:
    """The slots of each campaign, and the tests of components; both of these are named by their paths."""
    names: _Names = {
        f"slots of {campaign.id}": {name: campaign.key_place("slots", name) for name in campaign.slots}
        for campaign in project.campaigns.values()
    }
    tests = names["tests"] = {}
    for component in project.components.values():
        test = component.tags.test
        if test is not None:
            tests.setdefault(test.id, test.place("id"))
    return names


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _alike(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names equal but for case: the one with the fewest capitals, and each other."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(name.casefold(), []).append(name)
    for group in groups.values():
        first, *others = sorted(group, key=lambda name: (sum(map(str.isupper, name)), name))
        for other in others:
            yield first, other
