"""The components that one test compares with each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assembler.authoring.check.translations import lacking_locales
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import LoadedProject


def compared_components(
    project: LoadedProject, ready: Iterable[AuthoredComponent]
) -> Iterator[tuple[str, str, list[AuthoredComponent]]]:
    """Yield campaign, test and components, by address, of each test of a type in a campaign."""
    tested = sorted(
        (component for component in ready if component.tags.test is not None), key=lambda component: component.address
    )
    for campaign in project.campaigns:
        tests: dict[tuple[str, str], list[AuthoredComponent]] = {}
        for component in tested:
            if component.tags.test is not None and component.open_to(campaign):
                tests.setdefault((component.type, component.tags.test.id), []).append(component)
        for (_, test), components in tests.items():
            yield campaign, test, components


def locales_only_of_others(project: LoadedProject, ready: Iterable[AuthoredComponent]) -> dict[str, set[str]]:
    """Return, by address, the locales that a component lacks and another has that is compared with it: T07 tells."""
    lacking: dict[str, set[str]] = {}
    for _, _, components in compared_components(project, ready):
        by_address = {component.address: set(lacking_locales(project, component)) for component in components}
        by_all = set.intersection(*by_address.values())
        for address, locales in by_address.items():
            lacking.setdefault(address, set()).update(locales - by_all)
    return lacking
