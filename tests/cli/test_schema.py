"""`assembler schema`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from assembler.authoring import Project
from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.rules import RULES
from assembler.authoring.check.run import check
from assembler.authoring.load.strict_yaml import read_yaml
from assembler.cli.schemas import schemas
from assembler.cli.text.file_keys import KEYS
from assembler.errors import ProjectError
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


@pytest.mark.parametrize(
    ("key", "name", "good"),
    [
        ("channels", "a" * 100, True),
        ("channels", "a" * 101, False),
        ("signals", "a" * 101, True),
        ("signals", "known", False),
        ("signals", "known_of", True),
        ("fields", "known", True),
    ],
)
def test_names_are_as_long_and_as_free_as_their_kind_allows(
    key: str, name: str, good: bool, by_kind: dict[str, Any]
) -> None:
    about = {"envelope": "none"} if key == "channels" else {"kind": "text"} if key == "signals" else {"kind": "name"}
    if key == "fields":
        about["example"] = "Maya"
    settings = {"name": "a" * 100, "locales": ["en"], key: {name: about}}
    assert Draft202012Validator(by_kind["settings"]).is_valid(settings) is good
    assert not Draft202012Validator(by_kind["settings"]).is_valid(settings | {"name": "a" * 101})


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
    of_lists = field["allOf"][0]
    lists, others = of_lists["then"], of_lists["else"]
    assert of_lists["if"]["properties"]["kind"] == {"const": "list"} and lists["required"] == ["of"]
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


_WRITTEN = (
    "null", "true", "0", "1", "-1", "1.5", "300", "9007199254740992", "words", '""', '" "', '"\\u200b"', "[]", "{}",
    "[a]", "[a, a]", "[1, 2]", "[[a]]", "[null]", "{a: b}", "{A: {}}", "{email: 5}", "{email: 0}", "2027-02-01",
    "2027-02-29", "2028-02-29", "0000-01-01", "2027-2-1", "5%", "005%", "100%", "100.01%", "35d", "0d", "1000000d",
    "none", "all", "list", "email", "{id: a, share: 5%}", "{id: A, share: 5%}", "{kind: text}", "{kind: list}",
    "{kind: list, of: {a: {kind: text}}}", "{kind: list, of: {}}", "{kind: text, links: per_locale}",
    "{kind: text, max_length: {email: 0}}", "{kind: list, max_length: 3, of: {a: {kind: text}}}", "Europe/London",
    "Mars/Base", "{a: {envelope: web}}", "{a: {envelope: none, max_messages: 256}}", "[en, fr-CA]", "[EN]", "[en, en]",
    "{a: {kind: choice, values: [b, b]}}", "{E14: {severity: off, because: ' '}}", "{E14: {because: x}}",
    "{email: {'utm source': x}}", "{email: {utm: ' '}}", "{email: {utm: '{a'}}", "{segments: [a]}", "{event: a}",
    "{share: 5%, salt: ' '}", "{share: 5}", "{type: title}", "[{id: A, when: a}]", "[{id: a, when: a}]",
)  # fmt: skip
"""Values of every kind, some of them on the edge of what a key may have."""

_SAMPLE: dict[str, Any] = {"name": "sample", "locales": ["en"]}
_SLOTS: dict[str, Any] = {"title": {"type": "title", "default": "empty"}}
_TAGS: dict[str, Any] = {"campaigns": ["back"]}
_SETTINGS, _CAMPAIGN, _TYPE, _COMPONENT = (
    "assembler.yaml", "campaigns/back.yaml", "components/title/_type.yaml", "components/title/plain.md",
)  # fmt: skip

_AROUND: dict[str, tuple[str, Any, tuple[Any, ...]]] = {
    "settings": (_SETTINGS, _SAMPLE, ()),
    "holdout": (_SETTINGS, {**_SAMPLE, "holdout": {"share": "5%", "salt": "a"}}, ("holdout",)),
    "policy": (_SETTINGS, {**_SAMPLE, "policy": {}}, ("policy",)),
    "review": (_SETTINGS, {**_SAMPLE, "policy": {"review": {}}}, ("policy", "review")),
    "signal": (_SETTINGS, {**_SAMPLE, "signals": {"a": {"kind": "choice"}}}, ("signals", "a")),
    "field": (_SETTINGS, {**_SAMPLE, "fields": {"a": {"kind": "name"}}}, ("fields", "a")),
    "channel": (_SETTINGS, {**_SAMPLE, "channels": {"a": {"envelope": "none"}}}, ("channels", "a")),
    "provider": (_SETTINGS, {**_SAMPLE, "providers": {"a": {"kind": "braze"}}}, ("providers", "a")),
    "provider field": (
        _SETTINGS,
        {**_SAMPLE, "fields": {"b": {"kind": "name"}}, "providers": {"a": {"kind": "braze", "fields": {"b": {}}}}},
        ("providers", "a", "fields", "b"),
    ),
    "segment": (_SETTINGS, {**_SAMPLE, "segments": [{"id": "a", "when": "a"}]}, ("segments", 0)),
    "campaign": (_CAMPAIGN, {"channels": {"email": "note"}, "slots": _SLOTS}, ()),
    "slot": (_CAMPAIGN, {"channels": {"email": "note"}, "slots": _SLOTS}, ("slots", "title")),
    "type": (_TYPE, {"body": "text", "fields": {"a": {"kind": "text"}}}, ()),
    "spec": (_TYPE, {"body": "text", "fields": {"a": {"kind": "text"}}}, ("fields", "a")),
    "component": (_COMPONENT, _TAGS, ()),
    "test": (_COMPONENT, {**_TAGS, "test": {"id": "a", "share": "5%"}}, ("test",)),
}
"""A file, what it holds, and where in it a key is to be written."""

_KEYS_OF = {
    "settings": "name locales owner timezone brand theme assets channels fields signals stages segments holdout "
    "unassigned providers policy odd",
    "holdout": "share salt owner until",
    "policy": "link_hosts link_parameters max_segments max_signals max_variants review_grace review surveillance "
    "near_duplicate near_default rules",
    "review": "needed roles maximum_age",
    "signal": "kind range values source max_age consent owner review_by response fallback",
    "field": "kind example max_length",
    "channel": "envelope unsubscribe address max_messages",
    "provider": "kind attribute odd",
    "provider field": "attribute verbatim odd",
    "segment": "id when owner hypothesis review_by",
    "campaign": "channels slots audience owner objective outcome decide_by hypothesis review_by holdout odd",
    "slot": "type default constant",
    "type": "body max_length fields odd",
    "spec": "kind required translatable max_length links most of",
    "component": "campaigns segments stages channels status learnt valid_from valid_until needs requires excludes test "
    "owner hypothesis review_by",
    "test": "id share",
}
_SHAPES = ("R02", "R04")
_KINDS_OF_FILES = {_SETTINGS: "settings", _CAMPAIGN: "campaign", _TYPE: "type", _COMPONENT: "component"}
_BESIDE = {_SETTINGS: {}, _CAMPAIGN: {}, _TYPE: {}, _COMPONENT: {_TYPE: "{body: text}"}}


def _with(whole: Any, way: tuple[Any, ...], key: str, value: str) -> str:
    """The YAML of a whole with a key below some others, whose value is written as it is given."""
    whole = json.loads(json.dumps(whole))
    here = whole
    for step in way:
        here = here[step]
    here[key] = "@"
    return json.dumps(whole).replace('"@"', value)


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_json(below) for key, below in value.items()}
    return [_as_json(below) for below in value] if isinstance(value, tuple) else value


@pytest.fixture(scope="module")
def validators() -> dict[str, Draft202012Validator]:
    return {kind: Draft202012Validator(of, format_checker=FormatChecker()) for kind, of in schemas().items()}


def _is_taken(path: str, text: str) -> bool:
    """Whether reading a file finds nothing wrong with its shape and names."""
    written = f"---\n{text}\n---\nWords\n" if path == _COMPONENT else text
    try:
        read = Project.from_files({_SETTINGS: json.dumps(_SAMPLE), **_BESIDE[path], path: written})
    except ProjectError:
        return False
    if any(finding.place.path == path for code in _SHAPES for finding in read.loaded.findings.of(code)):
        return False
    checked = CheckedProject(project=read.loaded, compiled=read.compiled, moment=MOMENT)
    findings = check(checked, rules=[rule for rule in RULES if rule.code in _SHAPES]).diagnostics
    return not any(finding.path == path for finding in findings)


@pytest.mark.parametrize(
    ("around", "key"), [(around, key) for around, keys in _KEYS_OF.items() for key in keys.split()]
)
def test_the_schema_takes_what_the_reader_takes(
    around: str, key: str, validators: dict[str, Draft202012Validator]
) -> None:
    path, whole, way = _AROUND[around]
    schema = validators[_KINDS_OF_FILES[path]]
    differing = []
    for value in _WRITTEN:
        text = _with(whole, way, key, value)
        if schema.is_valid(_as_json(read_yaml(path, text)[0])) != _is_taken(path, text):
            differing.append(value)
    assert differing == []
