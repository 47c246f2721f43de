"""Real customers, all 64,000 or a sixteenth, each assembled for `come_back` on both channels in both locales."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest

from assembler import Library
from assembler.authoring.outcomes.coverage import coverage, people_by_cell
from benchmarks.customers import MOMENT, contexts, customers_file
from tests.examples import ALL

EVERY = 1 if ALL else 16
PEOPLE = 64_000 // EVERY
LEFTOVER = re.compile(rb"\{\{|zq[0-9a-f]{12}[fsu]|%%|\*\|")


@pytest.fixture(scope="module")
def customers() -> Path:
    path = customers_file()
    if path is None:
        pytest.skip("ASSEMBLER_DATA names no folder with hillstrom.csv")
    return path


def some(customers: Path, *, consent: bool = True) -> Iterator[dict[str, object]]:
    """Every sixteenth of them, or all."""
    return islice(contexts(customers, consent=consent), 0, None, EVERY)


def is_share(people: int, wanted: float) -> bool:
    """Whether so many of them are this share, as far as chance lets them: four standard deviations."""
    return abs(people / PEOPLE - wanted) < 4 * math.sqrt(wanted * (1 - wanted) / PEOPLE)


def runs() -> Iterator[tuple[str, str]]:
    return ((channel, locale) for channel in ("email", "page") for locale in ("en", "fr"))


@pytest.mark.parametrize(("channel", "locale"), list(runs()))
def test_every_customer_gets_a_complete_variant(
    starter_library: Library, customers: Path, channel: str, locale: str
) -> None:
    campaign = starter_library.content.campaigns["come_back"]
    here = campaign.channels[channel].slots
    required = {slot.name for slot in campaign.slots if slot.default is not None and slot.name in here}
    arms: Counter[str] = Counter()
    for context in some(customers):
        somebody = {**context, "locale": locale}
        variant = starter_library.assemble("come_back", channel=channel, context=somebody, at=MOMENT)
        assert variant.decision.reason != "ERROR"
        assert required <= {choice.slot for choice in variant.decision.choices if choice.component is not None}
        assert all(data and not LEFTOVER.search(data) for data in variant.encoded.values())
        arms[variant.decision.arm] += 1
    assert arms.total() == PEOPLE
    assert is_share(arms["holdout"], 0.05)
    assert is_share(arms["control"], 0.095)


def test_without_consent_nobody_is_anybody(starter_library: Library, customers: Path) -> None:
    """The same people with every signal withheld: no segment, no stage, no targeted fit."""
    for context in some(customers, consent=False):
        decision = starter_library.decide("come_back", channel="email", context=context, at=MOMENT)
        assert (decision.segment, decision.stage) == (None, None)
        assert all(choice.fit in ("default", "empty", "everyone") for choice in decision.choices)


def test_a_sample_laid_over_the_coverage(starter_library: Library, customers: Path) -> None:
    """Everybody is in one cell of a plan; who is treated gets targeted copy just where that is not `default`."""
    sample = list(islice(contexts(customers), 0, None, 64))
    people = people_by_cell(starter_library, sample, MOMENT)
    report = coverage(starter_library, MOMENT, within=timedelta(days=30), people=people)
    assert report.audience == len(sample) == 1000
    for plan in report.plans:
        assert sum(cell.people or 0 for cell in plan.cells) == (1000 if plan.locale == "en" else 0)
    states = {
        (cell.segment, cell.stage): cell.state
        for cell in report.cells
        if (cell.campaign, cell.channel, cell.locale) == ("come_back", "email", "en")
    }
    for context in sample:
        decision = starter_library.decide("come_back", channel="email", context=context, at=MOMENT)
        if decision.arm == "treated":
            targeted = any(choice.fit in ("segment+stage", "segment", "stage") for choice in decision.choices)
            assert targeted == (states[decision.segment, decision.stage] != "default")
