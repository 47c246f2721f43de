"""What an export wrote, as people read it and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from assembler.cli.text.columns import table, wrapped
from assembler.cli.text.words import counted, path_text

if TYPE_CHECKING:
    from assembler.delivery.export.artefacts import Artefact
    from assembler.delivery.export.manifest import Exported

_PLACES: Final = {
    "url": "as a link",
    "url_text": "as a link",
    "url_part": "in a link",
    "json": "in JSON",
    "html": "among words of HTML",
}
"""By encoder, where a value stands that no engine can encode."""


def exported_text(exported: Exported) -> str:
    """Return what was written, how it is proven, what was given up, and what goes where."""
    return "\n".join(_paragraphs(exported))


def exported_json(exported: Exported) -> dict[str, object]:
    """Return where the export is, how it is proven, and its files."""
    return {
        "folder": str(exported.folder),
        "proof": "none" if exported.proof is None else exported.proof.engine,
        "renderings": 0 if exported.proof is None else exported.proof.renderings,
        "given_up": sorted(exported.request.without),
        "parts": [part.path for artefact in exported.artefacts for part in artefact.parts],
    }


def _paragraphs(exported: Exported) -> Iterator[str]:
    request, facts = exported.request, exported.facts
    yield wrapped(f"{request.campaign} for {facts.name}, by {request.by}, in {path_text(exported.folder)}", rest="  ")
    yield table(map(_artefact, exported.artefacts))
    yield "in each of these, to be pasted:"
    yield table(_pasted(exported))
    yield wrapped(f"proof: {_proof(exported)}", rest="  ")
    if request.without:
        yield wrapped(f"given up: {', '.join(sorted(request.without))}", rest="  ")
    if fixed := _fixed(exported):
        yield wrapped("the same for everybody, unless the field has `verbatim` code of the provider:", rest="  ")
        yield table((field, ", ".join(places)) for field, places in fixed.items())


def _artefact(artefact: Artefact) -> tuple[str, str]:
    until = "" if artefact.valid_until is None else f"; holds until {artefact.valid_until:%Y-%m-%d %H:%M %Z}"
    tokens = counted(len(artefact.tokens), "token")
    return f"{artefact.channel}/{artefact.locale}", f"{tokens} for the attribute {artefact.attribute}{until}"


def _pasted(exported: Exported) -> Iterator[tuple[str, str, str]]:
    """Each file of an artefact, how large the largest is, and where it goes."""
    sizes: dict[tuple[str, str], int] = {}
    for part in (part for artefact in exported.artefacts for part in artefact.parts):
        both = part.name, part.path.rpartition("/")[2]
        sizes[both] = max(sizes.get(both, 0), len(part.data))
    for (name, file), size in sizes.items():
        yield file, f"{size:,} bytes", f"into {exported.facts.paste.get(name, 'where the provider has such a part')}"


def _proof(exported: Exported) -> str:
    proof = exported.proof
    if proof is None:
        return "none, as --unproven says"
    if proof.engine == "self":
        return (
            f"{counted(proof.renderings, 'rendering')} equal to the variants by a reader of our own; "
            f"{exported.facts.name} has no engine to try it on, so send yourself a test"
        )
    read = f", {proof.after_references} of them once character references are read" if proof.after_references else ""
    return f"{counted(proof.renderings, 'rendering')} on {proof.engine} equal to the variants{read}"


def _fixed(exported: Exported) -> Mapping[str, list[str]]:
    """By merge field, where every person has the fallback."""
    fields: dict[str, list[str]] = {}
    for artefact in exported.artefacts:
        for place in artefact.fixed:
            where = fields.setdefault(str(place["field"]), [])
            words = _PLACES[str(place["encoder"])]
            where += [words] if words not in where else []
    return fields
