"""`providers` in assembler.yaml: what is wrong with one is told where it stands, with what to write."""

from __future__ import annotations

import json

import pytest
import yaml
from jsonschema import Draft202012Validator

from assembler.authoring import Project
from assembler.cli.schemas import schemas
from tests.authoring.builders import MOMENT, project as files, settings
from tests.authoring.clean import Value
from tests.conftest import ROOT

GOOD = "kind: customerio"


@pytest.mark.parametrize(
    ("written", "code", "message", "hint"),
    [
        ("{kind: customer_io}", "R02", "got 'customer_io'", "customerio"),
        ("{kind: braze, atribute: x}", "R02", "unknown key 'atribute'", "did you mean attribute?"),
        ("{}", "R02", "missing key 'kind'", "such as `kind: customerio`"),
        (f"{{{GOOD}, attribute: asm back}}", "R02", "no name for an attribute", "letters, digits and _"),
        (
            f"{{{GOOD}, attribute: 'asm_{{segment}}'}}",
            "R02",
            "braces around something else",
            "asm_{campaign}_{channel}",
        ),
        (f"{{{GOOD}, attribute: 'a{{campaign:>999999999}}'}}", "R02", "braces around something else", "asm_"),
        (f"{{{GOOD}, attribute: {'a' * 101}}}", "R02", "no name for an attribute", "letters"),
        (f"{{{GOOD}, fields: {{first_nam: asm}}}}", "R03", "no field 'first_nam'", "did you mean first_name?"),
        (f"{{{GOOD}, fields: {{first_name: [asm]}}}}", "R02", "expected keys and values", "attribute"),
        (
            f"{{{GOOD}, fields: {{first_name: {{verbatm: x}}}}}}",
            "R02",
            "unknown key 'verbatm'",
            "did you mean verbatim?",
        ),
        (
            f"{{{GOOD}, fields: {{first_name: {{}}}}}}",
            "R02",
            "either an attribute or code",
            "first_name: asm_first_name",
        ),
        (
            f"{{{GOOD}, fields: {{first_name: {{attribute: a, verbatim: b}}}}}}",
            "R02",
            "either an attribute or code",
            "verbatim",
        ),
        (f"{{{GOOD}, fields: {{first_name: {{attribute: null}}}}}}", "R02", "either an attribute or code", "verbatim"),
        (
            f"{{{GOOD}, fields: {{first_name: 'asm_{{campaign}}'}}}}",
            "R02",
            "no name for an attribute",
            "asm_first_name",
        ),
        (f'{{{GOOD}, fields: {{first_name: {{verbatim: " "}}}}}}', "R02", "code on one line", "as the provider has it"),
        (f'{{{GOOD}, fields: {{first_name: {{verbatim: "a\\nb"}}}}}}', "R02", "code on one line", "as the provider"),
    ],
)
def test_a_mistake_is_one_finding(written: str, code: str, message: str, hint: str) -> None:
    report = Project.from_files(files(settings(providers={"crm": written}))).check(MOMENT)
    (finding,) = report.errors
    assert (finding.code, finding.path) == (code, "assembler.yaml")
    assert message in finding.message
    assert hint in (finding.hint or "")
    assert "crm" in finding.source


def test_a_name_is_a_slug() -> None:
    report = Project.from_files(files(settings(providers={"'My CRM'": {"kind": "braze"}}))).check(MOMENT)
    assert [(finding.code, finding.hint) for finding in report.errors] == [
        ("R04", "write my_crm: small letters, digits and _, beginning with a letter")
    ]


def test_a_whole_one_is_nothing_to_find() -> None:
    fields: Value = {"first_name": "name", "unsubscribe_url": {"verbatim": '"{{ unsubscribe }}"'}}
    providers: Value = {"crm": {"kind": "braze", "attribute": "'asm_{campaign}'", "fields": fields}}
    assert Project.from_files(files(settings(providers=providers))).check(MOMENT).errors == ()


def test_the_starter_has_what_its_schema_takes() -> None:
    written = yaml.safe_load((ROOT / "assembler.yaml").read_text(encoding="utf-8"))
    as_json = json.loads(json.dumps(written["providers"]))
    schema = schemas()["settings"]
    whole = {"name": "starter", "locales": ["en"], "providers": as_json}
    assert list(Draft202012Validator(schema).iter_errors(whole)) == []
