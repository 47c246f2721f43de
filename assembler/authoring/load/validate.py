"""YAML values -> models, with a finding for everything that does not fit, and as much kept as can be."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assembler.authoring.diagnostics import Findings
from assembler.authoring.load.model_findings import error_path, holds, named_value, report
from assembler.authoring.load.strict_yaml import Value
from assembler.authoring.project.authored import Authored
from assembler.authoring.project.source import KeyPath, Source
from assembler.authoring.project.value_hints import truth_meant

Model = TypeVar("Model", bound=Authored)

_MOST_ATTEMPTS: Final = 12
"""How often what does not fit is taken away: once for each level at which something may be missing then."""


def validated(
    model: type[Model],
    value: Value,
    source: Source,
    findings: Findings,
    *,
    known: tuple[str, ...] = (),
    otherwise: dict[str, Value] | None = None,
) -> Model | None:
    """Return the model of a value, attached to its places; what does not fit is reported as R02 and left out.

    `known` are keys that exist beside the model's own, for suggestions; `otherwise` holds values that stand in for
    required keys, so that one bad key does not hide the rest. None where too little is left.
    """
    if not isinstance(value, dict):
        message = f"expected keys and values, got {named_value(value)}"
        findings.add("R02", source.value(), message, "write `key: value`")
        return None
    kept: Any = value
    for attempt in range(_MOST_ATTEMPTS):
        try:
            authored = model.model_validate(kept)
        except ValidationError as error:
            details = error.errors(include_url=False)
            for detail in details:
                if attempt == 0 or detail["type"] != "missing":
                    report(model, detail, kept, source, findings, known)
            meant = _truths(details, kept)
            gone = _unfit(details, kept) - meant.keys()
            kept = {**(otherwise or {}), **_without(kept, gone, meant)}
            source = _renumbered(source, gone)
        else:
            authored.attach(source)
            return authored
    return None


def _unfit(details: Iterable[ErrorDetails], value: Any) -> set[KeyPath]:
    """Return the paths of what must go from a value: of what does not fit, or of what lacks something."""
    paths = [error_path(detail, value) for detail in details]
    return {path if _exists(value, path) else path[:-1] for path in paths if path}


def _truths(details: Iterable[ErrorDetails], value: Any) -> dict[KeyPath, bool]:
    """Return, by its path, what is true or false in words of other languages: it is read as it is meant."""
    said = ((detail, truth_meant(detail["input"]).instead) for detail in details if detail["type"] == "bool_type")
    return {error_path(detail, value): truth == "true" for detail, truth in said if truth is not None}


def _without(value: Any, gone: set[KeyPath], meant: Mapping[KeyPath, bool]) -> Any:
    """Return a value less what is gone, with what is meant in the place of what is not written so."""

    def copied(part: Any, path: KeyPath) -> Any:
        if path in meant:
            return meant[path]
        if isinstance(part, dict):
            return {key: copied(below, (*path, key)) for key, below in part.items() if (*path, key) not in gone}
        if isinstance(part, tuple):
            kept = ((index, below) for index, below in enumerate(part) if (*path, index) not in gone)
            return tuple(copied(below, (*path, index)) for index, below in kept)
        return part

    return copied(value, ())


def _renumbered(source: Source, gone: set[KeyPath]) -> Source:
    """Return the file with the places of what remains in a list under its new numbers."""
    if not any(isinstance(path[-1], int) for path in gone if path):
        return source

    lost: dict[KeyPath, list[int]] = {}
    for *above, key in sorted((path for path in gone if path and isinstance(path[-1], int)), key=lambda path: path[-1]):
        lost.setdefault(tuple(above), []).append(int(key))

    def moved(path: KeyPath) -> KeyPath:
        before = (
            bisect_left(lost.get(path[:depth], ()), key) for depth, key in enumerate(path) if isinstance(key, int)
        )
        return tuple(key - next(before) if isinstance(key, int) else key for key in path)

    def remaining_marks(marks: Mapping[KeyPath, tuple[int, int]]) -> dict[KeyPath, tuple[int, int]]:
        remaining = (path for path in marks if not any(path[:depth] in gone for depth in range(1, len(path) + 1)))
        return {moved(path): marks[path] for path in remaining}

    return replace(
        source,
        keys=remaining_marks(source.keys),
        values=remaining_marks(source.values),
        comments=remaining_marks(source.comments),
    )


def _exists(value: Any, path: KeyPath) -> bool:
    for key in path:
        if not holds(value, key):
            return False
        value = value[key]
    return True
