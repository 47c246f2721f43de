"""Why an export is refused: each rule by its example, and what is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assembler.authoring import Project
from assembler.authoring.check.examples import rule_examples
from assembler.authoring.diagnostics import Diagnostic
from assembler.delivery import export as room
from assembler.delivery.export.export import export
from assembler.delivery.export.rules import EXPORT_RULES
from assembler.errors import ProjectError
from tests.authoring.builders import Files, campaign, component, project as files, settings
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
        export(project, request(project, "crm", **asked), folder / "out", folder)
    except ProjectError as error:
        assert not (folder / "out").exists()
        return tuple(error.diagnostics)
    return ()


def test_every_rule_has_an_example() -> None:
    assert list(EXAMPLES) == [rule.code for rule in EXPORT_RULES] == [f"X0{number}" for number in range(1, 9)]


@pytest.mark.parametrize("code", EXAMPLES)
def test_an_example_fails_and_passes_as_it_says(code: str, tmp_path: Path) -> None:
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
