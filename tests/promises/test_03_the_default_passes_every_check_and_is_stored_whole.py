"""The default passes every check that a targeted variant passes; it is proven in the build and stored whole in the
library."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from assembler import Library
from assembler.authoring import Project
from assembler.authoring.check.rules import RULES
from assembler.authoring.outcomes.variants import enumerate_variants
from assembler.errors import ProjectError
from tests.authoring.builders import MOMENT, component, project
from tests.authoring.check.cases import diagnostics
from tests.authoring.check.test_default_guarantee import CASES
from tests.conftest import STARTER_MOMENT
from tests.promises.hostile import places
from tests.runtime.sample import archive

# --- proven in the build ---------------------------------------------------------------------------------------------

CODES = [f"D{number:02}" for number in range(1, 9)]


def test_there_are_eight_rules_of_the_guarantee() -> None:
    assert [rule.code for rule in RULES if rule.code in CODES] == CODES


@pytest.mark.parametrize("code", CODES)
def test_what_breaks_the_guarantee_makes_no_library(code: str) -> None:
    """All but D08, which is a warning: a default may be poorer, though not without being told."""
    broken = next(files for files, findings in CASES.values() if any(f" {code} " in finding for finding in findings))
    if code == "D08":
        assert {diagnostic.severity for diagnostic in diagnostics(broken) if diagnostic.code == code} == {"warning"}
        return
    with pytest.raises(ProjectError) as caught:
        Project.from_files(project(broken)).compile(MOMENT)
    assert {diagnostic.severity for diagnostic in caught.value.diagnostics if diagnostic.code == code} == {"error"}


# --- what is wrong in a targeted component is wrong in a default -----------------------------------------------------

FAULTS: dict[str, tuple[str, str, set[str]]] = {
    "a merge field without a fallback": ("title", "Hello {{ first_name }}", {"C01"}),
    "an unknown merge field": ("title", 'Hello {{ frist_name | default: "you" }}', {"C01"}),
    "logic": ("title", "{% if x %}Hello{% endif %}", {"C02"}),
    "raw HTML": ("story", "Much is <b>new</b>.", {"C02"}),
    "filler": ("title", "Lorem ipsum dolor sit amet", {"C03"}),
    "another program's token": ("title", "Hello *|FNAME|* and all", {"C03"}),
    "surveillance": ("title", "We noticed you looked at boots", {"C04"}),
    "too many words": ("title", "A longer title than any type of title would ever allow to be written", {"C05"}),
    "a link that says nothing": ("story", "Much is new: [click here](https://www.sample.example/).", {"C06"}),
    "nothing": ("title", "\u200b", {"C07"}),
    "hidden characters": ("title", "Hello \u202eyou all", {"C08"}),
    "a link to elsewhere": ("story", "Much is new [at theirs](https://evil.example/).", {"S01"}),
    "a link that runs": ("story", "Much is new [at ours](javascript:alert(1)).", {"S01"}),
    "a secret": ("title", "AKIAIOSFODNN7EXAMPLQ opens all", {"S04"}),
}
PAIRS = {"title": ("title/plain", "title/sweet"), "story": ("story/plain", "story/away")}
"""The default of a slot, and a component that is targeted there."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_default_is_refused_for_whatever_a_targeted_component_is(fault: str) -> None:
    type_, text, codes = FAULTS[fault]
    default, targeted = PAIRS[type_]
    judged = diagnostics(component(default, text) | component(targeted, text))
    for address in (default, targeted):
        assert codes <= {diagnostic.code for diagnostic in judged if diagnostic.path == f"components/{address}.md"}, (
            address
        )


# --- stored whole ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("years", [-5, -1, 0, 1, 10, 1_000])
def test_what_is_stored_is_what_is_assembled_at_any_time(starter_library: Library, years: int) -> None:
    """For people of whom nothing is known: the default needs nothing, and never ends."""
    at = STARTER_MOMENT + timedelta(days=365 * years)
    for campaign, channel, locale in places(starter_library):
        stored = starter_library.default(campaign, channel=channel, locale=locale)
        variant = starter_library.assemble(campaign, channel=channel, context={"locale": locale}, at=at)
        assert variant.key == stored.key
        assert dict(variant.encoded) == dict(stored.encoded)
        assert variant.decision.slots == stored.decision.slots


def test_what_is_stored_is_what_held_out_people_get(starter_library: Library) -> None:
    seen = 0
    for campaign, channel, locale in places(starter_library):
        stored = starter_library.default(campaign, channel=channel, locale=locale)
        for number in range(100):
            context = {"id": number, "locale": locale, "segment": "lapsed_loyal", "stage": "win_back"}
            variant = starter_library.assemble(campaign, channel=channel, context=context, at=STARTER_MOMENT)
            if variant.decision.reason == "HOLDOUT":
                seen += 1
                assert (variant.key, dict(variant.encoded)) == (stored.key, dict(stored.encoded))
    assert seen > 20


def test_what_is_stored_is_one_of_the_variants_of_the_build(starter_library: Library) -> None:
    built = {
        (listed.plan.campaign, listed.plan.channel, listed.plan.locale, listed.key): listed
        for listed in enumerate_variants(starter_library, STARTER_MOMENT)
    }
    for campaign, channel, locale in places(starter_library):
        stored = starter_library.default(campaign, channel=channel, locale=locale)
        listed = built[campaign, channel, locale, stored.key]
        assert dict(starter_library.join(listed.plan, listed.choices)) == dict(stored.encoded)


def test_it_is_stored_and_not_made(starter_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be assembled any more, the default is handed out all the same, in every place."""
    wanted = {
        place: dict(starter_library.assemble(place[0], channel=place[1], context={"locale": place[2]}).encoded)
        for place in places(starter_library)
    }

    def broken(*_: object) -> object:
        raise MemoryError

    monkeypatch.setattr("assembler.runtime.assemble.Assembler.fill", broken)
    monkeypatch.setattr("assembler.runtime.choose.SlotPlan.candidates_for", broken, raising=False)
    for campaign, channel, locale in places(starter_library):
        variant = starter_library.assemble(
            campaign, channel=channel, context={"locale": locale, "segment": "lapsed_loyal"}
        )
        assert variant.decision.reason == "ERROR"
        assert dict(variant.encoded) == wanted[campaign, channel, locale]


def test_what_is_handed_out_is_what_is_stored() -> None:
    """Byte for byte, also where assembling would give something else."""
    content, texts = archive()
    campaign = content.campaigns["come_back"]
    email = campaign.channels["email"]
    stored = msgspec.structs.replace(email.defaults["en"], parts={"html": len(texts)})
    channel = msgspec.structs.replace(email, defaults={**email.defaults, "en": stored})
    campaign = msgspec.structs.replace(campaign, channels={**campaign.channels, "email": channel})
    content = msgspec.structs.replace(content, campaigns={**content.campaigns, "come_back": campaign})
    altered = Library(content, [*texts, b"as it is stored"], digest="sha256:stored")
    assert altered.default("come_back", channel="email").parts == {"html": "as it is stored"}
    assert altered.assemble("come_back", channel="email", context=7).parts == {"html": "as it is stored"}
