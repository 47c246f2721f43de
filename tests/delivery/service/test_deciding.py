"""What is asked about a person is what the library answers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assembler import Library
from tests.delivery.service.servers import ASKED, PERSON, Running

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_decision(service: Running, starter_library: Library) -> None:
    reply = service.post("/v1/decide")
    expected = starter_library.decide("come_back", channel="email", context=PERSON, at=AT)
    assert (reply.status, reply.headers["content-type"]) == (200, "application/json")
    assert reply.json == expected.to_dict()


def test_an_explanation(service: Running, starter_library: Library) -> None:
    expected = starter_library.explain("come_back", channel="email", context=PERSON, at=AT)
    assert service.post("/v1/explain").json == expected.to_dict()


def test_a_variant(service: Running, starter_library: Library) -> None:
    variant = starter_library.assemble("come_back", channel="email", context=PERSON, at=AT)
    assert service.post("/v1/assemble").json == {
        "key": variant.key,
        "decision": variant.decision.to_dict(),
        "parts": dict(variant.parts),
    }
    some = service.post("/v1/assemble", {**ASKED, "parts": ["text", "subject"]})
    assert some.json["parts"] == {part: variant.parts[part] for part in ("text", "subject")}
    assert service.post("/v1/assemble", {**ASKED, "parts": []}).json["parts"] == {}


@pytest.mark.parametrize("part", ["subject", "preheader", "html", "text"])
def test_a_part(part: str, service: Running, starter_library: Library) -> None:
    variant = starter_library.assemble("come_back", channel="email", context=PERSON, at=AT)
    reply = service.post(f"/v1/assemble/{part}")
    assert reply.status == 200
    assert reply.body == variant.encoded[part]
    assert reply.headers["content-type"] == f"text/{'html' if part == 'html' else 'plain'}; charset=utf-8"
    decision = variant.decision
    told = [reply.headers[f"assembler-{name}"] for name in ("key", "library", "reason", "arm")]
    assert told == [decision.key, decision.library, decision.reason, decision.arm]


def test_the_process_is_alive(service: Running) -> None:
    assert service.get("/livez").json == {"status": "alive"}
