"""JSON Schema for every kind of file: made from the models where there are any, written out where there are not."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from assembler.authoring.project.authored import Microseconds, Share
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.component import Tags
from assembler.authoring.project.component_type import ComponentType
from assembler.authoring.project.settings import Settings, time_zones
from assembler.cli.text.file_keys import KEYS

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SHARE = {
    "type": "string",
    "description": "a percentage with at most two decimals, such as 12.5%",
    "pattern": r"^0*(100(\.0{1,2})?|[0-9]{1,2}(\.[0-9]{1,2})?)%$",
}
_AGE = {
    "type": "string",
    "description": "a whole number of minutes (m), hours (h), days (d) or weeks (w), such as 35d; or none",
    "pattern": "^([0-9]{0,5}[1-9][0-9]{0,5}[mhdw]|none)$",
}
_SLUG = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_COUNT = {"type": "integer", "minimum": 0}
_SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def schemas() -> dict[str, Schema]:
    """Return the schema of every kind of file, by kind."""
    settings = _of(Settings, "assembler.yaml")
    settings["properties"]["timezone"]["enum"] = list(time_zones())
    by_kind = {
        "settings": settings,
        "campaign": _of(AuthoredCampaign, "campaigns/<campaign>.yaml"),
        "type": _of(ComponentType, "components/<type>/_type.yaml"),
        "component": {**_of(Tags, "components/<type>/<id>.md, front matter"), "additionalProperties": True},
        "strings": _titled("templates/strings.yaml: locale, then key, then words", _mapping(_mapping(_TEXT))),
        "context": _titled("what a caller knows about a person", _described(deepcopy(_CONTEXT), "Context")),
        "manifest": _titled("manifest.json", _described(deepcopy(_MANIFEST), "Manifest")),
    }
    about = {"$schema": _DIALECT}
    return {kind: {**about, "$id": f"urn:assembler:schema:{kind}", **schema} for kind, schema in by_kind.items()}


class _AsWritten(GenerateJsonSchema):
    """Shares and ages are counted numbers once they are read, but they are written as text."""

    def normalize_name(self, name: str) -> str:
        """The name of a definition: the noun that its model is for, such as `Signal`."""
        return _noun(super().normalize_name(name))

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        written = _WRITTEN.get(schema["function"]["function"])
        return dict(written) if written else super().function_before_schema(schema)

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        written = super().default_schema(schema)
        pattern, default = written.get("pattern"), written.get("default")
        if pattern == _AGE["pattern"] and isinstance(default, int):
            written["default"] = f"{default // 86_400_000_000}d"
        if pattern == _SHARE["pattern"] and isinstance(default, int):
            written["default"] = f"{default / 100:g}%"
        return written


_WRITTEN: dict[Any, Schema] = {
    get_args(Share)[1].func: _SHARE,
    get_args(Microseconds)[1].func: _AGE,
}


def _of(model: type[BaseModel], title: str) -> Schema:
    whole = model.model_json_schema(schema_generator=_AsWritten)
    for schema in (whole, *whole.get("$defs", {}).values()):
        schema.pop("description", None)  # it tells of values as they are once read
        schema["title"] = _noun(schema["title"])
        _described(schema, schema["title"])
    return _titled(title, whole)


def _described(schema: Schema, noun: str) -> Schema:
    """Say in a schema what each of its keys means."""
    for key, words in KEYS.get(noun, {}).items():
        if key in schema["properties"]:
            schema["properties"][key]["description"] = words
    return schema


def _noun(model_name: str) -> str:
    """The noun that a model is for: `Signal` of `SignalSettings`, `Slot` of `AuthoredSlot`."""
    return model_name.removeprefix("Authored").removesuffix("Settings") or model_name


def _titled(title: str, schema: Schema) -> Schema:
    return {**schema, "title": title}


def _mapping(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> Schema:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_VALUE: Schema = {"type": ["string", "number", "boolean", "null"]}
_OBSERVED = _object({"value": _VALUE, "observed_at": {"type": "string", "format": "date-time"}})
_CONTEXT: Schema = {
    "type": "object",
    "properties": {
        "id": {"type": ["string", "integer", "null"]},
        "locale": _TEXT_OR_NULL,
        "consent": _list(_TEXT),
        "signals": _mapping({"anyOf": [_VALUE, _OBSERVED]}),
        "fields": _mapping({"type": ["string", "number", "null"]}),
        "segment": _TEXT_OR_NULL,
        "stage": _TEXT_OR_NULL,
    },
}
_PART = _object({"path": _TEXT, "bytes": _COUNT, "sha256": _SHA256})
_VARIANT = _object(
    {
        "key": {"type": "string", "pattern": "^[a-z][a-z0-9_]*/[a-z][a-z0-9_]*/[A-Za-z0-9-]+/[0-9a-f]{12}$"},
        "campaign": _SLUG,
        "channel": _SLUG,
        "locale": _TEXT,
        "reason": {"enum": ["TARGETING_MATCH", "SPLIT", "DEFAULT"]},
        "slots": _mapping(_TEXT_OR_NULL),
        "cells": _list(_object({"segment": _TEXT_OR_NULL, "stage": _TEXT_OR_NULL})),
        "parts": _mapping(_PART),
    }
)
_DIGEST = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}
_LIBRARY = _object({"path": _TEXT, "bytes": _COUNT, "sha256": _SHA256, "digest": _DIGEST})
_MANIFEST: Schema = _object(
    {
        "schema": {"const": 1},
        "name": _SLUG,
        "as_of": {"type": "string", "format": "date-time"},
        "library": _LIBRARY,
        "variants": _list(_VARIANT),
    },
    {
        "select": _mapping(_list(_TEXT)),
        "sample": _object({"shows": _TEXT, "of": {"type": ["integer", "null"], "minimum": 0}}),
    },
)
