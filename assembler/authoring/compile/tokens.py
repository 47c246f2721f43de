"""Inert tokens that stand for merge fields and slot calls until the finished document has been parsed.

Letters and digits only, so that Markdown, Jinja, CSS inlining and every kind of escaping leave them as they are. Each
holds a key, a digest of all texts that it may meet: so none of these can hold it, whatever they say.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final, Literal

from assembler.authoring.diagnostics import Place

MERGE_FIELD: Final = re.compile(
    r'\{\{\s*(?P<name>[A-Za-z_][A-Za-z0-9_]*)\s*\|\s*default:\s*"(?P<fallback>[^"{}]*)"\s*\}\}'
)
"""A merge field as copy has it, such as `{{ first_name | default: "friend" }}`."""

TOKEN: Final = re.compile(r"zq(?P<key>[0-9a-f]{12})(?P<kind>[fsu])(?P<number>[0-9]+)z")
"""What has the form of a token, whatever its key."""


@dataclass(frozen=True, slots=True)
class MergeField:
    """A merge field as written: its name, its fallback, where it stands, and in which field of a component (if any).

    `link`: it is the whole of a link, or a part of one that it can lead nowhere else.
    """

    name: str
    fallback: str
    place: Place
    within: str | None = None
    link: Literal["whole", "part"] | None = None


class Tokens:
    """Gives each merge field its token, and each token its merge field."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        """`texts` are those that tokens may stand in, or digests of them."""
        self.key = sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
        """What all tokens hold."""
        self._fields: dict[str, MergeField] = {}
        self._tokens: dict[MergeField, str] = {}

    @cached_property
    def field(self) -> re.Pattern[str]:
        """The pattern of the tokens of merge fields."""
        return re.compile(f"zq{self.key}f[0-9]+z")

    def of(self, merge_field: MergeField) -> str:
        """Return the token of a merge field; the same for an equal one."""
        token = self._tokens.get(merge_field)
        if token is None:
            token = self._token("f", len(self._tokens))
            self._tokens[merge_field] = token
            self._fields[token] = merge_field
        return token

    def call(self, index: int) -> str:
        """Return the token of a layout's slot call, by its number in the part."""
        return self._token("s", index)

    def occurrence(self, index: int) -> str:
        """Return the token of the n-th merge field, from 0, of a numbered document."""
        return self._token("u", index)

    def numbered(self, document: str) -> str:
        """Return the document with a token of its own for each occurrence of a merge field, in their order."""
        count = itertools.count()
        return self.field.sub(lambda _: self.occurrence(next(count)), document)

    def number(self, token: re.Match[str]) -> int | None:
        """Return the number of what has the form of a token; None where it is none of these tokens."""
        return int(token["number"]) if token["key"] == self.key else None

    def __getitem__(self, token: str) -> MergeField:
        return self._fields[token]

    def _token(self, kind: str, number: int) -> str:
        return f"zq{self.key}{kind}{number}z"


def with_tokens(text: str, token: Callable[[str, str, int], str]) -> str:
    """`text` with each merge field replaced by `token(name, fallback, offset)`."""
    return MERGE_FIELD.sub(lambda match: token(match["name"], match["fallback"], match.start()), text)
