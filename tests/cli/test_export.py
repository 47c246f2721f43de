"""`assembler export`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from assembler.cli.text.columns import width
from tests.authoring.builders import settings
from tests.authoring.clean import Value
from tests.cli.conftest import Run, write
from tests.delivery.export.cases import provider

PROVIDERS: dict[str, Value] = {
    "crm": provider("customerio"),
    "cloud": provider("sfmc", attribute="asm"),
    "chimp": provider("mailchimp"),
    "grid": provider("sendgrid"),
    "bare": {"kind": "customerio"},
}
BY_CELL = ("--by", "cell")


@pytest.fixture
def providers(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample project with providers, in a folder, where there is no node."""
    monkeypatch.setenv("PATH", "")
    return write(project, settings(providers=PROVIDERS))  # type: ignore[arg-type]  # all of these are texts


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("--to", "crm"), id="by key"),
        pytest.param(("--to", "cloud", *BY_CELL, "--without", "holdout,tests,needs"), id="by cell"),
        pytest.param(
            ("--to", "chimp", "--channel", "email", "--without", "subject,preheader"), id="with parts given up"
        ),
        pytest.param(("--to", "grid", "--unproven", "--channel", "page", "--locale", "fr"), id="unproven"),
        pytest.param(("--to", "bare"), id="a field without attribute"),
        pytest.param(("--to", "chimp"), id="parts that cannot vary"),
        pytest.param(("--to", "grid"), id="no engine"),
        pytest.param(("--to", "crm", *BY_CELL), id="what a cell cannot honour"),
    ],
)
def test_what_is_said(arguments: tuple[str, ...], providers: Path, run: Run, words: SnapshotAssertion) -> None:
    result = run("export", "back", *arguments)
    assert re.sub(r"python-liquid \d[\d.]*", "python-liquid 2.3.6", result.stderr) == words
    assert all(width(line) <= 80 for line in result.stderr.splitlines())
    written = (providers / "export").exists()
    assert (result.exit_code, written) == ((1, False) if "error" in result.stderr.splitlines()[-1] else (0, True))


def test_as_json(providers: Path, run: Run) -> None:
    done = run("export", "start", "--to", "crm", "--format", "json", "-o", "out", "--edition", "spring")
    told = json.loads(done.stdout)
    assert (done.exit_code, done.stderr) == (0, "")
    assert told["parts"] == [f"page/{locale}/html.html" for locale in ("en", "fr", "fr-CA")]
    about = json.loads((providers / "out/export.json").read_text())
    assert about["edition"] == "spring"
    for artefact in about["artefacts"]:
        assert all(token.startswith("spring-v") for token in artefact["tokens"])
        assert artefact["default"] in {told["key"] for told in artefact["tokens"].values()}
        assert "'spring-v" in (providers / "out" / artefact["parts"]["html"]["path"]).read_text()
    refused = run("export", "back", "--to", "bare", "--format", "json")
    assert refused.exit_code == 1
    assert {finding["code"] for finding in json.loads(refused.stdout)["diagnostics"]} == {"X03"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("bakc", "--to", "crm"), "did you mean back?"),
        (("back", "--to", "crn"), "did you mean crm?"),
        (("back", "--to", "crm", "--channel", "sms"), "there is email, page"),
        (("back", "--to", "crm", "--locale", "fr-BE"), "no locale 'fr-BE'"),
        (("back", "--to", "crm", "--without", "tests"), "an export by key honours tests"),
        (("back", "--to", "crm", *BY_CELL, "--without", "test"), "did you mean tests?"),
        (("back", "--to", "crm", "--edition", "5x"), "beginning with a letter"),
        (("back", "--to", "crm", "--edition", "x" * 21), "beginning with a letter"),
        (("back", "--to", "crm", "--until", "2026-11-21"), "is past"),
        (("back", "--to", "crm", "--until", "soon"), "is no date"),
        (("back", "--to", "crm", "--by", "keys"), "did you mean key?"),
        (("back",), "--to"),
    ],
)
def test_usage(arguments: tuple[str, ...], said: str, providers: Path, run: Run) -> None:
    result = run("export", *arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert not (providers / "export").exists()


def test_the_last_day_is_one_of_those_on_which_it_holds(providers: Path, run: Run) -> None:
    assert run("export", "back", "--to", "crm", "--until", "2026-11-22", "--channel", "email").exit_code == 0
    about = json.loads((providers / "export/back/crm/export.json").read_text())
    assert {artefact["valid_until"] for artefact in about["artefacts"]} == {"2026-11-23T00:00:00+00:00"}


def test_a_project_without_providers_is_told_how_to_have_one(run: Run) -> None:
    result = run("export", "back", "--to", "crm")
    assert result.exit_code == 2
    assert "providers: {crm: {kind: customerio" in result.stderr


def test_a_folder_of_somebody_is_left_alone(providers: Path, run: Run) -> None:
    result = run("export", "back", "--to", "crm", "-o", "components")
    assert result.exit_code == 2
    assert "not an export" in result.stderr
    assert (providers / "components/title/plain.md").exists()
