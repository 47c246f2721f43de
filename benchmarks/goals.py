"""How fast deciding and assembling are: against the floor, against peers, against the goals.

    pip install -e . --group benchmarks && python -m benchmarks

prints three tables and writes the same as JSON, `benchmarks/goals.json` if not told otherwise. The floor is `b"".join`
of each part's ready list of pieces, values already escaped: what assembling would cost if everything were known
beforehand. Every path that renders gives the same bytes for the same person, or this stops. Cold means once, after
other paths, on fresh memory: all that comes out is kept until 50 calls are over, as by a sender that queues it. Goals
are judged warm, where the floor is lowest.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.metadata
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from assembler import Library, Variant
from assembler.library.format import encode
from benchmarks.clock import Timing, each_of, measured, started
from benchmarks.libraries import LibrarySize
from benchmarks.mail import CAMPAIGN, CHANNEL, MOMENT, SEGMENTS, Person, mail, people
from benchmarks.peers import HELD, NOBODY, PEERS, Decide, Render, attributes, decider, deciders, installed, renderers

__all__ = ["FIGURES", "Goal", "files_size", "goals_table", "main", "pieces", "rounded", "run", "table"]

FLOOR, DECIDE, ASSEMBLE = "the floor", "Assembler: decide, with reasons", "Assembler: decide + assemble"
_INCLUDES, _PER_VARIANT = "Jinja2, an include per slot", "minijinja, a template per variant"
FIGURES = Path(__file__).parent / "goals.json"
_MARKUP = Path(__file__).parent / "markup"
_PACKAGES = (
    "growthbook", "openfeature-sdk", "openfeature-provider-flagd", "yggdrasil-engine", "jinja2", "minijinja", "mrml",
)  # fmt: skip
_PEOPLE = 50
_FEW_AND_MANY = 6, 500
_NODE = {
    "react-email (node)": ("react-email.mjs", "process.stdout.write(await render(mail));", "await render(mail)"),
    "MJML (node)": ("mjml.mjs", "process.stdout.write(html);", "await mjml2html(source)"),
}
_TIMED = """
for (let warm = 0; warm < 5; warm++) { CALL; }
const before = process.cpuUsage();
for (let run = 0; run < 40; run++) { CALL; }
const used = process.cpuUsage(before);
console.log((used.user + used.system) / 40);
"""


Paths = dict[str, Callable[[], object]]
"""What is timed, by name: one run is a call for each person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal, and how it stands: `least` says that more is better."""

    measure: str
    goal: float
    today: float
    least: bool = False

    @property
    def met(self) -> bool:
        """Whether it is reached."""
        return self.today >= self.goal if self.least else self.today <= self.goal


@dataclass(frozen=True, slots=True, kw_only=True)
class Treated:
    """Somebody whom everybody treats: what each path is told, the segment, and what must come out."""

    context: Person
    attributes: Person
    segment: str
    variant: Variant


def treated(library: Library, peers: Mapping[str, Decide], count: int) -> list[Treated]:
    """People whom no path holds out. Raises `AssertionError` where a peer has another segment for treated_people."""
    persons: list[Treated] = []
    for person in people(4 * count):
        variant = library.assemble(CAMPAIGN, channel=CHANNEL, context=person, at=MOMENT)
        segment = variant.decision.segment or NOBODY
        said = {name: decide(attributes(person)) for name, decide in peers.items()}
        assert set(said.values()) <= {segment, HELD}, said
        if variant.decision.arm == "treated" and HELD not in said.values():
            persons.append(Treated(context=person, attributes=attributes(person), segment=segment, variant=variant))
    return persons[:count]


def paths(library: Library, treated_people: list[Treated], decide: Mapping[str, Decide], *, keep: bool) -> Paths:
    """What is timed: each runs for everybody, and keeps what comes out or drops it."""
    run = partial(each_of, keep=keep)
    flat = [person.attributes for person in treated_people]
    contexts = [person.context for person in treated_people]
    ready = [[*pieces(person.variant)] for person in treated_people]
    join = b"".join
    calls: Paths = {
        FLOOR: run(lambda parts: [join(pieces) for pieces in parts], ready),
        DECIDE: run(lambda context: library.decide(CAMPAIGN, channel=CHANNEL, context=context, at=MOMENT), contexts),
        ASSEMBLE: run(
            lambda context: library.assemble(CAMPAIGN, channel=CHANNEL, context=context, at=MOMENT).encoded, contexts
        ),
    }
    calls |= {f"{name}: decide": run(by, flat) for name, by in decide.items()}
    for how, render in renderers(library, _chosen(treated_people)):
        for person in treated_people:
            assert render(person.segment, person.context["fields"]) == person.variant.contents, how
        calls[f"{how}: render alone"] = run(partial(_rendered, render), treated_people)
        for name in ("GrowthBook", "OpenFeature + flagd"):
            if name in decide and (name == "GrowthBook" or how == _INCLUDES):
                calls[f"{name} + {how}"] = run(partial(_decided_and_rendered, decide[name], render), treated_people)
    if installed("MJML (mrml)"):
        calls["MJML (mrml): render alone"] = run(_mjml(), contexts)
    return calls


def pieces(variant: Variant) -> Iterator[list[bytes]]:
    """Of each part the texts and values that it is joined of."""
    for _, texts, pick in variant.linked.parts:
        pieces = texts.copy()
        if pick is not None:
            pieces[1::2] = pick(variant.values)
        yield pieces


def _chosen(treated_people: list[Treated]) -> dict[str, dict[str, str | None]]:
    """The component of each slot for each segment."""
    return {
        person.segment: {slot: choice.component for slot, choice in person.variant.decision.slots.items()}
        for person in treated_people
    }


def _rendered(render: Render, person: Treated) -> dict[str, bytes]:
    return render(person.segment, person.context["fields"])


def _decided_and_rendered(decide: Decide, render: Render, person: Treated) -> dict[str, bytes]:
    return render(decide(person.attributes), person.context["fields"])


def _mjml() -> Callable[[Person], object]:
    """A promotional mail of 27 kB, as its author writes it: other bytes than ours."""
    import mrml

    source = (_MARKUP / "mail.mjml").read_text(encoding="utf-8")
    return lambda _: mrml.to_html(source)


def _by_node() -> Iterator[tuple[str, float]]:
    """Microseconds of processor time to render the mail of `benchmarks/markup`, where node and its packages are."""
    if not (_MARKUP / "node_modules").is_dir():
        return
    for name, (file, last, call) in _NODE.items():
        script = (_MARKUP / file).read_text(encoding="utf-8").replace(last, _TIMED.replace("CALL", call))
        script = script.replace("import.meta.url", json.dumps((_MARKUP / file).as_uri()))
        command = ["node", "--input-type=module", "-"]
        done = subprocess.run(command, cwd=_MARKUP, input=script, capture_output=True, text=True, check=True)
        yield name, float(done.stdout)


def _many_segments() -> Iterator[tuple[str, Callable[[], object]]]:
    """A decision among few and among many segments, here and in GrowthBook."""
    for count in _FEW_AND_MANY:
        size = LibrarySize(segments=count, fields=0)
        library = size.library()
        contexts = [size.context(number * count // _PEOPLE) for number in range(_PEOPLE)]
        yield f"{DECIDE}, {count} segments", each_of(partial(_decide, library), contexts)
        if installed("GrowthBook"):
            bands = {f"band_{low}": (("spend", ">=", low), ("spend", "<", low + 1)) for low in range(count)}
            decide = decider("GrowthBook", bands)
            flat = [attributes(context) for context in contexts]
            for context, person in zip(contexts, flat, strict=True):
                assert decide(person) in (library.decide("c", channel="email", context=context).segment, HELD)
            yield f"GrowthBook: decide, {count} segments", each_of(decide, flat)


def _decide(library: Library, context: Person) -> None:
    library.decide("c", channel="email", context=context, at=MOMENT)


def _opened() -> tuple[float, float]:
    """Milliseconds to open a library of 10,000 fragments, and its memory in times the file's size."""
    library = LibrarySize(slots=100, components=100, text=1000).library()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.library"
        library.save(path)
        timing = measured({"open": lambda: Library.open(path)}, 1, rounds=5)["open"]
        tracemalloc.start()
        opened = Library.open(path)
        current, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert opened.digest == library.digest
        return timing.median / 1000, current / path.stat().st_size


def files_size(library: Library, campaign: str, channel: str) -> int:
    """The bytes of every addressable variant as files, exactly, without writing them."""
    documents = library.content.campaigns[campaign].channels[channel].documents[library.locales[0]]
    total = 0
    for document in documents.values():
        variants = math.prod(len(call.fragments) for call in document.calls)
        fixed = sum(_length(library, segment) for segment in document.segments)
        mean = sum(
            sum(_length(library, fragment) for fragment in call.fragments.values()) / len(call.fragments)
            for call in document.calls
        )
        total += round(variants * (fixed + mean))
    return total


def _length(library: Library, fragment: tuple[int, ...]) -> int:
    placeholders = library.content.placeholders
    return sum(len(library.texts[piece if piece >= 0 else placeholders[-1 - piece].fallback]) for piece in fragment)


def _starting() -> Iterator[Goal]:
    times = started({"bare": ["-c", ""], "import": ["-c", "import assembler"], "help": ["-m", "assembler", "--help"]})
    bare = times["bare"].median
    yield Goal(measure="import assembler / bare start", goal=3, today=times["import"].median / bare)
    yield Goal(measure="assembler --help / bare start", goal=10, today=times["help"].median / bare)


def _goals(times: Mapping[str, Timing]) -> Iterator[Goal]:
    """The goals of speed; those against a peer that is not there are left out."""
    few, many = (f"{DECIDE}, {count} segments" for count in _FEW_AND_MANY)
    ratios = (
        ("decide + assemble / the floor", 3, False, ASSEMBLE, FLOOR),
        ("GrowthBook + Jinja2 with includes / decide + assemble", 12, True, f"GrowthBook + {_INCLUDES}", ASSEMBLE),
        ("GrowthBook + minijinja per variant / decide + assemble", 4, True, f"GrowthBook + {_PER_VARIANT}", ASSEMBLE),
        ("GrowthBook decides / a decision with reasons", 15, True, "GrowthBook: decide", DECIDE),
        ("a decision among 500 segments / among 6", 4, False, many, few),
    )
    for measure, goal, least, above, below in ratios:
        if above in times and below in times:
            yield Goal(measure=measure, goal=goal, today=times[above].median / times[below].median, least=least)
    yield from _starting()
    milliseconds, memory = _opened()
    yield Goal(measure="opening 10,000 fragments, milliseconds", goal=300, today=milliseconds)
    yield Goal(measure="its memory / its file", goal=2, today=memory)
    large = LibrarySize(slots=5, components=10)
    library = large.library()
    assert large.variants == 100_000
    stored = len(encode(library.content, library.texts))
    yield Goal(
        measure="the file of 100,000 addressable variants / as files",
        goal=0.1,
        today=stored / files_size(library, "c", "email"),
    )


def machine(*packages: str) -> dict[str, str]:
    """What this ran on, and with which packages."""
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text(encoding="utf-8").splitlines() if cpu.exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    machine = {"python": platform.python_version(), "system": platform.platform(), "cpu": model or platform.processor()}
    machine["cores"], machine["load"] = str(os.cpu_count()), f"{os.getloadavg()[0]:.1f}"
    for package in packages:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            machine[package] = importlib.metadata.version(package)
    return machine


def run(rounds: int) -> dict[str, Any]:
    """All of it: machine, times in microseconds by path, and goals."""
    library = mail()
    decide = deciders(SEGMENTS)
    treated_people = treated(library, decide, _PEOPLE)
    times = measured(paths(library, treated_people, decide, keep=False), _PEOPLE, rounds)
    cold = measured(paths(library, treated_people, decide, keep=True), _PEOPLE, rounds, warm=False)
    among = measured(dict(_many_segments()), _PEOPLE, rounds)
    absent = [name for name in PEERS if not installed(name)]
    variant = treated_people[0].variant
    return {
        "machine": machine(*_PACKAGES),
        "mail": {part: len(data) for part, data in variant.contents.items()},
        "times": {name: asdict(timing) for name, timing in times.items()} | dict(_by_node_timed()),
        "cold": {name: asdict(timing) for name, timing in cold.items()},
        "among": {name: asdict(timing) for name, timing in among.items()},
        "goals": [{**asdict(goal), "met": goal.met} for goal in _goals(times | among)],
        "not_installed": absent + ([] if (_MARKUP / "node_modules").is_dir() else list(_NODE)),
    }


def _by_node_timed() -> Iterator[tuple[str, dict[str, float]]]:
    for name, median in _by_node():
        yield f"{name}: render alone", asdict(Timing(median=median, low=median, high=median))


def goals_table(figures: Mapping[str, Any]) -> str:
    """A Markdown table of goals."""
    lines = ["| measure | goal | today |", "|---|---:|---:|"]
    for goal in figures["goals"]:
        wanted = f"{'>=' if goal['least'] else '<='} {goal['goal']:g}"
        lines.append(f"| {goal['measure']} | {wanted} | {rounded(goal['today'])}{'' if goal['met'] else ', missed'} |")
    return "\n".join(lines)


def table(figures: Mapping[str, Any]) -> str:
    """Markdown tables of the goals, and of what stands beside the floor."""
    lines = [goals_table(figures)]
    lines += ["", "| path | x the floor | x the floor, cold |", "|---|---:|---:|"]
    for name, warm, cold in _ratios(figures):
        lines.append(f"| {name} | {rounded(warm)} | {'' if cold is None else rounded(cold)} |")
    return "\n".join(lines)


def rounded(ratio: float) -> str:
    """Two digits that count."""
    return f"{float(format(ratio, '.2g')):,g}"


def _ratios(figures: Mapping[str, Any]) -> Iterator[tuple[str, float, float | None]]:
    """Of each path, the fastest first, its ratio to the floor, warm and cold."""
    times, cold = figures["times"], figures["cold"]
    for name, time in sorted(times.items(), key=lambda item: float(item[1]["median"])):
        once = cold[name]["median"] / cold[FLOOR]["median"] if name in cold else None
        yield name, time["median"] / times[FLOOR]["median"], once


def _print(figures: Mapping[str, Any]) -> None:
    print(", ".join(f"{name} {value}" for name, value in figures["machine"].items()))
    print(f"a mail of {sum(figures['mail'].values()):,} bytes in {len(figures['mail'])} parts\n")
    print(f"{'path':<52}{'microseconds':>13}{'quarters':>19}{'x floor':>9}{'cold':>9}")
    for name, warm, cold in _ratios(figures):
        time = figures["times"][name]
        quarters = f"{time['low']:.2f}-{time['high']:.2f}"
        last = "" if cold is None else f"{cold:.1f}"
        print(f"{name:<52}{time['median']:>13.2f}{quarters:>19}{warm:>9.1f}{last:>9}")
    print()
    for name, time in figures["among"].items():
        print(f"{name:<58}{time['median']:>13.2f}")
    print(f"\n{'goal':<58}{'wanted':>10}{'today':>10}")
    for goal in figures["goals"]:
        wanted = f"{'>=' if goal['least'] else '<='} {goal['goal']:g}"
        print(f"{goal['measure']:<58}{wanted:>10}{goal['today']:>10.3g}  {'' if goal['met'] else 'missed'}")
    for name in figures["not_installed"]:
        print(f"{name}: not installed")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast deciding and assembling are.")
    parser.add_argument("--rounds", type=int, default=101)
    parser.add_argument("--json", type=Path, default=FIGURES, metavar="FILE", help="where the figures go as well")
    asked = parser.parse_args()
    figures = run(asked.rounds)
    _print(figures)
    asked.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
