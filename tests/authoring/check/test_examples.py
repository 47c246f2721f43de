"""The examples of `assembler rule`: each fails its rule where it says so, and passes it with the other words."""

from __future__ import annotations

import pytest

from assembler.authoring.check.examples import RuleExample, rule_examples
from assembler.authoring.check.rules import RULES
from tests.authoring.builders import Files, campaign, component, project
from tests.authoring.check.cases import diagnostics
from tests.authoring.check.image_size_cases import NIGHT, badge, noise
from tests.authoring.check.message_cases import sms

EXAMPLES = rule_examples()


# What else an example needs: it is there for what fails and for what passes.
BESIDE: dict[str, Files] = {
    "R11": {"campaigns/start.yaml": None},
    "C10": sms("2", layout="x" * 54 + '{{ slot("title") }}'),
    "A05": NIGHT | {"assets/dark.png": badge("#202428")},
    "D08": component("title/plain", kicker="For everybody")
    | component("title/test_a", kicker="For salt")
    | component("title/test_b", kicker="For salt"),
    "G10": component("story/away", status="retired", learnt="news brings nobody back"),
    "T08": component("story/away", requires=["title/sweet_away"]),
    "V05": campaign("start", slots={"offer": {"constant": "true"}}),
    "V01": component("title/one", "The kettle sings all day", stages=["here"], fr=None),
    "V02": component(
        "story/one", "The kettle sings all day, and the seat by the stove is free from four.", stages=["here"], fr=None
    ),
    "A03": {"assets/heavy.png": noise(300, 260)},
}


def with_text(example: RuleExample, code: str, text: str | None) -> Files:
    """The files in which a text stands where the example has what passes."""
    beside = BESIDE.get(code, {})
    whole = project(beside).get(example.path)
    if whole is None:
        return {**beside, example.path: None if text is None else f"{text}\n"}
    assert isinstance(whole, str)
    assert whole.count(example.good) == 1, "what passes stands once in the sample project"
    return {**beside, example.path: None if text is None else whole.replace(example.good, text)}


def test_every_rule_has_an_example() -> None:
    assert list(EXAMPLES) == [rule.code for rule in RULES]


@pytest.mark.parametrize("code", EXAMPLES)
def test_an_example_fails_and_passes_as_it_says(code: str) -> None:
    example = EXAMPLES[code]
    passing = diagnostics(with_text(example, code, example.good))
    assert [finding for finding in passing if finding.code == code] == []
    failing = diagnostics(with_text(example, code, example.bad))
    assert [finding for finding in failing if finding.code == code] != []
