"""The file of keys: who may ask for what. It holds digests, so that whoever reads it can still not ask."""

from __future__ import annotations

import hmac
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Final

from assembler.errors import AssemblerError, listed, nearest

_Lines = list[tuple[int, list[str]]]
"""The number and the words of each line that has any."""

_WORDS: Final = 3
"""Of a line: name, scopes, digest."""

_MOST_BYTES: Final = 1_000_000
_BEARER: Final = b"bearer "
_OTHERS: Final = stat.S_IRWXO | stat.S_IWGRP | stat.S_IXGRP
_digest = re.compile("[0-9a-f]{64}").fullmatch
_name = re.compile(r"[A-Za-z0-9_.@-]{1,64}").fullmatch


class KeyScope(StrEnum):
    """What a key allows."""

    DECIDE = "decide"
    EXPLAIN = "explain"
    METRICS = "metrics"


class KeysFileError(AssemblerError):
    """A file of keys cannot be read or is not in order. `problems` are all of them, each with its line if it has one;
    none repeats what the file holds."""

    def __init__(self, path: str, problems: Iterable[tuple[int | None, str]]) -> None:
        self.path = path
        self.problems = tuple(problems)
        super().__init__(path, self.problems)

    def __str__(self) -> str:
        return "\n".join(
            f"{self.path}: {problem}" if line is None else f"{self.path}:{line}: {problem}"
            for line, problem in self.problems
        )

    @property
    def problem(self) -> str:
        """The first problem, without the path."""
        return self.problems[0][1]


class Keys:
    """The keys of a file: their digests, and the scopes of each."""

    def __init__(self, scopes: Mapping[bytes, frozenset[KeyScope]]) -> None:
        self._scopes = tuple(scopes.items())

    @classmethod
    def open(cls, path: Path) -> Keys:
        """Return the keys in a file. Raises `KeysFileError`."""
        return cls(_parsed(str(path), _read(path)))

    def scopes_of(self, headers: Mapping[bytes, bytes]) -> frozenset[KeyScope] | None:
        """Return the scopes of the key in some headers; None where there is none, or none that is known.

        It takes as long for every key, known or not.
        """
        bearer = headers.get(b"authorization", b"")
        key = bearer[len(_BEARER) :].strip() if bearer[: len(_BEARER)].lower() == _BEARER else b""
        asked = sha256(key or headers.get(b"x-api-key", b"")).digest()
        matching: frozenset[KeyScope] | None = None
        for digest, scopes in self._scopes:
            if hmac.compare_digest(digest, asked):
                matching = scopes
        return matching


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            mode = path.stat().st_mode
            if not stat.S_ISREG(mode):
                raise KeysFileError(str(path), [(None, "it is no regular file")])
            if mode & _OTHERS:
                problem = f"others may read or change it (mode {stat.S_IMODE(mode):o}); run `chmod 600` on it"
                raise KeysFileError(str(path), [(None, problem)])
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise KeysFileError(str(path), [(None, f"cannot be read: {error.strerror}")]) from None
    if len(data) > _MOST_BYTES:
        raise KeysFileError(str(path), [(None, f"it is larger than {_MOST_BYTES:,} bytes")])
    return data.decode("utf-8", "replace")


def _parsed(path: str, text: str) -> dict[bytes, frozenset[KeyScope]]:
    """The scopes of each key, by its digest."""
    numbered = enumerate(text.splitlines(), 1)
    lines = [(number, words) for number, line in numbered if (words := line.partition("#")[0].split())]
    if problems := [*_all_problems(lines)]:
        raise KeysFileError(path, sorted(problems, key=lambda problem: problem[0] or 0))
    return {bytes.fromhex(digest): frozenset(map(KeyScope, scopes.split(","))) for _, (_, scopes, digest) in lines}


def _all_problems(lines: _Lines) -> Iterator[tuple[int | None, str]]:
    """What is wrong with a file's lines, with the number of each."""
    if not lines:
        yield None, "it holds no key; a line is `name scopes sha256-hex`"
    for number, words in lines:
        yield from ((number, problem) for problem in _problems(words))
    for called, place in (("name", 0), ("key", 2)):
        yield from ((number, f"an earlier line has this {called}") for number in _repeated(lines, place))


def _repeated(lines: _Lines, place: int) -> Iterator[int]:
    """The numbers of lines that have a word at a place which an earlier one has there."""
    seen: set[str] = set()
    for number, words in lines:
        if len(words) == _WORDS:
            if words[place] in seen:
                yield number
            seen.add(words[place])


def _problems(words: list[str]) -> Iterator[str]:
    """What is wrong with the words of a line by themselves."""
    if len(words) != _WORDS:
        yield "a line is `name scopes sha256-hex`, with blanks between them; scopes with commas: decide,explain"
        return
    name, scopes, digest = words
    if not _name(name):
        yield "a name has up to 64 letters, digits, or characters of `_.@-`"
    known = [scope.value for scope in KeyScope]
    for number, scope in enumerate(scopes.split(","), 1):
        if scope not in known:
            close = nearest(scope, known)
            yield f"scope {number} is unknown; {f'did you mean {close}?' if close else f'there is {listed(known)}'}"
    if not _digest(digest):
        yield "a key is its SHA-256, in 64 small hexadecimal digits: `printf %s KEY | sha256sum`"
