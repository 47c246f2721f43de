"""Components as they are written -> components as a decision sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from assembler.authoring.diagnostics import Findings
from assembler.authoring.failures import guarded
from assembler.authoring.project.component import AuthoredComponent, Tags
from assembler.authoring.project.project import LoadedProject
from assembler.library.records import BUCKETS, Component, Test, Window

_Ranges = Mapping[str, tuple[int, int]]
"""The buckets `[low, high)` of a test, by campaign."""


def component_records(project: LoadedProject, findings: Findings) -> Iterator[Component]:
    """Yield the components of a project that can be compiled, in the order of their addresses."""
    ranges = _test_ranges(project)
    lineages = {locale: project.settings.lineage(locale) for locale in project.settings.locales}
    for address, component in project.components.items():
        work = partial(_component, project, component, lineages, ranges.get(address))
        record = guarded(findings, work, component.original.source.at())
        if record is not None:
            yield record


def _component(
    project: LoadedProject,
    component: AuthoredComponent,
    lineages: Mapping[str, tuple[str, ...]],
    ranges: _Ranges | None,
) -> Component:
    tags = component.tags
    return Component(
        address=component.address,
        type=component.type,
        status=tags.status,
        locales=tuple(locale for locale, lineage in lineages.items() if component.speaks(lineage)),
        campaigns=None if tags.campaigns == "all" else tuple(tags.campaigns),
        segments=tags.segments,
        stages=tags.stages,
        channels=tags.channels,
        window=_window(project, tags),
        needs=tags.needs,
        requires=tags.requires,
        excludes=tags.excludes,
        test=Test(id=tags.test.id, ranges=dict(ranges)) if tags.test and ranges is not None else None,
    )


def _window(project: LoadedProject, tags: Tags) -> Window:
    first, last = tags.valid_from, tags.valid_until
    return Window(
        start=None if first is None else project.start_of(first),
        end=project.end_of(last),
        first=None if first is None else first.isoformat(),
        last=None if last is None else last.isoformat(),
    )


def _test_ranges(project: LoadedProject) -> dict[str, dict[str, tuple[int, int]]]:
    """Return the buckets of its test that each component takes in each campaign: ranges in the order of addresses."""
    ranges: dict[str, dict[str, tuple[int, int]]] = {}
    taken: dict[tuple[str, str, str], int] = {}
    for address, component in project.components.items():
        test = component.tags.test
        if test is None:
            continue
        ranges[address] = {}
        for campaign in filter(component.open_to, project.campaigns if component.ready else ()):
            shared = component.type, test.id, campaign
            low = taken.get(shared, 0)
            taken[shared] = min(low + test.share, BUCKETS)
            ranges[address][campaign] = (low, taken[shared])
    return ranges
