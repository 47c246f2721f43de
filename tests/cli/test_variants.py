"""How many variants there are is said before they are written; where they are too many, every command still ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.authoring.exploding import exploding
from tests.cli.conftest import Run, write

pytestmark = pytest.mark.usefixtures("known_results")

MANY = "57,982,058,508 variants"
AS_OF = "2026-11-22T12:00:00+00:00"


@pytest.fixture
def large(project: Path, checked_once: Callable[[str, Path], Path]) -> Path:
    return checked_once("large", write(project, exploding(30)))


def test_a_check_says_when_it_was_made_and_what_a_build_would_write(run: Run) -> None:
    words = (
        f"no findings\nas of {AS_OF} a build would write 66 variants: back 54 (title\n"
        "  x2.5, offer x2, story x1.8), start 12 (offer x2, title x2)\n"
    )
    assert run("check").stdout == words
    report = json.loads(run("check", "--format", "json").stdout)
    assert report["as_of"] == AS_OF
    assert report["variants"] == {
        "count": 66,
        "exact": True,
        "limit": 20_000,
        "campaigns": [
            {"campaign": "back", "variants": 54, "exact": True, "slots": {"title": 2.5, "offer": 2.0, "story": 1.8}},
            {"campaign": "start", "variants": 12, "exact": True, "slots": {"offer": 2.0, "title": 2.0}},
        ],
    }


@pytest.mark.parametrize(
    ("zone", "day", "as_of"),
    [
        ("Europe/London", "2026-11-22", "2026-11-22T00:00:00+00:00"),
        ("Europe/London", "2026-07-01", "2026-07-01T00:00:00+01:00"),
        ("Asia/Kathmandu", "2026-11-22", "2026-11-22T00:00:00+05:45"),
        ("America/New_York", "2026-11-22T12:00:00Z", "2026-11-22T07:00:00-05:00"),
        ("Pacific/Chatham", "2026-11-22T12:00:00+02:00", "2026-11-22T23:45:00+13:45"),
        ("UTC", "2026-11-22T12:00:00+02:00", "2026-11-22T10:00:00+00:00"),
    ],
)
def test_the_moment_is_said_with_the_projects_offset(zone: str, day: str, as_of: str, project: Path, run: Run) -> None:
    settings = project / "assembler.yaml"
    settings.write_text(settings.read_text().replace("Europe/London", zone))
    assert json.loads(run("check", "--format", "json", at=day).stdout)["as_of"] == as_of
    assert f"as of {as_of} a build would write" in run("check", at=day).stdout
    assert run("build", at=day).exit_code == 0
    assert json.loads((project / "build/manifest.json").read_text())["as_of"] == as_of


def test_at_a_terminal_a_build_says_first_how_many_variants_it_writes(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assembler.cli.build.colourful", lambda *, err: err)
    assert run("build").stderr.startswith(
        "building 66 variants: back 54 (title x2.5, offer x2, story x1.8), start 12\n  (offer x2, title x2)\nbuilt 66 "
    )
    assert run("build", "--select", "campaign:start").stderr.startswith(
        "building 12 variants: start 12 (offer x2, title x2)\nbuilt 12 variants "
    )


def test_too_many_variants_are_an_error_that_names_the_slots(large: Path, run: Run) -> None:
    for command in ("check", "build"):
        result = run(command)
        assert result.exit_code == 1
        printed = " ".join((result.stdout or result.stderr).split())
        assert "campaigns/back.yaml:9:1: D09 a build would write 57,982,058,496 variants of back;" in printed
        assert all(f"more{number} x2" in printed for number in range(30))
        assert "`build --sample pairs`" in printed
    assert not (large / "build").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["coverage"], 0, "21,474,836,480 combinations"),
        (["why", "back", "--channel", "email"], 0, "more29/plain won"),
        (["assemble", "back", "--channel", "email", "--part", "subject"], 0, "Good to see you"),
        (["review", "plan"], 0, "shown: 13833 of 13833 pairs"),
        (["due"], 0, ""),
        (["ls"], 0, "57982058508 variants"),
        (["ls", "variants"], 2, f"{MANY} are too many to list"),
        (["ls", "components"], 0, "more29/known"),
        (["build", "--select", "campaign:start"], 0, "built 12 variants"),
        (["build", "--select", "channel:email"], 1, "D09"),
        (["gallery"], 0, f"{MANY} are too many to show (D09)"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else None,
)
def test_every_command_ends(arguments: list[str], code: int, said: str, large: Path, run: Run) -> None:
    result = run(*arguments)
    assert result.exit_code == code, result.output
    assert said in " ".join(result.output.split())


def test_a_sample_shows_every_pair_and_every_default(large: Path, run: Run) -> None:
    result = run("build", "--sample", "pairs")
    assert result.exit_code == 0, result.output
    manifest = json.loads((large / "build-sample/manifest.json").read_text())
    assert manifest["sample"] == {"shows": "pairs", "of": 57_982_058_508}
    assert result.stderr.startswith(f"building a sample of {len(manifest['variants'])} of {MANY}: back ")
    plan = json.loads(run("review", "plan", "--format", "json", at=AS_OF).stdout)
    rows = {json.dumps([row["campaign"], row["channel"], row["locale"], row["slots"]]) for row in plan["rows"]}
    written = {
        json.dumps([variant["campaign"], variant["channel"], variant["locale"], variant["slots"]])
        for variant in manifest["variants"]
    }
    assert written == rows
    assert len(written) < 200
    mails = [
        variant["slots"]
        for variant in manifest["variants"]
        if (variant["channel"], variant["locale"]) == ("email", "en")
    ]
    for first in range(30):
        for second in range(first):
            shown = {(mail[f"more{first}"], mail[f"more{second}"]) for mail in mails}
            assert len(shown) == 4
    cells = [(variant["campaign"], variant["channel"], variant["locale"], cell["segment"], cell["stage"])
             for variant in manifest["variants"] for cell in variant["cells"]]  # fmt: skip
    assert len(cells) == len(set(cells)) == 9 * (2 * 3 + 3)


def test_a_sample_of_what_is_selected(run: Run) -> None:
    result = run("build", "--sample", "pairs", "--select", "campaign:back,channel:page,locale:en,segment:sweet_tooth")
    assert result.exit_code == 0, result.output
    manifest = json.loads(Path("build-sample/manifest.json").read_text())
    assert list(manifest)[:5] == ["schema", "name", "as_of", "select", "sample"]
    assert {(variant["campaign"], variant["channel"], variant["locale"]) for variant in manifest["variants"]} == {
        ("back", "page", "en")
    }
    assert {cell["segment"] for variant in manifest["variants"] for cell in variant["cells"]} == {"sweet_tooth"}
    assert {variant["slots"]["title"] for variant in manifest["variants"]} == {
        "title/plain", "title/sweet", "title/sweet_away"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--sample", "pair"], "did you mean pairs?"),
        (["--sample", "pairs", "--watch"], "--watch builds everything or what is selected, not a sample"),
        (["--sample", "pairs", "--select", "campaign:bak"], "did you mean back?"),
        (["--sample", "pairs", "-o", "build"], "holds files that are not a partial build"),
    ],
)
def test_what_is_no_sample_is_refused(arguments: list[str], said: str, run: Run) -> None:
    run("build")
    result = run("build", *arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
