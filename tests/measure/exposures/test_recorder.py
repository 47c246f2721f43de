"""What answers people puts on record whom it was about, by a pseudonym."""

from __future__ import annotations

import pickle
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from assembler.measure.exposures import Exposure, ExposureRecorder, Exposures, pseudonym
from tests.measure.exposures.records import AT, KEY
from tests.runtime.sample import PERSON, library

DECISION = library().decide("come_back", channel="email", context=PERSON, at=AT)


class Kept:
    """Keeps records in a list."""

    def __init__(self) -> None:
        self.records: list[Exposure] = []

    def write(self, exposure: Exposure, /) -> bool:
        self.records.append(exposure)
        return True


@pytest.mark.parametrize("id_", ["c-42", 42, 42.0])
def test_an_id_becomes_its_pseudonym(id_: Any) -> None:
    kept = Kept()
    assert ExposureRecorder(kept, KEY, version="spring")(DECISION, id_, AT)
    assert [record["unit_id"] for record in kept.records] == [pseudonym(id_, KEY)]
    assert kept.records[0]["experiment_version"] == "spring"


@pytest.mark.parametrize("id_", [None, "", " ", True, [], {}, "x" * 513, "\ud800"])
def test_what_is_no_id_is_nobody(id_: Any) -> None:
    kept = Kept()
    assert ExposureRecorder(kept, KEY)(DECISION, id_, AT)
    assert [record["unit_id"] for record in kept.records] == [None]


def test_a_moment_without_a_year_is_not_kept() -> None:
    kept = Kept()
    early = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1)))
    assert not ExposureRecorder(kept, KEY)(DECISION, "c-42", early)
    assert kept.records == []


def test_a_wrong_key_or_version_is_told_at_once() -> None:
    with pytest.raises(ValueError, match="blank"):
        ExposureRecorder(Kept(), " ")
    with pytest.raises(TypeError, match="version"):
        ExposureRecorder(Kept(), KEY, version=None)  # type: ignore[arg-type]


def test_it_goes_to_another_process_and_does_not_show_its_key(tmp_path: Path) -> None:
    recorder = pickle.loads(pickle.dumps(ExposureRecorder(Exposures(tmp_path), KEY)))
    assert recorder(DECISION, "c-42", AT)
    assert KEY not in repr(recorder)
    assert len([*tmp_path.iterdir()]) == 1
