"""Library files with a right digest and wrong content: what was found once, and some that nobody has tried yet."""

from __future__ import annotations

import os
import random
from pathlib import Path

import msgspec
import pytest

from tests.fuzz.libraries import CORPUS, case_of, replay
from tests.fuzz.library_changes import Case, Stale

FOUND = sorted(CORPUS.glob("*.json"))
TRIES = 120


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_what_was_found_once_is_refused_or_whole(path: Path, tmp_path: Path) -> None:
    replay(msgspec.json.decode(path.read_bytes(), type=Case), tmp_path)


def test_something_was_found() -> None:
    assert len(FOUND) >= 9


def test_a_changed_library_is_refused_or_whole(tmp_path: Path) -> None:
    seed = 0 if os.environ.get("CI") else random.SystemRandom().randrange(1 << 32)
    opened = 0
    for number in range(TRIES):
        try:
            opened += replay(case_of(seed, number), tmp_path) is None
        except Stale:
            continue
        except Exception as error:
            error.add_note(f"case_of({seed}, {number})")
            raise
    assert 0 < opened < TRIES, "some are refused, and some changes do no harm"
