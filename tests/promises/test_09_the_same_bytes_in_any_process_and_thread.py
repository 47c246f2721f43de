"""Same library, context and moment: same bytes, in any process, thread, hash seed, locale, time zone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from assembler import Library
from tests.conftest import ROOT
from tests.promises.made import Made, made, made_for_all, people
from tests.runtime.sample import AT, PERSON, library

SCRIPT = """
import json, locale, sys, time
from tests.promises.made import made_for_all, people

locale.setlocale(locale.LC_ALL, "")
print(json.dumps([[hash("x"), time.tzname, sys.flags.optimize], made_for_all(sys.argv[1], people())]))
"""

ENVIRONMENTS: tuple[Mapping[str, str], ...] = (
    {"PYTHONHASHSEED": "0", "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "12345", "TZ": "America/Lima", "LC_ALL": "C.UTF-8", "PYTHONOPTIMIZE": "2"},
)


@pytest.fixture(scope="module")
def saved(starter_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("saved") / "starter.library"
    starter_library.save(path)
    return path


@pytest.fixture(scope="module")
def here(saved: Path) -> list[list[Made]]:
    """What is made in this process, one person after the other."""
    return made_for_all(str(saved), people())


def test_in_any_process_hash_seed_locale_and_time_zone(saved: Path, here: list[list[Made]]) -> None:
    told = [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", SCRIPT, str(saved)],
                env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
                check=True,
                capture_output=True,
                timeout=120,
            ).stdout
        )
        for environment in ENVIRONMENTS
    ]
    (one, first), (other, second) = told
    assert all(left != right for left, right in zip(one, other, strict=True)), "these are two environments"
    assert first == second == json.loads(json.dumps(here))


def test_in_any_thread(saved: Path, here: list[list[Made]]) -> None:
    library = Library.open(saved)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda person: made(library, person), people() * 2)) == here * 2


def test_in_any_order(saved: Path, here: list[list[Made]]) -> None:
    """What was remembered of others is told from nothing that was made."""
    assert made_for_all(str(saved), people()[::-1]) == here[::-1]


def test_the_people_get_different_variants(here: list[list[Made]]) -> None:
    keys = {variant[0] for person in here for variant in person}
    assert len(keys) > 30


def test_the_moment_is_the_only_clock() -> None:
    """Of two moments, the same one gives the same answer again, and the other another one."""
    sample, later = library(), AT + timedelta(days=40)
    first, other, again = (sample.decide("come_back", channel="email", context=PERSON, at=at) for at in (AT, later, AT))
    assert first == again
    assert first.notes != other.notes
