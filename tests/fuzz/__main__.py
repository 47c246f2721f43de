"""`python -m tests.fuzz WHAT --seconds N` attacks for so long, says what was found, and ends with 1 if anything was."""

from __future__ import annotations

import argparse
import random
import sys
from importlib import import_module

TARGETS = {
    "contexts": "what a caller says about a person, against the starter's library",
    "libraries": "the content of library files, digested anew",
    "projects": "the starter's files",
}
"""The fuzzers, each a module here with a `run(seconds: float, seed: int) -> int` that returns how much it found."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("what", choices=TARGETS, help="; ".join(f"{name}: {text}" for name, text in TARGETS.items()))
    parser.add_argument("--seconds", type=float, default=60, help="how long (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=None, help="the same seed tries the same things")
    given = parser.parse_args()
    seed = random.SystemRandom().randrange(1 << 32) if given.seed is None else given.seed
    print(f"{given.what}: seed {seed}", flush=True)
    count: int = import_module(f"tests.fuzz.{given.what}").run(given.seconds, seed)
    print(f"{given.what}: {count} findings")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
