"""T10: two ids, or two paths, are equal but for case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.scope import TAGS
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.project import LoadedProject

_HINT = "rename one of them: some systems take them for the same"


def find(subject: Subject) -> Iterator[Finding]:
    """Files and folders that some file systems take for one; what lies in folders that are alike is not told again."""
    found: dict[str, str] = {}
    for path in sorted([*subject.project.sources, *(f"assets/{name}" for name in subject.project.assets)]):
        part = path
        while part and part not in found:
            found[part] = path
            part = _parent(part)
    for first, other in _alike(found):
        if _parent(first) == _parent(other):
            yield Finding(Place(found[other]), f"the paths {other} and {first} are equal but for case", _HINT)


def find_names(subject: Subject) -> Iterator[Finding]:
    """Names of one kind that differ in capitals only."""
    for kind, names in _names(subject.project).items():
        for first, other in _alike(names):
            yield Finding(names[other], f"{kind} {other!r} and {first!r} are equal but for case", _HINT)


def _names(project: LoadedProject) -> dict[str, dict[str, Place]]:
    """Names and their places, by what they name. Campaigns, types and components are named by their paths."""
    settings = project.settings
    found: dict[str, dict[str, Place]] = {
        "locales": {name: settings.place("locales", index) for index, name in enumerate(settings.locales)},
        "segments": {each.id: each.place("id") for each in settings.segments},
        "stages": {each.id: each.place("id") for each in settings.stages},
    }
    for kind in ("channels", "fields", "signals"):
        found[kind] = {name: settings.key_place(kind, name) for name in getattr(settings, kind)}
    for campaign in project.campaigns.values():
        found[f"slots of {campaign.id}"] = {name: campaign.key_place("slots", name) for name in campaign.slots}
    for type_ in project.types.values():
        found[f"fields of {type_.name}"] = {name: type_.key_place("fields", name) for name in type_.fields}
        for name, spec in type_.fields.items():
            found[f"fields of {name} of {type_.name}"] = {each: spec.key_place("of", each) for each in spec.records}
    for component in project.components.values():
        test = component.tags.test
        if test is not None:
            found.setdefault("tests", {}).setdefault(test.id, test.place("id"))
    return found


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _alike(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names equal but for case: the one with the fewest capitals, and each other."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(name.casefold(), []).append(name)
    for group in (each for each in groups.values() if len(each) > 1):
        first, *others = sorted(group, key=lambda name: (sum(map(str.isupper, name)), name))
        for other in others:
            yield first, other


RULE = Rule(
    code="T10",
    severity="error",
    summary="Two ids, or the paths of two files, are equal but for case.",
    fix="Rename one of them; write names in small letters.",
    find=find,
    each=(TAGS.by(find_names),),
)
