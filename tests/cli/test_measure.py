"""`assembler measure`: what it prints, what it keeps, its exit codes, and what it does not read."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb
import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.conftest import Run

KEY = "0123456789abcdef" * 4
AS_OF = "2026-12-20T00:00:00+00:00"

_EXPOSURES = """
copy (
    select
        timestamptz '2026-11-01T00:00:00Z' + to_seconds(i * 60) as timestamp, md5(i::varchar) as unit_id,
        'back' as experiment_id, '1' as experiment_version,
        case when i % 10 = 0 then 'control' else 'treated' end as variation_id, 'experiment' as kind,
        'TARGETING_MATCH' as reason, 'email' as channel, 'en' as locale,
        ['sweet_tooth', 'crunchy'][1 + i // 10 % 2] as segment, 'new' as stage,
        'k' as key, 'w' || (i // 10 % 2) as would,
        map {} as components,
        map {'headline': ['headline/sweet', 'headline/crunchy'][1 + i // 10 % 2], 'cta': 'cta/back'}
            as would_components,
        []::struct(test varchar, component varchar)[] as tests, 'l' as library, '1' as algo, map {} as salts
    from range(20000) t(i)
) to 'exposures/parquet/2026-11-01.parquet' (format parquet)
"""
_OUTCOMES = """
copy (
    select md5(i::varchar) as unit_id, 'purchase' as event, '2026-11-15T12:00:00Z' as timestamp, 20 as value
    from range(20000) t(i) where i * 7 % 1000 < {rate} + case when i % 10 = 0 then 0 else {gain} end
) to 'outcomes.csv'
"""


def written(*, gain: int, rate: int = 100) -> None:
    """People in the working directory, of whom a share in a thousand buys, and more of those who are treated."""
    Path("exposures/parquet").mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute(_EXPOSURES)
        connection.execute(_OUTCOMES.format(rate=rate, gain=gain))


FILES = ("--exposures", "exposures", "--outcomes", "outcomes.csv")
GOAL = ("--event", "purchase", "--within", "30d")


@pytest.mark.parametrize("format_", ["text", "json"])
@pytest.mark.parametrize(("gain", "code"), [(40, 0), (-15, 1), (8, 0)], ids=["helps", "does_nothing", "is_unclear"])
def test_what_is_printed(gain: int, code: int, format_: str, run: Run, words: SnapshotAssertion) -> None:
    written(gain=gain)
    result = run("measure", "back", *FILES, *GOAL, "--format", format_, at=AS_OF)
    assert (result.exit_code, result.stderr) == (code, "wrote measurements/back.json\n")
    if format_ == "text":
        assert result.stdout == words
    else:
        assert json.loads(result.stdout) == json.loads(Path("measurements/back.json").read_text())


def test_a_second_look_goes_on(run: Run) -> None:
    written(gain=8)
    for day in (16, 20, 20):
        assert run("measure", "back", *FILES, *GOAL, at=f"2026-12-{day}T00:00:00+00:00").exit_code == 0
    looks = json.loads(Path("measurements/back.json").read_text())["questions"][0]["looks"]
    assert [look["at"][:10] for look in looks] == ["2026-12-16", "2026-12-20"]


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("earlier", ("--as-of", "2026-12-01T00:00:00+00:00")),
        ("other_event", ("--event", "visit")),
        ("other_count", ("--count", "value")),
    ],
)
def test_a_look_that_cannot_go_on_changes_nothing(
    name: str, more: tuple[str, ...], run: Run, words: SnapshotAssertion
) -> None:
    written(gain=8)
    run("measure", "back", *FILES, *GOAL, at=AS_OF)
    before = Path("measurements/back.json").read_bytes()
    at = more[1] if more[0] == "--as-of" else AS_OF
    result = run("measure", "back", *FILES, *GOAL, *(() if more[0] == "--as-of" else more), at=at)
    assert result.exit_code == 2
    assert result.stderr == words
    assert Path("measurements/back.json").read_bytes() == before


UNREAD = {
    "no_columns": "person,what,when\na,purchase,2026-11-15T12:00:00Z\n",
    "no_zone": "unit_id,event,timestamp\na,purchase,2026-11-15T12:00:00\nb,purchase,yesterday\n",
    "no_number": "unit_id,event,timestamp,value\na,purchase,2026-11-15T12:00:00Z,much\n",
    "nobody": "unit_id,event,timestamp\n,purchase,2026-11-15T12:00:00Z\n",
    "empty": "",
    "ragged": 'unit_id,event,timestamp\n"a,purchase\n',
}


@pytest.mark.parametrize("name", UNREAD)
def test_outcomes_that_are_not_read(name: str, run: Run, words: SnapshotAssertion) -> None:
    written(gain=8)
    Path("outcomes.csv").write_text(UNREAD[name])
    result = run("measure", "back", *FILES, *GOAL, "--count", "value", at=AS_OF)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == words
    assert not Path("measurements").exists()


@pytest.mark.parametrize("event", ["open", "Click", " opens "])
def test_what_held_out_people_cannot_do_is_no_outcome(event: str, run: Run) -> None:
    written(gain=8)
    result = run("measure", "back", *FILES, "--event", event, "--within", "30d", at=AS_OF)
    assert result.exit_code == 2
    assert "is no outcome: held-out people cannot have it" in " ".join(result.stderr.split())


USAGE = {
    "nothing_named": (*FILES, *GOAL),
    "both_named": ("back", "--programme", *FILES, *GOAL),
    "unknown": ("bakc", *FILES, *GOAL),
    "no_exposures": ("back", "--exposures", "nowhere", "--outcomes", "outcomes.csv", *GOAL),
    "no_outcomes": ("back", "--exposures", "exposures", "--outcomes", "nowhere.csv", *GOAL),
    "other_file": ("back", "--exposures", "exposures", "--outcomes", "assembler.yaml", *GOAL),
}


@pytest.mark.parametrize("name", USAGE)
def test_usage(name: str, run: Run, words: SnapshotAssertion) -> None:
    written(gain=8)
    result = run("measure", *USAGE[name], at=AS_OF)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == words


def test_ids_become_pseudonyms_by_the_key(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    written(gain=8)
    Path("outcomes.csv").write_text("id,event,timestamp\n7,purchase,2026-11-15T12:00:00Z\n")
    monkeypatch.delenv("ASSEMBLER_UNIT_KEY", raising=False)
    without = run("measure", "back", *FILES, *GOAL, at=AS_OF)
    monkeypatch.setenv("ASSEMBLER_UNIT_KEY", KEY)
    with_key = run("measure", "back", *FILES, *GOAL, at=AS_OF)
    assert (without.exit_code, with_key.exit_code) == (2, 0)
    assert "ASSEMBLER_UNIT_KEY is not set" in without.stderr


def test_without_the_extra_a_line_names_it(run: Run, monkeypatch: pytest.MonkeyPatch, words: SnapshotAssertion) -> None:
    written(gain=8)
    for name in [name for name in sys.modules if name.startswith("assembler.measure")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "scipy", None)
    result = run("measure", "back", *FILES, *GOAL, at=AS_OF)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == words
