"""Which templates a template includes, and which include it."""

from __future__ import annotations

from collections.abc import Mapping

from assembler.authoring.compile.syntax import TemplateSyntax


def included_by(syntax: Mapping[str, TemplateSyntax], path: str) -> list[str]:
    """The path of a template, and those of all that it includes, directly or not."""
    paths = [path]
    for outer in paths:
        paths += [inner for inner in _included(syntax, outer) if inner not in paths]
    return paths


def including(syntax: Mapping[str, TemplateSyntax], path: str) -> list[str]:
    """The path of a template, and those of all that include it, directly or not."""
    paths = [path]
    for inner in paths:
        paths += [outer for outer in syntax if outer not in paths and inner in _included(syntax, outer)]
    return paths


def _included(syntax: Mapping[str, TemplateSyntax], path: str) -> dict[str, None]:
    """The paths of the templates that a template itself includes, in their order."""
    paths = (f"templates/{name}" for name, _ in syntax[path].templates) if path in syntax else ()
    return dict.fromkeys(included for included in paths if included in syntax)
