"""What only answers does not judge: it says so, and refuses nothing but what cannot be compiled."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import AS_OF, NOT_CHECKED, Run

ANSWERING = (
    ("ls",),
    ("ls", "components"),
    ("ls", "variants"),
    ("coverage",),
    ("why", "back", "--channel", "email"),
    ("assemble", "back", "--channel", "email"),
)
LIGHT = ("ls", "why", "assemble", "coverage")


@pytest.mark.parametrize("arguments", ANSWERING, ids=" ".join)
def test_what_has_no_errors_is_answered_without_a_word(arguments: tuple[str, ...], run: Run) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stderr) == (0, "")


@pytest.mark.parametrize("arguments", ANSWERING, ids=" ".join)
def test_errors_of_rules_alone_do_not_keep_an_answer_back(arguments: tuple[str, ...], run: Run, project: Path) -> None:
    campaign = project / "campaigns/back.yaml"
    campaign.write_text(campaign.read_text().replace("objective:", "# objective:"))
    expected = run(*arguments).stdout
    assert (run(*arguments).exit_code, run(*arguments).stderr) == (0, NOT_CHECKED)
    assert run("check").exit_code == 1
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (0, expected)
    assert done.stderr == "not checked here: `assembler check` found 1 error\n"


@pytest.mark.parametrize("arguments", ANSWERING, ids=" ".join)
@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("components/title/sweet.md", "---\ncampaigns: [back\n---\nSweet\n", "R01"),
        ("templates/email/note.html.j2", "<p>{{ nonsense( }}</p>", "R01"),
    ],
)
def test_what_cannot_be_compiled_gives_its_errors(
    arguments: tuple[str, ...], path: str, text: str, code: str, run: Run, project: Path
) -> None:
    (project / path).write_text(text)
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    assert f": {code} " in done.stderr
    assert run("check").stdout.count(f": {code} ") == done.stderr.count(f": {code} ")


@pytest.mark.parametrize("arguments", [("check",), *(words for words in ANSWERING if words[0] in LIGHT)], ids=" ".join)
def test_an_answer_that_is_known_needs_no_templates_and_no_rules(arguments: tuple[str, ...], project: Path) -> None:
    script = (
        "import sys\n"
        "from assembler.cli import main\n"
        "try:\n"
        f"    main({[*arguments, '--as-of', AS_OF]!r})\n"
        "finally:\n"
        "    heavy = {'jinja2', 'css_inline', 'PIL', 'rapidfuzz', 'assembler.authoring.check.rules'}\n"
        "    assert heavy.isdisjoint(sys.modules), heavy & sys.modules.keys()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=project, check=False, capture_output=True, text=True, timeout=60
    )
    assert "AssertionError" not in done.stderr
    assert done.returncode == 0
