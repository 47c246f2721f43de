"""The description says what is asked and answered, in OpenAPI 3.1; schemathesis finds nothing that is otherwise."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from assembler import Library
from assembler.delivery.service import shapes
from assembler.delivery.service.openapi import description
from assembler.delivery.service.routes import ROUTES
from tests.delivery.service.servers import ASKED, Running, serving
from tests.delivery.service.test_keys import ALL, key_file


def described(library: Library, *, with_keys: bool = False) -> Any:
    return msgspec.json.decode(description(library, version="1.2.3", with_keys=with_keys))


def test_every_route_is_described(service: Running) -> None:
    document = service.get("/openapi.json").json
    assert document["openapi"] == "3.1.0"
    assert list(document["paths"]) == [route.path for route in ROUTES]
    for route in ROUTES:
        assert tuple(method.upper() for method in document["paths"][route.path]) == route.methods
    identities = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(identities) == len(set(identities))


def test_the_names_are_those_of_the_library(starter_library: Library) -> None:
    document = described(starter_library)
    request = document["components"]["schemas"]["AssembleRequest"]["properties"]
    assert request["campaign"]["enum"] == ["come_back", "first_trail", "welcome"]
    assert request["parts"]["anyOf"][0]["items"]["enum"] == ["subject", "preheader", "html", "text"]
    parameters = document["paths"]["/v1/variants/{campaign}/{channel}/{locale}/{part}"]["get"]["parameters"]
    assert {parameter["name"]: parameter["schema"].get("enum", [])[:2] for parameter in parameters} == {
        "campaign": ["come_back", "first_trail"],
        "channel": ["email", "page"],
        "locale": ["en", "fr"],
        "part": ["subject", "preheader"],
        "segment": ["", starter_library.content.segments[0].id],
        "stage": ["", starter_library.content.stages[0].id],
        "slot": ["offer", "subject"],
        "If-None-Match": [],
    }


def test_keys_are_described_where_they_are_wanted(starter_library: Library) -> None:
    without, with_keys = described(starter_library), described(starter_library, with_keys=True)
    assert "securitySchemes" not in without["components"]
    for route in ROUTES:
        for method, operation in with_keys["paths"][route.path].items():
            assert ("security" in operation) is not route.open
            assert ({"401", "403"} <= operation["responses"].keys()) is not route.open
            assert {"401", "403"}.isdisjoint(without["paths"][route.path][method]["responses"])


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/v1/decide", shapes.DecisionAnswer),
        ("/v1/explain", shapes.ExplanationAnswer),
        ("/v1/assemble", shapes.VariantAnswer),
    ],
)
def test_answers_have_exactly_the_keys_of_their_shapes(
    path: str, shape: type[msgspec.Struct], service: Running
) -> None:
    """Each answer, with what stands in it, has the keys that are described, in their order."""
    for context in (ASKED["context"], None, 5, {"nonsense": 1, "signals": {"spend_last_year": "x"}, "segment": "x"}):
        answered = service.post(path, {**ASKED, "context": context}).json
        assert msgspec.to_builtins(msgspec.convert(answered, shape)) == answered
        schema = msgspec.json.schema(shape)
        jsonschema.validate(answered, schema)


@pytest.mark.slow
@pytest.mark.parametrize("with_keys", [False, True])
def test_schemathesis_finds_nothing(with_keys: bool, library_file: Path, tmp_path: Path) -> None:
    key = key_file(tmp_path, all=ALL)["all"]
    options = ["--keys", str(tmp_path / "keys")] if with_keys else []
    with serving(library_file, *options, folder=tmp_path) as running:
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"http://127.0.0.1:{running.port}/openapi.json"),
            *("--checks", "all", "--phases", "examples,coverage,fuzzing", "--max-examples", "20", "--max-time", "60"),
            *("--request-timeout", "10", "--continue-on-failure", "--header", f"Authorization: Bearer {key}"),
        ]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=200)
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
        assert re.search(r"(\d+) generated, \1 passed", done.stdout), done.stdout[-4000:]
        assert re.search(r"Selected: (\d+)/\1\s+Tested: \1\b", done.stdout), done.stdout[-4000:]
        assert running.lines() == []
