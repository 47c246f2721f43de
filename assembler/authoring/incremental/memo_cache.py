"""The cache in memory: what this process worked out before, by what it was made from."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

Result = TypeVar("Result")

_MISSING: Final = object()


class MemoCache:
    """Results by their keys. A key names the kind of work, and everything that its result depends on.

    Results are shared by all who ask, so nobody changes them. For one thread at a time.
    """

    def __init__(self) -> None:
        self._recent: dict[Hashable, Any] = {}
        self._earlier: dict[Hashable, Any] = {}

    def get_or_make(self, key: Hashable, work: Callable[[], Result]) -> Result:
        """Return the result for a key; `work` makes it where it is not known."""
        result: Result = self._recent.get(key, _MISSING)
        if result is _MISSING:
            result = self._earlier.pop(key, _MISSING)
            self._recent[key] = result = work() if result is _MISSING else result
        return result

    def replace(self, key: Hashable, result: object) -> None:
        """Put another result in the place of that for a key."""
        self._recent[key] = result

    def forget_unused(self) -> None:
        """Forget the results that nobody has asked for since this was called before."""
        self._earlier, self._recent = self._recent, {}
