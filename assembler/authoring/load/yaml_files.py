"""A YAML file of a project -> its value and its places; one that cannot be read is a finding of R01."""

from __future__ import annotations

from assembler.authoring.diagnostics import Findings, Place
from assembler.authoring.load.strict_yaml import Value, read_yaml
from assembler.authoring.load.yaml_fault import YamlFault
from assembler.authoring.project.source import Source


def read_yaml_file(
    path: str, text: str, findings: Findings, *, first_line: int = 1, whole: str | None = None
) -> tuple[Value, Source] | None:
    """Return what `read_yaml` returns for a file; None, and a finding of R01, where it is not YAML that we read."""
    try:
        return read_yaml(path, text, first_line=first_line, whole=whole)
    except YamlFault as fault:
        findings.add("R01", Place(path, fault.line, fault.column), fault.message, fault.hint)
        return None
