"""What a template asks of the names that it sees: `picture.url`, `steps[0].title`, in a loop `step.title`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from jinja2 import nodes

from assembler.authoring.diagnostics import Place
from assembler.authoring.project.source import KeyPath, Source

Lookup = tuple[KeyPath, Place]
"""The path of what is asked for, in which 0 stands for any number, and where its last name is written."""

_DEEPEST: Final = 5
"""How long a path may be; those of fields are shorter, such as `steps[0].picture.url`."""

_Names = dict[str, KeyPath | None]


def lookups(tree: nodes.Template, source: Source) -> list[Lookup]:
    """Everything that a template asks of a name."""
    reader = _LookupReader(source)
    reader.read_all(tree.body, {})
    return reader.found


class _LookupReader:
    """Walks a tree once, and knows what the template's own names stand for: None, where that is no field."""

    def __init__(self, source: Source) -> None:
        self.found: list[Lookup] = []
        self._source = source

    def read_all(self, body: Iterable[nodes.Node], names: _Names) -> None:
        for node in body:
            self.read(node, names)

    def read(self, node: nodes.Node, names: _Names) -> KeyPath | None:
        """Walk a node; the path of what it stands for, where it is a name or something asked of one."""
        match node:
            case nodes.Name():
                return names.get(node.name, (node.name,))
            case nodes.Getattr():
                return self._ask(node, self.read(node.node, names), node.attr)
            case nodes.Getitem():
                key = node.arg.value if isinstance(node.arg, nodes.Const) else None
                self.read(node.arg, names)
                return self._ask(node, self.read(node.node, names), key if isinstance(key, str) else 0)
            case nodes.For() | nodes.With() | nodes.Macro() | nodes.CallBlock():
                self._read_scope(node, names)
            case nodes.Assign():
                names |= _bound(node.target, self.read(node.node, names))
            case _:
                self.read_all(node.iter_child_nodes(), names)
        return None

    def _read_scope(self, node: nodes.For | nodes.With | nodes.Macro | nodes.CallBlock, names: _Names) -> None:
        inside = dict(names)
        match node:
            case nodes.For():
                whole = self.read(node.iter, names)
                inside |= _bound(node.target, (*whole, 0) if whole else None)
                self.read_all([node.test] if node.test else [], inside)
                self.read_all(node.else_, names)
            case nodes.With():
                for target, value in zip(node.targets, node.values, strict=True):
                    inside |= _bound(target, self.read(value, names))
            case _:
                self.read_all(node.defaults, names)
                self.read_all([node.call] if isinstance(node, nodes.CallBlock) else [], names)
                inside |= {argument.name: None for argument in node.args}
        self.read_all(node.body, inside)

    def _ask(self, node: nodes.Getattr | nodes.Getitem, base: KeyPath | None, key: str | int) -> KeyPath | None:
        if base is None or len(base) >= _DEEPEST:
            return None
        if isinstance(key, str) and not key.startswith("_"):
            self.found.append(((*base, key), self._place(node, key)))
        return (*base, key)

    def _place(self, node: nodes.Getattr | nodes.Getitem, key: str) -> Place:
        line = self._source.at(node.lineno)
        place = self._source.find(_expression(node), line)
        if place == line:
            return self._source.find(key, line)
        return self._source.find(key, self._source.at(place.line, place.column + len(_expression(node.node))))


def _bound(target: nodes.Node, path: KeyPath | None) -> _Names:
    """Return the names that a loop or `set` gives, and what they stand for."""
    if isinstance(target, nodes.Name):
        return {target.name: path}
    return {name.name: None for name in target.find_all(nodes.Name)}


def _expression(node: nodes.Node) -> str:
    """Return how a template probably writes a name, and what it asks of it."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{_expression(node.node)}.{node.attr}"
        case nodes.Getitem() if isinstance(node.arg, nodes.Const):
            key = node.arg.value
            return _expression(node.node) + (f'["{key}"]' if isinstance(key, str) else f"[{key}]")
    return "["
