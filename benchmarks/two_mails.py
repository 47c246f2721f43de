"""How many times faster than peers two other mails are assembled: the starter's, and a short one that lacks a value.

    pip install -e . --group benchmarks && python -m benchmarks.two_mails

The starter's mail is chosen by segment and stage, both of which GrowthBook decides as well. The short mail has 6 kB and
four fields, of which one is missing. Every path gives the same bytes, all parts are looked at, and ratios are those of
one run. Last, a page view: a person who is read once, then five campaigns, against five calls.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from assembler import Decision, Library
from assembler.authoring import Project
from benchmarks.clock import each_of, measured
from benchmarks.goals import Goal
from benchmarks.libraries import LibrarySize
from benchmarks.mail import CAMPAIGN, CHANNEL, MOMENT, Condition, Person, people
from benchmarks.peers import HELD, NOBODY, Decide, Render, attributes, decider, renderers

__all__ = ["goals", "main"]

STARTER_SEGMENTS: Mapping[str, tuple[Condition, ...]] = {
    "lapsed_loyal": (("months_since_purchase", ">=", 7), ("spend_last_year", ">=", 350)),
    "new_friend": (("new_customer", "==", True), ("months_since_purchase", "<=", 3)),
    "womens_first": (("favours", "==", "womens"),),
    "mens_first": (("favours", "==", "mens"),),
    "shelter_seeker": (("looking_for", "in", ["jackets", "layers"]),),
    "trail_bound": (("looking_for", "in", ["boots", "packs"]),),
}
STARTER_STAGES: Mapping[str, tuple[Condition, ...]] = {
    "first_season": (("new_customer", "==", True), ("months_since_purchase", "<=", 6)),
    "regular": (("months_since_purchase", "<=", 6),),
    "win_back": (("months_since_purchase", ">=", 7), ("months_since_purchase", "<", 11)),
    "long_gone": (("months_since_purchase", ">=", 11),),
}
"""As the starter has them, for people whose purchases are known."""

_FIELDS = 4
_MISSING = "field_3"
_PEOPLE = 50
_PAGE = ("come_back", "welcome", "first_trail", "come_back", "first_trail")
_PATHS = {"minijinja": "minijinja, a template per variant", "includes": "Jinja2, an include per slot"}


def _looked_at(library: Library, campaign: str, context: object, channel: str = CHANNEL) -> dict[str, bytes]:
    """Every part of a variant."""
    return dict(library.assemble(campaign, channel=channel, context=context, at=MOMENT).encoded)


def _by_peer(decide: Decide, render: Render, told: tuple[Person, Mapping[str, str]]) -> dict[str, bytes]:
    return render(decide(told[0]), told[1])


def _beside_peers(
    library: Library,
    campaign: str,
    contexts: Sequence[Person],
    decide: Decide,
    cell: Callable[[Decision], str],
    fallbacks: Mapping[str, str],
    rounds: int,
) -> dict[str, float]:
    """How many times as long a peer takes as we do; peers are handed the fallbacks of what is missing."""
    decisions = [library.decide(campaign, channel=CHANNEL, context=context, at=MOMENT) for context in contexts]
    chosen = {cell(decision): {choice.slot: choice.component for choice in decision.choices} for decision in decisions}
    told = [(attributes(context), {**fallbacks, **context["fields"]}) for context in contexts]
    runs = {"Assembler": each_of(partial(_looked_at, library, campaign), contexts)}
    for name, render in renderers(library, chosen, campaign):
        for (flat, fields), context in zip(told, contexts, strict=True):
            assert render(decide(flat), fields) == _looked_at(library, campaign, context), name
        runs[name] = each_of(partial(_by_peer, decide, render), told)
    times = measured(runs, len(contexts), rounds)
    print(f"{times['Assembler'].median:.2f} microseconds", end="; ")
    return {short: times[name].median / times["Assembler"].median for short, name in _PATHS.items()}


def _treated(library: Library, campaign: str, contexts: Iterable[Person], decide: Decide) -> list[Person]:
    """People whom neither we nor the peer hold out, and whom no test concerns: no peer is asked about one."""
    decisions = (
        (context, library.decide(campaign, channel=CHANNEL, context=context, at=MOMENT)) for context in contexts
    )
    treated = (
        context
        for context, decision in decisions
        if decision.arm == "treated" and not decision.tests and HELD not in decide(attributes(context))
    )
    return [*islice(treated, _PEOPLE)]


def _starter(library: Library, rounds: int) -> Iterator[Goal]:
    by_segment, by_stage = decider("GrowthBook", STARTER_SEGMENTS), decider("GrowthBook", STARTER_STAGES, share=0)

    def decide(person: Person) -> str:
        return f"{by_segment(person)} {by_stage(person)}"

    def cell(decision: Decision) -> str:
        return f"{decision.segment or NOBODY} {decision.stage or NOBODY}"

    urls = ("first_name", "unsubscribe_url")
    contexts = [{**person, "fields": {name: person["fields"][name] for name in urls}} for person in people(4 * _PEOPLE)]
    contexts = _treated(library, CAMPAIGN, contexts, decide)
    ratios = _beside_peers(library, CAMPAIGN, contexts, decide, cell, {}, rounds)
    measure = "GrowthBook + {} / the starter's mail, by segment and stage"
    yield Goal(measure=measure.format("minijinja"), goal=6, today=ratios["minijinja"], least=True)
    yield Goal(measure=measure.format("includes"), goal=18, today=ratios["includes"], least=True)


def _short(rounds: int) -> Iterator[Goal]:
    size = LibrarySize(fields=_FIELDS, text=850)
    library = size.library()
    bands: dict[str, tuple[Condition, ...]] = {
        f"band_{low}": (("spend", ">=", low), ("spend", "<", low + 1)) for low in range(size.segments)
    }
    decide = decider("GrowthBook", bands)
    fallback = library.texts[library.content.placeholders[-1].fallback].decode()
    contexts = [size.context(number) for number in range(4 * _PEOPLE)]
    for context in contexts:
        del context["fields"][_MISSING]
    contexts = _treated(library, "c", contexts, decide)
    length = len(_looked_at(library, "c", contexts[0])["html"])
    assert 5_500 < length < 6_500, length
    ratios = _beside_peers(
        library, "c", contexts, decide, lambda decision: decision.segment or NOBODY, {_MISSING: fallback}, rounds
    )
    measure = "GrowthBook + includes / a mail of 6 kB, a value missing"
    yield Goal(measure=measure, goal=8, today=ratios["includes"], least=True)


def _page_view(library: Library, rounds: int) -> Goal:
    def five(context: object) -> list[dict[str, bytes]]:
        return [_looked_at(library, campaign, context, "page") for campaign in _PAGE]

    def once(context: object) -> list[dict[str, bytes]]:
        person = library.person(context, at=MOMENT)
        return [dict(library.assemble(campaign, channel="page", context=person).encoded) for campaign in _PAGE]

    contexts = [
        {**person, "fields": {name: person["fields"][name] for name in ("first_name", "unsubscribe_url")}}
        for person in people(_PEOPLE)
    ]
    assert [*map(five, contexts)] == [*map(once, contexts)]
    times = measured({"five": each_of(five, contexts), "once": each_of(once, contexts)}, len(contexts), rounds)
    measure = "a person read once, then five campaigns / five calls"
    return Goal(measure=measure, goal=0.6, today=times["once"].median / times["five"].median)


def goals(rounds: int) -> list[Goal]:
    """The goals, measured."""
    starter = Project.load(Path(__file__).parents[1]).compile(MOMENT)
    return [*_starter(starter, rounds), *_short(rounds), _page_view(starter, rounds)]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast two other mails are assembled, and a page view.")
    parser.add_argument("--rounds", type=int, default=31)
    for goal in goals(parser.parse_args().rounds):
        wanted = f"{'>=' if goal.least else '<='} {goal.goal:g}"
        print(f"{goal.measure:<64}{wanted:>7}{goal.today:>7.2f}  {'' if goal.met else 'missed'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
