"""The house stands as it is drawn: direction of imports, size of rooms, public names."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "assembler"
MODULES = sorted(PACKAGE.rglob("*.py"))
FORBIDDEN_NAMES = {"utils", "util", "helpers", "common", "core", "manager", "misc"}


def code_lines(node: ast.AST, source: str) -> int:
    """Lines that hold code: no blanks, comments or docstrings."""
    used: set[int] = set()
    docstrings: set[int] = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(each, clean=False):
            docstrings |= set(range(each.body[0].lineno, (each.body[0].end_lineno or 0) + 1))
        if isinstance(each, ast.expr | ast.stmt):
            used |= set(range(each.lineno, (each.end_lineno or each.lineno) + 1))
    lines = source.split("\n")
    stripped = (lines[number - 1].strip() for number in used - docstrings)
    return sum(1 for line in stripped if line and not line.startswith("#"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    source = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", code_lines(node, source)


def test_imports_point_down() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_rooms_are_small() -> None:
    sizes = {str(path.relative_to(ROOT)): code_lines(ast.parse(path.read_text()), path.read_text()) for path in MODULES}
    assert {path: size for path, size in sizes.items() if size > 300} == {}
    assert statistics.median(size for size in sizes.values() if size) <= 100


def test_functions_are_short() -> None:
    sizes = dict(each for path in MODULES for each in functions(path))
    assert {name: size for name, size in sizes.items() if size > 60} == {}
    assert statistics.median(sizes.values()) <= 9


def _listed(tree: ast.Module) -> list[object]:
    """The names in `__all__`."""
    for node in tree.body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.List)
            and ast.unparse(node.targets[0]) == "__all__"
        ):
            return [each.value for each in node.value.elts if isinstance(each, ast.Constant)]
    return []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_room_says_what_it_is_for_and_what_is_public(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert path.stem not in FORBIDDEN_NAMES
    if not tree.body:
        return
    assert ast.get_docstring(tree), "a module says in a line what it is for"
    listed = _listed(tree)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in listed:
            assert ast.get_docstring(node), f"{node.name} is public and has no docstring"


def test_three_places_catch_everything() -> None:
    """The facade, so that a fault of ours gives the default; authoring, so that it is a finding; and where a caller's
    time zone is asked."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception"))
    ]
    assert [place.partition(":")[0] for place in found] == [
        "assembler/authoring/guard.py",
        "assembler/runtime/library.py",
        "assembler/runtime/moment.py",
    ]
