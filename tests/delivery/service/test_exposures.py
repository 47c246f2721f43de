"""What people are given is put on record where that is wanted; whatever becomes of the record, they are answered."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from assembler import Library
from assembler.measure.exposures import pseudonym
from tests.cli.conftest import Run
from tests.delivery.service.servers import ASKED, PERSON, Running, serving, until
from tests.delivery.service.test_metrics import CANARIES, CONTEXT, FIELD, ID, SIGNAL
from tests.delivery.service.test_workers import children, counted, workers_that_serve

KEY = "0123456789abcdef0123456789abcdef"
FLAG = "/ofrep/v1/evaluate/flags/come_back.email"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where exposures go; not there yet."""
    monkeypatch.setenv("ASSEMBLER_UNIT_KEY", KEY)
    return tmp_path / "on" / "record"


@pytest.fixture
def recording(library_file: Path, folder: Path, tmp_path: Path) -> Iterator[Running]:
    with serving(library_file, "--drain", "0s", "--exposures", str(folder), folder=tmp_path) as running:
        yield running


def records(folder: Path) -> list[Any]:
    """Every record, in the order of files."""
    return [json.loads(line) for file in sorted(folder.iterdir()) for line in file.read_text("utf-8").splitlines()]


def test_a_variant_a_part_a_decision_and_a_flag_are_on_record(recording: Running, folder: Path) -> None:
    decided = recording.post("/v1/decide").json
    assembled = recording.post("/v1/assemble").json
    recording.post("/v1/assemble/html", {**ASKED, "at": None})
    recording.post(FLAG, {"context": {"targetingKey": PERSON["id"], "locale": "fr"}})
    first, second, *others = records(folder)
    assert first["unit_id"] == pseudonym("c-42", KEY)
    assert (first["timestamp"], first["experiment_version"]) == ("2026-11-22T12:00:00.000000Z", 1)
    assert {key: first[key] for key in ("channel", "locale", "segment", "stage", "key", "reason")} == {
        key: decided[key] for key in ("channel", "locale", "segment", "stage", "key", "reason")
    }
    assert (first["experiment_id"], first["variation_id"]) == (decided["campaign"], decided["arm"])
    assert first["components"] == {slot: choice["component"] for slot, choice in decided["slots"].items()}
    assert second == first  # the same person, version and moment: the same event
    assert assembled["decision"] == decided
    assert [record["unit_id"] for record in others] == [first["unit_id"]] * 2
    assert len({record["event_id"] for record in (first, *others)}) == 3
    assert counted(recording, 'assembler_exposures_total{outcome="written"}') == 4


def test_what_nobody_is_given_is_not(recording: Running, folder: Path) -> None:
    """Explanations, cells, flags that are fetched ahead, and requests that fail."""
    assert recording.post("/v1/explain").status == 200
    assert recording.get("/v1/variants/come_back/email/en/html?segment=lapsed_loyal").status == 200
    assert recording.post("/ofrep/v1/evaluate/flags", {"context": {"targetingKey": "c-42"}}).status == 200
    assert recording.post("/v1/decide", {**ASKED, "campaign": "comeback"}).status == 404
    assert recording.post("/v1/assemble", {**ASKED, "parts": ["pdf"]}).status == 404
    assert recording.post("/v1/assemble/pdf", ASKED).status == 404
    assert recording.post(f"{FLAG}.nothing", {"context": {"targetingKey": "c-42"}}).status == 404
    assert records(folder) == []


@pytest.mark.parametrize("context", [None, {}, {"id": ""}, {"id": [1]}, 7, "c-42", ["c-42"], {"id": "x" * 513}])
def test_who_is_nobody_in_particular_is_outside(recording: Running, folder: Path, context: Any) -> None:
    assert recording.post("/v1/decide", {**ASKED, "context": context}).status == 200
    assert [(record["unit_id"], record["kind"]) for record in records(folder)] == [(None, "outside")]


def test_a_moment_without_a_year_is_answered_and_lost(recording: Running, folder: Path) -> None:
    assert recording.post("/v1/decide", {**ASKED, "at": "0001-01-01T00:00:00+23:00"}).status == 200
    assert records(folder) == []
    assert counted(recording, 'assembler_exposures_total{outcome="lost"}') == 1


def test_a_folder_that_is_removed_loses_exposures_and_no_answer(recording: Running, folder: Path) -> None:
    assert recording.post("/v1/decide").status == 200
    shutil.rmtree(folder)
    assert [recording.post("/v1/decide").status for _ in range(3)] == [200] * 3
    assert counted(recording, 'assembler_exposures_total{outcome="lost"}') == 3
    folder.mkdir()
    assert recording.post("/v1/decide").status == 200
    assert len(records(folder)) == 1
    assert recording.lines() == ["exposures are lost: No such file or directory"]


def test_no_value_of_anybody_is_on_record_or_told(recording: Running, folder: Path) -> None:
    asked = {"campaign": "come_back", "channel": "email", "context": CONTEXT}
    for path in ("/v1/decide", "/v1/assemble", "/v1/assemble/html"):
        assert recording.post(path, asked).status == 200
    flags = {"context": {"targetingKey": ID, "first_name": FIELD, "looking_for": SIGNAL}}
    assert recording.post(FLAG, flags).status == 200
    written = "".join(file.name + file.read_text("utf-8") for file in folder.iterdir())
    assert written.count(pseudonym(ID, KEY)) == 4
    told = written + recording.get("/metrics").body.decode() + "\n".join(recording.lines())
    assert not CANARIES.search(told)
    assert KEY not in told


def test_each_process_has_a_file_and_nothing_is_lost_or_doubled(
    library_file: Path, folder: Path, tmp_path: Path
) -> None:
    options = ("--workers", "2", "--drain", "0s", "--exposures", str(folder))
    with serving(library_file, *options, folder=tmp_path) as running:
        until(lambda: workers_that_serve(running) == 2)
        for number in range(80):
            assert running.post("/v1/decide", {**ASKED, "context": {"id": number}}).status == 200
        processes = children(running)
        assert counted(running, 'assembler_exposures_total{outcome="written"}') == 80
        assert running.end(signal.SIGTERM) == 0
    assert {record["unit_id"] for record in records(folder)} == {pseudonym(number, KEY) for number in range(80)}
    assert len(records(folder)) == 80
    by_process = {int(re.split("[-.]", file.name)[3]) for file in folder.iterdir()}
    assert by_process <= {*processes}


def test_it_is_off_by_default(library_file: Path, tmp_path: Path) -> None:
    with serving(library_file, "--drain", "0s", folder=tmp_path) as running:
        assert running.post("/v1/decide").status == 200
        assert "assembler_exposures_total{" not in running.get("/metrics").body.decode()
    assert {path.name for path in tmp_path.iterdir()} == {"said.txt"}


@pytest.mark.parametrize("key", [None, " " * 40, "x" * 31], ids=["missing", "blank", "short"])
def test_without_a_key_it_does_not_start(
    key: str | None, run: Run, library_file: Path, monkeypatch: pytest.MonkeyPatch, words: SnapshotAssertion
) -> None:
    monkeypatch.delenv("ASSEMBLER_UNIT_KEY", raising=False)
    if key is not None:
        monkeypatch.setenv("ASSEMBLER_UNIT_KEY", key)
    result = run("serve", str(library_file), "--exposures", "exposures")
    assert result.exit_code == 2
    assert result.stderr == words
    assert not Path("exposures").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_nothing_can_be_written_to(
    run: Run, library_file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASSEMBLER_UNIT_KEY", KEY)
    tmp_path.joinpath("closed").mkdir(mode=0o500)
    result = run("serve", str(library_file), "--exposures", str(tmp_path / "closed"))
    assert (result.exit_code, "nothing can be written there" in result.stderr) == (2, True)


def test_a_file_is_no_folder(run: Run, library_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSEMBLER_UNIT_KEY", KEY)
    Path("taken").touch()
    result = run("serve", str(library_file), "--exposures", "taken")
    assert (result.exit_code, "is a file" in result.stderr) == (2, True)
    result = run("serve", str(library_file), "--exposures", "taken/below")
    assert result.exit_code == 2
    assert "taken/below: Not a directory" in result.stderr


def test_recording_changes_no_answer(recording: Running, starter_library: Library) -> None:
    decision = starter_library.decide("come_back", channel="email", context=PERSON)
    assert recording.post("/v1/decide", {**ASKED, "at": None}).json["key"] == decision.key
