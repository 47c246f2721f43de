"""The house stands as it is drawn: direction of imports, size of rooms, public names, and the words."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from radon.complexity import cc_visit

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "assembler"
MODULES = sorted(PACKAGE.rglob("*.py"))
SOURCES = {path: path.read_text(encoding="utf-8") for path in MODULES}
FORBIDDEN_NAMES = {
    *("utils", "util", "helpers", "common", "core", "manager", "misc"),
    *("hurdles", "kept", "memory", "workshop", "written"),
}
RIDDLES = {
    *(
        "Hurdle",
        "Trial",
        "Kept",
        "Memory",
        "Written",
        "seal",
        "Stamp",
        "project_digest",
        "decisions_stamp",
        "Questions",
    ),
    *("answered", "Alone", "Staged", "Sheet", "said_at", "Edition", "Hole", "Gap", "Press", "Scene"),
    *("Opening", "Pack", "Watched", "Teller", "stretch", "Shown", "Shows", "shows", "needs", "concerned", "standing"),
    "Standing",
}
"""Names that nobody would search for."""
EMPTY_NAMES = {"each", "found", "made", "it", "what", "such", "thing"}
STRING_METHODS = {
    *("partition", "rpartition", "split", "rsplit", "removeprefix", "removesuffix", "startswith", "endswith"),
    *("replace", "find", "index", "count"),
}
WAITING = {"acquire", "communicate", "get", "join", "result", "wait"}
SENTENCES = {"message", "hint", "detail", "sentence"}

MOST_COMPLEX = 19
"""Functions with a complexity over 10."""


@cache
def trees() -> dict[Path, ast.Module]:
    """The package."""
    return {path: ast.parse(source) for path, source in SOURCES.items()}


@cache
def users() -> dict[Path, ast.Module]:
    """The tests and benchmarks."""
    return {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for folder in ("tests", "benchmarks")
        for path in sorted((ROOT / folder).rglob("*.py"))
    }


def code_lines(node: ast.AST, source: str) -> int:
    """Lines that hold code: no blanks, comments or docstrings."""
    used: set[int] = set()
    docstrings: set[int] = set()
    for child in ast.walk(node):
        if isinstance(child, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(child, clean=False):
            docstrings |= set(range(child.body[0].lineno, (child.body[0].end_lineno or 0) + 1))
        if isinstance(child, ast.expr | ast.stmt):
            used |= set(range(child.lineno, (child.end_lineno or child.lineno) + 1))
    lines = source.split("\n")
    stripped = (lines[number - 1].strip() for number in used - docstrings)
    return sum(1 for line in stripped if line and not line.startswith("#"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(trees()[path]):
        if isinstance(node, ast.FunctionDef):
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", code_lines(node, SOURCES[path])


def test_imports_point_down() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout


def test_rooms_are_small() -> None:
    sizes = {str(path.relative_to(ROOT)): code_lines(trees()[path], SOURCES[path]) for path in MODULES}
    assert {path: size for path, size in sizes.items() if size > 300} == {}
    assert statistics.median(size for size in sizes.values() if size) <= 100


def test_functions_are_short() -> None:
    sizes = dict(size for path in MODULES for size in functions(path))
    assert {name: size for name, size in sizes.items() if size > 60} == {}
    assert statistics.median(sizes.values()) <= 9


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Every name of a module of the package that a file uses, with the module: imported, or as an attribute of it."""
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == "assembler":
            for alias in node.names:
                if f"{node.module}.{alias.name}" in PACKAGE_NAMES:
                    modules[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                else:
                    yield node.module, alias.name
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield modules[node.value.id], node.attr


PACKAGE_NAMES = {module_name(path) for path in MODULES}


@cache
def imported() -> set[tuple[str, str]]:
    return {pair for tree in trees().values() for pair in imports(tree)}


def is_rule(node: ast.FunctionDef | ast.ClassDef) -> bool:
    calls = (decorator.func for decorator in node.decorator_list if isinstance(decorator, ast.Call))
    return any(isinstance(call, ast.Attribute) and call.attr == "rule" for call in calls)


def test_every_room_says_what_it_is_for_and_what_is_public() -> None:
    """A name is public where another module of the package imports it. What a rule finds is what its module says."""
    assert [path for path in MODULES if path.stem in FORBIDDEN_NAMES] == []
    written = {path: tree for path, tree in trees().items() if tree.body}
    assert [path for path, tree in written.items() if not ast.get_docstring(tree)] == []
    undocumented = [
        f"{module_name(path)} {node.name}"
        for path, tree in written.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and (module_name(path), node.name) in imported()
        and not is_rule(node)
        and not ast.get_docstring(node)
    ]
    assert undocumented == []


def test_five_places_catch_everything() -> None:
    """The facade, where it answers and where it joins, so that a fault of ours gives the default; authoring, so that it
    is a finding; the service, so that it is a status; and where a caller's time zone is asked."""
    places = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception"))
    ]
    assert [place.partition(":")[0] for place in places] == [
        "assembler/authoring/failures.py",
        "assembler/delivery/service/app.py",
        "assembler/runtime/library.py",
        "assembler/runtime/library.py",
        "assembler/runtime/moment.py",
    ]


def test_no_two_classes_share_a_name() -> None:
    homes = Counter(node.name for tree in trees().values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert {name: count for name, count in homes.items() if count > 1} == {}


def definitions() -> Iterator[str]:
    """Every class and function of the package: where it is, and its name without underscores before it."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name.lstrip('_')}"


def test_names_are_those_that_a_stranger_would_search_for() -> None:
    riddles = [place for place in definitions() if place.rpartition(" ")[2] in RIDDLES]
    assert riddles == []


def bindings(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every name that a module binds in a loop, an assignment or an argument, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno


def test_a_name_says_what_it_holds() -> None:
    empty = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path, tree in (trees() | users()).items()
        for name, line in bindings(tree)
        if name in EMPTY_NAMES
    ]
    assert empty == []


def test_functions_are_simple() -> None:
    complexity = {
        f"{path.relative_to(ROOT)}:{block.lineno} {block.name}": block.complexity
        for path, source in SOURCES.items()
        for block in cc_visit(source)
        if block.complexity > 10
    }
    assert len(complexity) <= MOST_COMPLEX, complexity
    assert max(complexity.values(), default=0) <= 15, complexity


def test_no_sentence_is_parsed() -> None:
    """What is told is data until it is printed; nobody takes it apart again."""
    parsed = [
        f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node.func)}"
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in STRING_METHODS
        and isinstance(node.func.value, ast.Attribute)
        and node.func.value.attr in SENTENCES
    ]
    assert parsed == []


ENTRANCES = {
    *("assembler", "assembler.types", "assembler.cli", "assembler.review.snapshot", "assembler.__main__"),
    *("assembler.delivery.provider", "assembler.delivery.exposure_hook", "assembler.measure.exposures"),
}
"""Modules that others than the package import."""


def module_names(tree: ast.Module) -> Iterator[str]:
    """The functions, classes and constants of a module; a decorator may use what it decorates."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def references(tree: ast.Module) -> Iterator[str]:
    """Every name that a module reads or imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)


def test_what_is_defined_is_used() -> None:
    referenced = {name for tree in trees().values() for name in references(tree)}
    unused = [
        f"{module_name(path)} {name}"
        for path, tree in trees().items()
        if module_name(path) not in ENTRANCES
        for name in module_names(tree)
        if name not in referenced
    ]
    assert unused == []


def waits_for_ever(path: Path, call: ast.Call) -> bool:
    """Whether a call may wait without a time-out. One place starts processes that are talked to, and kills them."""
    name = ast.unparse(call.func)
    last = name.rpartition(".")[2]
    timed = any(keyword.arg in ("timeout", None) for keyword in call.keywords)
    if last == "Popen":
        return path.name != "processes.py"
    if name in ("subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output"):
        return not timed
    if last in ("urlopen", "create_connection", "HTTPConnection", "SMTP"):
        return not timed
    return "." in name and last in WAITING and not (call.args or timed)


def test_no_test_waits_for_ever() -> None:
    waiting = [
        f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node.func)} has no timeout"
        for path, tree in users().items()
        if path.is_relative_to(ROOT / "tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and waits_for_ever(path, node)
    ]
    assert waiting == []


def test_nobody_reaches_for_a_private_name() -> None:
    """No module imports one, and no test reads one of anything but `self` (and `os._exit`)."""
    private = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.attr}"
        for path, tree in users().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.endswith("__")
        and ast.unparse(node.value) not in ("self", "cls", "os")
    ] + [
        f"{path.relative_to(ROOT)} {name}"
        for path, tree in (trees() | users()).items()
        for _, name in imports(tree)
        if name.startswith("_") and not name.endswith("__")
    ]
    assert private == []
