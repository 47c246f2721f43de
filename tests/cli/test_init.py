"""`assembler init`, and the starter that it copies."""

from __future__ import annotations

import contextlib
import importlib.resources
import os
import pty
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO, Any

import pytest
from syrupy.assertion import SnapshotAssertion

from assembler.authoring import Project
from assembler.authoring.scaffold.brand import Brand
from assembler.authoring.scaffold.first_words import FirstWords
from assembler.authoring.scaffold.minimal import minimal_files
from assembler.authoring.scaffold.new_project import STARTER_DATE, copy_starter
from assembler.review.pictures.fonts import font_files
from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("known_results")

ROOT = Path(__file__).parents[2]
DATES = re.compile(r"\b(review_by|decide_by|until|valid_from|valid_until): +\"?(\d{4}-\d{2}-\d{2})")


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_on_its_own_day_the_starter_is_copied_as_it_is(tmp_path: Path) -> None:
    count = copy_starter(tmp_path / "new", STARTER_DATE)
    copied = names(tmp_path / "new")
    assert len(copied) == count
    assert {path.split("/")[0] for path in copied} == {
        ".gitignore",
        "assembler.yaml",
        "campaigns",
        "components",
        "templates",
        "assets",
    }
    assert not [path for path in copied if "__pycache__" in path]
    for path in copied - {".gitignore"}:
        assert (tmp_path / "new" / path).read_bytes() == (ROOT / path).read_bytes()


@pytest.mark.parametrize("days", [-300, 1, 3653])
def test_every_date_key_is_moved_by_the_same_days(days: int, tmp_path: Path) -> None:
    copy_starter(tmp_path, STARTER_DATE + timedelta(days=days))
    moved = 0
    for path in names(tmp_path):
        if not path.endswith((".yaml", ".md")):
            continue
        before, after = ((folder / path).read_text() for folder in (ROOT, tmp_path))
        for (key, old), (same, new) in zip(DATES.findall(before), DATES.findall(after), strict=True):
            assert key == same
            assert date.fromisoformat(new) - date.fromisoformat(old) == timedelta(days=days)
            moved += 1
        assert DATES.sub("", before) == DATES.sub("", after)
    assert moved > 10


def test_dates_in_words_and_other_keys_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        b"---\nvalid_until: 2027-01-31   # the last day\n'until': '2027-01-31'\nx: {a: 5, until: 2027-01-31}\n"
        b"founded: 1962-04-01\nvalid_from: 2027-02-30x\n---\nuntil: 2027-01-31\n"
    )
    install(tmp_path / "assembler", {"components/a/b.md": text}, monkeypatch)
    copy_starter(tmp_path / "new", STARTER_DATE + timedelta(days=1))
    assert (tmp_path / "new/components/a/b.md").read_bytes() == (
        b"---\nvalid_until: 2027-02-01   # the last day\n'until': '2027-02-01'\nx: {a: 5, until: 2027-02-01}\n"
        b"founded: 1962-04-01\nvalid_from: 2027-02-30x\n---\nuntil: 2027-01-31\n"
    )


def test_an_empty_folder_becomes_a_project(run: Run, tmp_path: Path) -> None:
    result = run("init", str(tmp_path / "deep" / "new"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "assembler check" in result.stderr
    assert Project.load(tmp_path / "deep" / "new").loaded.settings.name == "harbour_pine"


def test_files_beside_the_starter_stay(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new" / "components").mkdir(parents=True)
    (tmp_path / "new" / "README.md").write_text("mine")
    assert run("init", str(tmp_path / "new")).exit_code == 0
    assert (tmp_path / "new" / "README.md").read_text() == "mine"


def test_nothing_is_overwritten_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    new = tmp_path / "new"
    (new / "campaigns").mkdir(parents=True)
    (new / "campaigns" / "welcome.yaml").write_text("mine")
    (new / "assembler.yaml").symlink_to("nowhere")
    result = run("init", str(new))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith("already holds\n  assembler.yaml\n  campaigns/welcome.yaml\n")
    assert names(new) == {"campaigns/welcome.yaml"}
    assert (new / "campaigns" / "welcome.yaml").read_text() == "mine"


def test_a_file_where_a_folder_belongs_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "components").write_text("mine")
    result = run("init", str(tmp_path / "new"))
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == "  components"
    assert names(tmp_path / "new") == {"components"}


def test_a_file_is_no_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new").write_text("mine")
    result = run("init", str(tmp_path / "new"))
    assert result.exit_code == 2
    assert "is no folder" in " ".join(result.stderr.split())
    assert (tmp_path / "new").read_text() == "mine"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are written, in their order."""
    paths: list[Path] = []
    open_file = Path.open

    def opened(self: Path, mode: str = "r") -> IO[Any]:
        if "x" in mode:
            paths.append(self)
        return open_file(self, mode)

    monkeypatch.setattr(Path, "open", opened)
    return paths


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_an_init_that_fails_leaves_nothing(
    error: BaseException, written: list[Path], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_file = Path.open

    def failing(self: Path, mode: str = "r") -> IO[Any]:
        if len(written) == 50:
            raise error
        return open_file(self, mode)

    monkeypatch.setattr(Path, "open", failing)
    result = run("init", str(tmp_path / "deep" / "new"))
    assert result.exit_code in (2, 130)
    assert len(written) == 50
    assert not (tmp_path / "deep").exists()


def test_settings_are_written_last(written: list[Path], tmp_path: Path) -> None:
    copy_starter(tmp_path, STARTER_DATE)
    assert written[-1] == tmp_path / "assembler.yaml"


def install(package: Path, files: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a package with these files in its starter, and settings, the one that is asked for what is installed."""
    for path, data in {"assembler.yaml": b"name: inside\n", **files}.items():
        (package / "starter" / path).parent.mkdir(parents=True, exist_ok=True)
        (package / "starter" / path).write_bytes(data)
    for name in ("campaigns", "components", "templates", "assets"):
        (package / "starter" / name).mkdir(exist_ok=True)
    monkeypatch.setattr(importlib.resources, "files", lambda name: package)


def test_an_installed_package_has_the_starter_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "assembler", {"assets/a.png": b"x", "assets/__pycache__/a.pyc": b"x"}, monkeypatch)
    assert copy_starter(tmp_path / "new", STARTER_DATE) == 3
    assert names(tmp_path / "new") == {".gitignore", "assembler.yaml", "assets/a.png"}


FONT = font_files()["arimo-bold.woff"]
BRAND = ("--name", "Lumen Grid", "--locales", "en,de", "--colour", "#0b4f8a", "--channels", "email,page,push")


def findings(folder: Path) -> list[str]:
    """All that check says of a project on the day of which its dates are moved."""
    at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    return [f"{finding.code} {finding.message}" for finding in Project.load(folder).check(at).diagnostics]


def test_a_brand_begins_with_few_files_and_no_finding(run: Run, tmp_path: Path, words: SnapshotAssertion) -> None:
    new = tmp_path / "new"
    result = run("init", str(new), "--template", "minimal", *BRAND)
    assert result.exit_code == 0
    assert len(names(new)) <= 30
    assert findings(new) == []
    everything = b"".join((new / path).read_bytes() for path in names(new)).lower()
    assert not [word for word in (b"harbour", b"whitby", b"quay", b"pine") if word in everything]
    assert result.stderr.replace(str(new), "NEW") == words
    files = "".join(f"=== {path}\n{(new / path).read_text()}" for path in sorted(names(new)) if "assets/" not in path)
    assert files == words


@pytest.mark.parametrize(
    "locales",
    [
        "en",
        "fr,fr-CA,en-GB",
        "ja,ar,pt-BR",
        *(
            pytest.param(locales, marks=pytest.mark.slow)
            for locales in ("de", "fr", "es,it,nl", "nl-BE,nl", "zh-Hant,zh-Hans,he,en")
        ),
    ],
)
def test_in_any_locales_a_brand_has_no_finding(locales: str, run: Run, tmp_path: Path) -> None:
    result = run("init", str(tmp_path / "new"), "--locales", locales)
    assert result.exit_code == 0, result.stderr
    assert findings(tmp_path / "new") == []
    assert Project.load(tmp_path / "new").loaded.settings.locales == tuple(locales.split(","))


def test_where_english_words_stand_in_that_is_said_at_each_place(run: Run, tmp_path: Path) -> None:
    result = run("init", str(tmp_path), "--locales", "de,ja")
    assert "ja: English words stand in" in result.stderr
    assert "ja: # English, until somebody translates it\n" in (tmp_path / "templates/strings.yaml").read_text()
    for path in (tmp_path / "components").rglob("*.md"):
        assert ("# English, until" in path.read_text()) == path.name.endswith(".ja.md")


@pytest.mark.parametrize("channels", ["sms", "push,sms", "page", "email", "page,sms"])
def test_in_any_channels_a_brand_has_no_finding(channels: str, run: Run, tmp_path: Path) -> None:
    assert run("init", str(tmp_path / "new"), "--channels", channels).exit_code == 0
    assert findings(tmp_path / "new") == []


@pytest.mark.parametrize("channels", ["email", "sms", "email,page,sms,push", "email,page,a,b,c,d,e,f"])
@pytest.mark.parametrize("locales", ["en", "en,de,fr,ja", "en,en-GB,de,de-AT", "en,de,es,fr,it,nl,ja,ko,ar,he,pl,cs"])
def test_a_project_is_at_most_30_files_and_a_translation_of_each_component_for_each_further_language(
    locales: str, channels: str
) -> None:
    brand = Brand(
        name="Lumen",
        locales=tuple(locales.split(",")),
        colour="#0b4f8a",
        url="https://l.example",
        channels=tuple(channels.split(",")),
    )
    files = minimal_files(brand, FONT)
    components = [path for path in files if path.endswith(".md") and path.count(".") == 1]
    translations = [path for path in files if path.endswith(".md") and path.count(".") > 1]
    assert len(files) - len(translations) + len([".gitignore"]) <= 30
    assert len(translations) == len(components) * (len(FirstWords(brand.locales, brand.name).spoken) - 1)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("A", "a"),
        ("日本の店", "brand"),
        ("Größe & Söhne", "groe_sohne"),
        ('It\'s: "quoted" #1, yes', "it_s_quoted_1_yes"),
        ("- no: $name", "no_name"),
        ("2nd Street", "nd_street"),
        ("مقهى", "brand"),
        ("The Honourable Company of Lamp Lighters!", "the_honourable_company_of_lamp_lighters"),
    ],
)
def test_a_name_is_free_text(name: str, slug: str, run: Run, tmp_path: Path) -> None:
    assert run("init", str(tmp_path / "new"), "--name", name).exit_code == 0
    assert findings(tmp_path / "new") == []
    settings = Project.load(tmp_path / "new").loaded.settings
    assert (settings.name, settings.brand["name"]) == (slug, name)


REFUSED = {
    "name": ["", " \u200b ", "x" * 41, "A {{ b }}", "<b>", "A\x00", "A\u202eB", "*|FNAME|*"],
    "locales": ["", "en,", "english", "en_US", "en,en-", "123", "nb,no", ",".join(f"a{c}" for c in "bcdefghijklmn")],
    "colour": ["", "blue", "0b4f8a", "#12345", "#0b4f8a80", "rgb(1,2,3)", "#ggg", "# 0b4f8"],
    "url": [
        "",
        "http://a.example",
        "a.example",
        "https://",
        "https://u:p@a.example",
        "https://a.example/?q",
        "https://bücher.example",
        "javascript:alert(1)",
        "https://a b.example",
    ],
    "channels": ["", "emial", "web", "Email", "text message", "../x", "email,,page"],
    "template": ["starterr", "none"],
}


@pytest.mark.parametrize("option", REFUSED)
def test_an_answer_that_cannot_be_is_refused(option: str, run: Run, tmp_path: Path, words: SnapshotAssertion) -> None:
    said = []
    for value in REFUSED[option]:
        result = run("init", str(tmp_path / "new"), f"--{option}", value)
        assert (result.exit_code, result.stdout) == (2, "")
        assert not (tmp_path / "new").exists()
        said.append(f"=== {value!a}\n{result.stderr.partition('Error: ')[2]}")
    assert "\n".join(said) == words


def test_what_a_rule_says_of_an_answer_ends_it_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    result = run("init", str(tmp_path / "new"), "--name", "lorem ipsum")
    assert result.exit_code == 2
    assert "C03" in result.stderr
    assert not (tmp_path / "new").exists()


def test_the_starter_is_a_brand_of_its_own(run: Run, tmp_path: Path) -> None:
    result = run("init", str(tmp_path / "new"), "--template", "starter", "--name", "Lumen Grid")
    assert result.exit_code == 2
    assert "--name: the starter is a brand of its own" in " ".join(result.stderr.split())
    assert not (tmp_path / "new").exists()


def test_a_brand_overwrites_nothing_but_a_gitignore_stays(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine")
    assert run("init", str(tmp_path), *BRAND).exit_code == 0
    assert (tmp_path / ".gitignore").read_text() == "mine"
    before = {path: (tmp_path / path).read_bytes() for path in names(tmp_path)}
    result = run("init", str(tmp_path), *BRAND)
    assert result.exit_code == 2
    assert "nothing is overwritten" in result.stderr
    assert {path: (tmp_path / path).read_bytes() for path in names(tmp_path)} == before


def at_a_terminal(arguments: list[str], answers: str, folder: Path) -> str:
    """What a command says at a terminal where somebody answers; the terminal shows the answers, too."""
    leader, follower = pty.openpty()
    os.write(leader, answers.encode())
    command, environment = [sys.executable, "-m", "assembler", *arguments], {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=folder, stdin=follower, stderr=follower, env=environment, check=True, timeout=120)
    os.close(follower)
    said = b""
    with contextlib.suppress(OSError):
        while more := os.read(leader, 4096):
            said += more
    os.close(leader)
    return said.decode()


def test_at_a_terminal_it_asks_five_questions_and_again_where_an_answer_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "lumen_grid").mkdir()
    said = at_a_terminal(["init"], "\nen,english\nde,en\nred\n#ff0000\n\npage,sms\n", tmp_path / "lumen_grid")
    assert said.count("]: ") == 7
    assert "is no locale; write en" in said
    settings = Project.load(tmp_path / "lumen_grid").loaded.settings
    assert (settings.brand["name"], settings.locales, settings.brand["colour"]["spark"]) == (
        "Lumen Grid",
        ("de", "en"),
        "#ff0000",
    )
    assert list(settings.channels) == ["page", "sms"]


def test_at_a_terminal_nothing_is_asked_once_an_option_is_given(tmp_path: Path) -> None:
    assert "]: " not in at_a_terminal(["init", "--template", "starter"], "", tmp_path)
    assert Project.load(tmp_path).loaded.settings.name == "harbour_pine"


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--name=a\\b", "a name holds no \\: it stands"),
        ("--name=a\x07b", "a name holds no \\x07: it stands"),
        ("--url=https://münchen.example", "write https://xn--mnchen-3ya.example"),
    ],
)
def test_an_answer_that_cannot_be_is_told_as_it_was_written(option: str, said: str, run: Run, tmp_path: Path) -> None:
    result = run("init", str(tmp_path / "new"), option)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("options", "name", "url"),
    [
        (("--name", "True"), "true", "https://www.true.example"),
        (("--url", "HTTPS://WWW.Lumen.Example./Shop"), "your_brand", "https://www.lumen.example/Shop"),
        (("--url", "https://Lumen.Example.:8443"), "your_brand", "https://lumen.example:8443"),
    ],
)
def test_odd_answers_give_a_project(options: tuple[str, str], name: str, url: str, run: Run, tmp_path: Path) -> None:
    assert run("init", str(tmp_path / "new"), "--channels", "sms", *options).exit_code == 0
    settings = Project.load(tmp_path / "new").loaded.settings
    assert (settings.name, settings.brand["url"]) == (name, url)
