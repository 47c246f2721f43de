"""A campaign -> templates for a provider, proven, and written in one step."""

from __future__ import annotations

from pathlib import Path

from assembler.authoring.build.replacing import replacing
from assembler.authoring.project_facade import Project
from assembler.delivery.export.artefacts import Advance, ArtefactMaker
from assembler.delivery.export.manifest import EXPORT, Exported, is_export, manifest
from assembler.delivery.export.provider_facts import provider_facts
from assembler.delivery.export.request import ExportRequest


def export(
    project: Project,
    request: ExportRequest,
    output: Path,
    progress: Advance | None = None,
    *,
    packages: Path | None = None,
) -> Exported:
    """Write a campaign as templates, with export.json, to a folder, in one step: the old export or the new one.

    `packages` is a folder whose packages of node are trusted; omitted, those are run that are installed for everybody.

    Raises `ProjectError`, which holds every finding, where the project has errors or the export is refused;
    `FileExistsError` where `output` holds something else; `OSError`.
    """
    library = project.compile(request.period.start, all_variants=False)
    facts = provider_facts()[request.settings.kind]
    artefacts, proof = ArtefactMaker(project.loaded, library, request, facts).make(packages, progress)
    output = output.absolute()
    exported = Exported(folder=output, request=request, facts=facts, artefacts=artefacts, proof=proof)
    with replacing(output, "an export", is_export) as new:
        for artefact in artefacts:
            for part in artefact.parts:
                new.write(part.path, part.data)
        new.write(EXPORT, manifest(exported, library.digest, project.settings.name))
    return exported
