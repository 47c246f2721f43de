"""The stock clients of OpenFeature's Remote Evaluation Protocol, of Python and of JavaScript, against the service."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from openfeature import api
from openfeature.client import OpenFeatureClient
from openfeature.contrib.provider.ofrep import OFREPProvider
from openfeature.evaluation_context import EvaluationContext
from openfeature.exception import ErrorCode

from assembler import Library
from assembler.delivery.flags import evaluate, flag_keys
from tests.conftest import ROOT
from tests.delivery.service.servers import Running

ENGINES = ROOT / "tests" / "engines"
KNOWN = {
    "consent": ["marketing"],
    "months_since_purchase": 9,
    "signals": {"spend_last_year": {"value": 640.5, "observed_at": "2026-11-20T08:00:00Z"}},
    "first_name": 'Maya "O\'Neil" \u2028 <b>',
}
REASONS = {"TARGETING_MATCH", "SPLIT", "DEFAULT", "STATIC"}


def held_out(library: Library) -> str:
    """An id in a holdout."""
    ids = (f"p{number}" for number in range(1_000))
    arms = ((id_, library.decide("come_back", channel="email", context={"id": id_}).arm) for id_ in ids)
    return next(id_ for id_, arm in arms if arm in ("holdout", "control"))


def contexts(library: Library) -> list[dict[str, Any]]:
    """Of nobody, of somebody who is told of, of somebody who is held out, and of somebody vouched for."""
    somebody = {"targetingKey": "c-42", "locale": "fr-CA", **KNOWN}
    vouched = {"segment": "lapsed_loyal", "stage": "win_back", "locale": "EN_gb"}
    return [{}, somebody, {"targetingKey": held_out(library), "locale": "en", **KNOWN}, vouched]


def expected(library: Library, key: str, context: dict[str, Any]) -> tuple[object, ...]:
    answer = evaluate(library, key, {"context": context})[1]
    return tuple(answer[name] for name in ("value", "variant", "reason", "metadata"))


@pytest.fixture
def client(service: Running) -> Iterator[OpenFeatureClient]:
    api.set_provider_and_wait(OFREPProvider(f"http://127.0.0.1:{service.port}"), domain="remote")
    yield api.get_client(domain="remote")
    api.clear_providers()


def test_the_client_of_python(client: OpenFeatureClient, starter_library: Library) -> None:
    reasons = set()
    for context in contexts(starter_library):
        attributes = {name: value for name, value in context.items() if name != "targetingKey"}
        asked = EvaluationContext(targeting_key=context.get("targetingKey"), attributes=attributes)
        for key in flag_keys(starter_library):
            ask: Any = client.get_object_details if ":" in key else client.get_string_details
            details = ask(key, {} if ":" in key else "mine", asked)
            told = (details.value, details.variant, str(details.reason), details.flag_metadata)
            assert (told, details.error_code) == (expected(starter_library, key, context), None)
            reasons.add(told[2])
    assert reasons == REASONS


def test_what_the_client_of_python_makes_of_errors(client: OpenFeatureClient) -> None:
    unknown = client.get_string_details("come_back.emial", "mine")
    assert (unknown.value, unknown.error_code) == ("mine", ErrorCode.FLAG_NOT_FOUND)
    assert unknown.error_message == "there is no such flag; did you mean come_back.email?"
    mismatch = client.get_boolean_details("come_back.email", True)
    assert (mismatch.value, mismatch.error_code) == (True, ErrorCode.TYPE_MISMATCH)


def in_javascript(service: Running, asked: list[tuple[str, object, dict[str, Any]]]) -> list[dict[str, Any]]:
    """What OpenFeature's client for Node says of flags."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node is installed")
    if not (ENGINES / "node_modules" / "@openfeature").is_dir():
        pytest.skip("tests/engines/node_modules/@openfeature is missing: run `npm ci` in tests/engines")
    question = json.dumps({"url": f"http://127.0.0.1:{service.port}", "asked": asked})
    done = subprocess.run(
        [node, "ofrep.cjs"], cwd=ENGINES, input=question, capture_output=True, text=True, check=True, timeout=60
    )
    evaluations: list[dict[str, Any]] = json.loads(done.stdout)
    return evaluations


def test_the_client_of_javascript(service: Running, starter_library: Library) -> None:
    asked: list[tuple[str, object, dict[str, Any]]] = [
        (key, {} if ":" in key else "mine", context)
        for context in contexts(starter_library)
        for key in flag_keys(starter_library)
    ]
    evaluations = in_javascript(service, asked)
    for (key, _, context), details in zip(asked, evaluations, strict=True):
        told = tuple(details.get(name) for name in ("value", "variant", "reason", "flagMetadata"))
        assert (told, details.get("errorCode")) == (expected(starter_library, key, context), None)
    assert {details["reason"] for details in evaluations} == REASONS


def test_what_the_client_of_javascript_makes_of_errors(service: Running) -> None:
    asked: list[tuple[str, object, dict[str, Any]]] = [
        ("come_back.emial", "mine", {}),
        ("come_back.email", True, {}),
        ("come_back.email:slots", "mine", {}),
    ]
    evaluations = in_javascript(service, asked)
    told = [(details["value"], details["errorCode"]) for details in evaluations]
    assert told == [("mine", "FLAG_NOT_FOUND"), (True, "TYPE_MISMATCH"), ("mine", "TYPE_MISMATCH")]
    assert evaluations[0]["errorMessage"] == "there is no such flag; did you mean come_back.email?"
