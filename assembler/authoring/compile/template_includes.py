"""Which templates a template includes, and which include it."""

from __future__ import annotations

from collections.abc import Mapping

from assembler.authoring.compile.syntax import TemplateSyntax


def included_by(syntax: Mapping[str, TemplateSyntax], path: str) -> list[str]:
    """Return the path of a template, and those of all that it includes, directly or not."""
    paths = [path]
    for outer in paths:
        paths += [inner for inner in directly_included(syntax, outer) if inner not in paths]
    return paths


def including(syntax: Mapping[str, TemplateSyntax], path: str) -> list[str]:
    """Return the path of a template, and those of all that include it, directly or not."""
    paths = [path]
    for inner in paths:
        paths += [outer for outer in syntax if outer not in paths and inner in directly_included(syntax, outer)]
    return paths


def directly_included(syntax: Mapping[str, TemplateSyntax], path: str) -> dict[str, None]:
    """Return the paths of the templates that a template itself includes, in their order."""
    paths = (f"templates/{name}" for name, _ in syntax[path].templates) if path in syntax else ()
    return dict.fromkeys(inner for inner in paths if inner in syntax)
