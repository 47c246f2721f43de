"""Lines of exposures as Parquet: the first of each, without what is torn or in two arms; again and again."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from assembler.measure.compaction import ExposuresError, compact
from assembler.measure.compaction.compacting import VersionCount
from assembler.measure.exposures import Exposures
from tests.examples import examples
from tests.measure.compaction.folders import ONE, contents, line, rows, units, written
from tests.measure.exposures.records import record
from tests.measure.exposures.test_writer import room


def test_a_row_says_what_the_line_says(tmp_path: Path) -> None:
    exposures = Exposures(tmp_path)
    assert exposures.write(ONE)
    compaction = compact(tmp_path)
    assert (compaction.days, compaction.lines.all) == (("2026-11-22",), 1)
    (row,) = rows(tmp_path)
    expected: dict[str, Any] = {**ONE, "timestamp": datetime(2026, 11, 22, 12, tzinfo=UTC), "experiment_version": "1"}
    del expected["schema"], expected["event_id"]
    assert row == expected
    assert row["would_components"]["headline"] == "headline/lapsed_win_back"


def test_the_first_of_each_person_version_and_arm_is_kept_on_its_day(tmp_path: Path) -> None:
    late = [line("a", at="13:00:00.000001", key="late"), line("b", experiment_version=2), line("b")]
    early = [line("a", key="early"), line("a", day="2026-11-23"), line("c", day="2026-11-23", channel="page")]
    compaction = compact(written(tmp_path, {"x": late, "y": early}))
    assert compaction.days == ("2026-11-22", "2026-11-23")
    assert [(row["unit_id"], row["key"], row["experiment_version"]) for row in rows(tmp_path, "2026-11-22")] == [
        ("a", "early", "1"),
        ("b", ONE["key"], "1"),
        ("b", ONE["key"], "2"),
    ]
    assert units(tmp_path, "2026-11-23") == [("c", "treated")]


def test_torn_and_foreign_lines_are_counted_and_are_no_rows(tmp_path: Path) -> None:
    whole = line("a")
    bad = [
        b"\n",
        line("z", schema=2),
        line("z", kind="other"),
        line("z", variation_id="both"),
        line("z", event_id="x"),
        line("z", timestamp="yesterday"),
        line("z", timestamp="2026-11-22T12:00:00"),
        line("z", key=""),
        line("z", library=None),
        b'{"schema": 1}\n',
        b"{}\n",
        b"null\n",
        b"[1]\n",
        b"7\n",
        b'"text"\n',
        b"\xff\xfe\n",
        whole[:300] + b"\n",
        b"\x00" * 100,
    ]
    files = {"torn": [whole, line("b"), whole[:-20]], "bad": [*bad, b"\n", line("c")], "empty": [], "none": [b"\n\n"]}
    lines = compact(written(tmp_path, files)).lines
    assert units(tmp_path) == [("a", "treated"), ("b", "treated"), ("c", "treated")]
    assert lines.torn == {"torn.jsonl": 1, "bad.jsonl": 8}
    assert lines.foreign == {"bad.jsonl": 9}
    assert lines.all == 3 + 1 + 17
    assert all(row["experiment_id"] for row in rows(tmp_path))


def test_moments_are_compared_whatever_their_offset(tmp_path: Path) -> None:
    early = line("a", timestamp="2026-11-23T00:30:00+14:00", key="early")
    compact(written(tmp_path, {"x": [line("a"), early]}))
    assert [(row["key"], row["timestamp"].hour) for row in rows(tmp_path, "2026-11-22")] == [("early", 10)]


def test_a_line_without_a_line_feed_is_whole(tmp_path: Path) -> None:
    assert compact(written(tmp_path, {"x": [line("a"), line("b")[:-1]]})).lines.torn == {}
    assert len(units(tmp_path)) == 2


def test_who_is_nobody_is_counted(tmp_path: Path) -> None:
    nobody = line(None, "unassigned", kind="outside")
    compaction = compact(written(tmp_path, {"x": [nobody, nobody, line("a")]}))
    assert (compaction.lines.nobody, units(tmp_path)) == (2, [("a", "treated")])


def test_who_is_in_two_arms_is_left_out_and_stays_so(tmp_path: Path) -> None:
    lines = [line("a"), line("a", "control", day="2026-11-23"), line("a", experiment_version="2"), line("b", "control")]
    compaction = compact(written(tmp_path, {"x": lines}))
    kept = [("a", "treated"), ("b", "control")]
    assert units(tmp_path) == kept
    assert [row["experiment_version"] for row in rows(tmp_path, "2*")] == ["2", "1"]
    assert units(tmp_path, "_two_arms") == [("a", "treated"), ("a", "control")]
    assert compaction.versions == (VersionCount("come_back", "1", 2, 1), VersionCount("come_back", "2", 1, 0))
    (tmp_path / "x.jsonl").unlink()
    again = compact(written(tmp_path, {"y": [line("a", day="2026-11-24")]}))
    assert again.versions == compaction.versions
    assert units(tmp_path) == kept


def test_an_error_or_nobodys_assignment_is_no_second_arm(tmp_path: Path) -> None:
    lines = [line("a"), line("a", "unassigned", kind="outside", reason="ERROR")]
    compaction = compact(written(tmp_path, {"x": lines}))
    assert compaction.versions == (VersionCount("come_back", "1", 1, 0),)
    assert sorted(units(tmp_path)) == [("a", "treated"), ("a", "unassigned")]


def test_the_kinds_are_kept_apart(tmp_path: Path) -> None:
    lines = [line("a"), line("b", kind="fallback"), line("c", "unassigned", kind="outside"), line("d", "control")]
    arms = compact(written(tmp_path, {"x": lines})).arms
    assert [(arm.variation_id, arm.experiment, arm.fallback, arm.outside) for arm in arms] == [
        ("control", 1, 0, 0),
        ("treated", 1, 1, 0),
        ("unassigned", 0, 0, 1),
    ]


@pytest.mark.parametrize(("people", "healthy"), [(100, True), (99, False)])
def test_more_than_one_in_a_hundred_in_two_arms_is_unhealthy(tmp_path: Path, people: int, healthy: bool) -> None:
    lines = [line(f"{number}") for number in range(people)] + [line("0", "control")]
    others = [line(f"{number}", experiment_id="welcome") for number in range(1_000)]
    compaction = compact(written(tmp_path, {"x": lines, "y": others}))
    assert compaction.is_healthy is healthy
    assert [version.is_unhealthy for version in compaction.versions] == [not healthy, False]


def test_a_run_may_be_repeated_and_goes_on_when_lines_are_gone(tmp_path: Path) -> None:
    written(tmp_path, {"x": [line("a", at="13:00:00.000000"), line("b")]})
    compact(tmp_path)
    first = contents(tmp_path)
    assert compact(tmp_path).lines.all == 2
    assert contents(tmp_path) == first
    (tmp_path / "x.jsonl").unlink()
    assert compact(tmp_path).lines.all == 0
    assert contents(tmp_path) == first
    compact(written(tmp_path, {"y": [line("a"), line("c", day="2026-11-21")]}))
    assert [*contents(tmp_path)] == ["2026-11-21.parquet", "2026-11-22.parquet"]
    assert {row["unit_id"]: row["timestamp"].hour for row in rows(tmp_path)} == {"a": 12, "b": 12, "c": 12}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_order_of_lines_and_files_never_matters(tmp_path: Path) -> None:
    lines = [line(f"{number % 1_000:05}", at=f"{number % 24:02}:00:00.000000") for number in range(3_000)]
    compact(written(tmp_path / "one", {"x": lines}))
    random.Random(7).shuffle(lines)
    compact(written(tmp_path / "two", {"p": lines[:1_000], "q": lines[1_000:]}))
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert len(units(tmp_path / "one")) == 1_000


@pytest.mark.parametrize("name", ["it's", "a[1]*?b", "ü mit 空", "$x;--"])
def test_a_folder_may_be_called_anything(tmp_path: Path, name: str) -> None:
    folder = written(tmp_path / name, {"it's [1]": [line("a")]})
    compact(folder)
    assert (len(compact(folder).days), units(folder)) == (1, [("a", "treated")])


def wrong(folder: Path) -> Iterator[tuple[str, Path, str]]:
    """What cannot be compacted, and what is said of it."""
    yield "missing", folder / "nowhere", "nowhere: this is no folder"
    yield "file", folder / "file", "file: this is no folder"
    yield "empty", folder / "empty", "empty: there are no exposures; name the folder that they are written to"
    yield "foreign", folder / "foreign", "parquet: only compacted exposures may be there"
    yield "other_parquet", folder / "other", "2026-11-22.parquet: this was not compacted here; remove it"


@pytest.mark.parametrize("number", range(5), ids=[name for name, *_ in wrong(Path())])
def test_what_cannot_be_read_is_told_and_left(tmp_path: Path, number: int) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    (written(tmp_path / "foreign", {"x": [line()]}) / "parquet").mkdir()
    (tmp_path / "foreign" / "parquet" / "mine.txt").write_text("mine")
    (written(tmp_path / "other", {"x": [line()]}) / "parquet").mkdir()
    (tmp_path / "other" / "parquet" / "2026-11-22.parquet").write_text("PAR1")
    before = sorted(tmp_path.rglob("*"))
    _, folder, words = [*wrong(tmp_path)][number]
    with pytest.raises(ExposuresError) as raised:
        compact(folder)
    assert words in str(raised.value)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_full_disk_is_told_and_leaves_what_was(tmp_path: Path) -> None:
    compact(written(tmp_path, {"x": [line("a")]}))
    before = contents(tmp_path)
    written(tmp_path, {"y": [line("b", day="2026-11-23")]})
    with room(1_000), pytest.raises(ExposuresError, match="parquet: this cannot be written: IO Error"):
        compact(tmp_path)
    assert contents(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["parquet", "x.jsonl", "y.jsonl"]


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(written(tmp_path, {"x": [line()]}) / "pipe.jsonl")
    (tmp_path / "folder.jsonl").mkdir()
    assert compact(tmp_path).lines.all == 1


LINES = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(["control", "treated", "unassigned"]),
        st.sampled_from([1, 2]),
        st.integers(0, 40),
    ),
    max_size=12,
)


@settings(max_examples=examples(30))
@given(LINES, LINES)
def test_in_parts_or_at_once_it_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, first: list[Any], second: list[Any]
) -> None:
    """And it is what the definition says."""

    def lines(drawn: list[Any]) -> Iterator[bytes]:
        for unit, arm, version, hour in drawn:
            at = datetime(2026, 11, 22, tzinfo=UTC) + timedelta(hours=hour)
            kind = "outside" if arm == "unassigned" else "experiment"
            changes = {"experiment_version": version, "kind": kind, "day": f"{at:%Y-%m-%d}"}
            yield line(unit, arm, at=f"{at:%H:%M:%S.%f}", **changes)

    parts, once = tmp_path_factory.mktemp("parts"), tmp_path_factory.mktemp("once")
    compact(written(parts, {"x": lines(first), "empty": []}))
    (parts / "x.jsonl").unlink()
    compact(written(parts, {"y": lines(second)}))
    compact(written(once, {"z": lines(second + first)}))
    assert contents(parts) == contents(once)
    firsts: dict[tuple[str, int, str], int] = {}
    for unit, arm, version, hour in first + second:
        firsts[unit, version, arm] = min(hour, firsts.get((unit, version, arm), hour))
    in_arms = [(unit, version) for unit, version, arm in firsts if arm != "unassigned"]
    expected = {key: hour for key, hour in firsts.items() if in_arms.count(key[:2]) < 2}
    start = datetime(2026, 11, 22, tzinfo=UTC)
    assert {
        (row["unit_id"], int(row["experiment_version"]), row["variation_id"]): (row["timestamp"] - start)
        // timedelta(hours=1)
        for row in rows(once, "2*")
    } == expected


def test_records_of_a_writer_are_exposures(tmp_path: Path) -> None:
    exposures = Exposures(tmp_path)
    assert all(exposures.write(record(number)) for number in range(20))
    assert exposures.write({**record(20), "components": None, "would_components": None, "tests": None})
    compaction = compact(tmp_path)
    assert (compaction.lines.foreign, compaction.lines.torn) == ({}, {})
    assert [row["components"] is None for row in rows(tmp_path)] == [False] * 20 + [True]
    assert msgspec.to_builtins(compaction.versions[0])["people"] == 21
