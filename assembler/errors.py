"""The exceptions of Assembler. Bad content is a diagnostic; a bad call or a bad file is one of these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice, takewhile
from typing import Any, Final

_LONGEST_NAME: Final = 100
_MOST_KNOWN: Final = 5_000
_LIKENESS: Final = 0.6
_SHORT: Final = 4
_FEW: Final = 12
"""How many names a hint lists."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that `name` most likely meant, whatever its capitals, or None where nothing is close.

    Two names are as alike as the characters that they have in common, in order, are of all their characters; the
    first of the likest is returned. A name over 100 characters meant none, and the first 5,000 known are looked at.
    """
    if len(name) > _LONGEST_NAME:
        return None
    wanted = name.casefold()
    places: dict[str, int] = {}
    for index, character in enumerate(wanted):
        places[character] = places.get(character, 0) | 1 << index
    near, best = None, _LIKENESS
    for candidate in islice(known, _MOST_KNOWN):
        text = candidate.casefold()
        characters = len(wanted) + len(text)
        if 2 * min(len(wanted), len(text)) > best * characters:
            likeness = 2 * _in_common(text, places, len(wanted)) / characters
            if likeness > best:
                near, best = candidate, likeness
    return near


def _in_common(text: str, places: Mapping[str, int], length: int) -> int:
    """Return the length of the longest common subsequence of a text and another, whose `places` are bits by character.

    Hyyrö, Bit-parallel LCS-length computation revisited (2004): a bit is cleared for every character in common.
    """
    rest = (1 << length) - 1
    for character in text:
        if matches := rest & places.get(character, 0):
            rest = (rest + matches) | (rest - matches)
    return length - (rest & ((1 << length) - 1)).bit_count()


def slip_of(name: str, known: Iterable[str]) -> str | None:
    """Return the one known name that `name` is a slip of the pen of; None where there is none, or more than one.

    A slip has other capitals, blanks, hyphens or underscores; or, in a name of four characters or more, one character
    too many, too few or wrong, or two that changed places (Damerau-Levenshtein distance 1). A digit is never a slip.
    """
    if len(name) > _LONGEST_NAME:
        return None
    choices = list(islice(known, _MOST_KNOWN))
    same = [other for other in choices if _folded(other) == _folded(name)]
    near = same or [
        other for other in choices if len(name) >= _SHORT and _differ_once(name.casefold(), other.casefold())
    ]
    return near[0] if len(near) == 1 else None


def _folded(name: str) -> str:
    return "".join(character for character in name.casefold() if character not in " -_")


def _differ_once(one: str, other: str) -> bool:
    """Whether one text becomes another by one slip that concerns no digit."""
    start = _alike(one, other)
    tail = _alike(one[start:][::-1], other[start:][::-1])
    removed, added = one[start : len(one) - tail], other[start : len(other) - tail]
    swapped = len(removed) == 2 and removed == added[::-1]
    digits = any(map(str.isdigit, removed + added))
    return not digits and (swapped or (len(removed) <= 1 and len(added) <= 1))


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts have in common before they differ."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def listed(names: Iterable[str]) -> str:
    """Return names with commas between them: the first of many, or `none`."""
    first = list(islice(names, _FEW + 1))
    return ", ".join([*first[:_FEW], *["..."][: len(first) - _FEW]]) or "none"


class AssemblerError(Exception):
    """The root of every exception that this package raises on purpose.

    The arguments of each are its fields, from which it writes its message: so every one can be copied and pickled.
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


class ContextError(AssemblerError):
    """A context holds mistakes of its caller. Only a strict library raises it.

    `mistakes` are what a decision would note: what is named (`context`, `signal`, `field`, `segment` or `stage`), its
    name, None where that must not be repeated, and what is wrong with it: `unknown_name` or `type`. `known` has the
    names that there are, by what they name.
    """

    def __init__(self, mistakes: Iterable[tuple[str, str | None, str]], known: Mapping[str, tuple[str, ...]]) -> None:
        self.mistakes = tuple(mistakes)
        self.known = dict(known)
        super().__init__(self.mistakes, self.known)

    def __str__(self) -> str:
        return "; ".join(self._sentence(*mistake) for mistake in self.mistakes) or "a context is a mapping, or None"

    def _sentence(self, kind: str, name: str | None, problem: str) -> str:
        noun = "key" if kind == "context" else kind
        if name is None:
            return f"a {noun} whose name is no identifier of up to 40 characters"
        if problem != "unknown_name":
            return f"{noun} {name}: its value is of another type"
        return f"no {noun} {name!r}; {_hint(name, self.known.get(kind, ())) or self._elsewhere(kind, name)}"

    def _elsewhere(self, kind: str, name: str) -> str:
        """Where a name belongs that is none of its kind and near none; else the names that there are."""
        for other, place in (("signal", "signals"), ("field", "fields"), ("context", "the context itself")):
            if name in self.known.get(other, ()):
                return f"it is a {'key' if other == 'context' else other}: write it in {place}"
        return f"there is {listed(self.known.get(kind, ()))}"


def _hint(name: str, known: Iterable[str]) -> str:
    """A question for the nearest known name; blank where nothing is close."""
    close = nearest(name, known)
    return f"did you mean {close}?" if close else ""


class _UnknownName(AssemblerError, LookupError):
    kind = "name"

    def __init__(self, name: object, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(sorted(known))
        super().__init__(self.name, self.known)

    def __str__(self) -> str:
        name = self.name
        hint = _hint(name, self.known) if isinstance(name, str) else ""
        hint = hint or "there is " + (", ".join(self.known) or "none")
        problem = f"no {self.kind} {name[:80]!r}" if isinstance(name, str) else f"a {self.kind} is named by text"
        return f"{problem}; {hint}"


class UnknownCampaign(_UnknownName):
    """The library has no such campaign. `known` lists those it has."""

    kind = "campaign"


class UnknownChannel(_UnknownName):
    """The campaign has no such channel. `known` lists those it has."""

    kind = "channel"
