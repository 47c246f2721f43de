"""The exceptions of Assembler. Bad content is a diagnostic; a bad call or a bad file is one of these."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, Final

__all__ = [
    "AssemblerError",
    "LibraryError",
    "ProjectError",
    "UnknownCampaign",
    "UnknownChannel",
    "listed",
    "nearest",
]

LONGEST_NAME: Final = 100
MOST_KNOWN: Final = 5_000
FEW: Final = 12
"""How many names a hint lists."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` most likely meant, whatever its capitals, or None where nothing is close.

    A name over `LONGEST_NAME` meant none, and no more than `MOST_KNOWN` are looked at.
    """
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import extractOne

    if len(name) > LONGEST_NAME:
        return None
    known = islice(known, MOST_KNOWN)
    near = extractOne(name, known, scorer=Indel.normalized_similarity, processor=str.casefold, score_cutoff=0.6)
    return None if near is None else str(near[0])


def listed(names: Iterable[str]) -> str:
    """Names with commas between them: the first of many, or `none`."""
    first = list(islice(names, FEW + 1))
    return ", ".join([*first[:FEW], *["..."][: len(first) - FEW]]) or "none"


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
