"""What a command costs: against a bare start of Python, against the starter, and as a project grows.

    python -m benchmarks.commands --components 2000 10000

prints the processor time of whole processes, first where everything is to be done, then where it is remembered, then
after an edit of one component: of compiling alone (`ls`), and of checking. What is remembered is printed and written as
it was the first time, byte for byte, or this stops. Then the time that two processes take, as a ratio to that of one:
two are never slower.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Final

from assembler.authoring.load.starter import starter_files
from benchmarks.building import write
from benchmarks.scale import Scale, project

__all__ = ["COMMANDS", "costs", "main", "two_processes"]

COMMANDS: Final = {
    "check": ["check"],
    "ls": ["ls"],
    "why": ["why", "CAMPAIGN", "--channel", "email"],
    "coverage": ["coverage"],
    "review plan": ["review", "plan"],
    "review check": ["review", "check"],
    "gallery": ["gallery"],
}
"""What is measured where everything is remembered."""

_DAY: Final = "2026-11-22"
_FINDINGS: Final = (0, 1)
_STARTER: Final = "the starter"
_ROUNDS: Final = 3
_COMPILING: Final = """
import sys
from assembler.authoring import Project
_, jobs, folder = sys.argv[1:]
Project.load(folder).render(jobs=int(jobs))
"""


def spent(arguments: Sequence[str]) -> tuple[float, bytes]:
    """The processor seconds of a process of Python, and what it printed. Raises `RuntimeError` where it failed."""
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen([sys.executable, *arguments], stdout=printed, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in _FINDINGS:
            raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}")
        printed.seek(0)
        return usage.ru_utime + usage.ru_stime, printed.read()


def costs(folder: Path, rounds: int = _ROUNDS) -> dict[str, float]:
    """The processor seconds of each command in a project: at first, again (the median), and after an edit."""
    campaign = min(path.stem for path in (folder / "campaigns").glob("*.yaml"))
    where = ["--project", str(folder), "--as-of", _DAY]

    def run(words: Iterable[str]) -> tuple[float, bytes]:
        named = [campaign if word == "CAMPAIGN" else word for word in words]
        seconds, printed = spent(["-m", "assembler", *named, *where])
        return seconds, printed + b"".join(path.read_bytes() for path in sorted(folder.glob("gallery/*")))

    seconds = {"check, at first": run(COMMANDS["check"])[0]}
    for name, words in COMMANDS.items():
        _, first = run(words)
        again = [run(words) for _ in range(rounds)]
        if any(printed != first for _, printed in again):
            raise RuntimeError(f"{name} gave something else again")
        seconds[f"{name}, again"] = statistics.median(cost for cost, _ in again)
    for name in ("ls", "check"):
        _edit(folder)
        seconds[f"{name}, after an edit"] = run(COMMANDS[name])[0]
    return seconds


def two_processes(folder: Path, rounds: int = _ROUNDS) -> dict[str, float]:
    """What two processes take of the time of one, by the clock: the shortest of some rounds each, by turns."""
    checking = ["-m", "assembler", "check", "--as-of", _DAY, "--project", str(folder)]
    tasks: dict[str, tuple[Callable[[Path], None], Callable[[str], list[str]]]] = {
        "compile, at first": (_forget, lambda jobs: ["-c", _COMPILING, "--jobs", jobs, str(folder)]),
        "check, at first": (_forget, lambda jobs: [*checking, "--jobs", jobs]),
        "check, after an edit": (_edit, lambda jobs: [*checking, "--jobs", jobs]),
    }
    ratios: dict[str, float] = {}
    for name, (prepare, words) in tasks.items():
        took: dict[str, list[float]] = {"1": [], "2": []}
        for _ in range(rounds):
            for jobs, times in took.items():
                prepare(folder)
                start = perf_counter()
                spent(words(jobs))
                times.append(perf_counter() - start)
        ratios[name] = min(took["2"]) / min(took["1"])
    return ratios


def _edit(folder: Path) -> None:
    """Add a word to a component."""
    edited = min(path for path in (folder / "components/body").glob("*.md") if path.name.count(".") == 1)
    edited.write_text(edited.read_text(encoding="utf-8").rstrip() + " More\n", encoding="utf-8")


def _forget(folder: Path) -> None:
    """Remove what is remembered of a project."""
    shutil.rmtree(folder / ".assembler-cache", ignore_errors=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what commands cost in the starter, and in projects of some sizes."""
    parser = argparse.ArgumentParser(description="What commands cost.")
    parser.add_argument("--components", type=int, nargs="+", default=[2000])
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    asked = parser.parse_args(arguments)
    bare = statistics.median(spent(["-c", ""])[0] for _ in range(9))
    help_ = statistics.median(spent(["-m", "assembler", "--help"])[0] for _ in range(9))
    print(f"--help / a bare start of {1000 * bare:.0f} ms: {help_ / bare:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        write(dict(starter_files()), Path(folder, "starter"))
        starter = costs(Path(folder, "starter"), asked.rounds)
        _print(_STARTER, starter, bare, {})
        before: dict[str, float] = {}
        for size in asked.components:
            write(project(Scale(components=size)), Path(folder, str(size)))
            here = costs(Path(folder, str(size)), asked.rounds)
            _print(f"{size:,} components", here, bare, {_STARTER: starter, "the first size": before})
            before = before or here
            for name, ratio in two_processes(Path(folder, str(size)), asked.rounds).items():
                print(f"{f'{name}: two processes / one':<50}{ratio:>10.2f}", flush=True)
    return 0


def _print(title: str, seconds: dict[str, float], bare: float, others: dict[str, dict[str, float]]) -> None:
    print(f"\n{title:<30}{'seconds':>10}{'/ bare':>10}" + "".join(f"{f'/ {name}':>20}" for name in others))
    for name, cost in seconds.items():
        ratios = "".join(f"{cost / other[name]:>20.1f}" if name in other else " " * 20 for other in others.values())
        print(f"{name:<30}{cost:>10.2f}{cost / bare:>10.0f}{ratios}".rstrip(), flush=True)


if __name__ == "__main__":
    sys.exit(main())
