"""What a proof asks of an engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

Person = Mapping[str, object]
"""A person as a provider knows them: values by attribute."""


class EngineError(Exception):
    """The engine refuses a template, or fails on it; the message is its own."""


class EngineMissing(Exception):
    """The engine is not here. The message says how to install it."""


class Engine(Protocol):
    """Runs templates. `name` says which engine it is, with its version; `self` where it is a reader of our own."""

    @property
    def name(self) -> str: ...

    def render(self, template: str, people: Sequence[Person]) -> list[str]:
        """Return what the template makes for each person. Raises `EngineError`."""
