"""What it costs to put exposures on record, and what they take on the disk before and after they are compacted.

    python -m benchmarks.exposures [--people 100000] [--writers 4]

Each writer is a process. It is given decisions of the starter's come_back, each of somebody else, and times what comes
after them: the pseudonym, the record and its line. Rates are of the clock, and of the processors' time.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assembler import Library
from assembler.authoring import Project
from assembler.measure.compaction import compact
from assembler.measure.exposures import ExposureRecorder, Exposures

ROOT = Path(__file__).parents[1]
MOMENT = datetime(2026, 11, 22, tzinfo=UTC)
KEY = "0123456789abcdef0123456789abcdef"
SIGNALS = {"months_since_purchase": 9, "spend_last_year": 640.5, "favours": "mens", "new_customer": False}


def write(library: Path, folder: Path, first: int, count: int) -> tuple[float, float]:
    """Put so many people on record, and return the seconds of the clock and of the processor that this took."""
    opened = Library.open(library)
    record = ExposureRecorder(Exposures(folder), KEY)
    contexts = [
        {"id": f"c-{number}", "locale": ("en", "fr")[number % 2], "consent": ["marketing"], "signals": SIGNALS}
        for number in range(first, first + count)
    ]
    decisions = opened.decide_many(contexts, "come_back", channel="email", at=MOMENT)
    clock, spent = time.perf_counter(), time.process_time()
    for number, decision in enumerate(decisions):
        at = MOMENT + timedelta(milliseconds=(first + number) * 37 % 86_400_000)
        if not record(decision, contexts[number]["id"], at):
            raise RuntimeError("a record could not be written")
    return time.perf_counter() - clock, time.process_time() - spent


def main() -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--writers", type=int, default=4)
    told = parser.parse_args()
    share = told.people // told.writers
    with tempfile.TemporaryDirectory() as folder:
        library, exposures = Path(folder, "starter.library"), Path(folder, "exposures")
        Project.load(ROOT).compile(MOMENT, all_variants=False).save(library)
        exposures.mkdir()
        with multiprocessing.get_context("spawn").Pool(told.writers) as pool:
            tasks = [(library, exposures, number * share, share) for number in range(told.writers)]
            times = pool.starmap(write, tasks, chunksize=1)
        count = share * told.writers
        size = sum(path.stat().st_size for path in exposures.iterdir())
        print(f"written by {told.writers}: {count / max(clock for clock, _ in times):>12,.0f} records/s")
        print(f"of a processor: {count / sum(spent for _, spent in times):>12,.0f} records/s")
        print(f"lines: {size / count:>25.0f} bytes each")
        clock, spent = time.perf_counter(), time.process_time()
        compaction = compact(exposures)
        if sum(arm.experiment + arm.fallback for arm in compaction.arms) != count:
            raise RuntimeError("somebody is missing")
        print(f"compacted: {count / (time.perf_counter() - clock):>17,.0f} records/s")
        print(f"of a processor: {count / (time.process_time() - spent):>12,.0f} records/s")
        packed = sum(path.stat().st_size for path in compaction.folder.iterdir())
        print(f"Parquet: {packed / count:>23.1f} bytes each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
