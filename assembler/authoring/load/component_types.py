"""components/<type>/_type.yaml -> the component types that can be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from assembler.authoring.diagnostics import Findings, Place
from assembler.authoring.failures import guarded
from assembler.authoring.incremental.memo_cache import MemoCache
from assembler.authoring.load.fields import TypeFields
from assembler.authoring.load.names import SLUG, report_folder_name, slug_hint
from assembler.authoring.load.project_files import ProjectFiles
from assembler.authoring.load.strict_yaml import read_yaml_file
from assembler.authoring.load.validate import validated
from assembler.authoring.project.component_type import ComponentType

TYPE_FILE: Final = re.compile(r"components/([^/]+)/_type\.yaml")
"""The path of a component type's file; the group is its name."""


@dataclass(frozen=True, slots=True)
class Types:
    """The component types that can be read, by name, and the `names` of all that are there."""

    fields: Mapping[str, TypeFields]
    names: frozenset[str]

    @property
    def models(self) -> dict[str, ComponentType]:
        """The types as they are written, by name."""
        return {name: fields.component_type for name, fields in self.fields.items()}


def load_types(read: ProjectFiles, memo: MemoCache, findings: Findings) -> Types:
    """Return the component types that can be read, and the names of all that are there."""
    fields: dict[str, TypeFields] = {}
    names = read.unread_names(TYPE_FILE)
    for path, text in read.texts.items():
        match = TYPE_FILE.fullmatch(path)
        if match is not None:
            names.add(match[1])
            type_fields, type_findings = memo.get_or_make(("type", path, text), partial(_read_type, path, text))
            findings.take(type_findings)
            if type_fields is not None:
                fields[match[1]] = type_fields
    return Types(fields, frozenset(names))


def _read_type(path: str, text: str) -> tuple[TypeFields | None, Findings]:
    findings = Findings()
    return guarded(findings, partial(_type, path, text, findings), Place(path)), findings


def _type(path: str, text: str, findings: Findings) -> TypeFields | None:
    name = path.split("/")[1]
    if not SLUG.fullmatch(name):
        findings.add("R04", Place(path), f"{name!r} is no name for a component type", slug_hint(name))
        return None
    report_folder_name("type", name, Place(path), findings)
    read = read_yaml_file(path, text, findings)
    if read is None:
        return None
    value, source = read
    type_ = validated(ComponentType, value if value is not None else {}, source, findings)
    if type_ is None:
        return None
    if type_.body is None and not (type_.fields or type_.holds("body") or type_.holds("fields")):
        message = f"the type {name} has neither a body nor fields"
        findings.add("R02", source.at(), message, "add `body: text`, or `body: markdown`")
        return None
    return TypeFields.of(type_, findings)
