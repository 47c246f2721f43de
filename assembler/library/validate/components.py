"""Components: what they are called, and that everything that they name is there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from assembler.library.records import BUCKETS, Component, Content, Test, Window
from assembler.library.validate.invalid_library import InvalidLibrary, check_known, check_moment, check_names, require

_ADDRESS = re.compile(r"([a-z][a-z0-9_]*)/[a-z][a-z0-9_]*", re.ASCII)
_ALWAYS: Final = Window()


def check_components(content: Content) -> Mapping[str, Component]:
    """Return the components by their addresses.

    Raises `InvalidLibrary` where an address is none or there twice, and where a component names what is not there.
    """
    components: dict[str, Component] = {}
    for number, component in enumerate(content.components):
        match = _ADDRESS.fullmatch(component.address)
        if match is None or match[1] != component.type:
            problem = f"{component.address[:80]!r} is no address of the type {component.type[:80]!r}"
            raise InvalidLibrary(f"components.{number}.address", problem)
        if component.address in components:
            raise InvalidLibrary(f"components.{number}.address", f"a second component {component.address[:80]!r}")
        components[component.address] = component
    names = _Names(content, components)
    for number, component in enumerate(content.components):
        try:
            names.check(component)
        except InvalidLibrary as error:
            raise error.below(f"components.{number}") from None
    return components


class _Names:
    """The names that components may use."""

    def __init__(self, content: Content, addresses: Mapping[str, Component]) -> None:
        self._campaigns = frozenset(content.campaigns)
        self._known = {
            "locales": frozenset(content.locales),
            "campaigns": self._campaigns,
            "segments": frozenset(segment.id for segment in content.segments),
            "stages": frozenset(stage.id for stage in content.stages),
            "needs": frozenset((*content.signals, *content.fields)),
            "requires": frozenset(addresses),
            "excludes": frozenset(addresses),
        }

    def check(self, component: Component) -> None:
        """Raise `InvalidLibrary` unless a component names what the library has."""
        for tag, known in self._known.items():
            check_known(getattr(component, tag) or (), known, tag)
        if component.window != _ALWAYS:
            _check_window(component.window)
        if component.test is not None:
            self._check_test(component.test)

    def _check_test(self, test: Test) -> None:
        """A test takes buckets that there are, in campaigns that there are."""
        check_names((test.id,), "test.id")
        check_known(test.ranges, self._campaigns, "test.ranges")
        for campaign, (low, high) in test.ranges.items():
            require(0 <= low <= high <= BUCKETS, f"test.ranges.{campaign}", f"buckets are from 0 to {BUCKETS}")


def _check_window(window: Window) -> None:
    """A window has the day as written for each of its ends."""
    check_moment(window.start, "window.start")
    check_moment(window.end, "window.end")
    has_first = window.start is None or window.first is not None
    has_last = window.end is None or window.last is not None
    require(has_first, "window.first", "the day that the window starts on is not said")
    require(has_last, "window.last", "the day that the window ends on is not said")
