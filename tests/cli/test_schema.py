"""`assembler schema`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from assembler.authoring import Project
from tests.authoring.builders import MOMENT, project, settings
from tests.cli.conftest import Run

KINDS = ("settings", "campaign", "type", "component", "strings", "context", "manifest")


@pytest.fixture
def found(run: Run) -> dict[str, Any]:
    result = run("schema")
    assert (result.exit_code, result.stderr) == (0, "")
    return dict(json.loads(result.stdout))


def test_every_kind_of_file_has_a_schema(found: dict[str, Any], run: Run) -> None:
    assert tuple(found) == KINDS
    for kind in KINDS:
        assert json.loads(run("schema", kind).stdout) == found[kind]
        assert found[kind]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert found[kind]["$id"] == f"urn:assembler:schema:{kind}"


def test_references_lead_somewhere(found: dict[str, Any]) -> None:
    for schema in found.values():
        for name in re.findall(r'"#/\$defs/([^"]+)"', json.dumps(schema)):
            assert name in schema["$defs"]


@pytest.mark.parametrize("written", ["5%", "0%", "100%", "12.5%", "0.25%", "100.00%"])
def test_a_share_is_written_as_a_percentage(written: str, found: dict[str, Any]) -> None:
    assert re.search(found["settings"]["$defs"]["Holdout"]["properties"]["share"]["pattern"], written)
    assert Project.from_files(project(settings(holdout={"share": f"'{written}'"}))).check(MOMENT).errors == ()


@pytest.mark.parametrize("written", ["5", "101%", "100.01%", "1.234%", "-1%", "%"])
def test_what_is_no_share(written: str, found: dict[str, Any]) -> None:
    assert not re.search(found["settings"]["$defs"]["Holdout"]["properties"]["share"]["pattern"], written)
    assert Project.from_files(project(settings(holdout={"share": f"'{written}'"}))).check(MOMENT).errors


@pytest.mark.parametrize(
    ("written", "good"),
    [("35d", True), ("12h", True), ("4w", True), ("none", True), ("0d", False), ("5", False), ("1y", False)],
)
def test_an_age_is_written_with_a_unit(written: str, good: bool, found: dict[str, Any]) -> None:
    options = found["settings"]["$defs"]["Signal"]["properties"]["max_age"]["anyOf"]
    assert bool(re.search(options[0]["pattern"], written)) is good
    errors = Project.from_files(project(settings(signals={"months_away": {"max_age": written}}))).check(MOMENT).errors
    assert (not errors) is good


def test_no_number_stands_for_what_is_written_as_text(found: dict[str, Any]) -> None:
    assert found["settings"]["$defs"]["Policy"]["properties"]["review_grace"]["default"] == "90d"
    for schema in found.values():
        assert "microseconds" not in json.dumps(schema)


def test_dates_are_text(found: dict[str, Any]) -> None:
    assert {"type": "string", "format": "date"} in found["campaign"]["properties"]["decide_by"]["anyOf"]


def test_a_source_is_called_by_its_key(found: dict[str, Any]) -> None:
    assert "source" in found["settings"]["$defs"]["Signal"]["properties"]


def test_fields_stand_beside_the_tags_of_a_component(found: dict[str, Any]) -> None:
    assert found["component"]["additionalProperties"] is True
    assert found["component"]["required"] == ["campaigns"]


def test_the_manifest_of_a_build_has_the_keys_of_its_schema(found: dict[str, Any], run: Run) -> None:
    manifest = json.loads(Path(json.loads(run("build", "--format", "json").stdout)["manifest"]).read_text())
    _agree(manifest, found["manifest"])


def _agree(value: object, schema: dict[str, Any]) -> None:
    """As much of JSON Schema as the manifest's uses."""
    if "const" in schema or "enum" in schema:
        assert value in [schema.get("const"), *schema.get("enum", ())]
    if isinstance(value, str) and "pattern" in schema:
        assert re.search(schema["pattern"], value)
    if isinstance(value, dict):
        assert set(schema.get("required", ())) <= set(value)
        for key, below in value.items():
            inside = schema.get("properties", {}).get(key, schema["additionalProperties"])
            assert inside is not False, key
            _agree(below, inside)
    if isinstance(value, list):
        for below in value:
            _agree(below, schema["items"])


def test_a_field_may_be_a_list_of_records(found: dict[str, Any]) -> None:
    field = found["type"]["$defs"]["FieldSpec"]
    assert "list" in field["properties"]["kind"]["enum"]
    assert field["properties"]["of"]["anyOf"][0]["additionalProperties"] == {"$ref": "#/$defs/FieldSpec"}
    assert field["properties"]["most"]["anyOf"][0] == {"exclusiveMinimum": 0, "maximum": 100, "type": "integer"}
    lists, others = field["then"], field["else"]
    assert field["if"]["properties"]["kind"] == {"const": "list"} and lists["required"] == ["of"]
    assert lists["properties"]["of"]["additionalProperties"]["properties"]["kind"] == {"not": {"const": "list"}}
    assert set(others["properties"]) == {"most", "of"}
