"""Whatever people write, and whatever files are called: what is printed steers neither a terminal nor a workflow."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar

from assembler.cli.text.columns import STEERING, harmless
from tests.cli.conftest import AS_OF, Run, write

HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\u2066\r\x08\n::stop-commands::x\n##[add-mask]y\x7f\x85\u2028%0A"
QUOTED = json.dumps(HOSTILE)
DECISION = {
    "schema": 1, "subject": "0" * 64, "campaign": HOSTILE, "channel": HOSTILE, "layout": HOSTILE, "locale": HOSTILE,
    "slots": {}, "shows": {"components": {}, "pairs": {}}, "verdict": "changes", "comment": HOSTILE,
    "reviewer": f"Maya {HOSTILE}", "role": HOSTILE, "time": "2026-11-20T12:00:00Z", "shown": {"how": "single"},
    "tool": HOSTILE,
}  # fmt: skip


@pytest.fixture
def hostile(project: Path, checked_once: Callable[[str, Path], Path]) -> Path:
    """The sample with steering characters wherever text may hold some; it has no errors."""
    settings = (project / "assembler.yaml").read_text()
    for key in ("owner: growth@sample.example", "response: people long away get a welcome back", "source: quiz"):
        assert key in settings
        settings = settings.replace(key, f"{key.split(':')[0]}: {QUOTED}")
    (project / "assembler.yaml").write_text(settings)
    campaign = (project / "campaigns/back.yaml").read_text()
    for key in ("owner", "objective", "hypothesis"):
        campaign = re.sub(rf"^{key}: .*$", lambda lines: f"{lines[0].split(':')[0]}: {QUOTED}", campaign, flags=re.M)
    (project / "campaigns/back.yaml").write_text(campaign)
    reviews = project / "reviews" / f"x{HOSTILE.replace('/', '')}"
    reviews.mkdir(parents=True)
    (reviews / "x\x1b[2J\n::error::y.json").write_text("{}")
    return checked_once("hostile", project)


@pytest.fixture
def faulty(hostile: Path, checked_once: Callable[[str, Path], Path]) -> Path:
    """The same with errors that repeat them."""
    write(
        hostile,
        {
            "components/title/x\x1b[2J\n::error file=a,line=1::b.md": "---\ncampaigns: [back]\n---\nx\n",
            "campaigns/y\x9b\n##[error]z.yaml": "x: 1\n",
            "components/title/bad.md": f"---\ncampaigns: [{QUOTED}]\nsegments: [{QUOTED}]\n{QUOTED}: 1\n---\n{HOSTILE}",
        },
    )
    return checked_once("faulty", hostile)


COMMANDS = [
    ("check", "--all"), ("check", "--format", "json"), ("check", "--format", "github"), ("coverage",),
    ("coverage", "--format", "json", "--full"), ("ls",), ("ls", "components"), ("ls", "campaigns"), ("ls", "segments"),
    ("ls", "signals"), ("ls", "variants"), ("ls", "campaigns", "--format", "json"), ("due", "--within", "400d"),
    ("due", "--within", "400d", "--format", "json"), ("due", "--within", "400d", "--format", "ics"),
    ("due", "--owner", HOSTILE[:60]), ("why", "back", "--channel", "email"), ("why", HOSTILE, "--channel", HOSTILE),
    ("why", "back", "--channel", "email", "--signal", f"taste={HOSTILE}", "--field", f"first_name={HOSTILE}"),
    ("why", "back", "--channel", "email", "--context", f"no{HOSTILE}"), ("assemble", HOSTILE, "--channel", "email"),
    ("assemble", "back", "--channel", "email", "--part", HOSTILE), ("build", "-o", "out\x1b[2J"),
    ("build", "--select", HOSTILE), ("gallery", "-o", "shown\x1b[2J"), ("review", "plan"), ("review", "check"),
    ("review", "check", "--format", "json"), ("review", "check", "--format", "github"),
    ("review", "check", "--format", "junit"), ("review", "import", "decisions.json", "--reviewer", "Maya"),
    ("review", "import", "decisions.json", "--reviewer", "Maya", "--format", "json"),
    ("review", "record", "approve", HOSTILE), ("rule", HOSTILE), ("schema", HOSTILE), (HOSTILE,),
    ("check", f"--{HOSTILE}"),
]  # fmt: skip


def dated(command: tuple[str, ...]) -> tuple[str, ...]:
    return (*command, "--as-of", AS_OF) if command[0] == "review" else command


@pytest.mark.parametrize("project_is", ["hostile", "faulty"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: ascii("-".join(command))[:30])
def test_no_output_steers_the_terminal(
    command: tuple[str, ...], project_is: str, run: Run, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(project_is)
    (folder / "decisions.json").write_text(json.dumps({"schema": 1, "decisions": [DECISION]}))
    result = run(*dated(command))
    assert result.exit_code in (0, 1, 2), result.output
    characters = STEERING.findall(result.output.replace("\r\n", "\n") if "ics" in command else result.output)
    # A calendar is a file, in which words may be written from right to left.
    assert [
        character for character in characters if "ics" not in command or unicodedata.category(character) == "Cc"
    ] == []


@pytest.mark.parametrize("project_is", ["hostile", "faulty"])
@pytest.mark.parametrize("command", [("check",), ("review", "check")])
def test_a_workflow_gets_the_commands_of_findings_and_no_other(
    command: tuple[str, ...], project_is: str, run: Run, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(project_is)
    result = run(*dated((*command, "--format", "github")))
    for line in result.stdout.splitlines():
        assert re.match(r"::(error|warning|notice) (file=[^,:\n]+,)?line=\d+,col=\d+,title=[\w ]+::", line), line
    if command == ("check",) and project_is == "faulty":
        assert "%0A" in result.stdout


def test_a_calendar_has_the_lines_of_its_events_and_no_other(hostile: Path, run: Run) -> None:
    written = run("due", "--within", "400d", "--format", "ics").stdout_bytes
    names = {line.split(b":")[0].split(b";")[0] for line in written.split(b"\r\n") if line and line[:1] != b" "}
    assert names == {
        b"BEGIN", b"END", b"VERSION", b"PRODID", b"CALSCALE", b"X-WR-CALNAME", b"UID", b"DTSTAMP", b"DTSTART",
        b"SUMMARY", b"DESCRIPTION", b"CATEGORIES", b"TRANSP",
    }  # fmt: skip
    assert b"\n" not in written.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(written)
    assert any("::stop-commands::x" in str(event["DESCRIPTION"]) for event in calendar.walk("VEVENT"))


def test_json_holds_what_was_written_all_the_same(hostile: Path, run: Run) -> None:
    campaigns = json.loads(run("ls", "campaigns", "--format", "json").stdout)["campaigns"]
    assert HOSTILE in {campaign["owner"] for campaign in campaigns}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a\tb\nc", "a\tb\nc"),
        ("\x1b[31m", "␛[31m"),
        ("a\rb", "a␍b"),
        ("\x9b\x85\u2028\u202e\u200f\ud800", "\ufffd" * 6),
        ("👩\u200d👧 é e\u0301 \u200b\xa0", "👩\u200d👧 é e\u0301 \u200b\xa0"),
    ],
)
def test_what_steers_is_shown_as_a_picture(text: str, printed: str) -> None:
    assert harmless(text) == printed
