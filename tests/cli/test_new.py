"""`assembler new`: what it writes, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from assembler.authoring import Project
from tests.cli.conftest import Run
from tests.conftest import STARTER_MOMENT

BRAND = ("--name", "Lumen Grid", "--locales", "en,de", "--channels", "email,page")
ORDERS = ("new", "signal", "orders", "--kind", "integer", "--source", "order history")


@pytest.fixture
def brand(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of a new brand, in the working directory."""
    assert run("init", str(tmp_path / "brand"), *BRAND).exit_code == 0
    monkeypatch.chdir(tmp_path / "brand")
    return tmp_path / "brand"


def errors(folder: Path) -> list[str]:
    report = Project.load(folder).check(STARTER_MOMENT)
    return [f"{finding.code} {finding.message}" for finding in report.errors]


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".assembler-cache" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def added(folder: Path, before: dict[str, bytes]) -> Iterator[str]:
    for path, data in sorted(contents(folder).items()):
        if before.get(path) != data:
            old = before.get(path, b"").decode().splitlines()
            lines = [line for line in data.decode().splitlines() if line not in old]
            yield "\n".join([f"=== {path}{' (changed)' if path in before else ''}", *lines])


COMMANDS = {
    "signal": [ORDERS],
    "segment": [ORDERS, ("new", "segment", "regulars", "--when", "orders >= 3")],
    "stage": [ORDERS, ("new", "stage", "first", "--when", "orders == 1")],
    "component": [("new", "component", "headline/spring", "image/spring", "cta/spring")],
    "component of all campaigns": [("new", "component", "body/spring", "--campaign", "all")],
    "campaign": [("new", "campaign", "back")],
    "type": [("new", "type", "story", "--body", "markdown", "--max-length", "400")],
    "type of the theme": [("new", "type", "proof")],
    "type that stands for one of the theme": [("new", "type", "offer", "--body", "text")],
    "channel": [("new", "channel", "sms", "--campaign", "welcome")],
    "templates of the theme": [("new", "template", "page/note.html.j2", "templates/email/components/cta.text.j2")],
}


@pytest.mark.parametrize("commands", COMMANDS.values(), ids=COMMANDS)
def test_what_is_written_is_small_and_good(
    commands: list[tuple[str, ...]], brand: Path, run: Run, words: SnapshotAssertion
) -> None:
    *before, last = commands
    for command in before:
        assert run(*command).exit_code == 0
    there = contents(brand)
    result = run(*last, "--as-of", "2026-11-22")
    assert result.exit_code == 0, result.stderr
    assert errors(brand) == []
    changes = list(added(brand, there))
    assert set(result.stdout.split()) == {change.split()[1] for change in changes}
    assert "\n\n".join([*changes, f"=== said\n{result.stderr}"]) == words


REFUSED = {
    "a type that is none": ("component", "headlin/x"),
    "no type": ("component", "back loyal"),
    "a way out": ("component", "headline/../../x"),
    "a way out by the type": ("component", "../headline/x"),
    "capitals": ("component", "headline/Back"),
    "a device": ("component", "headline/con"),
    "a long id": ("component", f"headline/{'x' * 200}"),
    "a component that is there": ("component", "headline/new", "headline/welcome"),
    "an unknown segment": ("component", "headline/x", "--segment", "regulrs"),
    "an unknown campaign": ("component", "headline/x", "--campaign", "welcom"),
    "all and another": ("component", "headline/x", "--campaign", "all", "--campaign", "welcome"),
    "an unknown signal": ("segment", "big", "--when", "ordrs > 2"),
    "a rule that breaks off": ("segment", "big", "--when", "orders >"),
    "a segment that is there": ("segment", "regulars", "--when", "orders > 2"),
    "a segment with braces": ("segment", "{x}", "--when", "orders > 2"),
    "an owner over two lines": ("stage", "x\n- id: y", "--when", "orders > 2"),
    "a signal that is there": ("signal", "orders", "--kind", "integer", "--source", "x"),
    "a signal that is a field": ("signal", "first_name", "--kind", "text", "--source", "x"),
    "a choice without values": ("signal", "plan", "--kind", "choice", "--source", "x"),
    "a kind that is none": ("signal", "plan", "--kind", "intger", "--source", "x"),
    "an age that is none": ("signal", "plan", "--kind", "text", "--source", "x", "--max-age", "soon"),
    "a campaign that is there": ("campaign", "welcome"),
    "a model that is none": ("campaign", "back", "--like", "welcom"),
    "a type that is there": ("type", "headline"),
    "a channel that is there": ("channel", "email"),
    "a channel with a blank": ("channel", "text message"),
    "a template that the theme lacks": ("template", "page/nte.html.j2"),
    "a template of a channel that is none": ("template", "sms/note.html.j2"),
}


@pytest.fixture(scope="module")
def regulars(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A brand's project with a signal and a segment."""
    from click.testing import CliRunner

    from assembler.cli.commands import assembler

    folder = tmp_path_factory.mktemp("regulars")
    segment = ("new", "segment", "regulars", "--when", "orders >= 3")
    for command in (("init", str(folder), *BRAND), (*ORDERS, "--project", str(folder)), segment):
        more = ["--project", str(folder)] if command is segment else []
        assert CliRunner().invoke(assembler, [*command, *more]).exit_code == 0
    return folder


@pytest.mark.parametrize("arguments", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    arguments: tuple[str, ...], regulars: Path, run: Run, words: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(regulars)
    before = contents(regulars)
    result = run("new", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert contents(regulars) == before
    assert result.stderr == words


def test_a_slot_that_the_theme_does_not_call_is_called_by_doing_what_is_said(brand: Path, run: Run) -> None:
    assert run("new", "type", "story").exit_code == 0
    assert run("new", "component", "story/first").exit_code == 0
    words = brand / "components/story/first.md"
    words.write_text(words.read_text().replace("TODO", "A story").replace("draft", "ready"))
    campaign = brand / "campaigns/welcome.yaml"
    campaign.write_text(campaign.read_text().rstrip() + "\n  story: {type: story, default: story/first}\n")
    layout = brand / "templates/email/note.html.j2"
    call = '{{ slot("story") }}'

    def hints() -> list[str | None]:
        return [finding.hint for finding in Project.load(brand).check(STARTER_MOMENT).errors if finding.code == "R08"]

    assert hints() == [
        f"write {call} in templates/email/note.html.j2 (first `assembler new template email/note.html.j2` copies it"
        " there), or remove the slot"
    ]
    assert run("new", "template", "email/note.html.j2").exit_code == 0
    assert hints() == [f"write {call} in templates/email/note.html.j2, or remove the slot"]
    assert "there already is" in run("new", "template", "email/note.html.j2").stderr
    layout.write_text(layout.read_text().replace('{{ slot("body") }}', '{{ slot("body") }}\n' + call))
    assert hints() == []


def test_a_project_without_a_theme_has_no_template_to_copy(brand: Path, run: Run) -> None:
    settings = brand / "assembler.yaml"
    settings.write_text(settings.read_text().replace("theme: starter", ""))
    result = run("new", "template", "email/note.html.j2")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no theme" in result.stderr
