"""Lists of records in front matter: how many there are, and what of them a translation may set."""

from __future__ import annotations

from collections.abc import Mapping

from assembler.authoring.diagnostics import Findings
from assembler.authoring.load.strict_yaml import Value
from assembler.authoring.project.component import named
from assembler.authoring.project.component_type import MOST_RECORDS, FieldSpec
from assembler.authoring.project.source import KeyPath, Source
from assembler.errors import listed

_Specs = Mapping[str, FieldSpec]
_Front = Mapping[str, Value]


def limited(specs: _Specs, front: _Front, source: Source, findings: Findings) -> dict[str, Value]:
    """Return the front matter of an original with no more records in a list than that may hold.

    What is too much is reported, as are lists and records that hold nothing and should.
    """
    kept = dict(front)
    for name, spec, records in _lists(specs, front):
        _report_count(name, spec, records, source, findings)
        kept[name] = records[: spec.limit]
        for index, record in enumerate(records[: spec.limit]):
            if _says_nothing(record, spec):
                hint = "take it away, or write " + f"one of its fields: {listed(spec.records)}"
                findings.add("R02", source.value(name, index), f"{named((name, index))} says nothing", hint)
    return kept


def _report_count(name: str, spec: FieldSpec, records: tuple[Value, ...], source: Source, findings: Findings) -> None:
    """Report a list of more records than it may have, and a required one of none."""
    if len(records) > spec.limit:
        message = f"{name} has {_counted(records)}, and may have {spec.limit}"
        larger = ", or write a larger `most` in _type.yaml" if spec.limit < MOST_RECORDS else ""
        hint = f"take away {len(records) - spec.limit}{larger}"
        findings.add("R02", source.value(name, spec.limit), message, hint)
    if spec.required and not records:
        findings.add("R02", source.value(name), f"{name} has no record", "write at least one")


def _says_nothing(record: Value, spec: FieldSpec) -> bool:
    """Whether a record sets no field; where one is required, that is reported as missing."""
    is_blank = isinstance(record, dict) and all(value is None for value in record.values())
    return is_blank and not any(field.required for field in spec.records.values())


def matched(specs: _Specs, front: _Front, original: _Front, source: Source, findings: Findings) -> dict[str, Value]:
    """Return the front matter of a translation with no more records in a list than the original has.

    Records are known by their numbers, so that another number of them is reported.
    """
    kept = dict(front)
    for name, spec, records in _lists(specs, front):
        own = original.get(name)
        if not records or not spec.translates or not (own is None or isinstance(own, tuple)):
            continue
        count = len(own or ())
        if len(records) != count:
            place = source.value(name, count) if len(records) > count else source.key(name)
            message = f"the translation of {name} has {_counted(records)}, the original {count}"
            hint = "write as many, in the same order; `- {}` stands for one in which nothing is translated"
            findings.add("L03", place, message, hint)
        kept[name] = records[: min(count, spec.limit)]
    return kept


def translatable(
    specs: _Specs, given: _Front, original: _Front, source: Source, findings: Findings, path: KeyPath = ()
) -> dict[str, Value]:
    """Return what of a translation's fields it may set; the rest is reported. What says otherwise than the original may
    be translatable."""
    allowed: dict[str, Value] = {}
    for key, value in given.items():
        spec, here = specs.get(key), (*path, key)
        if spec is None or (spec.translates and spec.kind != "list"):
            allowed[key] = value
        elif spec.kind == "asset":
            allowed[key] = _without_file(value, original.get(key), source, findings, here)
        elif not spec.translates:
            message = f"a translation sets {named(here)!r}, a field of kind {spec.kind}"
            findings.add("L01", source.key(*here), message, _inherited(key, value, original.get(key), source))
        elif isinstance(value, tuple):
            allowed[key] = tuple(
                translatable(spec.records, record, _record(original.get(key), index), source, findings, (*here, index))
                if isinstance(record, dict)
                else record
                for index, record in enumerate(value)
            )
        else:
            allowed[key] = value
    return allowed


def _record(original: Value, index: int) -> _Front:
    """The record of a list that has a number; nothing where there is none."""
    record = original[index] if isinstance(original, tuple) and index < len(original) else None
    return record if isinstance(record, dict) else {}


def _inherited(key: str, value: Value, original: Value, source: Source) -> str:
    """Return how to mend a translation that sets a field: by leaving it out, or by letting it differ."""
    if value in (None, original):
        return "remove it: it is inherited"
    folder = source.path.rpartition("/")[0]
    return f"write `translatable: true` for {key} in {folder}/_type.yaml; or remove it: it is inherited"


def _without_file(value: Value, original: Value, source: Source, findings: Findings, path: KeyPath) -> Value:
    if not isinstance(value, dict) or "file" not in value:
        return value
    message = f"a translation sets the file of {named(path)!r}"
    own = original.get("file") if isinstance(original, dict) else None
    hint = "remove it: only `alt` is translated"
    if value["file"] != own:
        folder = source.path.rpartition("/")[0]
        hint = f"write `translatable: true` for {path[-1]} in {folder}/_type.yaml; or remove it: only `alt` differs"
    findings.add("L01", source.key(*path, "file"), message, hint)
    return {part: text for part, text in value.items() if part != "file"}


def _counted(records: tuple[Value, ...]) -> str:
    return f"{len(records)} record{'s' if len(records) > 1 else ''}"


def _lists(specs: _Specs, front: _Front) -> list[tuple[str, FieldSpec, tuple[Value, ...]]]:
    lists = ((name, spec, front.get(name)) for name, spec in specs.items() if spec.kind == "list")
    return [(name, spec, records) for name, spec, records in lists if isinstance(records, tuple)]
