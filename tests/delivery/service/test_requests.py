"""Requests that are not as they must be: a status, a code, the names that there are, and nothing that was sent."""

from __future__ import annotations

import json

import pytest

from assembler import Library
from tests.delivery.service.servers import ASKED, Running

CANARY = "canary7f3a"
KEYS = ["campaign", "channel", "context", "at"]


def without(key: str) -> dict[str, object]:
    return {name: value for name, value in ASKED.items() if name != key}


@pytest.mark.parametrize(
    ("body", "status", "code", "known"),
    [
        (b"", 400, "NOT_JSON", []),
        (b"{", 400, "NOT_JSON", []),
        (b"\xef\xbb\xbf{}", 400, "NOT_JSON", []),
        (b'{"campaign": "\xff"}', 400, "NOT_JSON", []),
        (b'{"campaign": NaN}', 400, "NOT_JSON", []),
        (b"[" * 50_000, 400, "NOT_JSON", []),
        (b"[]", 400, "BAD_REQUEST", KEYS),
        (b"null", 400, "BAD_REQUEST", KEYS),
        ({}, 400, "BAD_REQUEST", KEYS),
        (without("campaign"), 400, "BAD_REQUEST", KEYS),
        (without("channel"), 400, "BAD_REQUEST", KEYS),
        ({**ASKED, "campaign": 5}, 400, "BAD_REQUEST", KEYS),
        ({**ASKED, "channel": None}, 400, "BAD_REQUEST", KEYS),
        ({**ASKED, CANARY: 1}, 400, "BAD_REQUEST", KEYS),
        ({**ASKED, "at": "2026-11-22T12:00:00"}, 400, "BAD_REQUEST", KEYS),
        ({**ASKED, "at": "yesterday"}, 400, "BAD_REQUEST", KEYS),
        ({**ASKED, "at": 0}, 400, "BAD_REQUEST", KEYS),
        ({**ASKED, "campaign": CANARY}, 404, "UNKNOWN_CAMPAIGN", ["come_back", "first_trail", "welcome"]),
        ({**ASKED, "channel": CANARY}, 404, "UNKNOWN_CHANNEL", ["email", "page"]),
        ({**ASKED, "campaign": "a\ud800"}, 404, "UNKNOWN_CAMPAIGN", ["come_back", "first_trail", "welcome"]),
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/v1/decide", "/v1/explain", "/v1/assemble/html"])
def test_a_body_that_cannot_be_answered(
    path: str, body: object, status: int, code: str, known: list[str], service: Running
) -> None:
    reply = service.post(path, body)
    assert reply.error == (status, code, known)
    assert reply.headers["cache-control"] == "no-store"
    assert CANARY.encode() not in reply.body


def test_an_error_says_what_is_wrong(service: Running) -> None:
    said = {key: service.post("/v1/decide", {**ASKED, key: []}).json["error"]["message"] for key in ("campaign", "at")}
    assert said["campaign"] == "`campaign` is not as it must be. The id of a campaign, as text."
    assert "with an offset (RFC 3339)" in said["at"]
    missing = service.post("/v1/decide", without("channel")).json["error"]["message"]
    assert missing == "`channel` is missing. A channel of the campaign, as text."


@pytest.mark.parametrize("parts", [[CANARY], ["html", CANARY]])
def test_a_part_that_there_is_not(parts: list[str], service: Running) -> None:
    known = ["subject", "preheader", "html", "text"]
    assert service.post("/v1/assemble", {**ASKED, "parts": parts}).error == (404, "UNKNOWN_PART", known)
    assert service.post(f"/v1/assemble/{CANARY}").error == (404, "UNKNOWN_PART", known)


@pytest.mark.parametrize("parts", ["html", [1], {"html": 1}])
def test_parts_that_are_no_list_of_names(parts: object, service: Running) -> None:
    assert service.post("/v1/assemble", {**ASKED, "parts": parts}).error == (400, "BAD_REQUEST", [*KEYS, "parts"])


@pytest.mark.parametrize(
    "context",
    [
        "null",
        "[]",
        '"text"',
        "1e400",
        '{"signals": {"months_since_purchase": 1e400}}',
        '{"signals": {"months_since_purchase": ' + "9" * 5_000 + "}}",
        '{"id": "\\ud800", "fields": {"first_name": "\\ud800"}}',
        '{"id": ' + "[" * 500 + "]" * 500 + "}",
        '{"id": "a", "id": "b"}',
        '{"signals": 5, "fields": [], "consent": {}, "locale": 7, "segment": {}, "stage": 1}',
    ],
    ids=lambda text: text[:40],
)
def test_whatever_the_context_is_there_is_a_variant(context: str, service: Running) -> None:
    body = f'{{"campaign": "come_back", "channel": "email", "context": {context}}}'
    for path in ("/v1/assemble", "/v1/assemble/html", "/v1/decide", "/v1/explain"):
        reply = service.post(path, body)
        assert (reply.status, reply.body[:1] in b"{<") == (200, True), path


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": ""},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/jsonx"},
        {"Content-Encoding": "gzip"},
    ],
    ids=str,
)
def test_a_body_that_is_no_json_by_its_headers(headers: dict[str, str], service: Running) -> None:
    assert service.post("/v1/decide", headers=headers).error == (415, "UNSUPPORTED_MEDIA_TYPE", [])


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON"])
def test_a_type_may_be_written_otherwise(kind: str, service: Running) -> None:
    assert service.post("/v1/decide", headers={"Content-Type": kind}).status == 200


@pytest.mark.parametrize(
    "path",
    ["/", "/v1", "/v1/decide/", "/v1/assemble/html/x", "//livez", "/livez/..", "/v1/variants/a", "/%00", "/LIVEZ"],
)
def test_a_path_that_there_is_not(path: str, service: Running) -> None:
    assert service.get(path).error == (404, "UNKNOWN_PATH", [])


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/v1/decide", ["POST"]),
        ("PUT", "/v1/assemble/html", ["POST"]),
        ("OPTIONS", "/v1/assemble", ["POST"]),
        ("POST", "/livez", ["GET", "HEAD"]),
        ("DELETE", "/v1/variants/a/b/c/d", ["GET", "HEAD"]),
        ("TRACE", "/metrics", ["GET", "HEAD"]),
    ],
)
def test_a_method_that_a_path_does_not_take(method: str, path: str, allowed: list[str], service: Running) -> None:
    reply = service.ask(method, path)
    assert reply.error == (405, "METHOD_NOT_ALLOWED", allowed)
    assert reply.headers["allow"] == ", ".join(allowed)


@pytest.mark.parametrize(
    "path", ["/livez", "/readyz", "/metrics", "/openapi.json", "/v1/variants/come_back/page/en/html"]
)
def test_head_is_get_without_a_body(path: str, service: Running) -> None:
    got, head = service.get(path), service.ask("HEAD", path)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-type"] == got.headers["content-type"]


def test_values_of_people_are_answered_as_json(service: Running, starter_library: Library) -> None:
    hostile = ['Ma"ya', "back\\slash", "<b>&", "naïve 漢字 \U0001f600", "a=?b", "\u2028", "{{x}}", "tab\tbed"]
    for name in hostile:
        context = {"fields": {"first_name": name}, "segment": None, "stage": None}
        asked = {"campaign": "come_back", "channel": "email", "context": context, "at": ASKED["at"]}
        reply = service.post("/v1/assemble", asked)
        decided = reply.json["decision"]
        assert set(reply.json["parts"]) == {"subject", "preheader", "html", "text"}
        for part, text in reply.json["parts"].items():
            assert service.post(f"/v1/assemble/{part}", asked).body.decode() == text
        assert decided == service.post("/v1/decide", asked).json
        assert json.loads(reply.body)["key"] == decided["key"]
