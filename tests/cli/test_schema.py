"""`assembler schema`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assembler.cli.schemas import schemas
from assembler.cli.text.file_keys import KEYS
from tests.authoring.builders import MOMENT, in_memory, project, settings
from tests.cli.conftest import Run

KINDS = ("settings", "campaign", "type", "component", "strings", "context", "manifest")


@pytest.fixture
def by_kind(run: Run) -> dict[str, Any]:
    result = run("schema")
    assert (result.exit_code, result.stderr) == (0, "")
    return dict(json.loads(result.stdout))


def test_every_kind_of_file_has_a_schema(by_kind: dict[str, Any], run: Run) -> None:
    assert tuple(by_kind) == KINDS
    for kind in KINDS:
        assert json.loads(run("schema", kind).stdout) == by_kind[kind]
        assert by_kind[kind]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert by_kind[kind]["$id"] == f"urn:assembler:schema:{kind}"


def test_references_lead_somewhere(by_kind: dict[str, Any]) -> None:
    for schema in by_kind.values():
        for name in re.findall(r'"#/\$defs/([^"]+)"', json.dumps(schema)):
            assert name in schema["$defs"]


@pytest.mark.parametrize("written", ["5%", "0%", "100%", "12.5%", "0.25%", "100.00%"])
def test_a_share_is_written_as_a_percentage(written: str, by_kind: dict[str, Any]) -> None:
    assert re.search(by_kind["settings"]["$defs"]["Holdout"]["properties"]["share"]["pattern"], written)
    assert in_memory(project(settings(holdout={"share": f"'{written}'"}))).check(MOMENT).errors == ()


@pytest.mark.parametrize("written", ["5", "101%", "100.01%", "1.234%", "-1%", "%"])
def test_what_is_no_share(written: str, by_kind: dict[str, Any]) -> None:
    assert not re.search(by_kind["settings"]["$defs"]["Holdout"]["properties"]["share"]["pattern"], written)
    assert in_memory(project(settings(holdout={"share": f"'{written}'"}))).check(MOMENT).errors


@pytest.mark.parametrize(
    ("written", "good"),
    [("35d", True), ("12h", True), ("4w", True), ("none", True), ("0d", False), ("5", False), ("1y", False)],
)
def test_an_age_is_written_with_a_unit(written: str, good: bool, by_kind: dict[str, Any]) -> None:
    options = by_kind["settings"]["$defs"]["Signal"]["properties"]["max_age"]["anyOf"]
    assert bool(re.search(options[0]["pattern"], written)) is good
    errors = in_memory(project(settings(signals={"months_away": {"max_age": written}}))).check(MOMENT).errors
    assert (not errors) is good


def test_no_number_stands_for_what_is_written_as_text(by_kind: dict[str, Any]) -> None:
    assert by_kind["settings"]["$defs"]["Policy"]["properties"]["review_grace"]["default"] == "90d"
    for schema in by_kind.values():
        assert "microseconds" not in json.dumps(schema)


def test_dates_are_text(by_kind: dict[str, Any]) -> None:
    assert {"type": "string", "format": "date"} in by_kind["campaign"]["properties"]["decide_by"]["anyOf"]


def test_a_source_is_called_by_its_key(by_kind: dict[str, Any]) -> None:
    assert "source" in by_kind["settings"]["$defs"]["Signal"]["properties"]


def test_fields_stand_beside_the_tags_of_a_component(by_kind: dict[str, Any]) -> None:
    assert by_kind["component"]["additionalProperties"] is True
    assert by_kind["component"]["required"] == ["campaigns"]


def test_the_manifest_of_a_build_has_the_keys_of_its_schema(by_kind: dict[str, Any], run: Run) -> None:
    manifest = json.loads(Path(json.loads(run("build", "--format", "json").stdout)["manifest"]).read_text())
    _agree(manifest, by_kind["manifest"])


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


def test_a_length_is_a_number_or_one_for_each_channel(by_kind: dict[str, Any]) -> None:
    for of in (by_kind["type"]["properties"], by_kind["type"]["$defs"]["FieldSpec"]["properties"]):
        everywhere, by_channel = of["max_length"]["anyOf"][0]["oneOf"]
        assert everywhere == {"exclusiveMinimum": 0, "type": "integer"}
        assert by_channel["type"] == "object"
        assert by_channel["additionalProperties"] == everywhere


def test_a_campaign_may_say_its_audience(by_kind: dict[str, Any]) -> None:
    campaign = by_kind["campaign"]
    assert "audience" not in campaign["required"]
    audience = campaign["$defs"][campaign["properties"]["audience"]["$ref"].rpartition("/")[2]]
    assert [*audience["properties"]] == ["segments", "stages"]
    assert audience["properties"]["stages"]["anyOf"][0]["items"]["type"] == "string"
    assert audience["additionalProperties"] is False


def test_a_field_may_be_a_list_of_records(by_kind: dict[str, Any]) -> None:
    field = by_kind["type"]["$defs"]["FieldSpec"]
    assert "list" in field["properties"]["kind"]["enum"]
    assert field["properties"]["of"]["anyOf"][0]["additionalProperties"] == {"$ref": "#/$defs/FieldSpec"}
    assert field["properties"]["most"]["anyOf"][0] == {"exclusiveMinimum": 0, "maximum": 100, "type": "integer"}
    lists, others = field["then"], field["else"]
    assert field["if"]["properties"]["kind"] == {"const": "list"} and lists["required"] == ["of"]
    assert lists["properties"]["of"]["additionalProperties"]["properties"]["kind"] == {"not": {"const": "list"}}
    assert set(others["properties"]) == {"most", "of"}


def groups(schema: Any) -> Iterator[Any]:
    """The schema, and those of its definitions that have keys."""
    yield from (group for group in (schema, *schema.get("$defs", {}).values()) if "properties" in group)


def test_every_key_says_what_it_means() -> None:
    silent = [
        f"{kind}: {group['title']} {key}"
        for kind, schema in schemas().items()
        for group in groups(schema)
        for key, of in group["properties"].items()
        if not of.get("description")
    ]
    assert silent == []


def test_no_key_is_told_of_that_is_not_there() -> None:
    written = {key for schema in schemas().values() for group in groups(schema) for key in group["properties"]}
    assert {key for keys in KEYS.values() for key in keys} <= written
