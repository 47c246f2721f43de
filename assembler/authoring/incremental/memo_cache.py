"""What was worked out before in this process, and need not be again while what it was made from is the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

__all__ = ["MemoCache"]

Result = TypeVar("Result")

_NOTHING: Final = object()


class MemoCache:
    """Results by their keys. A key names the kind of work, and everything that its result depends on.

    Results are shared by all who ask, so nobody changes them. For one thread at a time.
    """

    def __init__(self) -> None:
        self._asked: dict[Hashable, Any] = {}
        self._before: dict[Hashable, Any] = {}

    def __contains__(self, key: Hashable) -> bool:
        return key in self._asked or key in self._before

    def recall(self, key: Hashable, work: Callable[[], Result]) -> Result:
        """The result for a key; the work is done only where it is not known."""
        found = self._asked.get(key, _NOTHING)
        if found is _NOTHING:
            found = self._before.pop(key, _NOTHING)
            self._asked[key] = found = work() if found is _NOTHING else found
        result: Result = found
        return result

    def forget(self) -> None:
        """Forget what nobody has asked for since the last time."""
        self._before, self._asked = self._asked, {}
