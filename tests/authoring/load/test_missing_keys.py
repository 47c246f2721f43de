"""A missing key: the hint shows it with a value that it may have, and that value is taken as it is written there."""

from __future__ import annotations

import re

import pytest

from assembler.authoring.diagnostics import Diagnostic
from tests.authoring.builders import Files, campaign, component, component_type, project, settings
from tests.authoring.check.cases import diagnostics

_STAGES = "\n  - id: away\n    when: months_away >= 6\n  - {}"
_ONE = "{kind: text, required: true}"

# The files in which a key is missing where `[]` stands, the key, and what the hint shows.
CASES: dict[str, tuple[Files, str]] = {
    "the share of a holdout": (settings(holdout="{salt: a, owner: a@sample.example[]}"), "share: 10%"),
    "the salt of a holdout": (settings(holdout="{share: 5%, owner: a@sample.example[]}"), "salt: 2027q1"),
    "the share of a campaign's holdout": (campaign("back", holdout="{until: 2027-06-01[]}"), "share: 10%"),
    "the share of a test": (component("title/test_a", test="{id: tone[]}"), "share: 50%"),
    "the id of a test": (component("title/test_a", test="{share: 50%[]}"), "id: tone"),
    "the envelope of a channel": (settings(channels={"page": "{address: Quay Street[]}"}), "envelope: email"),
    "the kind of a merge field": (settings(fields={"first_name": "{example: Maya[]}"}), "kind: name"),
    "the kind of a signal": (settings(signals={"taste": "{owner: a@sample.example[]}"}), "kind: integer"),
    "the id of a stage": (settings(stages=_STAGES.format("{when: months_away < 6[]}")), "id: win_back"),
    "the rule of a stage": (settings(stages=_STAGES.format("{id: here[]}")), "when: months_since_purchase >= 7"),
    "the event of an outcome": (campaign("back", outcome="{within: 30d[]}"), "event: purchase"),
    "the type of a slot": (campaign("back", slots={"title": "{default: title/plain[]}"}), "type: headline"),
    "the reason for a rule's severity": (
        settings(policy={"rules": "{E14: {severity: off[]}}"}),
        "because: our subjects are tested at 70 characters",
    ),
    "the address of images": (settings(assets="{font: a.ttf[]}"), "base_url: https://cdn.example.com/"),
    "the kind of a field": (component_type("title", fields={"kicker": "{required: false[]}"}), "kind: text"),
    "the file of a picture": (component("story/plain", picture="{alt: A shop[]}"), "file: picture.jpg"),
    "the campaigns of a component": (component("title/sweet", campaigns="[]", kicker=None), "campaigns: all"),
    "a text": (component_type("title", fields={"note": _ONE}), "note: some words"),
    "an address": (component_type("title", fields={"link": "{kind: url, required: true}"}), "link: https://www."),
    "a day": (component_type("title", fields={"ends": "{kind: date, required: true}"}), "ends: 2027-02-01"),
    "a picture": (component_type("title", fields={"photo": "{kind: asset, required: true}"}), "photo: {file: "),
    "a list": (
        component_type(
            "title", fields={"steps": f"{{kind: list, required: true, of: {{a: {{kind: url}}, b: {_ONE}}}}}"}
        ),
        "steps: [{b: some words}]",
    ),
}


def _missing(files: Files) -> list[Diagnostic]:
    return [finding for finding in diagnostics(files) if finding.message.startswith("missing key")]


def _filled(files: Files, words: str) -> Files:
    """The files with these words where `[]` stands; a required field is written into every component of its type."""
    marked = {path: text for path, text in files.items() if isinstance(text, str) and "[]" in text}
    if not marked:
        titles = {path: text for path, text in project().items() if re.fullmatch(r"components/title/\w+\.md", path)}
        return files | {path: str(text).replace("---\n", f"---\n{words}\n", 1) for path, text in titles.items()}
    [(path, text)] = marked.items()
    if "campaigns: []" in text:
        return files | {path: text.replace("campaigns: []", words)}
    return files | {path: text.replace("[]", f", {words}")}


def _bare(files: Files) -> Files:
    without_tag = {path: str(text).replace("campaigns: []\n", "").replace("[]", "") for path, text in files.items()}
    return files | {path: text for path, text in without_tag.items() if isinstance(files[path], str)}


@pytest.mark.parametrize(("files", "shown"), CASES.values(), ids=[name.replace(" ", "_") for name in CASES])
def test_the_hint_shows_a_value_that_is_taken(files: Files, shown: str) -> None:
    hints = {finding.hint for finding in _missing(_bare(files))}
    [hint] = hints
    assert hint is not None
    written = hint.split("`")[1]
    assert written.startswith(shown)
    [line] = [line for line in hint.split("`") if line == written]
    mended = diagnostics(_filled(files, line))
    assert [finding for finding in mended if finding.code in ("R01", "R02", "R04", "R10")] == []


def test_a_campaign_that_lacks_its_slots_is_judged_none_the_less() -> None:
    findings = diagnostics({"campaigns/start.yaml": "channels: {email: note}\n"})
    told = {(finding.code, finding.message) for finding in findings if finding.path == "campaigns/start.yaml"}
    assert ("R02", "missing key 'slots'") in told
    assert ("G01", "campaign 'start' has no owner") in told
    assert not any(message.startswith("a campaign without") for _, message in told)
