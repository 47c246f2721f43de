"""A library as it is served: opened and tried before anybody asks, and what can be prepared for answers."""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path
from typing import Final

from assembler.delivery.service.quoting import VariantWriter
from assembler.errors import LibraryError
from assembler.runtime.library import Library
from assembler.runtime.reasons import Reason

_SECOND: Final = 1_000_000
"""Microseconds."""


class ServedLibrary:
    """A library, and what is written of it. It never changes; another one takes its place."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.digest = library.digest.encode()
        self.writer = VariantWriter()
        self._edges = sorted({edge for component in library.content.components for edge in component.window.edges})

    @classmethod
    def open(cls, path: Path) -> ServedLibrary:
        """Return the library in a file, after every default of it was assembled.

        Raises `LibraryError` where it cannot be read, or a default cannot be assembled.
        """
        served = cls(Library.open(path))
        for campaign in served.library.campaigns:
            for channel in served.library.channels(campaign):
                for locale in served.library.locales:
                    served._try(path, campaign, channel, locale)
        return served

    def unchanged_for(self, instant: int) -> float:
        """Return for how many seconds from an instant, in microseconds, no component begins or ends."""
        later = bisect_right(self._edges, instant)
        return (self._edges[later] - instant) / _SECOND if later < len(self._edges) else float("inf")

    def _try(self, path: Path, campaign: str, channel: str, locale: str) -> None:
        """Assemble what somebody gets of whom nothing is known, and write it."""
        variant = self.library.assemble(campaign, channel=channel, context={"locale": locale})
        if variant.decision.reason is Reason.ERROR:
            raise LibraryError(str(path), f"{campaign}/{channel}/{locale} cannot be assembled; build it again")
        self.writer.whole(self.library.default(campaign, channel=channel, locale=locale), None)
