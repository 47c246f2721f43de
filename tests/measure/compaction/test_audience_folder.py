"""Whoever is on a list that was decided is exposed at its moment, as if each had been put on record alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assembler import Library
from assembler.delivery.audience import decisions
from assembler.library import records
from assembler.library.records import Holdout
from assembler.measure.compaction import ExposuresError, compact
from assembler.measure.exposures import ExposureRecorder, Exposures
from tests.measure.compaction.folders import contents, line, rows, units, written
from tests.measure.exposures.records import KEY
from tests.runtime.sample import AT, COMPONENTS, component, library, with_control

HUE = records.Test(id="hue", ranges={"come_back": (0, 5_000)})
OTHERS = [part for part in COMPONENTS if part.address != "headline/all"]
SAMPLE = with_control(
    library([*OTHERS, component("headline/hue", stages=("win_back",), test=HUE)]), Holdout(share=3_000, salt="s")
)
IDS = [*map(str, range(200)), None, "", " ", "x" * 600, "it's|é"]
STAGES = ["win_back" if number % 3 else None for number in range(len(IDS))]


def decided(folder: Path, sample: Library = SAMPLE, ids: list[str | None] = IDS) -> Path:
    """A folder as `assembler audience` leaves it, in two parts."""
    folder.mkdir()
    table = pa.table({"id": pa.array(ids, pa.string()), "stage": pa.array(STAGES[: len(ids)], pa.string())})
    asked: dict[str, Any] = {"library": sample, "campaign": "come_back", "channel": "email", "at": AT}
    parts, variants = [], {}
    for number, batch in enumerate(decisions(table.to_batches(max_chunksize=150), **asked)):
        parts.append({"path": f"part-{number:05}.parquet", "rows": batch.num_rows})
        pq.write_table(pa.Table.from_batches([batch]), folder / f"part-{number:05}.parquet")
    for id_, stage in zip(ids, STAGES, strict=False):
        decision = sample.decide("come_back", channel="email", context={"id": id_, "stage": stage}, at=AT)
        for key, choices in ((decision.key, decision.choices), (decision.treatment.key, decision.treatment.choices)):
            variants[key] = {choice.slot: choice.component for choice in choices}
    manifest = {
        "schema": 1,
        "campaign": "come_back",
        "channel": "email",
        "at": AT.isoformat(),
        "library": sample.digest,
        "salts": {"holdout": None, "control": "s"},
        "defaults": {
            locale: sample.default("come_back", channel="email", locale=locale).key for locale in sample.locales
        },
        "parts": parts,
        "variants": variants,
    }
    (folder / "_manifest.json").write_text(json.dumps(manifest))
    (folder / "_SUCCESS").touch()
    return folder


def test_a_list_is_what_a_record_of_each_would_be(tmp_path: Path) -> None:
    (tmp_path / "list").mkdir()
    (tmp_path / "singly").mkdir()
    compaction = compact(tmp_path / "list", [decided(tmp_path / "send")], KEY)
    record = ExposureRecorder(Exposures(tmp_path / "singly"), KEY)
    for id_, stage in zip(IDS, STAGES, strict=True):
        decision = SAMPLE.decide("come_back", channel="email", context={"id": id_, "stage": stage}, at=AT)
        assert record(decision, id_, AT)
    singly = compact(tmp_path / "singly")
    assert contents(tmp_path / "list") == contents(tmp_path / "singly")
    assert (compaction.arms, compaction.versions, compaction.nobody) == (singly.arms, singly.versions, 4)
    assert compaction.audiences == {str(tmp_path / "send"): len(IDS)}
    found_rows = rows(tmp_path / "list")
    assert {row["kind"] for row in found_rows} == {"experiment", "fallback"}
    assert {row["variation_id"] for row in found_rows} == {"treated", "control"}
    assert any(row["tests"] for row in found_rows)


def test_a_list_and_lines_are_read_together_and_once_is_enough(tmp_path: Path) -> None:
    written(tmp_path / "exposures", {"x": [line("a")]})
    folder = decided(tmp_path / "send", ids=["0", "1"])
    compact(tmp_path / "exposures", [folder, folder], KEY)
    first = contents(tmp_path / "exposures")
    assert len(units(tmp_path / "exposures")) == 3
    compact(tmp_path / "exposures")
    assert contents(tmp_path / "exposures") == first


def test_a_list_of_nobody(tmp_path: Path) -> None:
    (tmp_path / "exposures").mkdir()
    compaction = compact(tmp_path / "exposures", [decided(tmp_path / "send", ids=[])], KEY)
    assert (compaction.days, compaction.audiences) == ((), {str(tmp_path / "send"): 0})


def test_no_id_is_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "exposures").mkdir()
    compact(tmp_path / "exposures", [decided(tmp_path / "send", ids=["canary-one", "canary-two"])], KEY)
    assert len(units(tmp_path / "exposures")) == 2
    assert not any(b"canary" in data for data in contents(tmp_path / "exposures").values())


def replaced(name: str, text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(text)


def changed(**changes: Any) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        manifest = json.loads((folder / "_manifest.json").read_text())
        (folder / "_manifest.json").write_text(json.dumps(manifest | changes))

    return change


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: (folder / "_SUCCESS").unlink(), "send: this list is not whole: run `assembler audience` again"),
        (
            lambda folder: (folder / "_manifest.json").unlink(),
            "_manifest.json: No such file or directory; name a folder",
        ),
        (lambda folder: (folder / "part-00001.parquet").unlink(), "part-00001.parquet: this part is not there"),
        (replaced("_manifest.json", "{"), "_manifest.json: this is no manifest of a list"),
        (replaced("_manifest.json", "{}"), "_manifest.json: this is no manifest of a list"),
        (replaced("part-00000.parquet", "PAR1"), "send: its parts cannot be read, name a folder"),
        (changed(schema=2), "_manifest.json: this manifest is of another version"),
        (changed(at="2026-11-22T12:00:00"), "_manifest.json: this manifest is of another version"),
        (changed(parts=[{"path": "../../etc/passwd"}]), "passwd: this part is not there"),
    ],
)
def test_what_is_no_whole_list_is_told(tmp_path: Path, spoil: Callable[[Path], object], words: str) -> None:
    written(tmp_path / "exposures", {"x": [line("a")]})
    spoil(decided(tmp_path / "send"))
    with pytest.raises(ExposuresError) as raised:
        compact(tmp_path / "exposures", [tmp_path / "send"], KEY)
    assert words in str(raised.value)
    assert not (tmp_path / "exposures" / "parquet").exists()


def test_without_a_key_it_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="key"):
        compact(written(tmp_path, {"x": [line("a")]}), [decided(tmp_path / "send")])
