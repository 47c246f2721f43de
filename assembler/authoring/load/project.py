"""Files -> `LoadedProject`: everything that can be read is, and every fault is a finding."""

from __future__ import annotations

from assembler.authoring.diagnostics import Findings
from assembler.authoring.incremental.memo_cache import MemoCache
from assembler.authoring.load.campaigns import load_campaigns
from assembler.authoring.load.component_types import load_types
from assembler.authoring.load.components import load_components
from assembler.authoring.load.files import Files
from assembler.authoring.load.project_files import read_files
from assembler.authoring.load.settings import load_settings
from assembler.authoring.load.starter import with_theme
from assembler.authoring.load.templates import load_strings, load_styles, load_templates
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.source import Source


def load_project(files: Files, memo: MemoCache | None = None) -> LoadedProject:
    """Read a project, but for what the memo has. Raises `ProjectError` where assembler.yaml is missing or no YAML."""
    memo = memo or MemoCache()
    findings = Findings()
    read = read_files(files, findings)
    settings, declared = load_settings(read.texts, findings)
    campaigns, campaign_names = load_campaigns(read, findings)
    types = load_types(read, memo, findings)
    if settings.theme is not None:
        read = with_theme(read, settings.channels, types.names)
    components, addresses = load_components(read, types, settings, memo, findings)
    strings, strings_source = load_strings(read.texts, findings)
    unparsed = {path: Source(path, text) for path, text in read.texts.items()}
    parsed = [model.source for model in (settings, *campaigns.values(), *types.models.values())]
    parsed += [words.source for component in components.values() for words in component.words.values()]
    return LoadedProject(
        settings=settings,
        campaigns=campaigns,
        types=types.models,
        components=components,
        templates=load_templates(read, findings),
        styles=load_styles(read),
        strings=strings,
        assets=read.assets,
        sources=unparsed | {source.path: source for source in parsed} | strings_source,
        declared={**declared, "campaign": campaign_names, "component": addresses, "type": types.names},
        findings=findings,
    )
