"""What caches may keep: the same for everybody, by cell, and only as long as nothing begins or ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from assembler import Library
from assembler.delivery.service.served import ServedLibrary
from assembler.runtime.moment import Moment
from tests.delivery.service.servers import Running

PATH = "/v1/variants/come_back/email/fr/html"


def test_without_a_query_it_is_the_default(service: Running, starter_library: Library) -> None:
    reply = service.get(PATH)
    default = starter_library.default("come_back", channel="email", locale="fr")
    assert reply.body == default.encoded["html"]
    components = [choice.component for choice in default.decision.choices if choice.component]
    assert reply.headers["surrogate-key"].split() == ["come_back", *components]
    assert reply.headers["cache-control"] == "public, max-age=60"
    assert reply.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("stage", ["win_back", "", None])
@pytest.mark.parametrize("segment", ["lapsed_loyal", "", None])
def test_a_cell_is_what_nobody_in_particular_gets_there(
    segment: str | None, stage: str | None, service: Running, starter_library: Library
) -> None:
    cell = {name: value for name, value in (("segment", segment), ("stage", stage)) if value is not None}
    reply = service.get(f"{PATH}?{'&'.join(f'{name}={value}' for name, value in cell.items())}")
    context = {"locale": "fr", "segment": segment or None, "stage": stage or None}
    variant = starter_library.assemble("come_back", channel="email", context=context)
    if not cell:
        variant = starter_library.default("come_back", channel="email", locale="fr")
    assert reply.body == variant.encoded["html"]


def test_who_has_it_is_told_so(service: Running) -> None:
    first = service.get(PATH)
    etag = first.headers["etag"]
    for header in (etag, f'"other", W/{etag}', "*"):
        again = service.get(PATH, {"If-None-Match": header})
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", etag)
        assert again.headers["cache-control"] == first.headers["cache-control"]
        assert again.headers["surrogate-key"] == first.headers["surrogate-key"]
    for header in ('"other"', etag.strip('"'), ""):
        assert service.get(PATH, {"If-None-Match": header}).status == 200
    other = service.get(PATH.replace("/fr/", "/en/"))
    assert other.headers["etag"] != etag
    head = service.ask("HEAD", PATH)
    assert (head.headers["etag"], head.body) == (etag, b"")


@pytest.mark.parametrize(
    ("path", "status", "code", "known"),
    [
        ("/v1/variants/come_bak/email/fr/html", 404, "UNKNOWN_CAMPAIGN", ["come_back", "first_trail", "welcome"]),
        ("/v1/variants/come_back/fax/fr/html", 404, "UNKNOWN_CHANNEL", ["email", "page"]),
        ("/v1/variants/come_back/email/fr-CA/html", 404, "UNKNOWN_LOCALE", ["en", "fr"]),
        ("/v1/variants/come_back/page/fr/text", 404, "UNKNOWN_PART", ["html"]),
        (f"{PATH}?id=c-42", 400, "BAD_REQUEST", ["segment", "stage", "slot"]),
        (f"{PATH}?segment=lapsed_loyal&segment=lapsed_loyal", 400, "BAD_REQUEST", ["segment", "stage", "slot"]),
        (f"{PATH}?segment=lapsed_loyal&stage=win_back&", 400, "BAD_REQUEST", ["segment", "stage", "slot"]),
        (f"{PATH}?{'&'.join(['stage=win_back'] * 500)}", 400, "BAD_REQUEST", ["segment", "stage", "slot"]),
    ],
)
def test_a_cell_that_there_is_not(path: str, status: int, code: str, known: list[str], service: Running) -> None:
    assert service.get(path).error == (status, code, known)


@pytest.mark.parametrize("kind", ["segment", "stage"])
def test_a_cell_of_an_unknown_name(kind: str, service: Running, starter_library: Library) -> None:
    audiences = starter_library.content.segments if kind == "segment" else starter_library.content.stages
    reply = service.get(f"{PATH}?{kind}={quote('lapsed loyal')}")
    assert reply.error == (400, "BAD_REQUEST", [audience.id for audience in audiences])
    assert b"lapsed loyal" not in reply.body


def test_a_cache_keeps_nothing_beyond_a_beginning_or_an_end(library_file: Path) -> None:
    served = ServedLibrary.open(library_file)
    edges = [edge for component in served.library.content.components for edge in component.window.edges]
    last = max(edges)
    before = Moment.of(datetime.fromtimestamp(last / 1e6, UTC) - timedelta(seconds=3)).instant
    assert served.unchanged_for(before) == 3
    assert served.unchanged_for(last) == float("inf")
