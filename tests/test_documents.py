"""What the documents show is what happens, and the site of them is whole."""

from __future__ import annotations

import html.parser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from assembler.authoring import Project
from assembler.authoring.scaffold.new_project import STARTER_DATE, copy_starter
from assembler.cli.commands import assembler
from assembler.cli.every_rule import every_rule
from tests.conftest import STARTER_MOMENT
from tests.documents import ROOT, Reader, blocks, compare, edit, every_block

PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
FROM_NOTHING = ("docs/tutorial.md",)
"""Pages that begin without a project."""
ELSEWHERE = ("pip install .",)
"""What `.ci/run` types, in a fresh environment."""


@pytest.fixture(scope="module")
def checked_starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter in a folder, with what a check keeps beside it."""
    folder = tmp_path_factory.mktemp("starter")
    copy_starter(folder, STARTER_DATE)
    result = CliRunner().invoke(assembler, ["check", "--project", str(folder), "--as-of", STARTER_DATE.isoformat()])
    assert result.exit_code == 0
    return folder


@pytest.mark.parametrize(
    "page", [pytest.param(page, marks=() if page in FROM_NOTHING else pytest.mark.slow) for page in PAGES]
)
def test_what_a_page_shows_happens(
    page: str, checked_starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if page not in FROM_NOTHING and any(block.language for block in every_block(page)):
        shutil.copytree(checked_starter, tmp_path, dirs_exist_ok=True)
    reader = Reader(monkeypatch, ELSEWHERE)
    reader.follow(page)
    if (Path.cwd() / "assembler.yaml").is_file():
        assert Project.load(Path.cwd()).check(STARTER_MOMENT).errors == ()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_first_for_whom_it_is_and_what_they_have_after_it(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8").removeprefix("---\ntitle: Assembler\n---\n")
    heading, first = text.split("\n\n")[:2]
    assert heading.startswith("# ")
    assert re.fullmatch(r"\*For .+?\. After this page .+\.\*", first, re.DOTALL)


class Resources(html.parser.HTMLParser):
    """What a page makes a browser fetch by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        fetched = ("src", "srcset", "data", "poster") + (("href",) if tag == "link" else ())
        self.addresses += [values[name] or "" for name in fetched if name in values]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built so that a link that leads nowhere is an error."""
    pytest.importorskip("mkdocs", reason="the extra docs is not installed")
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.mark.slow
def test_the_site_asks_nothing_of_others(site: Path) -> None:
    for page in site.rglob("*.html"):
        resources = Resources()
        resources.feed(page.read_text(encoding="utf-8"))
        away = [address for address in resources.addresses if re.match(r"(https?:)?//", address)]
        assert away == [], page
    for style in site.rglob("*.css"):
        assert not re.search(r"url\([\"']?(https?:)?//|@import", style.read_text(encoding="utf-8")), style


@pytest.mark.slow
def test_the_reference_has_every_rule_command_and_public_name(site: Path) -> None:
    import assembler as package

    pages = {path.stem: path.read_text(encoding="utf-8") for path in (site / "reference").glob("*.html")}
    assert list(every_rule()) == re.findall(r'<h3 id="[^"]+">([A-Z]\d\d)<', pages["rules"])
    headings = re.findall(r'<h2 id="assembler-([a-z]+)">', pages["commands"])
    assert headings == list(assembler.commands)
    for name in package.__all__:
        assert f'id="assembler.{name}"' in pages["python"] or name == "__version__"
    for words in re.findall(r"<td>(.*?)</td>", pages["files"], re.DOTALL):
        assert words != "None"


def test_the_hook_and_the_action_that_are_shown_are_there() -> None:
    hook, workflow = (yaml.safe_load(text) for text in blocks("docs/how-to/content-team.md", "yaml"))
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert {shown["id"] for shown in hook["repos"][0]["hooks"]} <= {known["id"] for known in hooks}
    assert workflow["jobs"]["check"]["steps"][-1]["with"].keys() <= action["inputs"].keys()


@pytest.mark.parametrize(
    ("shown", "printed", "good"),
    [
        ("a\nb", "a\nb\nc", True),
        ("a\n...\nd", "a\nb\nc\nd", True),
        ("a\n\nc", "a\n\nb\n\nc", True),
        ("c\n\na", "a\n\nb\n\nc", False),
        ("a\n...\nd", "a\n\nd", False),
        ("a.c", "abc", False),
    ],
)
def test_what_is_shown_is_compared(shown: str, printed: str, good: bool) -> None:
    if good:
        compare(shown, printed)
        return
    with pytest.raises(AssertionError):
        compare(shown, printed)


def test_an_edit_is_where_its_old_lines_stand_once(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("a\nb\nc\n")
    edit(file, " a\n-b\n+d\n")
    assert file.read_text() == "a\nd\nc\n"
    with pytest.raises(AssertionError, match="0 times"):
        edit(file, "-b\n+d\n")
