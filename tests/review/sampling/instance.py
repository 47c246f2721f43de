"""An instance like the specified one, alone and as a project: 8 slots of 6, 12 exclusions, 2 requirements, 989 pairs.

As a project, each component but a slot's default takes a sixth of a test of its slot, so that every valid combination
is somebody's: tests of different ids are independent.
"""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.outcomes.possible_rows import PossibleRows, grow
from tests.review.sampling.counter import Choice, Instance

SPECIFIED = Instance(
    [6] * 8,
    excludes=[
        ((0, 1), (3, 5)), ((0, 2), (3, 2)), ((0, 3), (5, 1)), ((0, 4), (5, 5)), ((1, 1), (3, 1)), ((1, 3), (2, 3)),
        ((1, 5), (3, 2)), ((2, 1), (4, 1)), ((3, 2), (5, 4)), ((6, 1), (7, 5)), ((6, 3), (7, 3)), ((6, 5), (7, 3)),
    ],
    requires=[((1, 5), (3, 1)), ((6, 2), (7, 3))],
)  # fmt: skip
"""Of each constraint the first choice is excluded, or required, by the second."""


def value(instance: Instance, choice: Choice) -> int:
    """The number of a choice through all slots."""
    return sum(instance.sizes[: choice[0]]) + choice[1]


def graph(instance: Instance) -> PossibleRows:
    """The rows of an instance as the solver takes them."""

    def step(slot: int, held: frozenset[Choice]) -> Iterator[tuple[int, frozenset[Choice]]]:
        for component in range(instance.sizes[slot]):
            choice = slot, component
            excluded = any(two == choice and one in held for one, two in instance.excludes)
            lacking = any(two == choice and one not in held for one, two in instance.requires)
            if not excluded and not lacking:
                asked = {one for one, two in (*instance.excludes, *instance.requires) if two[0] > slot}
                yield value(instance, choice), (held | {choice}) & asked

    return grow([frozenset[Choice]()], len(instance.sizes), step)


_SETTINGS = """\
name: specified
owner: growth@sample.example
locales: [en]
brand: {name: Sample, url: "https://www.sample.example"}
assets: {base_url: "https://cdn.sample.example/a"}
channels:
  page: {envelope: web}
"""

_CAMPAIGN = """\
owner: crm@sample.example
objective: more people come back
outcome: {event: purchase, within: 30d, minimum_lift: 10%}
decide_by: 2027-06-30
hypothesis: a reason brings more people back than a discount
review_by: 2027-06-01
channels: {page: board}
slots:
"""


def files(instance: Instance) -> dict[str, str | bytes]:
    """A project of which the possible variants are the valid rows of an instance with default 0 in each slot."""
    slots = range(len(instance.sizes))
    calls = "\n".join(f'{{{{ slot("slot{slot}") }}}}' for slot in slots)
    written: dict[str, str | bytes] = {
        "assembler.yaml": _SETTINGS,
        "campaigns/many.yaml": _CAMPAIGN
        + "".join(f"  slot{slot}: {{type: kind{slot}, default: kind{slot}/c0}}\n" for slot in slots),
        "templates/page/board.html.j2": '<!DOCTYPE html>\n<html lang="{{ locale }}"><head><title>Many</title></head>'
        f"<body>{calls}</body></html>\n",
        "templates/strings.yaml": "en: {}\n",
    }
    for slot in slots:
        written[f"components/kind{slot}/_type.yaml"] = "body: text\n"
        written[f"templates/page/components/kind{slot}.html.j2"] = "<p>{{ body }}</p>\n"
        for component in range(instance.sizes[slot]):
            written[f"components/kind{slot}/c{component}.md"] = _component(instance, slot, component)
    return written


def _component(instance: Instance, slot: int, component: int) -> str:
    front = ["campaigns: [many]"]
    if component:
        front.append(f"test: {{id: test{slot}, share: 16%}}")
    for key, constraints in (("excludes", instance.excludes), ("requires", instance.requires)):
        names = [f"kind{one[0]}/c{one[1]}" for one, two in constraints if two == (slot, component)]
        if names:
            front.append(f"{key}: [{', '.join(names)}]")
    return "\n".join(["---", *front, "---", f"Slot {slot} says {'so ' * component}much\n"])
