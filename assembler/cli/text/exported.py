"""What an export wrote, as people read it and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assembler.cli.text.columns import table, wrapped
from assembler.cli.text.words import counted, path_text

if TYPE_CHECKING:
    from assembler.delivery.export.artefacts import Artefact
    from assembler.delivery.export.manifest import Exported


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
    yield wrapped(f"{request.campaign} for {facts.name}, by {request.by}, in {path_text(exported.folder)}:", rest="  ")
    yield table(
        (part.path, f"{len(part.data):,} bytes", f"into {facts.paste.get(part.name, 'a part of its own')}")
        for artefact in exported.artefacts
        for part in artefact.parts
    )
    yield ""
    for artefact in exported.artefacts:
        yield wrapped(_attribute(artefact), rest="  ")
    yield wrapped(f"proof: {_proof(exported)}", rest="  ")
    if request.without:
        yield wrapped(f"given up: {', '.join(sorted(request.without))}", rest="  ")
    yield from (wrapped(line, rest="  ") for line in dict.fromkeys(_fixed(exported)))


def _attribute(artefact: Artefact) -> str:
    until = "" if artefact.valid_until is None else f"; it holds until {artefact.valid_until:%Y-%m-%d %H:%M}"
    tokens = counted(len(artefact.tokens), "token")
    return f"{artefact.channel}/{artefact.locale}: {tokens} for the attribute {artefact.attribute}{until}"


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


def _fixed(exported: Exported) -> Iterator[str]:
    for artefact in exported.artefacts:
        for place in artefact.fixed:
            yield (
                f"the same for everybody: {place['field']} in the {place['part']} of {artefact.channel}, "
                f"as a {place['encoder']}; for a personal link, give it `verbatim` code"
            )
