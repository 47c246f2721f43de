"""The attributes by which a provider's template chooses: a token a person, and the merge fields, checked."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec

from assembler.errors import AssemblerError
from assembler.library.records import Content
from assembler.runtime.fields import FieldReader

_EXPORT: Final = "export.json"
_ID: Final = "id"


class UnusableExport(AssemblerError):
    """A folder is no export whose tokens people could be given. `folder` is its path."""

    def __init__(self, folder: str, problem: str) -> None:
        super().__init__(folder, problem)
        self.folder = folder
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.folder}: {self.problem}"


class TokensOfExport(msgspec.Struct, frozen=True, kw_only=True):
    """The tokens of an export for one channel, by locale and key of a variant; the name of the attribute that holds
    one, and those of fields. `library` is the digest of the one that was exported, `digest` that of export.json."""

    attribute: str
    fields: dict[str, str]
    tokens: dict[str, dict[str, str]]
    library: str
    digest: str

    @property
    def columns(self) -> list[str]:
        """The names of the columns of attributes, in order."""
        return [_ID, self.attribute, *self.fields.values()]


class _TokenOfVariant(msgspec.Struct):
    key: str


class _Artefact(msgspec.Struct):
    channel: str
    locale: str
    attribute: str
    tokens: dict[str, _TokenOfVariant]


class _Field(msgspec.Struct):
    attribute: str | None = None


class _Export(msgspec.Struct):
    campaign: str
    by: str
    library: str
    fields: dict[str, _Field]
    artefacts: list[_Artefact]


def read_export(folder: Path, campaign: str, channel: str) -> TokensOfExport:
    """Return the tokens of the export in a folder. Raises `UnusableExport`."""
    data, export = _decoded(folder)
    if export.campaign != campaign:
        raise UnusableExport(str(folder), f"is an export of {export.campaign}, not of {campaign}")
    if export.by != "key":
        raise UnusableExport(str(folder), f"is an export by {export.by}; tokens of people need one by key")
    artefacts = [artefact for artefact in export.artefacts if artefact.channel == channel]
    if not artefacts:
        raise UnusableExport(str(folder), f"is no export for the channel {channel}")
    return TokensOfExport(
        attribute=artefacts[0].attribute,
        fields={name: field.attribute for name, field in export.fields.items() if field.attribute is not None},
        tokens={
            artefact.locale: {token.key: name for name, token in artefact.tokens.items()} for artefact in artefacts
        },
        library=export.library,
        digest=sha256(data).hexdigest(),
    )


def _decoded(folder: Path) -> tuple[bytes, _Export]:
    try:
        data = (folder / _EXPORT).read_bytes()
        return data, msgspec.json.decode(data, type=_Export)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        raise UnusableExport(str(folder), "no export is there; `assembler export` writes one") from None


class AttributeRows:
    """Writes the attributes of people as CSV. `lacking` counts by variant the people whose token the export lacks:
    these have none, so that they get the template's default."""

    def __init__(self, tokens: TokensOfExport, content: Content) -> None:
        hosts = frozenset(content.link_hosts)
        self._tokens = tokens
        self._readers = {
            name: FieldReader(name, content.fields[name], hosts) for name in tokens.fields if name in content.fields
        }
        self.lacking: Counter[str] = Counter()

    def header(self) -> bytes:
        """Return the first row."""
        return _csv([self._tokens.columns])

    def rows(
        self, ids: Sequence[str | None], keys: Sequence[str], locales: Sequence[str], contexts: Sequence[Any]
    ) -> bytes:
        """Return the rows of people, without those who have no id."""
        return _csv(self._rows(zip(ids, keys, locales, contexts, strict=True)))

    def _rows(self, people: Iterable[tuple[str | None, str, str, Any]]) -> Iterator[list[str]]:
        for id_, key, locale, context in people:
            if id_ is None:
                continue
            token = self._tokens.tokens.get(locale, {}).get(key)
            if token is None:
                self.lacking[key] += 1
            given = context.get("fields") if isinstance(context, dict) else None
            yield [id_, token or "", *self._texts(given if isinstance(given, dict) else {})]

    def _texts(self, given: Mapping[str, Any]) -> Iterator[str]:
        for name in self._tokens.fields:
            reader = self._readers.get(name)
            yield "" if reader is None or name not in given else reader.read(given[name])[0] or ""


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue().encode("utf-8", "replace")
