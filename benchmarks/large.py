"""A library of a million addressable variants: its file, its memory, the time to open it, and how long calls take.

    python -m benchmarks.large [--calls 10000000] [--json FILE]

Latencies are wall-clock time of single calls. People differ in their buckets, so the many variants come in no order: of
`few`, so many that all are remembered; of `many`, each call another. The soak says how memory grew over its calls.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assembler import Library
from assembler.library.format import encode
from benchmarks.goals import files_size
from benchmarks.libraries import LibrarySize
from benchmarks.mail import MOMENT

__all__ = ["LARGE", "main"]

LARGE = LibrarySize(slots=6, components=10, tested=True, text=3000)
_FRESH = """
import json, sys, time
from assembler import Library

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096

before, start = resident(), time.perf_counter()
library = Library.open(sys.argv[1])
print(json.dumps({"open_ms": (time.perf_counter() - start) * 1000, "resident_bytes": resident() - before}))
"""


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


def _call(library: Library, context: object) -> bytes:
    return library.assemble("c", channel="email", context=context, at=MOMENT).contents["html"]


def _latencies(library: Library, contexts: Sequence[object], calls: int) -> dict[str, float]:
    """Microseconds at p50, p99 and p99.9, after each was asked once."""
    for context in contexts:
        _call(library, context)
    taken: list[int] = []
    for number in range(calls):
        context = contexts[number % len(contexts)]
        before = time.perf_counter_ns()
        _call(library, context)
        taken.append(time.perf_counter_ns() - before)
    cuts = statistics.quantiles(taken, n=1000)
    return {"p50": cuts[499] / 1000, "p99": cuts[989] / 1000, "p99.9": cuts[998] / 1000}


def _threads(library: Library, contexts: Sequence[object], count: int) -> dict[str, float]:
    """Calls in a second by one thread and by several, which must say what the one says."""
    wanted = [_call(library, context) for context in contexts]

    def work(wrong: list[int]) -> None:
        wrong.append(sum(_call(library, context) != text for context, text in zip(contexts, wanted, strict=True)))

    rates: dict[str, float] = {}
    for number in (1, count):
        wrong: list[int] = []
        workers = [threading.Thread(target=work, args=(wrong,)) for _ in range(number)]
        before = time.perf_counter()
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert wrong == [0] * number
        rates[f"{number} threads"] = number * len(contexts) / (time.perf_counter() - before)
    return rates


def _soak(library: Library, calls: int) -> dict[str, float]:
    """Memory, in bytes, before and after so many calls for people who never come again."""
    warm = calls // 10
    for number in range(warm):
        _call(library, LARGE.context(number))
    before, start = _resident(), time.perf_counter()
    for number in range(warm, warm + calls):
        _call(library, LARGE.context(number))
    return {"calls": calls, "seconds": time.perf_counter() - start, "before": before, "after": _resident()}


def run(calls: int) -> dict[str, Any]:
    """All figures."""
    library = LARGE.library()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.library"
        library.save(path)
        fresh = [
            json.loads(
                subprocess.run([sys.executable, "-c", _FRESH, str(path)], capture_output=True, check=True).stdout
            )
            for _ in range(5)
        ]
    few = [LARGE.context(number) for number in range(500)]
    many = [LARGE.context(number) for number in range(20_000)]
    size = len(encode(library.content, library.texts))
    return {
        "variants": LARGE.variants,
        "file_bytes": size,
        "as_files_bytes": files_size(library, "c", "email"),
        "open_ms": statistics.median(process["open_ms"] for process in fresh),
        "resident_bytes": statistics.median(process["resident_bytes"] for process in fresh),
        "few": _latencies(library, few, 20_000),
        "many": _latencies(library, many, 20_000),
        "calls_a_second": _threads(library, few * 10, 8),
        "soak": _soak(library, calls),
    }


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="A library of a million addressable variants.")
    parser.add_argument("--calls", type=int, default=1_000_000, help="of the soak")
    parser.add_argument("--json", type=Path, metavar="FILE")
    asked = parser.parse_args()
    figures = run(asked.calls)
    print(f"{figures['variants']:,} addressable variants: {figures['file_bytes']:,} bytes;", end=" ")
    print(f"as files {figures['as_files_bytes']:,} ({figures['as_files_bytes'] / figures['file_bytes']:,.0f} x)")
    print(f"opened in {figures['open_ms']:.1f} ms, {figures['resident_bytes']:,} bytes more in memory")
    for name in ("few", "many"):
        print(f"{name:<5}" + ", ".join(f"{cut} {value:.1f}" for cut, value in figures[name].items()) + " microseconds")
    print(", ".join(f"{name}: {value:,.0f} a second" for name, value in figures["calls_a_second"].items()))
    soak = figures["soak"]
    print(f"soak: {soak['calls']:,} calls in {soak['seconds']:.0f} s, memory {soak['before']:,} -> {soak['after']:,}")
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
