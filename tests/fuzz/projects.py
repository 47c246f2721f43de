"""Projects as somebody might have saved them: there is a report, and where it has no errors, good variants.

Each case changes a few files of the starter, or of the small sample that tests use. It must end in a report or in a
`ProjectError`, within `MOST_SECONDS` of CPU time and `MOST_BYTES` more memory than before; and a project without errors
must have none of the faults that `tests.fuzz.variants` knows in any variant.
"""

from __future__ import annotations

import base64
import json
import multiprocessing
import multiprocessing.connection
import random
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import FrameType

from assembler import Library
from assembler.authoring import Project
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.incremental.disk_cache import InMemoryCache
from assembler.errors import ProjectError
from tests.authoring.builders import project as clean
from tests.fuzz.mutations import File, Files, changed
from tests.fuzz.variants import faults_of, looks

MOST_SECONDS = 10
MOST_BYTES = 1_000_000_000
CORPUS = Path(__file__).with_name("corpus") / "projects"
ROOT = Path(__file__).parents[2]
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
_PATIENCE = 180
"""Seconds of the clock until a worker that does not answer is given up."""

_SINGLE = 25
"""In one of so many cases nothing is kept from those before: what is kept changes no outcome, and is much faster."""


class TooLong(BaseException):
    """A case took more CPU time than it may. No rule can take it for a fault of its own."""


@cache
def bases() -> dict[str, Files]:
    """The projects that are changed, by name."""
    folders = ("campaigns", "components", "templates", "assets")
    paths = [path for name in folders for path in (ROOT / name).rglob("*") if path.is_file() and path.suffix != ".py"]
    starter: Files = {}
    for path in sorted([ROOT / "assembler.yaml", *paths]):
        data = path.read_bytes()
        name = path.relative_to(ROOT).as_posix()
        starter[name] = data if name.startswith("assets/") else data.decode()
    return {"starter": starter, "sample": clean()}


def new_cache() -> BuildCache:
    """An empty cache."""
    return BuildCache(disk=InMemoryCache())


def fault_of(
    base: str, edits: Mapping[str, File], kept: BuildCache | None = None, most_seconds: float | None = None
) -> str | None:
    """What must not be, and is, where these files stand in a project ('' takes a file away); None where all is well.

    It may take `most_seconds` of CPU time (None: any).
    """
    files = {path: data for path, data in {**bases()[base], **edits}.items() if data != ""}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        with _limited(most_seconds):
            library, fault = _outcome(files, kept)
        fault = fault or (_fault_of_variants(library) if library else None)
    except TooLong as error:
        return f"took over {most_seconds} s: {error}"
    except Exception as error:  # noqa: BLE001  # whatever it is, it is a finding
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(place.filename).name}:{place.name}"
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    return fault or (f"took {grown // 1_000_000} MB" if grown > MOST_BYTES else None)


def _outcome(files: Files, kept: BuildCache | None) -> tuple[Library | None, str | None]:
    """The library of a project, where it has one; or what is wrong with its report."""
    try:
        project = Project.from_files(files, cache=kept)
        report = project.check(AT)
        for diagnostic in report.diagnostics:
            if diagnostic.code == "R10" and "Error" in diagnostic.message:
                return None, f"an unforeseen R10: {diagnostic.message}"[:200]
        return project.compile(AT), None
    except ProjectError as error:
        return None, None if error.diagnostics else "a ProjectError without a diagnostic"


def _fault_of_variants(library: Library) -> str | None:
    seen: set[str] = set()
    for name, variant in looks(library):
        if name != "default" and variant.key in seen:
            continue
        seen.add(variant.key)
        if faults := faults_of(library, variant):
            return f"{variant.key.rpartition('/')[0]} for {name[:60]}: {faults[0]}"
    return None


@contextmanager
def _limited(most_seconds: float | None) -> Iterator[None]:
    def over(number: int, frame: FrameType | None) -> None:
        raise TooLong(f"in {frame.f_code.co_qualname}" if frame else "")

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, most_seconds or 0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def case(seed: int) -> tuple[str, Files]:
    """The case of a seed: the project that is changed, and its changed files."""
    choice = random.Random(seed)
    base = choice.choice(("starter", "sample", "sample"))
    return base, changed(bases()[base], choice)


def run(seconds: float, seed: int) -> int:
    """Attack for so many seconds; returns how many different faults were found. Each is shrunk and kept."""
    end = time.monotonic() + seconds
    seeds: dict[str, int] = {}
    tried = 0
    while time.monotonic() < end:
        worker = _Worker()
        while time.monotonic() < end:
            fault = worker.ask(seed)
            tried += 1
            if fault is not None and (kind := _kind(fault)) not in seeds:
                seeds[kind] = seed
                print(f"seed {seed}: {fault}", flush=True)
                keep(*_shrunk(*case(seed), worker.asked))
            seed += 1
            if not worker.alive or tried % 200 == 0:
                break
        worker.stop()
    print(f"{tried} projects", flush=True)
    return len(seeds)


def _kind(fault: str) -> str:
    """What makes two faults the same."""
    return fault.rpartition(": ")[2] if ": " in fault else fault


class _Worker:
    """Another process that tries cases, so that nothing a case does ends the attack."""

    def __init__(self) -> None:
        here, there = multiprocessing.Pipe()
        self._pipe = here
        self._process = multiprocessing.get_context("fork").Process(target=_serve, args=(there,), daemon=True)
        self._process.start()
        there.close()

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def ask(self, seed: int) -> str | None:
        """The fault of a case."""
        return self.asked(*case(seed), kept=bool(seed % _SINGLE))

    def asked(self, base: str, edits: Files, kept: bool = True) -> str | None:
        """The fault of some edits."""
        try:
            self._pipe.send((base, edits, kept))
            if self._pipe.poll(_PATIENCE):
                answer: str | None = self._pipe.recv()
                return answer
        except (EOFError, OSError):
            return "the process ended"
        self._process.kill()
        return f"no answer in {_PATIENCE} s"

    def stop(self) -> None:
        self._process.kill()
        self._process.join(10)


def _serve(pipe: multiprocessing.connection.Connection) -> None:
    kept = {name: new_cache() for name in bases()}
    for base in kept:
        fault_of(base, {}, kept[base])
    while True:
        base, edits, keeps = pipe.recv()
        pipe.send(fault_of(base, edits, kept[base] if keeps else None, MOST_SECONDS))
        kept[base].memo.forget_unused()


def _shrunk(base: str, edits: Files, ask: Callable[[str, Files], str | None]) -> tuple[str, Files]:
    """The same fault from fewer changed files and lines; from as many as there are, where another process is needed."""
    wanted = ask(base, edits)
    if wanted is None or wanted.startswith(("no answer", "the process")):
        return base, edits
    for path in sorted(edits):
        fewer = {name: data for name, data in edits.items() if name != path}
        if fewer and _same(ask(base, fewer), wanted):
            edits = fewer
    for path, data in list(edits.items()):
        if isinstance(data, str):

            def still(text: str, path: str = path, edits: Files = edits) -> bool:
                return _same(ask(base, {**edits, path: text}), wanted)

            edits = {**edits, path: _fewer_lines(data, still)}
    return base, edits


def _fewer_lines(text: str, still: Callable[[str], bool]) -> str:
    lines = text.split("\n")
    size = len(lines) // 2
    while size:
        at = 0
        while at < len(lines):
            fewer = lines[:at] + lines[at + size :]
            if fewer and still("\n".join(fewer)):
                lines = fewer
            else:
                at += size
        size //= 2
    return "\n".join(lines)


def _same(one: str | None, other: str) -> bool:
    return one is not None and _kind(one) == _kind(other)


def keep(base: str, edits: Files) -> Path:
    """Write a case to the corpus."""
    texts = {
        path: data if isinstance(data, str) else {"base64": base64.b64encode(data).decode()}
        for path, data in sorted(edits.items())
    }
    written = json.dumps({"base": base, "files": texts}, indent=1, ensure_ascii=True) + "\n"
    CORPUS.mkdir(parents=True, exist_ok=True)
    path = CORPUS / f"{sha256(written.encode()).hexdigest()[:12]}.json"
    path.write_text(written, encoding="utf-8")
    return path


def read_case(path: Path) -> tuple[str, Files]:
    """A case of the corpus."""
    read = json.loads(path.read_text(encoding="utf-8"))
    files = {
        name: data if isinstance(data, str) else base64.b64decode(data["base64"])
        for name, data in read["files"].items()
    }
    return read["base"], files
