"""Files -> `LoadedProject`: everything that can be read is, and every fault is a finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from assembler.authoring.diagnostics import Findings
from assembler.authoring.incremental.fingerprint import fingerprint
from assembler.authoring.incremental.memo_cache import MemoCache
from assembler.authoring.load.campaigns import load_campaigns
from assembler.authoring.load.component_types import load_types
from assembler.authoring.load.components import load_components
from assembler.authoring.load.files import Files
from assembler.authoring.load.project_files import ProjectFiles, read_files
from assembler.authoring.load.settings import load_settings
from assembler.authoring.load.starter import starter_files, with_theme
from assembler.authoring.load.templates import load_strings, load_styles, load_templates
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.settings import Settings
from assembler.authoring.project.source import Source


@dataclass(frozen=True, eq=False, kw_only=True)
class ReadProject:
    """A project whose files are read. Of these, the settings alone are taken apart; the rest is when it is loaded.

    `unread` are the findings about files that could not be read, `findings` those and what is wrong with the settings.
    """

    files: ProjectFiles
    settings: Settings
    declared: Mapping[str, frozenset[str]]
    unread: Findings
    findings: Findings
    memo: MemoCache

    @cached_property
    def fingerprint(self) -> str:
        """What tells the project from another state of it: all files, the theme, and which files cannot be read."""
        files = self.files
        return fingerprint(
            files.texts,
            [(path, sha256(data).hexdigest()) for path, data in files.assets.items()],
            sorted(files.unread),
            [(code, list(self.unread.of(code))) for code in sorted(self.unread.codes())],
            [] if self.settings.theme is None else sorted(starter_files("templates")),
        )

    @cached_property
    def loaded(self) -> LoadedProject:
        """The nouns of the project, but for what the memo has."""
        read, settings, findings = self.files, self.settings, self.findings
        campaigns, campaign_names = load_campaigns(read, findings)
        types = load_types(read, self.memo, findings)
        if settings.theme is not None:
            read = with_theme(read, settings.channels, types.names)
        components, addresses = load_components(read, types, settings, self.memo, findings)
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
            of_theme=read.of_theme,
            unread=frozenset(read.unread),
            sources=unparsed | {source.path: source for source in parsed} | strings_source,
            declared={**self.declared, "campaign": campaign_names, "component": addresses, "type": types.names},
            findings=findings,
        )


def read_project(files: Files, memo: MemoCache) -> ReadProject:
    """Read the files of a project, and its settings.

    Raises `ProjectError` where assembler.yaml is missing or no YAML.
    """
    unread, findings = Findings(), Findings()
    read = read_files(files, unread)
    findings.take(unread)
    settings, declared = load_settings(read.texts, findings)
    return ReadProject(files=read, settings=settings, declared=declared, unread=unread, findings=findings, memo=memo)
