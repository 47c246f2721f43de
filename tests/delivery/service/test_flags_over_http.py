"""OFREP over HTTP is what the functions of flags answer."""

from __future__ import annotations

from assembler import Library
from assembler.delivery.flags import evaluate, evaluate_all
from tests.delivery.service.servers import Running

PATH = "/ofrep/v1/evaluate/flags"
BODY = {"context": {"targetingKey": "c-42", "months_since_purchase": 9, "consent": ["marketing"], "first_name": "Maya"}}


def test_one_flag(service: Running, starter_library: Library) -> None:
    for key in ("come_back.email", "come_back.email.headline", "come_back.email:slots", "come_back.email:parts"):
        status, data = evaluate(starter_library, key, BODY)
        for written in (key, key.replace(":", "%3A")):
            reply = service.post(f"{PATH}/{written}", BODY)
            assert (reply.status, reply.json) == (status, data) == (200, data)


def test_all_flags(service: Running, starter_library: Library) -> None:
    reply = service.post(PATH, BODY)
    assert (reply.status, reply.json) == evaluate_all(starter_library, BODY)
    again = service.post(PATH, BODY, {"If-None-Match": reply.headers["etag"]})
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", reply.headers["etag"])
    assert service.post(PATH, BODY, {"If-None-Match": '"other"'}).status == 200


def test_what_is_wrong_is_told_as_the_protocol_has_it(service: Running) -> None:
    for body, code in ((b"{", "PARSE_ERROR"), ([], "PARSE_ERROR"), ({"context": 5}, "INVALID_CONTEXT")):
        for path in (PATH, f"{PATH}/come_back.email"):
            reply = service.post(path, body)
            assert (reply.status, reply.json["errorCode"]) == (400, code)
            assert reply.json["errorDetails"]
    reply = service.post(f"{PATH}/nothing.of.this", BODY)
    assert (reply.status, reply.json["errorCode"]) == (404, "FLAG_NOT_FOUND")
