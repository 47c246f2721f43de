"""Lists of records in front matter: how many there are, and what of them a translation may set."""

from __future__ import annotations

from collections.abc import Mapping

from assembler.authoring.diagnostics import Findings
from assembler.authoring.load.strict_yaml import Value
from assembler.authoring.project.component import named
from assembler.authoring.project.component_type import MOST_RECORDS, FieldSpec
from assembler.authoring.project.source import KeyPath, Source

__all__ = ["limited", "matched", "translatable"]

_Specs = Mapping[str, FieldSpec]
_Front = Mapping[str, Value]


def limited(specs: _Specs, front: _Front, source: Source, findings: Findings) -> dict[str, Value]:
    """The front matter of an original with no more records in a list than that may hold.

    What is too much is reported, as are lists and records that hold nothing and should.
    """
    kept = dict(front)
    for name, spec, records in _lists(specs, front):
        if len(records) > spec.limit:
            message = f"{name} has {_counted(records)}, and may have {spec.limit}"
            larger = ", or write a larger `most` in _type.yaml" if spec.limit < MOST_RECORDS else ""
            hint = f"take away {len(records) - spec.limit}{larger}"
            findings.add("R02", source.value(name, spec.limit), message, hint)
        if spec.required and not records:
            findings.add("R02", source.value(name), f"{name} has no record", "write at least one")
        kept[name] = records[: spec.limit]
        for index, record in enumerate(records[: spec.limit]):
            blank = isinstance(record, dict) and all(each is None for each in record.values())
            if blank and not any(each.required for each in spec.records.values()):
                hint = "take it away, or write " + " or ".join(f"`{each}: ...`" for each in spec.records)
                findings.add("R02", source.value(name, index), f"{named((name, index))} says nothing", hint)
    return kept


def matched(specs: _Specs, front: _Front, original: _Front, source: Source, findings: Findings) -> dict[str, Value]:
    """The front matter of a translation with no more records in a list than the original has.

    Records are known by their numbers, so that another number of them is reported.
    """
    kept = dict(front)
    for name, spec, records in _lists(specs, front):
        there = original.get(name)
        if not records or not spec.translates or not (there is None or isinstance(there, tuple)):
            continue
        count = len(there or ())
        if len(records) != count:
            place = source.value(name, count) if len(records) > count else source.key(name)
            message = f"the translation of {name} has {_counted(records)}, the original {count}"
            hint = "write as many, in the same order; `- {}` stands for one in which nothing is translated"
            findings.add("L03", place, message, hint)
        kept[name] = records[: min(count, spec.limit)]
    return kept


def translatable(
    specs: _Specs, given: _Front, source: Source, findings: Findings, path: KeyPath = ()
) -> dict[str, Value]:
    """What of a translation's fields it may set; the rest is reported."""
    allowed: dict[str, Value] = {}
    for key, value in given.items():
        spec, here = specs.get(key), (*path, key)
        if spec is None or (spec.translates and spec.kind != "list"):
            allowed[key] = value
        elif spec.kind == "asset":
            allowed[key] = _without_file(value, source, findings, here)
        elif not spec.translates:
            message = f"a translation sets {named(here)!r}, a field of kind {spec.kind}"
            findings.add("L01", source.key(*here), message, "remove it: it is inherited")
        elif isinstance(value, tuple):
            allowed[key] = tuple(
                translatable(spec.records, each, source, findings, (*here, index)) if isinstance(each, dict) else each
                for index, each in enumerate(value)
            )
        else:
            allowed[key] = value
    return allowed


def _without_file(value: Value, source: Source, findings: Findings, path: KeyPath) -> Value:
    if not isinstance(value, dict) or "file" not in value:
        return value
    message = f"a translation sets the file of {named(path)!r}"
    findings.add("L01", source.key(*path, "file"), message, "remove it: only `alt` is translated")
    return {each: below for each, below in value.items() if each != "file"}


def _counted(records: tuple[Value, ...]) -> str:
    return f"{len(records)} record{'s' if len(records) > 1 else ''}"


def _lists(specs: _Specs, front: _Front) -> list[tuple[str, FieldSpec, tuple[Value, ...]]]:
    """The lists that stand in front matter, with their records."""
    lists = ((name, spec, front.get(name)) for name, spec in specs.items() if spec.kind == "list")
    return [(name, spec, records) for name, spec, records in lists if isinstance(records, tuple)]
