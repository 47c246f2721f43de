"""export.json: what an export holds, how it is proven, and what is known of its tokens."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from assembler.authoring.build.replacing import holds_only
from assembler.delivery.export.artefacts import Artefact, ExportedPart
from assembler.delivery.export.outcomes import Chosen
from assembler.delivery.export.proof.proving import Proof
from assembler.delivery.export.provider_facts import ProviderFacts
from assembler.delivery.export.request import ExportRequest

EXPORT: Final = "export.json"
SCHEMA: Final = 1
UNPROVEN: Final = "none"
"""What an export says of its proof that has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """An export as it was written. `proof` is None where there was no engine."""

    folder: Path
    request: ExportRequest
    facts: ProviderFacts
    artefacts: tuple[Artefact, ...]
    proof: Proof | None


def manifest(exported: Exported, digest: str, name: str) -> bytes:
    """Return export.json of an export, of a library with a digest, and of a project of a name."""
    request, proof = exported.request, exported.proof
    zone = request.period.start.tzinfo
    about: dict[str, object] = {
        "schema": SCHEMA,
        "name": name,
        "campaign": request.campaign,
        "provider": request.provider,
        "kind": request.settings.kind,
        "by": request.by,
        "edition": request.edition,
        "as_of": request.period.start.isoformat(),
        "library": digest,
        "given_up": sorted(request.without),
        "proof": UNPROVEN if proof is None else proof.engine,
        "renderings": None if proof is None else {"equal": proof.equal, "after_references": proof.after_references},
        "fields": {
            field: {"attribute": written.attribute} if written.attribute else {"verbatim": written.verbatim}
            for field, written in request.settings.fields.items()
        },
        "artefacts": [
            {
                "channel": artefact.channel,
                "locale": artefact.locale,
                "attribute": artefact.attribute,
                "valid_until": None
                if artefact.valid_until is None
                else artefact.valid_until.astimezone(zone).isoformat(),
                "default": artefact.default,
                "tokens": {token: _told(chosen) for token, chosen in artefact.tokens.items()},
                "fixed": list(artefact.fixed),
                "parts": {part.name: _file(part) for part in artefact.parts},
            }
            for artefact in exported.artefacts
        ],
    }
    return msgspec.json.format(msgspec.json.encode(about), indent=1) + b"\n"


def _told(chosen: Chosen) -> dict[str, object]:
    cell = {} if chosen.cell is None else dict(zip(("segment", "stage"), chosen.cell, strict=True))
    return {**cell, "key": chosen.key}


def _file(part: ExportedPart) -> dict[str, object]:
    return {"path": part.path, "bytes": len(part.data), "sha256": hashlib.sha256(part.data).hexdigest()}


class _HeadOfArtefact(msgspec.Struct):
    channel: str


class _Head(msgspec.Struct):
    """What only an export has."""

    schema: int
    provider: str
    proof: str
    artefacts: tuple[_HeadOfArtefact, ...]


def is_export(folder: Path) -> bool:
    """Return whether a folder holds an export, and nothing else.

    Raises `FileExistsError`, which names what it holds beside one.
    """
    try:
        about = msgspec.json.decode((folder / EXPORT).read_bytes(), type=_Head)
    except (FileNotFoundError, msgspec.DecodeError):
        return False
    return holds_only(folder, {EXPORT, *(artefact.channel for artefact in about.artefacts)})
