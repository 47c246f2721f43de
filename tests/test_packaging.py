"""What is built for others to install: the whole for authors; for services the runtime, which needs msgspec alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from assembler import Library, Variant
from tests.conftest import ROOT, STARTER_MOMENT

STARTER = (
    "assembler.yaml",
    "components/headline/_type.yaml",
    "templates/email/note.html.j2",
    "templates/page/note.html.j2",
)
"""Files of the starter that a new brand's project needs, too."""

pytestmark = pytest.mark.slow

RUNTIME = ROOT / "packaging/runtime"
CONTEXT = {"id": "c-42", "locale": "fr-CA", "consent": ["marketing"], "fields": {"first_name": "Maya"}}
ADDRESSES: dict[str, Any] = {
    "sender": "Harbour & Pine <hello@h.example>",
    "to": "m@p.example",
    "unsubscribe": "https://h.example/u",
}

SERVICE = """
import importlib, importlib.metadata, json, pkgutil, sys
from datetime import datetime

def loaded():
    return sorted({name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names - ours)

ours = {name.partition(".")[0] for name in sys.modules}
import assembler
alone = loaded()
asked = json.loads(sys.argv[1])
library = assembler.Library.open(asked["library"])
at = datetime.fromisoformat(asked["at"])
variant = library.assemble("come_back", channel="email", context=asked["context"], at=at)
message = variant.message(**asked["addresses"])
try:
    library.default("come_bak", channel="email")
except assembler.UnknownCampaign as error:
    refusal = str(error)
for module in pkgutil.walk_packages(assembler.__path__, "assembler."):
    importlib.import_module(module.name)
print(json.dumps({
    "alone": alone,
    "loaded": loaded(),
    "installed": sorted(each.metadata["Name"] for each in importlib.metadata.distributions()),
    "decision": variant.decision.to_dict(),
    "message": message.decode("ascii"),
    "refusal": refusal,
}))
"""

USER = """
from datetime import UTC, datetime
from pathlib import Path

from assembler import (
    Arm, ContextError, Decision, Explanation, Library, LibraryError, Person, ProjectError, Reason, UnknownCampaign,
    Variant,
)
from assembler.authoring import Diagnostic, Project
from assembler.types import Context, Observation

SPEND: Observation = {"value": 640.5, "observed_at": "2026-11-20T08:00:00Z"}
CONTEXT: Context = {
    "id": "c-42", "consent": ["marketing"], "signals": {"months_since_purchase": 9, "spend_last_year": SPEND},
}


def page(path: str, at: datetime, told: list[Exception]) -> tuple[Variant, list[Decision]]:
    library = Library.open(path, strict=True, on_error=told.append)
    try:
        person: Person = library.person(CONTEXT, at=at)
    except ContextError as error:
        raise SystemExit(str(error)) from None
    decisions: list[Decision] = library.decide_many([CONTEXT, None], "come_back", channel="email", at=at)
    return library.assemble("come_back", channel="page", context=person), decisions


def build(folder: Path, at: datetime) -> Library:
    try:
        library: Library = Project.load(folder).compile(at)
    except ProjectError:
        findings: tuple[Diagnostic, ...] = Project.load(folder).check(at).diagnostics
        raise SystemExit("\\n".join(finding.message for finding in findings)) from None
    return library


def why(library: Library) -> Explanation:
    return library.explain("come_back", channel="email", context={}, at=datetime.now(UTC))


def answer(path: str, context: object, at: datetime) -> bytes | None:
    try:
        variant: Variant = Library.open(path).assemble("come_back", channel="email", context=context, at=at)
    except (LibraryError, UnknownCampaign):
        return None
    decision: Decision = variant.decision
    return None if decision.arm is Arm.HOLDOUT or decision.reason is Reason.ERROR else variant.encoded["html"]
"""


def _run(*command: object, cwd: Path) -> str:
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _built(source: Path, folder: Path) -> Path:
    """The wheel of a distribution. Skips where it cannot be built because pip reaches no index."""
    pip = [sys.executable, "-m", "pip"]
    wheel = [*pip, "wheel", "--quiet", "--no-deps", str(source), "--wheel-dir", str(folder)]
    done = subprocess.run(wheel, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    download = [*pip, "download", "--quiet", "--no-deps", "hatchling", "--dest", str(folder / "index")]
    if (
        done.returncode
        and subprocess.run(download, cwd=folder, capture_output=True, check=False, timeout=120).returncode
    ):
        pytest.skip("pip reaches no index, and so cannot build")
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


def _environment(folder: Path) -> Path:
    """The Python of a new and empty environment."""
    venv.create(folder, with_pip=False, symlinks=True)
    return folder / "bin/python"


def test_a_service_decides_and_assembles_with_msgspec_alone(tmp_path: Path, starter_library: Library) -> None:
    python = _environment(tmp_path / "service")
    wheel = _built(RUNTIME, tmp_path)
    _run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", wheel, cwd=tmp_path)
    path = tmp_path / "harbour_pine.library"
    starter_library.save(str(path))
    asked = {"library": str(path), "context": CONTEXT, "at": STARTER_MOMENT.isoformat(), "addresses": ADDRESSES}
    answered = json.loads(_run(python, "-I", "-c", SERVICE, json.dumps(asked), cwd=tmp_path))

    variant: Variant = starter_library.assemble("come_back", channel="email", context=CONTEXT, at=STARTER_MOMENT)
    assert answered == {
        "alone": ["assembler"],
        "loaded": ["assembler", "msgspec"],
        "installed": ["assembler-runtime", "msgspec"],
        "decision": json.loads(json.dumps(variant.decision.to_dict())),
        "message": variant.message(**ADDRESSES).decode("ascii"),
        "refusal": "no campaign 'come_bak'; did you mean come_back?",
    }


def test_what_an_author_installs_is_whole_and_typed(tmp_path: Path) -> None:
    """A program of theirs passes against the built package, beside what that depends on."""
    wheel = _built(ROOT, tmp_path)
    files = (path for path in (ROOT / "assembler").rglob("*") if path.is_file() and path.suffix != ".pyc")
    starter = {f"assembler/starter/{path}" for path in STARTER}
    assert set(ZipFile(wheel).namelist()) >= {*(path.relative_to(ROOT).as_posix() for path in files), *starter}

    python = _environment(tmp_path / "user")
    _run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", wheel, cwd=tmp_path)
    site = Path(_run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip())
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    mypy, pyright = (str(Path(sys.executable).with_name(name)) for name in ("mypy", "pyright"))
    checks = [[mypy, "--strict", "--python-executable", str(python), "program.py"]]
    if _has_pyright(pyright, tmp_path):
        checks.append([pyright, "--pythonpath", str(python), "program.py"])
    wrong = USER.replace("-> bytes | None", "-> str | None"), USER.replace('"consent":', '"consnet":')
    for program, result in ((USER, 0), (wrong[0], 1), (wrong[1], 1)):
        (tmp_path / "program.py").write_text(program)
        for check in checks:
            done = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
            assert done.returncode == result, done.stdout
    if len(checks) == 1:
        pytest.skip("mypy agrees; pyright is not here, and cannot be fetched")


def _has_pyright(pyright: str, folder: Path) -> bool:
    """Whether pyright runs: it is a program for Node, which is fetched when it is first run."""
    if not Path(pyright).exists():
        return False
    environment = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    try:
        done = subprocess.run(
            [pyright, "--version"], cwd=folder, env=environment, capture_output=True, check=False, timeout=120
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def test_both_distributions_say_the_same_of_themselves() -> None:
    whole, runtime = (
        tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"] for folder in (ROOT, RUNTIME)
    )
    keys = ("requires-python", "authors", "dynamic", "urls")
    assert [runtime[key] for key in keys] == [whole[key] for key in keys]
    assert set(runtime["classifiers"]) < set(whole["classifiers"])
    assert set(runtime["dependencies"]) == {
        dependency for dependency in whole["dependencies"] if dependency.startswith("msgspec")
    }
