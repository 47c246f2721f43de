"""Every regular expression of the package, and how it is asked."""

from __future__ import annotations

import ast
import builtins
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import regex

import assembler
from assembler.library.records import Field

_ANCHORED: Final = frozenset({"match", "fullmatch"})
_METHODS: Final = _ANCHORED | {"search", "findall", "finditer", "sub", "subn", "split", "compile"}
_FLAGS: Final = (
    (regex.IGNORECASE, re.IGNORECASE),
    (regex.VERBOSE, re.VERBOSE),
    (regex.DOTALL, re.DOTALL),
    (regex.MULTILINE, re.MULTILINE),
    (regex.ASCII, re.ASCII),
)
_SAMPLES: Final[dict[str, Any]] = {
    "brand": "Harbour & Pine",
    "field": Field(kind="url", max_length=60),
    "fields": {kind: Field(kind=kind, max_length=60) for kind in ("name", "text", "url")},
    "file": "trail.jpg",
    "forms": ["we noticed", r"you\s+looked\s+at"],
    "hosts": ("www.example.com",),
    "marks": {"<!--": "-->", "{{": "}}"},
    "name": "first_name",
    "needle": "slot",
    "pattern": r"field\(\s*[\"']first_name",
}
"""What stands for the names of functions out of which some patterns are made."""

_PROPERTIES: Final = {"Lu": "A-Z", "L": "A-Za-z", "N": "0-9", "M": "\u0300-\u036f"}
"""What stands for classes that `re` does not know; any other is taken for Chinese."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression as `re` writes it. `anchored`: it is tried at one place only, not at each of a text."""

    where: str
    text: str
    flags: int
    anchored: bool


def patterns() -> list[Pattern]:
    """Every pattern that is compiled or asked somewhere."""
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(assembler.__path__, "assembler.")
        if not module.name.endswith("__main__")
    ]
    trees = {module: ast.parse(_source(module)) for module in modules}
    return [pattern for module, tree in trees.items() for pattern in _in_module(module, tree, trees)]


def _source(module: ModuleType) -> str:
    assert module.__file__ is not None
    return Path(module.__file__).read_text(encoding="utf-8")


def _in_module(module: ModuleType, tree: ast.Module, trees: dict[ModuleType, ast.Module]) -> Iterator[Pattern]:
    kept = _kept(tree)
    for node in ast.walk(tree):
        engine = _engine(node)
        if engine is None:
            continue
        assert isinstance(node, ast.Call)
        assert isinstance(node.func, ast.Attribute)
        pattern = _evaluated(node.args[0], module)
        if isinstance(pattern, re.Pattern | regex.Pattern):
            continue
        methods = {node.func.attr}
        if node.func.attr == "compile":
            methods = _asked(kept[node], tree, trees) if node in kept else {"search"}
        flags = sum(_flags(value, module) for value in (*node.args[1:], *(keyword.value for keyword in node.keywords)))
        yield from _patterns(f"{module.__name__}:{node.lineno}", engine, pattern, flags, methods)


def _engine(node: ast.AST) -> str | None:
    """Which engine a call asks; None for any other node."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
        return None
    owner = node.func.value
    asked = isinstance(owner, ast.Name) and owner.id in ("re", "regex") and node.func.attr in _METHODS
    return owner.id if asked and isinstance(owner, ast.Name) else None


def _kept(tree: ast.Module) -> dict[ast.AST, tuple[str, str | None]]:
    """The names that compiled patterns, or one of their methods, are kept under."""
    bindings: dict[ast.AST, tuple[str, str | None]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            bindings[node.value] = ("", node.attr)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            target, value = node.targets[0] if isinstance(node, ast.Assign) else node.target, node.value
            if value is None or not isinstance(target, ast.Name | ast.Attribute):
                continue
            name = target.id if isinstance(target, ast.Name) else target.attr
            if isinstance(value, ast.Attribute):
                bindings[value.value] = (name, value.attr)
            bindings[value] = (name, None)
    return bindings


def _asked(kept: tuple[str, str | None], tree: ast.Module, trees: dict[ModuleType, ast.Module]) -> set[str]:
    """The methods that a pattern is asked by; `search` where it is handed on."""
    name, method = kept
    if method is not None:
        return {method}
    asking = [tree] if name.startswith("_") else trees.values()
    methods = {method for module_tree in asking for method in _methods(module_tree).get(name, ())}
    return methods & _METHODS or {"search"}


@cache
def _methods(tree: ast.Module) -> dict[str, set[str]]:
    """What each name of a module is asked by; `search` where it is handed on."""
    owners = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    methods: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            methods.setdefault(node.id, set()).add(owners.get(id(node), "search"))
    return methods


def _evaluated(node: ast.expr, module: ModuleType) -> Any:
    """What an argument is; what only a call of its function knows is some word."""
    samples = {name: _Word(value) if isinstance(value, str) else value for name, value in _SAMPLES.items()}
    known = {**vars(builtins), **samples, **vars(module)}
    names = {child.id for child in ast.walk(node) if isinstance(child, ast.Name)}
    names_of_words = dict.fromkeys(names - set(known), _Word("word"))
    names_of_words["self"] = _Self("word")
    return eval(compile(ast.Expression(node), module.__name__, "eval"), names_of_words | known)


class _Word(str):
    """A word, whatever is asked of it, and whatever group of it."""

    __slots__ = ()

    def __getattr__(self, name: str) -> _Word:
        return self

    def __getitem__(self, key: Any) -> _Word:
        return self if isinstance(key, str) else _Word(super().__getitem__(key))


class _Self(_Word):
    """Whatever has some pattern: of what it holds, samples are known by their names."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        return _SAMPLES.get(name.removeprefix("_"), _Word("word"))


def _flags(node: ast.expr, module: ModuleType) -> int:
    """The flags that an argument gives; 0 where it is something else."""
    owners = [child.id for child in ast.walk(node) if isinstance(child, ast.Name)]
    value = _evaluated(node, module) if owners and {*owners} <= {"re", "regex"} else 0
    return int(value) if isinstance(value, re.RegexFlag | regex.RegexFlag) else 0


def _patterns(where: str, engine: str, pattern: Any, flags: int, methods: set[str]) -> Iterator[Pattern]:
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else str(pattern)
    if engine == "regex":
        text, flags = _as_re(text), sum(int(ours) for theirs, ours in _FLAGS if flags & theirs)
    if methods - _ANCHORED:
        yield Pattern(where, text, flags, anchored=False)
    if "match" in methods:
        yield Pattern(where, text, flags, anchored=True)
    if "fullmatch" in methods:
        yield Pattern(where, f"(?:{text}\n)\\Z" if flags & re.VERBOSE else f"(?:{text})\\Z", flags, anchored=True)


def _as_re(text: str) -> str:
    """A pattern of `regex` with something of the same shape for what `re` does not know."""
    translated, in_class = "", False
    for token in re.findall(r"\\p\{\w+\}|\\.|\[\^?\]?|.", text, re.DOTALL):
        if token.startswith(r"\p"):
            letters = _PROPERTIES.get(token[3:-1], "\u4e00-\u9fff")
            translated += letters if in_class else f"[{letters}]"
            continue
        in_class = (in_class or token.startswith("[")) and token != "]"
        translated += token
    for name in set(re.findall(r"\(\?P<(\w+)>", translated)):
        translated = translated.replace(f"(?P<{name}>", "(") if translated.count(f"(?P<{name}>") > 1 else translated
    return translated.replace(r"\X", ".").replace(r"\K", "").replace("(?V1)(?w)", "")
