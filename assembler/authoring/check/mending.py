"""What findings say is to be written instead -> files with that written, as far as it mends them.

An edit is kept where the finding that it comes from is gone after it, and its file can still be read. All bytes that no
edit replaces stay: line ends, a mark of byte order, comments.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, TypeAlias

from assembler.authoring.diagnostics import Diagnostic, Edit, Place
from assembler.authoring.load.files import Changed, Files, ReadOnce
from assembler.library.values import in_nfc

_MOST_ROUNDS: Final = 20
"""How often what is mended is looked at again for what shows only then."""

_UNREADABLE: Final = ("R01", "R10")
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")

FindFaults: TypeAlias = Callable[[Files], Sequence[Diagnostic]]
"""What finds what is wrong with a project in these files."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What was mended: the new bytes of each file that changes, those that they replace, and the findings that are
    gone."""

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    gone: tuple[Diagnostic, ...]


def mend(files: Files, find_faults: FindFaults, wanted: Callable[[Diagnostic], bool]) -> Mended:
    """Return what becomes of a project's files when each wanted finding that has one right answer gets it.

    Each file is read once: what is mended is what was judged.
    """
    mending = _Mending(ReadOnce(files), find_faults)
    for _ in range(_MOST_ROUNDS):
        chosen = mending.edits(wanted)
        if not chosen:
            break
        mending.try_all(chosen)
    return mending.result()


class _Mending:
    """What is mended so far, the findings that are left, and those whose edits are of no use."""

    def __init__(self, files: Files, find_faults: FindFaults) -> None:
        self._files = files
        self._find_faults = find_faults
        self._names = {in_nfc(path): path for path in files.paths()}
        self._after: dict[str, bytes] = {}
        self._gone: list[Diagnostic] = []
        self._refused: set[_Identity] = set()
        self._faults = find_faults(files)

    def edits(self, wanted: Callable[[Diagnostic], bool]) -> dict[Edit, Diagnostic]:
        """Return edits that can be tried together, each with a finding that it should mend."""
        return _apart(fault for fault in self._faults if wanted(fault) and _identity(fault) not in self._refused)

    def try_all(self, chosen: Mapping[Edit, Diagnostic]) -> None:
        """Keep these edits, where each of them mends its finding; else know those that do not."""
        paths = {edit.path for edit in chosen}
        changed = self._after | {path: edited(self._data(path), _edits_of(path, chosen)) for path in paths}
        left = self._find_faults(Changed(self._files, changed))
        failed = _failed(chosen, self._faults, left)
        self._refused |= failed
        if not failed:
            self._gone += [fault for fault in self._faults if fault.edit in chosen]
            self._after, self._faults = changed, left

    def _data(self, path: str) -> bytes:
        return self._after[path] if path in self._after else self._files.read(self._names[path])

    def result(self) -> Mended:
        """Return what was mended."""
        after = {self._names[path]: data for path, data in self._after.items()}
        return Mended({path: self._files.read(path) for path in after}, after, tuple(self._gone))


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the bytes of a text after edits, which do not overlap. A replacement's line ends are those of the text."""
    body = data.removeprefix(BOM_UTF8)
    lines = _LINE.findall(body)
    starts = [0, *accumulate(map(len, lines))]
    newline = next((end for line in lines[:1] for end in (b"\r\n", b"\r", b"\n") if line.endswith(end)), b"\n")

    def offset(place: Place) -> int:
        text = lines[place.line - 1].decode()
        return starts[place.line - 1] + len(text[: place.column - 1].encode())

    pieces: list[bytes] = []
    end = 0
    for edit in sorted(edits):
        pieces += [body[end : offset(edit.start)], edit.replacement.encode().replace(b"\n", newline)]
        end = offset(edit.end)
    return data[: len(data) - len(body)] + b"".join([*pieces, body[end:]])


_Identity: TypeAlias = tuple[str, Place, str]
"""Code, place and message of a finding."""


def _identity(fault: Diagnostic) -> _Identity:
    return fault.code, fault.place, fault.message


def _apart(faults: Iterable[Diagnostic]) -> dict[Edit, Diagnostic]:
    """Return edits that do not overlap, the first of those that do, each with a finding that it mends."""
    chosen: dict[Edit, Diagnostic] = {}
    last: Edit | None = None
    for edit, fault in sorted(((fault.edit, fault) for fault in faults if fault.edit), key=lambda pair: pair[0]):
        if last is None or edit == last or edit.path != last.path or edit.start >= last.end:
            chosen.setdefault(edit, fault)
            last = edit
    return chosen


def _edits_of(path: str, edits: Iterable[Edit]) -> Iterator[Edit]:
    return (edit for edit in edits if edit.path == path)


def _failed(
    chosen: Mapping[Edit, Diagnostic], before: Sequence[Diagnostic], after: Sequence[Diagnostic]
) -> set[_Identity]:
    """Return the findings that the edits of them did not mend, or whose file cannot be read any more."""
    broken = _broken(before, after)
    left = Counter(map(_identity, after))
    useless = {
        edit
        for edit, fault in chosen.items()
        if edit.path in broken or left[fault.code, _moved(fault.place, chosen), fault.message]
    }
    return {_identity(fault) for fault in before if fault.edit in useless}


def _broken(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> set[str]:
    """Return the files that cannot be read any more, or no further than before."""
    first, last = (
        {fault.path: fault.line for fault in faults if fault.code in _UNREADABLE} for faults in (before, after)
    )
    return {path for path, line in last.items() if line <= first.get(path, line)}


def _moved(place: Place, edits: Iterable[Edit]) -> Place:
    """Return where a place is after edits that begin before it."""
    line, column = place.line, place.column
    for edit in _edits_of(place.path, edits):
        if edit.end > place or edit.start == place:
            continue
        written = edit.replacement.split("\n")
        line += len(written) - 1 - (edit.end.line - edit.start.line)
        if edit.end.line == place.line:
            begin = edit.start.column if len(written) == 1 else 1
            column += begin + len(written[-1]) - edit.end.column
    return Place(place.path, line, column)
