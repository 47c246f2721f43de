"""The exceptions of Assembler. Bad content is a diagnostic; a bad call or a bad file is one of these."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = ["AssemblerError", "LibraryError", "ProjectError", "UnknownCampaign", "UnknownChannel", "nearest"]


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` most likely meant, whatever its capitals, or None where nothing is close."""
    from difflib import get_close_matches

    folded = {each.casefold(): each for each in known}
    matches = get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.6)
    return folded[matches[0]] if matches else None


class AssemblerError(Exception):
    """The root of every exception that this package raises on purpose.

    The arguments of each are its fields, which it writes its message from: so every one can be copied and pickled.
    """


class ProjectError(AssemblerError):
    """A project cannot be read or holds errors. `diagnostics` holds every finding, sorted by place."""

    def __init__(self, message: str, diagnostics: Iterable[Any] = ()) -> None:
        self.message = message
        self.diagnostics = tuple(diagnostics)
        super().__init__(message, self.diagnostics)

    def __str__(self) -> str:
        return self.message


class LibraryError(AssemblerError):
    """A library file is missing, truncated, altered, too new or of wrong content. `path` names it."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}"


class _UnknownName(AssemblerError, LookupError):
    kind = "name"

    def __init__(self, name: object, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(sorted(known))
        super().__init__(self.name, self.known)

    def __str__(self) -> str:
        name = self.name
        close = nearest(name, self.known) if isinstance(name, str) else None
        hint = f"did you mean {close}?" if close else "there is " + (", ".join(self.known) or "none")
        what = f"no {self.kind} {name[:80]!r}" if isinstance(name, str) else f"a {self.kind} is named by text"
        return f"{what}; {hint}"


class UnknownCampaign(_UnknownName):
    """The library has no such campaign. `known` lists those it has."""

    kind = "campaign"


class UnknownChannel(_UnknownName):
    """The campaign has no such channel. `known` lists those it has."""

    kind = "channel"
