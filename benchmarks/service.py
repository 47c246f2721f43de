"""`python -m benchmarks.service` measures the service: ours against the same server's constant body, and beside others.

Each server is a process of its own; wrk (Debian has it) asks them in turn, a round each, over 32 connections. A rate is
requests for a second of the server's processor time, so that what else the machine does counts little. Before that,
every server's body for everybody is compared with what the library assembles.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from benchmarks.goals import Treated, machine, treated
from benchmarks.mail import CAMPAIGN, CHANNEL, SEGMENTS, mail
from benchmarks.peers import decider, installed
from benchmarks.service_apps import LIBRARY

__all__ = ["FIGURES", "main", "table"]

FIGURES = Path(__file__).with_name("service.json")
_LUA = Path(__file__).with_name("service.lua")
_PEOPLE = 200
_CONNECTIONS = 32
_TICKS = os.sysconf("SC_CLK_TCK")
_FIRST = "GrowthBook and Jinja2 with includes, on FastAPI"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """Something that is measured: the server, the path that is asked, the bodies that are sent, the constant body that
    it is held against, and the least part of its rate that is wanted."""

    server: str
    path: str
    bodies: str = "ours"
    against: str | None = None
    goal: float | None = None


CONTENDERS = {
    "constant HTML": Contender(server="constant.html", path="/"),
    "our HTML": Contender(server="ours", path="/v1/assemble/html", against="constant HTML", goal=0.5),
    "constant decision": Contender(server="constant.decision", path="/"),
    "our decision": Contender(server="ours", path="/v1/decide", against="constant decision", goal=0.5),
    "constant JSON": Contender(server="constant.json", path="/"),
    "our JSON": Contender(server="ours", path="/v1/assemble", against="constant JSON", goal=0.4),
    _FIRST: Contender(server="fastapi", path="/html", bodies="flat", against="constant HTML"),
}
"""What is measured, in the order of the table."""

_TIMES_THE_FIRST = 5.0
"""How many times the rate of the first peer ours is to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Requests for a second of processor time, and the milliseconds within which half, and 99 of 100, are answered."""

    rate: float
    p50: float
    p99: float


def run(rounds: int, seconds: float) -> dict[str, Any]:
    """Measure all that is installed, in turn."""
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed: apt-get install wrk")
    contenders = {name: one for name, one in CONTENDERS.items() if name != _FIRST or _has_first()}
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        folder = Path(temporary)
        everybody = _prepare(folder)
        servers = {one.server for one in contenders.values()}
        running = {server: stack.enter_context(_running(server, folder)) for server in sorted(servers)}
        for contender in contenders.values():
            _compare(running[contender.server][0], contender, everybody)
        measured: dict[str, list[Round]] = {name: [] for name in contenders}
        for _ in range(rounds):
            for name, contender in contenders.items():
                port, process = running[contender.server]
                bodies = folder / f"{contender.bodies}.txt"
                measured[name].append(_round(port, process, contender.path, bodies, seconds))
    return {
        "machine": machine("uvicorn", "httptools", "uvloop", "fastapi", "growthbook", "jinja2"),
        "rounds": {name: [asdict(one) for one in of_name] for name, of_name in measured.items()},
    }


def _has_first() -> bool:
    return installed("GrowthBook") and installed("FastAPI")


def _prepare(folder: Path) -> list[Treated]:
    """Write what servers and requests are made of, and return the people who ask."""
    library = mail()
    library.save(folder / LIBRARY)
    peers = {"GrowthBook": decider("GrowthBook", SEGMENTS)} if installed("GrowthBook") else {}
    everybody = treated(library, peers, _PEOPLE)
    chosen = {
        person.segment: {slot: choice.component for slot, choice in person.variant.decision.slots.items()}
        for person in everybody
    }
    (folder / "chosen.json").write_text(json.dumps(chosen), encoding="utf-8")
    asked = [{"campaign": CAMPAIGN, "channel": CHANNEL, "context": person.context} for person in everybody]
    flat = [{"attributes": person.attributes, "fields": person.context["fields"]} for person in everybody]
    for name, bodies in (("ours", asked), ("flat", flat)):
        lines = "\n".join(json.dumps(body, separators=(",", ":")) for body in bodies)
        (folder / f"{name}.txt").write_text(lines + "\n", encoding="utf-8")
    variant = everybody[0].variant
    decision = variant.decision.to_dict()
    whole = {"key": variant.key, "decision": decision, "parts": dict(variant.parts)}
    (folder / "constant.html").write_bytes(variant.encoded["html"])
    for kind, data in (("decision", decision), ("json", whole)):
        text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
        (folder / f"constant.{kind}").write_text(text, encoding="utf-8")
    return everybody


@contextmanager
def _running(server: str, folder: Path) -> Iterator[tuple[int, int]]:
    """The port and the process of a server, which ends with this."""
    command = [sys.executable, "-m", "benchmarks.service_apps", server, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline()), process.pid
        finally:
            process.send_signal(signal.SIGINT)


def _compare(port: int, contender: Contender, everybody: Sequence[Treated]) -> None:
    """Raise `AssertionError` where what a server answers is not what the library assembles."""
    for person in everybody:
        context = {"campaign": CAMPAIGN, "channel": CHANNEL, "context": person.context}
        flat = {"attributes": person.attributes, "fields": person.context["fields"]}
        data = json.dumps(context if contender.bodies == "ours" else flat).encode()
        request = Request(f"http://127.0.0.1:{port}{contender.path}", data, {"Content-Type": "application/json"})
        with urlopen(request, timeout=10) as reply:
            body = reply.read()
        if contender.path.endswith("html"):
            assert body == person.variant.encoded["html"], contender
        elif contender.path == "/v1/assemble":
            assert json.loads(body)["parts"] == person.variant.parts, contender
        elif contender.path == "/v1/decide":
            assert json.loads(body)["key"] == person.variant.key, contender


def _round(port: int, process: int, path: str, bodies: Path, seconds: float) -> Round:
    """Ask for so many seconds. Raises `AssertionError` where anything failed."""
    before = _processor_seconds(process)
    command = ["wrk", "-t1", f"-c{_CONNECTIONS}", f"-d{seconds:g}s", "-s", str(_LUA), f"http://127.0.0.1:{port}{path}"]
    environment = {**os.environ, "SERVICE_BODIES": str(bodies)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    line = next(line for line in done.stdout.splitlines() if line.startswith("figures "))
    requests, failed, p50, p99 = map(int, line.split()[1:])
    assert failed == 0, done.stdout
    return Round(rate=requests / (_processor_seconds(process) - before), p50=p50 / 1000, p99=p99 / 1000)


def _processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def shares(figures: Mapping[str, Any]) -> dict[str, float]:
    """Return each contender's rate as a part of that of the constant body which it is held against, round by round, as
    a median."""
    rounds = figures["rounds"]
    return {
        name: statistics.median(
            one["rate"] / constant["rate"]
            for one, constant in zip(rounds[name], rounds[contender.against], strict=True)
        )
        for name, contender in CONTENDERS.items()
        if contender.against is not None and name in rounds
    }


def times_the_first(figures: Mapping[str, Any]) -> float | None:
    """Return how many times the rate of the first peer our HTML has; None where that is not installed."""
    by_name = shares(figures)
    return by_name["our HTML"] / by_name[_FIRST] if _FIRST in by_name else None


def table(figures: Mapping[str, Any]) -> str:
    """Return the figures as a Markdown table."""
    lines = [
        "| answer | of the constant body's rate | goal | range | p50, ms | p99, ms |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    by_name = shares(figures)
    for name, of_name in figures["rounds"].items():
        contender = CONTENDERS[name]
        p50, p99 = (statistics.median(one[key] for one in of_name) for key in ("p50", "p99"))
        if contender.against is None:
            share, goal, spread = "1", "", ""
        else:
            against = figures["rounds"][contender.against]
            ratios = [one["rate"] / constant["rate"] for one, constant in zip(of_name, against, strict=True)]
            share = f"{by_name[name]:.2f}"
            goal = "" if contender.goal is None else f">= {contender.goal:g}"
            goal += "" if contender.goal is None or by_name[name] >= contender.goal else ", missed"
            spread = f"{min(ratios):.2f}-{max(ratios):.2f}"
        lines.append(f"| {name} | {share} | {goal} | {spread} | {p50:.1f} | {p99:.1f} |")
    times = times_the_first(figures)
    if times is not None:
        missed = "" if times >= _TIMES_THE_FIRST else ", missed"
        lines += ["", f"Our HTML has {times:.1f} times the rate of {_FIRST} (goal: {_TIMES_THE_FIRST:g}{missed})."]
    return "\n".join(lines)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast the service is.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--json", type=Path, default=FIGURES, metavar="FILE", help="where the figures go as well")
    asked = parser.parse_args()
    figures = run(asked.rounds, asked.seconds)
    print(table(figures))
    asked.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
