"""A whole export: what is written, and that nothing is where it is refused."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from assembler.authoring import Project
from assembler.delivery.export import export as facade
from assembler.errors import ProjectError
from tests.delivery.export.cases import ENGINES, KINDS, NO_NODE, exported, providers, request, sample

NODE = ("sendgrid", "iterable")


@pytest.fixture(scope="module")
def project() -> Project:
    return sample()


def skip_without_engine(kind: str) -> None:
    if kind in NODE and not (ENGINES / "node_modules").is_dir():
        pytest.skip(NO_NODE)


@pytest.mark.parametrize("by", ["key", "cell"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_provider_gets_every_variant(kind: str, by: str, project: Project, tmp_path: Path) -> None:
    skip_without_engine(kind)
    given_up = {"holdout", "tests", "needs"} if by == "cell" else set()
    without = frozenset(given_up | ({"subject", "preheader"} if kind == "mailchimp" else set()))
    written = exported(project, tmp_path, kind, by=by, without=without)
    assert written.proof is not None
    assert written.proof.renderings > 100
    about = json.loads((tmp_path / "out" / "export.json").read_text())
    assert (about["schema"], about["kind"], about["by"], about["proof"]) == (1, kind, by, written.proof.engine)
    assert (written.proof.engine == "self") is (kind in ("sfmc", "mailchimp"))
    for artefact in about["artefacts"]:
        for part in artefact["parts"].values():
            data = (tmp_path / "out" / part["path"]).read_bytes()
            assert (len(data), hashlib.sha256(data).hexdigest()) == (part["bytes"], part["sha256"])
    assert {(artefact["channel"], artefact["locale"]) for artefact in about["artefacts"]} == {
        (channel, locale) for channel in ("email", "page") for locale in ("en", "fr", "fr-CA")
    }


def test_the_same_export_is_the_same_bytes(project: Project, tmp_path: Path) -> None:
    folders = (tmp_path / "one", tmp_path / "two")
    for folder in folders:
        exported(project, folder, "customerio")
    one, two = ({path.relative_to(f): path.read_bytes() for path in f.rglob("*") if path.is_file()} for f in folders)
    assert one == two


def test_an_export_takes_the_place_of_an_older_one_whole(project: Project, tmp_path: Path) -> None:
    exported(project, tmp_path, "customerio")
    assert (tmp_path / "out/page/en/html.html").exists()
    exported(project, tmp_path, "customerio", channels=("email",), locales=("fr",))
    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    parts = ("subject.txt", "preheader.txt", "html.html", "text.txt")
    assert names == {"out/export.json", *(f"out/email/fr/{name}" for name in parts)}


def test_a_folder_of_somebody_is_not_replaced(project: Project, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/notes.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="not an export"):
        exported(project, tmp_path, "customerio")
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "notes.txt"]
    (tmp_path / "out/notes.txt").unlink()
    exported(project, tmp_path, "customerio")
    (tmp_path / "out/notes.txt").write_text("mine")
    with pytest.raises(FileExistsError, match=r"notes\.txt"):
        exported(project, tmp_path, "customerio")


def test_where_it_is_refused_the_older_one_stays(project: Project, tmp_path: Path) -> None:
    exported(project, tmp_path, "customerio")
    before = (tmp_path / "out/export.json").read_bytes()
    broken = sample(providers(customerio={"kind": "customerio"}))
    with pytest.raises(ProjectError) as error:
        exported(broken, tmp_path, "customerio")
    assert {finding.code for finding in error.value.diagnostics} == {"X03"}
    assert (tmp_path / "out/export.json").read_bytes() == before


def test_where_writing_fails_nothing_is_left(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(facade, "manifest", fail)
    with pytest.raises(OSError, match="No space"):
        exported(project, tmp_path, "customerio")
    assert list(tmp_path.iterdir()) == []


def test_how_far_it_is_can_be_told(project: Project, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    facade.export(
        project,
        request(project, "customerio"),
        tmp_path / "out",
        lambda done, of: told.append((done, of)),
        packages=ENGINES,
    )
    assert told == [(number, 15) for number in range(1, 16)]
