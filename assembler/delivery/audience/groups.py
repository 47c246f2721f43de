"""People of one locale, segment and stage, as a group; and what the decisions for those of a group still depend on."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from assembler.delivery.audience.distinct import Numbers
from assembler.delivery.audience.scales import Mask
from assembler.delivery.audience.target import AudienceOfSomebody, Target
from assembler.runtime.choose import DecisionKey


class Groups:
    """The groups that were met, by number, and of each code the group of those who have it. There are so many codes as
    its length says."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._numbers: dict[AudienceOfSomebody, int] = {}
        self._keys: list[DecisionKey] = []
        self._by_code: list[int] = []

    def __len__(self) -> int:
        return len(self._by_code)

    def append(self, audiences: Iterable[AudienceOfSomebody]) -> None:
        """Add the audience of somebody for each further code."""
        for audience in audiences:
            if audience not in self._numbers:
                self._numbers[audience] = len(self._keys)
                self._keys.append(self._target.decision_key(audience))
            self._by_code.append(self._numbers[audience])

    def of(self, codes: Numbers) -> Numbers:
        """Return the group of each row by its code."""
        return np.array(self._by_code, np.int64)[codes]

    def needing(self, name: str) -> Mask:
        """Return in which groups it matters whether a signal or field is known."""
        return np.array([name in key.needs for key in self._keys], np.bool_)

    def asking(self, salt: str) -> Mask:
        """Return in which groups the test with this salt may be asked."""
        return np.array([any(salt == asked for asked, _ in key.tests) for key in self._keys], np.bool_)
