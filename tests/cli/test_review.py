"""`assembler review`: plan, check, record, import."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assembler.cli.text.review_plan import plan_text
from assembler.review.approvals.decision_files import write_decision
from assembler.review.sampling.plan import ReviewPlan
from assembler.review.sampling.planner import make_plan
from tests.authoring.builders import MOMENT, in_memory, project as files
from tests.cli.conftest import AS_OF, Run
from tests.cli.test_check import change
from tests.review.approvals.test_inbox import file_of
from tests.review.conftest import NOW, approvals, verdict_on

AT = ("--as-of", AS_OF)


@pytest.fixture
def approved(project: Path) -> Path:
    """The sample, with every card approved."""
    for decision in approvals(make_plan(in_memory(files()).compile(MOMENT), MOMENT)):
        write_decision(project, decision)
    return project


def test_the_plan_as_json(run: Run) -> None:
    result = run("review", "plan", *AT, "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == make_plan(in_memory(files()).compile(MOMENT), MOMENT).to_dict()


def test_the_plan_as_text(run: Run) -> None:
    result = run("review", "plan", *AT)
    assert result.exit_code == 0
    assert "back in email, en (note): " in result.stdout
    assert "impossible" not in result.stdout
    assert "`--all` lists them, with the reason" in " ".join(result.stdout.split())
    assert result.stdout.splitlines()[-3].startswith("shown: 153 of 153 pairs of components that can stand together; ")
    assert "\n  cell     what people of the segment + stage beside it get\n" in result.stdout
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_the_plan_lists_what_can_never_stand_together_where_it_is_asked(run: Run) -> None:
    result = run("review", "plan", *AT, "--all")
    assert "impossible, segment: they are for different segments" in result.stdout
    assert "--all" not in result.stdout
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_the_gate_is_closed_until_everything_is_approved(run: Run) -> None:
    result = run("review", "check", *AT, "--all")
    assert result.exit_code == 1
    assert "component  back/email/en     title/sweet: not approved" in result.stdout
    assert result.stderr.startswith("approved: 0 of ")


def test_what_lacks_an_approval_is_counted_and_the_first_of_it_listed(run: Run) -> None:
    short, whole = (run("review", "check", *AT, *more) for more in ([], ["--all"]))
    counts, first = short.stdout.split("\n\n")
    lacking = json.loads(run("review", "check", *AT, "--format", "json").stdout)["lacking"]
    assert sum(map(int, re.findall(r"(\d+) (?:layout|component|pair)", counts))) == len(lacking)
    _, *listed, rest = first.splitlines()
    assert [line.split() for line in listed] == [line.split() for line in whole.stdout.splitlines()[:10]]
    assert rest.startswith(f"and {len(lacking) - 10} more: ")
    assert (short.exit_code, short.stderr) == (whole.exit_code, whole.stderr)


@pytest.mark.parametrize("format_", ["text", "json", "junit", "github"])
def test_the_gate_is_open_when_everything_is_approved(approved: Path, run: Run, format_: str) -> None:
    result = run("review", "check", *AT, "--format", format_)
    assert result.exit_code == 0
    if format_ == "json":
        imported = json.loads(result.stdout)
        assert (imported["lacking"], imported["faults"]) == ([], [])
        assert imported["approved"] == imported["needed"] > 0
    elif format_ == "junit":
        assert ElementTree.fromstring(result.stdout)[0].attrib["failures"] == "0"
    else:
        assert result.stdout == ""


def test_a_changed_word_closes_it(approved: Path, run: Run) -> None:
    change(approved / "components/title/sweet.md", "Something sweet", "Something sweeter")
    result = json.loads(run("review", "check", *AT, "--format", "json").stdout)
    assert result["lacking"]
    assert all("title/sweet" in subject["slots"].values() for subject in result["lacking"])
    said = run("review", "check", *AT, "--format", "github").stdout
    assert said.startswith("::error file=components/title/sweet.md,line=1,col=1,title=review::")
    suite = ElementTree.fromstring(run("review", "check", *AT, "--format", "junit").stdout)[0]
    assert int(suite.attrib["failures"]) == len(suite.findall(".//failure")) == len(result["lacking"])


def test_an_unreadable_decision_closes_it(approved: Path, run: Run) -> None:
    path = next((approved / "reviews").glob("*/*.json"))
    path.with_name("20260101T000000.000000Z-x.json").write_text("<<<<<<< HEAD")
    for format_ in ("text", "github", "junit", "json"):
        result = run("review", "check", *AT, "--format", format_)
        assert result.exit_code == 1
        assert "20260101T000000.000000Z-x.json" in result.stdout
    assert "not a decision: reviews/" in run("review", "plan", *AT).stderr


def test_a_decision_is_written_down(project: Path, run: Run) -> None:
    key = run("review", "plan", *AT).stdout.split("\n")[1].split()[0]
    result = run("review", "record", "approve", key, *AT, "--reviewer", "Jo <jo@x.example>", "--role", "brand")
    assert result.exit_code == 0, result.stderr
    written = json.loads((project / result.stdout.strip()).read_text())
    assert (written["verdict"], written["reviewer"], written["role"]) == ("approve", "Jo <jo@x.example>", "brand")
    assert written["shown"] == {"how": "single", "of": 1, "opened": 1}
    status = {
        row["why"]: row["status"]
        for row in json.loads(run("review", "plan", *AT, "--format", "json").stdout)["rows"][:1]
    }
    assert status == {"default": "kept"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("accept", "x"), "there is no 'accept'"),
        (("approve", "back/email/en/000000000000"), "no card 'back/email/en/000000000000'"),
        (("changes", None), "a request for changes has a comment"),
        (("withdraw", None), "has decided nothing about this that could be withdrawn"),
        (("changes", None, "--comment", "x", "--slot", "foot"), "no slot 'foot'"),
        (("approve", None, "--role", "x" * 1001), "1,001 characters; at most 1,000"),
    ],
)
def test_decisions_that_cannot_be_made(run: Run, arguments: tuple[str | None, ...], said: str) -> None:
    key = run("review", "plan", *AT).stdout.split("\n")[1].split()[0]
    result = run("review", "record", *(argument or key for argument in arguments), *AT, "--reviewer", "Jo")
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_the_reviewer_is_the_one_that_git_knows(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    key = run("review", "plan", *AT).stdout.split("\n")[1].split()[0]
    assert "who reviews?" in run("review", "record", "approve", key, *AT).stderr
    subprocess.run(["git", "init", "-q", str(project)], check=True, timeout=120)
    for setting, value in (("user.name", "Maya Lind"), ("user.email", "maya@x.example")):
        subprocess.run(["git", "-C", str(project), "config", setting, value], check=True, timeout=120)
    result = run("review", "record", "approve", key, *AT)
    assert json.loads((project / result.stdout.strip()).read_text())["reviewer"] == "Maya Lind <maya@x.example>"


def test_one_is_not_several() -> None:
    group = make_plan(in_memory(files()).compile(MOMENT), MOMENT).groups[0]
    one = replace(group, cards=group.cards[:1], feasible=group.feasible[:1], covered=1)
    text = plan_text(ReviewPlan(groups=(one,)))
    assert "1 new card, 1 of 1 pair\n" in text
    assert "\nshown: 1 of 1 pair of components that can stand together; " in text
    assert "  cell" not in text
    assert text.endswith("\n1 card: 1 to look at, 0 kept")


def test_what_a_gallery_hands_out_is_imported(project: Path, run: Run) -> None:
    decisions = approvals(make_plan(in_memory(files()).compile(MOMENT), MOMENT))
    (project / "decisions.json").write_bytes(file_of(*decisions))
    result = run("review", "import", "decisions.json", *AT, "--reviewer", "Jo")
    told = f"{len(decisions)} taken, 0 refused, 0 there already\n"
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", told)
    assert run("review", "check", *AT).exit_code == 0
    again = run("review", "import", "decisions.json", *AT, "--reviewer", "Jo")
    assert again.stderr == f"0 taken, 0 refused, {len(decisions)} there already\n"


@pytest.mark.parametrize("number", [600, 2000])
def test_a_file_of_many_decisions_is_imported(project: Path, run: Run, number: int) -> None:
    cards = [planned.card for planned in make_plan(in_memory(files()).compile(MOMENT), MOMENT).cards]
    decisions = [
        verdict_on(cards[place % len(cards)], time=NOW - timedelta(seconds=place), reviewer="Jo")
        for place in range(number)
    ]
    (project / "decisions.json").write_bytes(file_of(*decisions))
    result = run("review", "import", "decisions.json", *AT, "--reviewer", "Jo")
    assert (result.exit_code, result.stderr) == (0, f"{number} taken, 0 refused, 0 there already\n")
    assert len(list((project / "reviews").glob("*/*.json"))) == number


def test_a_stale_decision_is_refused(project: Path, run: Run) -> None:
    decisions = approvals(make_plan(in_memory(files()).compile(MOMENT), MOMENT))
    (project / "decisions.json").write_bytes(file_of(*decisions))
    change(project / "components/title/sweet.md", "Something sweet", "Something sweeter")
    result = run("review", "import", "decisions.json", *AT, "--reviewer", "Jo")
    assert result.exit_code == 1
    assert "look at it again (title)" in result.stdout
    imported = json.loads(run("review", "import", "decisions.json", *AT, "--reviewer", "Jo", "--format", "json").stdout)
    assert imported["written"] == []
    assert {decision["reason"] for decision in imported["refused"]} == {
        "it has changed since: look at it again (title)"
    }


def test_a_file_that_is_no_decisions_is_refused_whole(project: Path, run: Run) -> None:
    decisions = approvals(make_plan(in_memory(files()).compile(MOMENT), MOMENT))[:2]
    broken = json.loads(file_of(*decisions))
    del broken["decisions"][1]["verdict"]
    (project / "decisions.json").write_text(json.dumps(broken))
    result = run("review", "import", "decisions.json", *AT, "--reviewer", "Jo")
    assert result.exit_code == 2
    assert "decisions.json: decisions[1]: missing required field `verdict`" in " ".join(result.stderr.split())
    assert not (project / "reviews").exists()


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"comment": "x" * 1_500_000}, "its comment has more than 20,000 characters"),
        ({"time": "0999-11-22T13:00:00Z"}, "its time is out of range"),
        ({"time": "0001-01-01T00:00:00+14:00"}, "its time is out of range"),
    ],
    ids=["comment", "name", "overflow"],
)
def test_what_could_not_be_read_again_is_not_written(
    project: Path, run: Run, wrong: dict[str, str], problem: str
) -> None:
    (decision, *_) = approvals(make_plan(in_memory(files()).compile(MOMENT), MOMENT))
    stored = json.loads(file_of(decision))
    stored["decisions"][0] |= wrong
    (project / "decisions.json").write_text(json.dumps(stored))
    result = run("review", "import", "decisions.json", *AT, "--reviewer", "Jo")
    assert result.exit_code == 2
    assert f"decisions[0]: {problem}" in " ".join(result.stderr.split())
    assert not (project / "reviews").exists()


def test_approvals_outlast_a_squash_and_a_rebase(approved: Path, run: Run) -> None:
    """Decisions know of no commits: however history is rewritten, the same files say the same."""

    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-C", str(approved), "-c", "user.name=x", "-c", "user.email=x@x.example", *arguments],
            check=True,
            capture_output=True,
            timeout=120,
        )

    git("init", "-q", "-b", "main")
    (approved / "assembler.yaml").touch()
    git("add", "components")
    git("commit", "-q", "-m", "one")
    git("add", ".")
    git("commit", "-q", "-m", "two")
    git("reset", "-q", "--soft", "HEAD~1")
    git("commit", "-q", "--amend", "-m", "squashed", "--date", "2020-01-01T00:00:00Z")
    clone = approved.parent / "clone"
    git("clone", "-q", str(approved), str(clone))
    assert run("review", "check", "--project", str(clone), *AT).exit_code == 0
