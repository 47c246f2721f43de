"""What one build of a project leaves for the next, so that a build does no more than what has changed.

Whoever works something out asks here first, under everything that it depends on:

    load     a file by its fingerprint, a component by its texts            memo
    compile  an image by its bytes, a fragment by its component and layout  disk
    check    the findings about a unit by the key that its scope gives it   disk
    build    a variant's file is linked to where its bytes are the same     the last build

The memo is this process's: it ends with it. The disk is the folder `.assembler-cache` beside the project. Whatever is
lost of either costs time and nothing else.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, TypeVar

import msgspec

from assembler.authoring.incremental.disk_cache import DiskCache, InMemoryCache
from assembler.authoring.incremental.fingerprint import fingerprint, program_fingerprint
from assembler.authoring.incremental.memo_cache import MemoCache

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildCache:
    """The two caches of a project: bytes that outlive this process, and results in its memory."""

    disk: DiskCache = field(default_factory=InMemoryCache)
    memo: MemoCache = field(default_factory=MemoCache)

    def key(self, *inputs: object) -> str:
        """Return the key on disk of what this program makes from these inputs; see `fingerprint` for what they are."""
        return fingerprint(program_fingerprint(), *inputs)

    def results(
        self,
        decoder: msgspec.json.Decoder[dict[str, Result]],
        *inputs: object,
        holds: Callable[[Result], bool] = lambda result: True,
    ) -> StoredResults[Result]:
        """Return the results that are stored under these inputs, by name; those that cannot be read are not there.

        `holds` says of a stored result whether it is still right.
        """
        key = self.key(*inputs)
        stored = self.memo.get_or_make(key, partial(self._read, decoder, key))
        return StoredResults(self, key, stored, holds)

    def _read(self, decoder: msgspec.json.Decoder[dict[str, Result]], key: str) -> Mapping[str, Result]:
        data = self.disk.get(key)
        try:
            return decoder.decode(data) if data is not None else {}
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return {}


class StoredResults(Generic[Result]):
    """Results of one kind by their names, which are stored together. A name says all that its result depends on beside
    the key."""

    def __init__(
        self, cache: BuildCache, key: str, stored: Mapping[str, Result], holds: Callable[[Result], bool]
    ) -> None:
        self._cache = cache
        self._key = key
        self._stored = stored
        self._known = dict(stored)
        self._holds = holds
        self._used: dict[str, Result] = {}

    def get(self, name: str) -> Result | None:
        """Return the result of a name, which is thereby in use; None where there is none that holds."""
        result = self._used.get(name)
        if result is None:
            result = self._known.get(name)
            if result is None or not self._holds(result):
                return None
            self._used[name] = result
        return result

    def put(self, name: str, result: Result) -> None:
        """Take a result into use."""
        self._used[name] = result

    def receive(self, results: Mapping[str, Result]) -> None:
        """Have results at hand that another process has made."""
        self._known.update(results)

    def save(self) -> None:
        """Store the results that are in use, where some of them are new; and as many others at most, those that were in
        use the last, for who undoes an edit or goes back to another branch."""
        if all(self._stored.get(name) == result for name, result in self._used.items()):
            return
        spare = [name for name in self._stored if name not in self._used][-len(self._used) :]
        results = {name: self._stored[name] for name in spare} | self._used
        self._cache.memo.replace(self._key, results)
        with contextlib.suppress(UnicodeEncodeError):  # a finding may name a file whose name is no UTF-8
            self._cache.disk.put(self._key, msgspec.json.encode(results))
