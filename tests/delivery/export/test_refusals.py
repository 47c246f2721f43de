"""Why an export is refused: each rule by its example, and what is told of it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from assembler.authoring import Project
from assembler.authoring.check.examples import rule_examples
from assembler.authoring.diagnostics import Diagnostic
from assembler.delivery import export as room
from assembler.delivery.export import outcomes
from assembler.delivery.export.artefacts import ArtefactMaker
from assembler.delivery.export.export import export
from assembler.delivery.export.provider_facts import provider_facts
from assembler.delivery.export.rules import EXPORT_RULES
from assembler.errors import ProjectError
from tests.authoring.builders import Files, campaign, component, project as files, settings
from tests.authoring.clean import Value
from tests.delivery.export.cases import provider, request, until

EXAMPLES = rule_examples(room.__name__)
CRM = settings(providers={"crm": provider("customerio")}, holdout=None)
ALL_BUT_HOLDOUT = {"by": "cell", "without": frozenset({"tests", "needs"})}
LARGE = "<p>{}</p>".format("so many words " * 5_000)
STORIES = component("story/sweet", segments=["sweet_tooth"]) | component("story/salty", segments=["salty_tooth"])
BESIDE: Mapping[str, Files] = {
    "X01": CRM | campaign("back", holdout={"until": "2026-11-01"}),
    "X02": CRM | campaign("back", holdout=None) | component("title/sweet", valid_until="2027-06-30"),
    "X04": settings(providers={"crm": provider("sfmc")}) | component("title/sweet", "Sweet, 100% of it"),
    "X05": settings(
        providers={"crm": provider("customerio")},
        policy={"rules": {"P06": {"severity": "off", "because": "our pages are long"}}},
    )
    | STORIES
    | campaign("back", slots={"story": {"constant": "true"}})
    | {"templates/page/components/story.html.j2": f"<div>{{{{ body }}}}</div>{LARGE}"},
    "X08": settings(providers={"crm": provider("mailchimp")}) | campaign("back", slots={"title": {"constant": "true"}}),
}
ASKED: Mapping[str, Mapping[str, Any]] = {
    "X01": ALL_BUT_HOLDOUT,
    "X02": ALL_BUT_HOLDOUT | {"period": until(2027, 3, 1)},
    "X05": {"channels": ("page",)},
    "X08": {"without": frozenset()},
}


def findings(contents: Files, folder: Path, **asked: Any) -> tuple[Diagnostic, ...]:
    """What an export is refused for; nothing where it is not."""
    project = Project.from_files(files(contents))
    try:
        export(project, request(project, "crm", **asked), folder / "out")
    except ProjectError as error:
        assert not (folder / "out").exists()
        return tuple(error.diagnostics)
    return ()


def test_every_rule_has_an_example() -> None:
    assert list(EXAMPLES) == [rule.code for rule in EXPORT_RULES] == [f"X0{number}" for number in range(1, 9)]


@pytest.mark.parametrize("code", EXAMPLES)
def test_an_example_fails_and_passes_as_it_says(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")  # there is no node
    example = EXAMPLES[code]
    assert example.bad is not None
    beside = BESIDE.get(code, CRM)
    whole = files(beside)[example.path]
    assert isinstance(whole, str)
    assert whole.count(example.good) == 1, whole
    asked = ASKED.get(code, {})
    failing = findings({**beside, example.path: whole.replace(example.good, example.bad)}, tmp_path, **asked)
    assert {finding.code for finding in failing} == {code}
    assert all(finding.hint and finding.source for finding in failing)
    assert findings({**beside, example.path: whole}, tmp_path, **asked) == ()


def test_a_template_may_have_just_so_many_bytes(tmp_path: Path) -> None:
    project = Project.from_files(files(CRM))
    asked = request(project, "crm", channels=("page",), locales=("en",))
    library = project.compile(asked.period.start)
    facts = provider_facts()["customerio"]
    ((artefact,), _) = ArtefactMaker(project.loaded, library, asked, facts).make(tmp_path, None)
    size = len(artefact.parts[0].data)
    just_enough = msgspec.structs.replace(facts, most_bytes=size)
    assert ArtefactMaker(project.loaded, library, asked, just_enough).make(tmp_path, None)[0] == (artefact,)
    too_few = msgspec.structs.replace(facts, most_bytes=size - 1)
    with pytest.raises(ProjectError) as error:
        ArtefactMaker(project.loaded, library, asked, too_few).make(tmp_path, None)
    (finding,) = error.value.diagnostics
    assert (finding.code, finding.message) == (
        "X05",
        f"page/en/html.html has {size:,} bytes; Customer.io is given {size - 1:,} at most",
    )


def test_more_tokens_than_a_template_can_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "MOST_TOKENS", 3)
    refused = findings(CRM, tmp_path)
    assert {(finding.code, finding.path, finding.source) for finding in refused} == {
        ("X05", "campaigns/back.yaml", "slots:")
    }


def test_names_of_attributes_are_those_that_the_provider_can_have(tmp_path: Path) -> None:
    chimp = provider("mailchimp", attribute='"asm_{campaign}"', fields={"first_name": "first_name_of_them"})
    refused = findings(settings(providers={"crm": chimp}), tmp_path, without=frozenset({"subject", "preheader"}))
    assert [(finding.code, finding.hint) for finding in refused] == [
        ("X01", "names there have at most ten capitals, digits and _, beginning with a capital")
    ] * 2


@pytest.mark.parametrize(
    ("contents", "path", "line"),
    [
        (component("title/sweet", fr="Doux, 100%% doux"), "components/title/sweet.fr.md", "Doux, 100%% doux"),
        (
            {"templates/email/note.text.j2": '100%% {{ slot("title") }} {{ address }} {{ field("unsubscribe_url", '
             'default="https://www.sample.example/u") }}\n{{ slot("story") }}{{ slot("offer") }}{{ slot("aside") }}'},
            "templates/email/note.text.j2",
            '100%% {{ slot("title") }}',
        ),
    ],
    ids=["a translation", "a layout"],
)  # fmt: skip
def test_words_that_would_be_code_are_told_where_they_stand(
    contents: Files, path: str, line: str, tmp_path: Path
) -> None:
    refused = findings({**settings(providers={"crm": provider("sfmc")}), **contents}, tmp_path)
    assert {(finding.code, finding.path) for finding in refused} == {("X04", path)}
    assert all(finding.source.startswith(line) and finding.line > 0 for finding in refused)


def test_without_the_extra_there_is_nothing_to_prove_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "liquid", None)
    (finding,) = findings(CRM, tmp_path)
    assert (finding.code, finding.hint) == ("X07", "`pip install 'assembler[export]'`; or say --unproven")
    assert findings(CRM, tmp_path / "unproven", unproven=True) == ()


def test_code_of_the_provider_stands_word_by_word(tmp_path: Path) -> None:
    code = "{% unsubscribe_url %}"
    fields: Value = {"first_name": "asm_first_name", "unsubscribe_url": {"verbatim": f'"{code}"'}}
    project = Project.from_files(files(settings(providers={"crm": provider("customerio", fields=fields)})))
    written = export(project, request(project, "crm", channels=("email",)), tmp_path / "out")
    assert written.proof is not None
    for artefact in written.artefacts:
        parts = {part.name: part for part in artefact.parts}
        assert f'href="{code}"' in parts["html"].template
        assert code in parts["text"].template
        assert "unsubscribe_url" not in {field for part in artefact.parts for field, _ in part.fixed}
        assert ("first_name", "url_part") in parts["html"].fixed
