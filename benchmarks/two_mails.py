"""How many times faster than peers two other mails are assembled: the starter's, and a short one that lacks a value.

    pip install -e . --group benchmarks && python -m benchmarks.two_mails

prints them beside the large mail of `benchmarks.mail`, and writes the same to `benchmarks/two_mails.json`. The
starter's mail is chosen by segment and stage, both of which GrowthBook decides as well. The short mail has 6 kB and
four fields, of which one is missing. Every path gives the same bytes, and all parts are looked at. Ratios are those of
one run, of the first quarter of its rounds, as other processes only add to a time. A peer that is not installed is left
out. Last, a page view: a person who is read once, then five campaigns, against five calls.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from assembler import Decision, Library
from assembler.authoring import Project
from benchmarks.clock import each_of, measured
from benchmarks.goals import Goal, goals_table, pieces, rounded
from benchmarks.libraries import LibrarySize
from benchmarks.mail import CAMPAIGN, CHANNEL, MOMENT, SEGMENTS, Condition, Person, mail, people
from benchmarks.peers import HELD, NOBODY, Decide, Render, attributes, decider, renderers

__all__ = ["FIGURES", "mails_table", "main", "run"]

FIGURES = Path(__file__).parent / "two_mails.json"

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
_FLOOR = "the floor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """How long a mail takes, in microseconds and in times the floor; and how many times as long each peer takes."""

    name: str
    microseconds: float
    floor: float
    peers: dict[str, float]


def _looked_at(library: Library, campaign: str, context: object, channel: str = CHANNEL) -> dict[str, bytes]:
    """Every part of a variant."""
    return dict(library.assemble(campaign, channel=channel, context=context, at=MOMENT).encoded)


def _by_peer(decide: Decide, render: Render, told: tuple[Person, Mapping[str, str]]) -> dict[str, bytes]:
    return render(decide(told[0]), told[1])


def _beside_peers(
    name: str,
    library: Library,
    campaign: str,
    contexts: Sequence[Person],
    decide: Decide,
    cell: Callable[[Decision], str],
    fallbacks: Mapping[str, str],
    rounds: int,
) -> Mail:
    """The figures of a mail; peers are handed the fallbacks of what is missing."""
    decisions = [library.decide(campaign, channel=CHANNEL, context=context, at=MOMENT) for context in contexts]
    chosen = {cell(decision): {choice.slot: choice.component for choice in decision.choices} for decision in decisions}
    told = [(attributes(context), {**fallbacks, **context["fields"]}) for context in contexts]
    variants = [library.assemble(campaign, channel=CHANNEL, context=context, at=MOMENT) for context in contexts]
    runs = {
        name: each_of(partial(_looked_at, library, campaign), contexts),
        _FLOOR: each_of(lambda parts: [b"".join(part) for part in parts], [[*pieces(one)] for one in variants]),
    }
    for peer, render in renderers(library, chosen, campaign):
        for (flat, fields), context in zip(told, contexts, strict=True):
            assert render(decide(flat), fields) == _looked_at(library, campaign, context), peer
        runs[peer] = each_of(partial(_by_peer, decide, render), told)
    times = {path: timing.low for path, timing in measured(runs, len(contexts), rounds).items()}
    own = times[name]
    peers = {short: times[peer] / own for short, peer in _PATHS.items() if peer in times}
    return Mail(name=name, microseconds=own, floor=own / times[_FLOOR], peers=peers)


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


def _large(rounds: int) -> Mail:
    library, decide = mail(), decider("GrowthBook", SEGMENTS)
    contexts = _treated(library, CAMPAIGN, people(4 * _PEOPLE), decide)
    return _beside_peers("22 kB, by segment", library, CAMPAIGN, contexts, decide, _segment, {}, rounds)


def _segment(decision: Decision) -> str:
    return decision.segment or NOBODY


def _starter(library: Library, rounds: int) -> Mail:
    by_segment, by_stage = decider("GrowthBook", STARTER_SEGMENTS), decider("GrowthBook", STARTER_STAGES, share=0)

    def decide(person: Person) -> str:
        return f"{by_segment(person)} {by_stage(person)}"

    def cell(decision: Decision) -> str:
        return f"{_segment(decision)} {decision.stage or NOBODY}"

    urls = ("first_name", "unsubscribe_url")
    contexts = [{**person, "fields": {name: person["fields"][name] for name in urls}} for person in people(4 * _PEOPLE)]
    contexts = _treated(library, CAMPAIGN, contexts, decide)
    return _beside_peers("the starter's, by segment and stage", library, CAMPAIGN, contexts, decide, cell, {}, rounds)


def _short(rounds: int) -> Mail:
    size = LibrarySize(fields=_FIELDS, text=850)
    library = size.library()
    bands: dict[str, tuple[Condition, ...]] = {
        f"band_{low}": (("spend", ">=", low), ("spend", "<", low + 1)) for low in range(size.segments)
    }
    decide = decider("GrowthBook", bands)
    fallbacks = {_MISSING: library.texts[library.content.placeholders[-1].fallback].decode()}
    contexts = [size.context(number) for number in range(4 * _PEOPLE)]
    for context in contexts:
        del context["fields"][_MISSING]
    contexts = _treated(library, "c", contexts, decide)
    length = len(_looked_at(library, "c", contexts[0])["html"])
    assert 5_500 < length < 6_500, length
    name = "6 kB, four fields, one missing"
    return _beside_peers(name, library, "c", contexts, decide, _segment, fallbacks, rounds)


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
    return Goal(measure=measure, goal=0.6, today=times["once"].low / times["five"].low)


def run(rounds: int) -> dict[str, Any]:
    """The figures of the mails, and the goals."""
    starter = Project.load(Path(__file__).parents[1]).compile(MOMENT)
    by_stage, short = _starter(starter, rounds), _short(rounds)
    asked = ((by_stage, "minijinja", 6), (by_stage, "includes", 18), (short, "includes", 8))
    reached = [
        Goal(measure=f"GrowthBook + {peer} / {one.name}", goal=goal, today=one.peers[peer], least=True)
        for one, peer, goal in asked
        if peer in one.peers
    ]
    reached.append(_page_view(starter, rounds))
    return {
        "mails": [asdict(one) for one in (_large(rounds), by_stage, short)],
        "goals": [{**asdict(goal), "met": goal.met} for goal in reached],
    }


def mails_table(figures: Mapping[str, Any]) -> str:
    """A Markdown table of the mails."""
    heads = ["mail", "microseconds", "x the floor", *(f"GrowthBook + {peer} / it" for peer in _PATHS)]
    lines = [f"| {' | '.join(heads)} |", f"|---|{'---:|' * (len(heads) - 1)}"]
    for one in figures["mails"]:
        ratios = [one["microseconds"], one["floor"], *(one["peers"].get(peer) for peer in _PATHS)]
        lines.append(f"| {one['name']} | {' | '.join('' if ratio is None else rounded(ratio) for ratio in ratios)} |")
    return "\n".join(lines)


def main() -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description="How fast two other mails are assembled, and a page view.")
    parser.add_argument("--rounds", type=int, default=31)
    figures = run(parser.parse_args().rounds)
    print(f"{mails_table(figures)}\n\n{goals_table(figures)}")
    FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
