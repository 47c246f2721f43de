"""What is counted, and that nothing of anybody is in it, in what is said, or in errors."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assembler.delivery.service.counters import DROPPED, MOST_SERIES, SharedCounters
from assembler.delivery.service.metrics import Metrics
from tests.delivery.service.applications import asked_in_process
from tests.delivery.service.servers import serving

ID, FIELD, SIGNAL, KEY = "canary-id-5d1", "Canaryfield", "canarysignal", "canary_key"
CONTEXT = {
    "id": ID,
    "fields": {"first_name": FIELD, "unsubscribe_url": f"https://www.harbourandpine.example/{ID}"},
    "signals": {"looking_for": SIGNAL, "spend_last_year": "canarynumber", KEY: SIGNAL},
    "segment": "canarysegment",
    "consent": ["canaryconsent"],
}
CANARIES = re.compile(f"canary|{ID}|{FIELD}", re.IGNORECASE)


def test_no_value_of_anybody_is_told(library_file: Path, tmp_path: Path) -> None:
    with serving(library_file, "--drain", "0s", folder=tmp_path) as running:
        asked = {"campaign": "come_back", "channel": "email", "context": CONTEXT}
        for path in ("/v1/decide", "/v1/assemble", "/v1/assemble/html", "/v1/explain"):
            assert running.post(path, asked).status == 200
        flags = {"context": {"targetingKey": ID, "first_name": FIELD, "looking_for": SIGNAL}}
        assert running.post("/ofrep/v1/evaluate/flags", flags).status == 200
        told = [
            running.post("/v1/decide", {**asked, KEY: SIGNAL}).body,
            running.post("/v1/decide", {**asked, "campaign": ID}).body,
            running.post("/v1/decide", {**asked, "channel": FIELD}).body,
            running.post("/v1/decide", {**asked, "at": SIGNAL}).body,
            running.post("/v1/decide", json.dumps(asked)[:-9]).body,
            running.post(f"/v1/assemble/{ID}", asked).body,
            running.post("/v1/assemble", {**asked, "parts": [FIELD]}).body,
            running.get(f"/{ID}?{FIELD}={SIGNAL}", {"X-API-Key": ID}).body,
            running.get(f"/v1/variants/come_back/email/en/html?segment={ID}").body,
            running.get("/metrics").body,
            running.get("/readyz").body,
        ]
        for text in told:
            assert not CANARIES.search(text.decode())
        assert running.end() == 0
        assert running.lines() == ["stopped"]


def test_answers_and_decisions_are_counted(library_file: Path, tmp_path: Path) -> None:
    with serving(library_file, folder=tmp_path) as running:
        context = {"id": "c-42", "segment": None, "stage": None}
        asked = {"campaign": "welcome", "channel": "page", "context": context}
        arm = running.post("/v1/decide", asked).json["arm"]
        reason = running.post("/v1/assemble/html", asked).headers["assembler-reason"]
        running.post("/v1/decide", {})
        running.get("/nowhere")
        lines = running.get("/metrics").body.decode().splitlines()
    assert 'assembler_requests_total{route="/v1/decide",status="200"} 1' in lines
    assert 'assembler_requests_total{route="/v1/decide",status="400"} 1' in lines
    assert 'assembler_requests_total{route="/v1/assemble/{part}",status="200"} 1' in lines
    assert 'assembler_requests_total{route="none",status="404"} 1' in lines
    series = f'campaign="welcome",channel="page",arm="{arm}",reason="{reason}"'
    assert f"assembler_decisions_total{{{series}}} 2" in lines
    assert 'assembler_request_seconds_count{route="/v1/decide"} 2' in lines
    assert 'assembler_request_seconds_bucket{route="/v1/decide",le="+Inf"} 2' in lines
    types = dict(re.findall(r"^# TYPE (\w+) (\w+)$", "\n".join(lines), re.MULTILINE))
    assert types["assembler_request_seconds"] == "histogram"
    shown = {re.sub(r"(_bucket|_sum|_count)?[ {].*", "", line) for line in lines if not line.startswith("#")}
    assert shown <= types.keys()


def test_a_histogram_adds_up_from_bound_to_bound() -> None:
    metrics = Metrics(SharedCounters(1).of(0))
    for seconds in (0.0004, 0.0005, 0.0006, 0.2, 90.0):
        metrics.count("/x", 200, seconds)
    buckets = dict(re.findall(r'_bucket\{route="/x",le="(.*)"\} (\d+)', metrics.written().decode()))
    assert [buckets[bound] for bound in ("0.0005", "0.001", "0.1", "0.25", "5.0", "+Inf")] == [
        "2",
        "3",
        "3",
        "4",
        "4",
        "5",
    ]
    assert 'assembler_request_seconds_sum{route="/x"} 90.201500' in metrics.written().decode()


def test_any_process_tells_the_sum_and_one_that_begins_again_goes_on() -> None:
    shared = SharedCounters(3)
    one, two = shared.of(0), shared.of(1)
    for number in range(50):
        one.add(one.place(f"series_{number}"))
        two.add(two.place(f"series_{49 - number}"), 2)
    assert one.sums() == two.sums() == shared.of(2).sums()
    assert one.sums()["series_7"] == 3
    again = shared.of(0)
    again.add(again.place("series_7"))
    assert two.sums()["series_7"] == 4
    again.reset("series_4")
    assert (two.sums()["series_4"], two.sums()["series_49"], two.sums()["series_5"]) == (2, 2, 3)


@pytest.mark.parametrize("past", [0, 1])
def test_series_on_the_limit_and_past_it(past: int) -> None:
    counters = SharedCounters(1).of(0)
    for number in range(MOST_SERIES - 1 + past):  # one is that of what is dropped
        counters.add(counters.place(f"series_{number}"))
        counters.add(counters.place(f"series_{number}"))
    sums = counters.sums()
    assert len(sums) == MOST_SERIES
    assert sums[DROPPED] == 2 * past
    assert sums["series_0"] == 2


def test_names_past_their_room_are_dropped() -> None:
    counters = SharedCounters(1).of(0)
    for number in range(10):
        counters.add(counters.place(f"{number}" * 100_000))
    assert counters.sums()[DROPPED] == 5
    counters.add(counters.place("short"))
    assert counters.sums()["short"] == 1


def test_a_fault_of_ours_is_told_by_its_class_alone(
    library_file: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """The application answers, whatever an answer raises, and repeats none of its words."""
    status, body = asked_in_process(library_file, "/livez", ZeroDivisionError(f"by {ID}"))
    assert (status, json.loads(body)["error"]["code"]) == (500, "FAULT")
    assert caplog.messages == ["a request ended by ZeroDivisionError"]
    assert not CANARIES.search(body.decode() + caplog.text + capfd.readouterr().err)
