"""Which files are a project's, and which are what some program left."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.authoring.load.files import Folder, is_leftover
from tests.authoring.builders import MOMENT, in_memory, project as files

LEFTOVERS = [
    "come_back.md~", "come_back.md.~1~", "#come_back.md#", ".#come_back.md", ".come_back.md.swp", "come_back.md.swp",
    "come_back.md.swo", "4913", "5036", "come_back.md.tmp", "come_back.TMP", "come_back.md.bak", "come_back.md.orig",
    "come_back.md.rej", "come_back.md.save", "come_back.md___jb_tmp___", "come_back.md___jb_old___",
    "Thumbs.db", "thumbs.db", "Thumbs.db:encryptable", "ehthumbs.db", "desktop.ini", "Desktop.ini",
    ".DS_Store", "._come_back.md", "Icon\r", "__MACOSX", "$RECYCLE.BIN", "__pycache__", "draw.cpython-311.pyc",
    "~$come_back.docx", ".~lock.come_back.odt#", "shop.png.crdownload", "shop.png.part", "shop.png.download",
    ".git", ".directory", "...",
]  # fmt: skip
OURS = [
    "come_back.md", "come_back.markdown", "come_back.md.txt", "come_back copy.md", "come_back (1).md", "temp.md",
    "bak.yaml", "part", "4913.md", "4914", "thumbs.png", "icon", "Icon", "icon.png", "tmp", "~", "a#b.md", "#x.md",
    "head.css", "note.html.j2", ".", "..",
]  # fmt: skip


@pytest.mark.parametrize("name", LEFTOVERS)
def test_a_leftover_is_told_by_its_name(name: str) -> None:
    assert is_leftover(name)


@pytest.mark.parametrize("place", ["components/title", "campaigns", "templates/email", "assets", "components"])
def test_a_leftover_is_nobodys_content_wherever_it_lies(place: str) -> None:
    leftovers = {f"{place}/{name}{rest}": "x" for name in LEFTOVERS for rest in ("", "/below.md")}
    project = in_memory({**files(), **leftovers})
    assert project.check(MOMENT).diagnostics == ()
    assert set(project.loaded.assets) == {"logo.png", "shop.png"}


@pytest.mark.parametrize("name", OURS)
def test_what_somebody_may_have_meant_is_no_leftover(name: str) -> None:
    assert is_leftover(name) is (name == "~")


def test_a_folder_does_not_tell_of_leftovers(tmp_path: Path) -> None:
    """So neither watching nor reviewing looks again because of them, though they be links."""
    (tmp_path / "components/title").mkdir(parents=True)
    (tmp_path / "components/title/plain.md").write_text("x")
    for name in LEFTOVERS[:-1]:
        (tmp_path / "components/title" / name).write_text("x")
    (tmp_path / "components/title/link.md~").symlink_to(tmp_path)
    (tmp_path / "components/x.tmp").mkdir()
    (tmp_path / "components/x.tmp/below.md").write_text("x")
    folder = Folder(tmp_path)
    assert (folder.paths(), folder.links()) == (["components/title/plain.md"], [])


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("components/title/plain.markdown", "rename it to plain.md, or remove it: "),
        ("components/title/plain.MD", "rename it to plain.md, or remove it: "),
        ("components/title/plain.md.txt", "rename it to plain.md, or remove it: "),
        ("components/title/plain.fr.markdown", "rename it to plain.fr.md, or remove it: "),
        ("components/title/plain copy.md", "rename it to plain_copy.md, or remove it: "),
        ("components/title/Été (2).fr-CA.md", "rename it to ete_2.fr-CA.md, or remove it: "),
        ("components/title/plain.docx", "components/<type>/<id>.md"),
        ("components/plain.md", "components/<type>/<id>.md"),
        ("components/title/!.md", "components/<type>/<id>.md"),
        ("campaigns/back.yml", "rename it to back.yaml, or remove it: "),
        ("campaigns/back again.yaml", "rename it to back_again.yaml, or remove it: "),
        ("campaigns/more/back.yaml", "campaigns/<id>.yaml"),
    ],
)
def test_what_lies_there_under_another_name_is_told_its_own(path: str, hint: str) -> None:
    (error,) = [error for error in in_memory({**files(), path: "x"}).check(MOMENT).errors if error.code == "R04"]
    assert error.path == path
    assert (error.hint or "").startswith(hint)
