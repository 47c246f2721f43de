"""A proof finds what is not the same, and says what."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assembler.authoring import Project
from assembler.delivery.export import artefacts
from assembler.delivery.export.export import export
from assembler.delivery.export.neutral import TextPlace
from assembler.delivery.export.proof.engine import EngineError, EngineMissing, Person
from assembler.delivery.export.proof.equality import AFTER_REFERENCES, EQUAL, equality
from assembler.delivery.export.proof.handlebars import HandlebarsEngine
from assembler.delivery.export.proof.liquid import LiquidEngine
from assembler.errors import ProjectError
from tests.delivery.export.cases import request, sample


@pytest.mark.parametrize(
    ("actual", "wanted", "place", "same"),
    [
        ("a & b", "a & b", "line", EQUAL),
        ("a &amp; b", "a & b", "line", None),
        ("a &#x27; &quot;", "a &#39; &#34;", "html", AFTER_REFERENCES),
        ("a &#123;&#123;", "a {{", "html", AFTER_REFERENCES),
        ("a &amp;lt;", "a &lt;", "html", None),
        ("<b>a", "&lt;b&gt;a", "html", None),
        ('"a', "&quot;a", "html", None),
        ("&#x3C;&#62;", "&lt;&gt;", "html", AFTER_REFERENCES),
        ("media{ #a", "media{#a", "html", AFTER_REFERENCES),
        ('"\\u007b{"', '"{{"', "json", AFTER_REFERENCES),
        ('"&amp;"', '"&"', "json", None),
        ("", "a", "html", None),
    ],
)
def test_what_counts_as_the_same(actual: str, wanted: str, place: TextPlace, same: str | None) -> None:
    assert equality(actual, wanted, place) == same


@pytest.fixture(scope="module")
def project() -> Project:
    return sample()


def broken(change: Callable[[str], str]) -> type[LiquidEngine]:
    """An engine whose renderings are changed."""

    class Broken(LiquidEngine):
        def render(self, template: str, people: Sequence[Person]) -> list[str]:
            return [change(text) for text in super().render(template, people)]

    return Broken


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("Something sweet", "Something salty"),
        lambda text: text.replace("\n", "", 1),
        lambda text: text + " ",
        lambda text: text.replace("&amp;", "&amp;amp;"),
        lambda text: text.replace("Maya", "MAYA"),
        lambda text: text.replace("&lt;Co&gt;", "<Co>"),
    ],
    ids=["another variant", "a line less", "a blank more", "escaped twice", "another value", "not escaped"],
)
def test_what_an_engine_makes_otherwise_is_found(
    change: Callable[[str], str], project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(artefacts, "engine_for", lambda kind, folder: broken(change)("customer"))
    with pytest.raises(ProjectError) as error:
        export(project, request(project, "customerio"), tmp_path / "out")
    (finding,) = error.value.diagnostics
    assert finding.code == "X06"
    assert " makes " in finding.message
    assert not (tmp_path / "out").exists()


def test_an_engine_that_fails_is_found(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> str:
        raise EngineError("unexpected end")

    monkeypatch.setattr(artefacts, "engine_for", lambda kind, folder: broken(fail)("customer"))
    with pytest.raises(ProjectError) as error:
        export(project, request(project, "customerio"), tmp_path / "out")
    (finding,) = error.value.diagnostics
    assert finding.message.endswith("says: unexpected end")


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_packages_in_the_folder_of_a_project_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "node_modules/handlebars/index.js"
    package.parent.mkdir(parents=True)
    package.write_text("require('fs').writeFileSync('ran', '')")
    monkeypatch.chdir(tmp_path)
    with contextlib.suppress(EngineMissing):
        HandlebarsEngine(None)
    assert not (tmp_path / "ran").exists()
    with pytest.raises(EngineError):
        HandlebarsEngine(tmp_path)
    assert (tmp_path / "ran").exists()
