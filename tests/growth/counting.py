"""Counts the work that a piece of Python does: the same number each time, on any machine.

`Counted` imports packages anew, each module rewritten so that it counts as it runs:

- one for each call that these packages make and each turn of a loop or comprehension;
- the characters (or items) that are read or made by slices, `in`, `==`, operators, f-strings and unpacking;
- the characters handed to, and given back by, whatever is not written in Python: methods of `str`, regular expressions
  from where they begin to where they end, parsers and encoders in C or Rust. What these do inside is not seen.

So a loop that scans a text again for each thing in it counts the text each time, although the scan is one call.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType
from typing import Any, TypeVar, cast

Item = TypeVar("Item")
_NAME = "__work__"
_UNSEEN = frozenset({"super", "locals", "globals", "vars", "dir", "eval", "exec"})
"""Calls that look at the frame they are made in."""

_AT_ONCE = frozenset(
    "len isinstance issubclass hasattr getattr setattr id hash type ord chr bool iter next callable repr object "
    "startswith endswith append get setdefault add pop put discard group start end span lastgroup cast "
    "popleft appendleft items keys values __init__ __new__ __setattr__ __getitem__ is_file bisect_left "
    "bisect_right".split()
)
"""What takes no longer for longer texts, or not for texts at all."""

_ADD = frozenset({"extend", "update"})
"""What takes as long as what is added, however much there was before."""

_ANCHORED = frozenset({"match", "fullmatch"})
_SEARCHES = _ANCHORED | {"find", "rfind", "index", "rindex", "search"}
_SIZED = (str, bytes, list, tuple, set, frozenset, dict)
_TEXTS = (str, bytes, list, tuple)


class Counted(MetaPathFinder):
    """Packages imported anew, so that they count. `sys.modules` has them while this is entered."""

    def __init__(self, packages: Iterable[str]) -> None:
        self._packages = frozenset(packages)
        self._modules: dict[str, ModuleType] = {}
        self.count = 0

    def __enter__(self) -> Counted:
        self._swap()
        sys.meta_path.insert(0, self)
        return self

    def __exit__(self, *_: object) -> None:
        sys.meta_path.remove(self)
        self._swap()

    def of(self, work: Callable[[], object]) -> int:
        """How much some work is."""
        before = self.count
        work()
        return self.count - before

    def _swap(self) -> None:
        """Exchange the modules of the packages that are imported for those that were before."""
        before = self._modules
        self._modules = {name: module for name, module in sys.modules.items() if self._owns(name)}
        for name in self._modules:
            del sys.modules[name]
        sys.modules.update(before)

    def _owns(self, name: str) -> bool:
        return name.partition(".")[0] in self._packages

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """A module of the packages, with what rewrites it."""
        spec = PathFinder.find_spec(fullname, path, target) if self._owns(fullname) else None
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(self, spec.loader)
        return spec

    # What rewritten modules call

    def each(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, one turn each."""
        for item in items:
            self.count += 1
            yield item

    def turn(self) -> bool:
        """One turn of a loop."""
        self.count += 1
        return True

    def made(self, value: Item) -> Item:
        """Something that was made, character by character or item by item."""
        self.count += _size(value)
        return value

    def within(self, item: object, container: Any) -> bool:
        """Whether something is in something else."""
        self.count += _size(container) if isinstance(container, _TEXTS) else 1
        return item in container

    def equal(self, one: Any, other: Any) -> Any:
        """Whether one thing equals another."""
        self.count += _size(one) if type(one) is type(other) and _size(one) == _size(other) else 1
        return one == other

    def call(self, function: Any, *arguments: Any, **named: Any) -> Any:
        """What a function gives."""
        result = function(*arguments, **named)
        self.count += 1
        if _is_foreign(function):
            self.count += _read(function, arguments, result) + sum(_size(value) for value in named.values())
        return result


class _Loader(SourceFileLoader):
    """Loads a module rewritten."""

    def __init__(self, owner: Counted, plain: SourceFileLoader) -> None:
        super().__init__(plain.name, plain.path)
        self._owner = owner

    def get_code(self, fullname: str) -> CodeType:
        tree = ast.parse(self.get_data(self.path), self.path)
        _Rewriter().generic_visit(tree)
        code: CodeType = compile(ast.fix_missing_locations(tree), self.path, "exec", dont_inherit=True)
        return code

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__[_NAME] = self._owner
        super().exec_module(module)


def _size(value: object) -> int:
    return len(value) if isinstance(value, _SIZED) else 1


def _is_foreign(function: Any) -> bool:
    """Whether something does not count by itself, and its work depends on what it is given."""
    code = function.__dict__.get("__init__") if isinstance(function, type) else function
    if _NAME in getattr(code, "__globals__", ()) or getattr(function, "__name__", "") in _AT_ONCE:
        return False
    return not hasattr(function, "__dataclass_fields__")


def _read(function: Any, arguments: tuple[Any, ...], result: Any) -> int:
    """How much a foreign function reads and makes."""
    owner, name = getattr(function, "__self__", None), getattr(function, "__name__", "")
    if function is str and result in arguments:
        return 1
    given = [value for value in (owner, *arguments) if isinstance(value, _SIZED)]
    bounds = [argument for argument in arguments if type(argument) is int]
    if name in _SEARCHES and given:
        return _sought(max(given, key=len), bounds, result, name)
    if name == "finditer" and len(bounds) == 2:
        return max(bounds[1] - bounds[0], 1)
    return sum(map(len, given[1:] if name in _ADD else given)) + (_size(result) if name != "count" else 1)


def _sought(text: Any, bounds: list[int], result: Any, name: str) -> int:
    """How far a search went: from where it was to begin to where it found something, or to the end."""
    start, end = [*bounds, *(0, len(text))[len(bounds) :]][:2]
    if result is None or result == -1:
        return 1 if name in _ANCHORED else max(min(end, len(text)) - start, 1)
    at = result if isinstance(result, int) else result.end()
    return max(end - at if name.startswith("r") else at - start, 1)


class _Rewriter(ast.NodeTransformer):
    """A module that counts."""

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.FormattedValue):
            node.value = cast(ast.expr, self.visit(node.value))  # its form is a text of another kind
            return node
        self.generic_visit(node)
        match node:
            case ast.For() | ast.comprehension():
                node.iter = _call("each", node.iter)
            case ast.While():
                node.body.insert(0, ast.Expr(_call("turn")))
            case ast.Call(func) if not (isinstance(func, ast.Name) and func.id in _UNSEEN):
                return ast.Call(_call("call").func, [func, *node.args], node.keywords)
            case ast.Compare(left, [ast.In()], [right]):
                return _call("within", left, right)
            case ast.Compare(left, [ast.NotIn()], [right]):
                return ast.UnaryOp(ast.Not(), _call("within", left, right))
            case ast.Compare(left, [ast.Eq()], [right]):
                return _call("equal", left, right)
            case ast.BinOp() | ast.JoinedStr() | ast.Subscript(slice=ast.Slice(), ctx=ast.Load()):
                return _call("made", node)
            case ast.List(elts, ast.Load()) | ast.Tuple(elts, ast.Load()):
                return _call("made", node) if any(isinstance(element, ast.Starred) for element in elts) else node
        return node


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Attribute(ast.Name(_NAME, ast.Load()), name, ast.Load()), list(arguments), [])
