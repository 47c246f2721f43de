"""`assembler new`: what it writes, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from assembler.authoring import Project
from tests.cli.conftest import Run
from tests.conftest import STARTER_MOMENT

pytestmark = pytest.mark.usefixtures("known_results")

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
    "channel of several campaigns": [("new", "campaign", "back"), ("new", "channel", "sms", "--campaign", "all")],
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
    "a campaign that is called all": ("campaign", "all"),
    "a segment that is called none": ("segment", "none", "--when", "orders > 2"),
    "a type that is there": ("type", "headline"),
    "a channel that is there": ("channel", "email"),
    "an address for what is no mail": ("channel", "sms", "--address", "Lumen, 1 Quay, Town"),
    "an address with braces": ("channel", "sms", "--address", "{{ x }}"),
    "a page to unsubscribe that is none": ("channel", "sms", "--unsubscribe", "example.com"),
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


def everything(folder: Path) -> list[str]:
    """All that check says of a project, and where."""
    diagnostics = Project.load(folder).check(STARTER_MOMENT).diagnostics
    return [f"{finding.code} {finding.path} {finding.message}" for finding in diagnostics]


LOCALES = ("en", "de", "fr", "ja", "ar")
GRID = [
    (("sms",), 1, False),
    pytest.param(("sms",), 4, True, marks=pytest.mark.slow),
    (("page",), 2, True),
    pytest.param(("email",), 5, False, marks=pytest.mark.slow),
    pytest.param(("push", "sms"), 3, True, marks=pytest.mark.slow),
    (("email", "sms"), 2, False),
    (("page", "push"), 1, True),
]


@pytest.mark.parametrize(("there", "count", "audiences"), GRID)
def test_whatever_channels_a_project_begins_with_the_others_are_added_and_whole(
    there: tuple[str, ...], count: int, audiences: bool, run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "brand"
    begin = ("--channels", ",".join(there), "--locales", ",".join(LOCALES[:count]))
    assert run("init", str(folder), *begin, "--as-of", "2026-11-22").exit_code == 0
    options = ("--project", str(folder), "--as-of", "2026-11-22")
    segment, stage = (
        ("new", kind, name, "--when", "orders > 1") for kind, name in (("segment", "big"), ("stage", "on"))
    )
    for command in (ORDERS, segment, stage) if audiences else ():
        assert run(*command, *options).exit_code == 0
    before = everything(folder)
    for name in {"sms", "email", "page", "push"} - {*there}:
        assert run("new", "channel", name, *options).exit_code == 0
        assert everything(folder) == before


def test_a_project_of_sms_becomes_what_it_had_been_with_mail_from_the_start(run: Run, tmp_path: Path) -> None:
    for name, channels in (("later", "sms"), ("at_once", "sms,email")):
        assert run("init", str(tmp_path / name), "--name", "Lumen Grid", "--channels", channels).exit_code == 0
    assert run("new", "channel", "email", "--project", str(tmp_path / "later")).exit_code == 0
    later, at_once = (contents(tmp_path / name) for name in ("later", "at_once"))
    assert later.keys() == at_once.keys()
    assert {path for path in later if later[path] != at_once[path]} <= {"assembler.yaml", "campaigns/welcome.yaml"}
    old, new = (Project.load(tmp_path / name).settings for name in ("later", "at_once"))
    assert old.brand == new.brand
    assert repr((old.channels, old.fields, old.policy)) == repr((new.channels, new.fields, new.policy))


def test_a_mail_of_a_project_without_theme_has_its_templates_and_the_sender_that_is_told(
    run: Run, tmp_path: Path, words: SnapshotAssertion
) -> None:
    folder = tmp_path / "tea"
    project = {
        "assembler.yaml": "name: tea_house\nowner: a@tea.example\nlocales: [en]\nchannels: {sms: {envelope: none}}\n"
        "brand: {name: Tea House, url: 'https://www.tea.example'}\n",
        "components/title/_type.yaml": "body: text\nmax_length: 90\n",
        "components/title/cup.md": "---\ncampaigns: [back]\n---\nCome back for a cup\n",
        "components/story/_type.yaml": "body: markdown\nfields:\n  url: {kind: url, required: true}\n"
        "  aside: {kind: text}\n",
        "components/story/cup.md": "---\ncampaigns: [back]\nurl: https://www.tea.example/x\n---\nIt is *kept*.\n",
        "campaigns/back.yaml": "owner: a@tea.example\nobjective: more come back\nhypothesis: tea is a reason\n"
        "outcome: {event: visit, within: 30d, minimum_lift: 10%}\ndecide_by: 2027-05-31\nreview_by: 2027-04-30\n"
        "channels: {sms: note}\nslots:\n  headline: {type: title, default: title/cup}\n"
        "  story: {type: story, default: story/cup}\n",
        "templates/sms/note.text.j2": '{{ slot("headline") }}\n{{ slot("story") }}\n',
        "templates/sms/components/story.text.j2": "{{ body | plain }} {{ url }}\n",
    }
    for path, text in project.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    before = contents(folder)
    sender = ("--address", "Tea House, 3 Pot Lane, Leith", "--unsubscribe", "https://www.tea.example/no-more")
    result = run("new", "channel", "email", *sender, "--project", str(folder), "--as-of", "2026-11-22")
    assert result.exit_code == 0, result.stderr
    assert everything(folder) == []
    own = {
        path: data
        for path, data in contents(folder).items()
        if path not in before and ("/back." in path or "/story." in path)
    }
    changed = [change for change in added(folder, {**contents(folder), **before}) if "(changed)" in change]
    assert "\n\n".join([*changed, *(f"=== {path}\n{data.decode()}" for path, data in own.items())]) == words
