"""T10: two ids, or two paths, are equal but for case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.scope import TAGS
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.project import LoadedProject

_HINT = "rename one of them: some systems take them for the same"


def find(subject: Subject) -> Iterator[Finding]:
    """Names of one kind that differ in capitals only, and files or folders that some file systems take for one."""
    yield from _paths(subject.project)
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
    for component in project.components.values():
        test = component.tags.test
        if test is not None:
            found.setdefault("tests", {}).setdefault(test.id, test.place("id"))
    return found


def _paths(project: LoadedProject) -> Iterator[Finding]:
    """Files and folders; what lies in folders that are alike is not told again."""
    spelled: dict[str, dict[str, Place]] = {}
    for path in sorted([*project.sources, *(f"assets/{name}" for name in project.assets)]):
        pure = PurePosixPath(path)
        for part in (pure, *pure.parents):
            spelled.setdefault(str(part).casefold(), {}).setdefault(str(part), Place(path))
    for folded, places in spelled.items():
        parent = str(PurePosixPath(folded).parent)
        if len(places) > 1 and len(spelled.get(parent, ())) < 2:
            for first, other in _alike(places):
                yield Finding(places[other], f"the paths {other} and {first} are equal but for case", _HINT)


def _alike(names: dict[str, Place]) -> Iterator[tuple[str, str]]:
    """Names equal but for case: the one with the fewest capitals, and each other."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(name.casefold(), []).append(name)
    for group in groups.values():
        first, *others = sorted(group, key=lambda name: (sum(map(str.isupper, name)), name))
        for other in others:
            yield first, other


RULE = Rule(
    code="T10",
    severity="error",
    summary="Two ids, or the paths of two files, are equal but for case.",
    fix="Rename one of them; write names in small letters.",
    each=(TAGS.by(find),),
)
