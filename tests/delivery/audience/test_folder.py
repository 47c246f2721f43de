"""A list in files becomes a folder: nothing lost, nothing double, the same bytes however often it was stopped."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pytest
from pyarrow import parquet

from assembler import Library
from assembler.delivery.audience import (
    AudienceFault,
    AudienceRequest,
    DecidedAudience,
    PeopleFilesError,
    UnusableFolder,
    contexts,
    write_audience,
)
from assembler.delivery.audience.attributes import TokensOfExport
from assembler.delivery.audience.looking import look_through
from assembler.delivery.audience.pool import made_parts
from assembler.measure.compaction.audience_folder import AudienceManifest
from tests.processes import started
from tests.runtime.sample import AT, COMPONENTS, archive

SLACK_SECONDS = 120

CSV = "id,consent,months,spend,newcomer,first_name\n" + "".join(
    f'{number:04},{"marketing" if number % 3 else ""},{number % 20},{number}.5,{number % 2},"J ""{number}"", x"\n'
    for number in range(100)
)
LINES = [
    {"id": "007", "stage": "win_back"},
    {"id": 7, "signals": {"months": 9}, "consent": ["marketing"]},
    None,
    [],
    "text",
    {"id": None, "fields": 3},
    {"id": 1e3, "locale": 5, "signals": {"spend": 10**400}},
]


@pytest.fixture(scope="module")
def sample() -> Library:
    return library()


def library() -> Library:
    """The sample, with a clock that can be pickled."""
    return Library(*archive(COMPONENTS))


@pytest.fixture
def people(tmp_path: Path) -> tuple[str, ...]:
    (tmp_path / "a.csv").write_text(CSV)
    (tmp_path / "b.jsonl").write_text("".join(json.dumps(line) + "\n" for line in LINES))
    table = pa.table({"id": [1, None, 3], "months": [9.0, None, 700], "consent": [["marketing"], [], None]})
    parquet.write_table(table, tmp_path / "c.parquet", row_group_size=2)
    return tuple(str(tmp_path / name) for name in ("a.csv", "b.jsonl", "c.parquet"))


def asked(sample: Library, people: tuple[str, ...], output: Path, **changes: Any) -> AudienceRequest:
    wanted: dict[str, Any] = {"campaign": "come_back", "channel": "email", "at": AT, "part_rows": 20, "prove": 2}
    return AudienceRequest(library=sample, people=people, output=output, **(wanted | changes))


def written(*arguments: Any, **changes: Any) -> DecidedAudience:
    return write_audience(asked(*arguments, **changes), 1.0)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows(folder: Path) -> list[dict[str, Any]]:
    return [row for part in sorted(folder.glob("*.parquet")) for row in parquet.read_table(part).to_pylist()]


def expected_contexts(sample: Library, people: tuple[str, ...]) -> list[Any]:
    listed: list[Any] = [
        {
            "id": f"{number:04}",
            "consent": ["marketing"] if number % 3 else None,
            "signals": {"months": number % 20, "spend": number + 0.5, "newcomer": bool(number % 2)},
            "fields": {"first_name": f'J "{number}", x'},
        }
        for number in range(100)
    ]
    (batch,) = parquet.read_table(people[2]).combine_chunks().to_batches()
    return [*listed, *LINES, *contexts(batch, library=sample)]


def test_each_row_is_the_decision_for_its_context(sample: Library, people: tuple[str, ...], tmp_path: Path) -> None:
    audience = written(sample, people, tmp_path / "out", bodies=("html",))
    told = expected_contexts(sample, people)
    answers = sample.decide_many(told, "come_back", channel="email", at=AT)
    there = rows(tmp_path / "out")
    assert [(row["key"], row["arm"], row["reason"], row["segment"], row["stage"]) for row in there] == [
        (one.key, one.arm, one.reason, one.segment, one.stage) for one in answers
    ]
    assert [row["id"] for row in there[:100]] == [f"{number:04}" for number in range(100)]
    assert [row["id"] for row in there[100:]] == ["007", "7", None, None, None, None, "1000", "1", None, "3"]
    for row, context in zip(there, told, strict=True):
        variant = sample.assemble("come_back", channel="email", context=context, at=AT)
        assert row["parts"] == {"html": variant.encoded["html"]}
    assert audience.manifest.rows == sum(audience.by("arm").values()) == 110
    assert {row["key"] for row in there} | {row["withheld"] for row in there} <= {*audience.manifest.variants, None}


def test_what_is_unknown_is_counted_as_decisions_note_it(
    sample: Library, people: tuple[str, ...], tmp_path: Path
) -> None:
    audience = written(sample, people[:1], tmp_path / "out")
    told = expected_contexts(sample, people)[:100]
    counts: dict[str, dict[str, int]] = {}
    for decision in sample.decide_many(told, "come_back", channel="email", at=AT):
        for note in decision.notes:
            if note.kind == "signal":
                problems = counts.setdefault(note.name or "", {})
                problems[note.problem] = problems.get(note.problem, 0) + 1
    assert {name: dict(audience.unknown[name]) for name in ("months", "spend")} == {
        name: counts[name] for name in ("months", "spend")
    }


@pytest.mark.parametrize(("share", "good"), [(0.34, True), (0.339, False)])
def test_a_share_of_unknown_that_is_allowed_and_one_past_it(
    share: float, good: bool, sample: Library, people: tuple[str, ...], tmp_path: Path
) -> None:
    request = asked(sample, people[:1], tmp_path / "out")
    audience = write_audience(request, share)
    assert ("months" not in audience.too_unknown) is good
    assert (tmp_path / "out" / "_SUCCESS").exists()


def test_a_folder_reads_as_exposures(sample: Library, people: tuple[str, ...], tmp_path: Path) -> None:
    written(sample, people, tmp_path / "out")
    manifest = msgspec.json.decode((tmp_path / "out" / "_manifest.json").read_bytes(), type=AudienceManifest)
    assert manifest.at == AT and len(manifest.parts) == 6


@pytest.mark.parametrize("jobs", [1, 2])
def test_going_on_equals_going_through(jobs: int, sample: Library, people: tuple[str, ...], tmp_path: Path) -> None:
    written(sample, people, tmp_path / "whole")
    whole = contents(tmp_path / "whole")
    out = tmp_path / "out"
    written(sample, people, out, jobs=jobs)
    assert contents(out) == whole
    manifest = json.loads(whole["_manifest.json"])
    manifest["parts"] = [part for part in manifest["parts"] if part["number"] in (0, 3, 4)]
    (out / "_manifest.json").write_text(json.dumps(manifest))
    (out / "_SUCCESS").unlink()
    (out / "part-00003.parquet").write_bytes(whole["part-00003.parquet"][:-1])
    (out / ".part-00005.parquet.77.tmp").write_bytes(b"half")
    for name in ("_manifest.json", "_SUCCESS"):
        (out / f".{name}.0123456789ab").write_bytes(b"half")
    assert written(sample, people, out, jobs=jobs).skipped == 2
    assert contents(out) == whole


def test_what_is_no_longer_whole_is_not_said_to_be(
    sample: Library, people: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    written(sample, people, out)
    (out / "part-00001.parquet").unlink()

    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="No space"):
        written(sample, people, out)
    assert not (out / "_SUCCESS").exists()
    assert not (out / "part-00001.parquet").exists()


@pytest.mark.parametrize("change", ["moment", "library", "people", "rows", "campaign"])
def test_another_list_is_refused_and_left_as_it_is(
    change: str, sample: Library, people: tuple[str, ...], tmp_path: Path
) -> None:
    written(sample, people, tmp_path / "out")
    before = contents(tmp_path / "out")
    changes: dict[str, dict[str, Any]] = {
        "moment": {"at": AT.replace(microsecond=1)},
        "rows": {"part_rows": 21},
        "campaign": {"campaign": "welcome"},
    }
    if change == "people":
        people = people[:2]
    if change == "library":
        sample = Library(*archive(COMPONENTS[:-1]))
    with pytest.raises(UnusableFolder, match=f"another .*{change}"):
        written(sample, people, tmp_path / "out", **changes.get(change, {}))
    assert contents(tmp_path / "out") == before


BAD = {
    "no id": ("x.csv", b"name\nx\n", "id"),
    "a name that is another's": ("x.csv", b"id,id\n1,2\n", "id"),
    "text for a number": ("x.csv", b"id,months\n1,\n2,soon\n", ":3: column months is text"),
    "times without a zone": ("x.csv", b"id,months,months__observed_at\n1,2,2026-11-20T08:00:00\n", ":2: .*zone"),
    "a torn row": ("x.csv", b"id,months\n1,2\n3\n", ":3: has 1 columns; the header has 2"),
    "a quote without end": ("x.csv", b'id\n"' + b"x" * 1_000_001, ":2: a row of more than 1,000,000 bytes"),
    "a quote that stays open": ("x.csv", b'id,months\n1,2\n"2,3\n4,5\n', ":3: a quote that nothing closes"),
    "a stray quote": ("x.csv", b'id,first_name\n1,5" nails\n2,x\n3,6" nails\n', ":2: has a quote within a value"),
    "lone carriage returns": ("x.csv", b"id,months\r1,2\r", ":1: has lone carriage returns"),
    "an empty file": ("x.csv", b"", "is empty"),
    "Latin-1": ("x.csv", b"id\n1\n\xe9\n", ":3: is not in UTF-8"),
    "UTF-16": ("x.csv", "id\n1\n".encode("utf-16"), "UTF-16"),
    "semicolons": ("x.csv", b"id;months\n1;2\n", "semicolons"),
    "gzip by another name": ("x.csv", b"\x1f\x8b\x08\x00", "gzip"),
    "no Parquet": ("x.parquet", b"id\n1\n", "is no Parquet file"),
    "half a Parquet file": ("x.parquet", b"PAR1abc", "is no whole Parquet file"),
    "a torn line": ("x.jsonl", b'{}\n{"id": 1\n', ":2: not JSON"),
    "another kind": ("x.xlsx", b"PK", "of no known kind"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_is_refused_at_its_place(case: str, sample: Library, tmp_path: Path) -> None:
    name, data, words = BAD[case]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(PeopleFilesError, match=words) as refusal:
        written(sample, (str(tmp_path / name), str(tmp_path)), tmp_path / "out")
    assert "is a folder" in str(refusal.value)
    assert not (tmp_path / "out").exists()


def test_marks_carriage_returns_and_a_lone_header_are_read(sample: Library, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbfid,months\r\n007,3\r\n\r\n8,\r\n")
    (tmp_path / "b.csv").write_bytes(b"id\n")
    (tmp_path / "c.jsonl").write_bytes(b"")
    written(sample, tuple(str(tmp_path / name) for name in ("a.csv", "b.csv", "c.jsonl")), tmp_path / "out")
    assert [row["id"] for row in rows(tmp_path / "out")] == ["007", "8"]


def test_attributes_of_people(sample: Library, people: tuple[str, ...], tmp_path: Path) -> None:
    answers = sample.decide_many(expected_contexts(sample, people)[:100], "come_back", channel="email", at=AT)
    lacked = answers[0].key
    tokens = {one.key: f"v{one.key[-12:]}" for one in answers if one.key != lacked}
    export = TokensOfExport(
        attribute="asm", fields={"first_name": "asm_name"}, tokens={"en": tokens}, library="x", digest="y"
    )
    audience = written(sample, people[:1], tmp_path / "out", tokens=export)
    there = [path.read_text().splitlines() for path in sorted((tmp_path / "out").glob("*.attributes.csv"))]
    assert {lines[0] for lines in there} == {"id,asm,asm_name"}
    given = [line.split(",")[1] for lines in there for line in lines[1:]]
    assert given == [tokens.get(one.key, "") for one in answers]
    assert audience.lacking == {lacked: given.count("")}
    assert not audience.is_good


class _Deadly:
    """Ends the process that unpickles it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (9,)


def test_a_part_that_ends_its_process_is_tried_three_times(
    sample: Library, people: tuple[str, ...], tmp_path: Path
) -> None:
    files, parts = look_through(people, sample.content, 60)
    deadly = asked(sample, people, tmp_path, jobs=2, bodies=_Deadly())
    with pytest.raises(AudienceFault, match=r"part-0000[01] was begun 3 times"):
        list(made_parts(deadly, files, parts))


SCRIPT = """
import resource, sys
from pathlib import Path
from assembler.delivery.audience import write_audience
from tests.delivery.audience.test_folder import asked, library

if __name__ == "__main__":
    *people, output, jobs, limit = sys.argv[1:]
    if limit != "0":
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    request = asked(library(), tuple(people), Path(output), jobs=int(jobs), part_rows=2_000)
    write_audience(request, 1.0, None, lambda done, of: print(done, flush=True))
"""


@pytest.fixture
def many(tmp_path: Path) -> tuple[str, ...]:
    lines = "".join(f"{number},marketing,{number % 30},{number % 1000}\n" for number in range(20_000))
    (tmp_path / "many.csv").write_text("id,consent,months,spend\n" + lines)
    return (str(tmp_path / "many.csv"),)


def run(
    tmp_path: Path, people: tuple[str, ...], output: Path, jobs: int, limit: int = 0
) -> AbstractContextManager[subprocess.Popen[str]]:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    root = Path(__file__).parents[3]
    return started(
        [sys.executable, str(script), *people, str(output), str(jobs), str(limit)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root)},
        cwd=root,
    )


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("killed", ["parent", "worker"])
def test_what_is_killed_loses_nothing(killed: str, sample: Library, many: tuple[str, ...], tmp_path: Path) -> None:
    written(sample, many, tmp_path / "whole", part_rows=2_000)
    out = tmp_path / "out"
    with run(tmp_path, many, out, jobs=2) as process:
        assert process.stdout is not None
        while (line := process.stdout.readline()) and int(line) < 2:
            pass
        workers = _workers(process.pid)
        os.kill(process.pid if killed == "parent" else workers[-1], signal.SIGKILL)
        process.communicate(timeout=SLACK_SECONDS)
    assert process.returncode == (-signal.SIGKILL if killed == "parent" else 0)
    until = time.monotonic() + SLACK_SECONDS
    while any(_is_alive(worker) for worker in workers) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(_is_alive(worker) for worker in workers)
    if killed == "parent":
        written(sample, many, out, part_rows=2_000)
    assert contents(out) == contents(tmp_path / "whole")


def _workers(parent: int) -> list[int]:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def _is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform == "win32", reason="sets a limit that Windows does not have")
def test_a_full_disk_leaves_what_is_whole(sample: Library, many: tuple[str, ...], tmp_path: Path) -> None:
    written(sample, many, tmp_path / "whole", part_rows=2_000)
    out = tmp_path / "out"
    largest = max(len(data) for name, data in contents(tmp_path / "whole").items() if name.endswith(".parquet"))
    with run(tmp_path, many, out, jobs=1, limit=largest - 1) as process:
        _, errors = process.communicate(timeout=SLACK_SECONDS)
    assert process.returncode == 1
    assert re.search(rf"OSError: \[Errno \d+\] .*: '{re.escape(str(out))}'", errors)
    assert not (out / "_SUCCESS").exists()
    assert not [path.name for path in out.iterdir() if path.name.endswith(".tmp")]
    written(sample, many, out, part_rows=2_000)
    assert contents(out) == contents(tmp_path / "whole")
