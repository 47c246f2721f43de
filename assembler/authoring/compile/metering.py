"""A template's tree made to count: it takes steps wherever it goes on, and every value that may grow is looked at."""

from __future__ import annotations

from typing import Final

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from assembler.authoring.compile.rendering_budget import CHARACTERS_IN_A_STEP

SPEND: Final = "spend"
"""The filter that takes as many steps as the number says that it is given; it is true."""

HOLD: Final = "hold"
"""The filter that gives back what it is given, if that is not too large."""

JOIN: Final = "together"
"""The filter that joins what stands in a tuple, as `~` does."""

_BODIES: Final = ("body", "else_")
"""Where the pieces of a template stand that run from one end to the other, or not at all."""

_COMPARING: Final = frozenset({"eq", "equalto", "ne", "in"})


def metered(tree: nodes.Template) -> nodes.Template:
    """Return the tree, changed: each piece that runs as a whole first takes a step for every node in it."""
    _Meter().visit(tree)
    return tree


def cost(node: nodes.Node) -> int:
    """Return the steps of one node: one, and for the text of a template one for every so many characters."""
    return 1 + (len(node.data) // CHARACTERS_IN_A_STEP if isinstance(node, nodes.TemplateData) else 0)


def _steps(node: nodes.Node) -> int:
    """Return the steps of a node and all in it, but of its bodies."""
    steps, open_ = 0, [node]
    while open_:
        here = open_.pop()
        steps += cost(here)
        open_ += here.iter_child_nodes(exclude=_BODIES)
    return steps


class _Meter(NodeTransformer):
    """Changes the nodes of a tree, the innermost first."""

    def visit(self, node: nodes.Node) -> nodes.Node:
        """Return the node that replaces a node."""
        taken = {name: sum(map(_steps, getattr(node, name))) for name in _BODIES if name in node.fields}
        of_test = _steps(node.test) if isinstance(node, nodes.For) and node.test is not None else 0
        self.generic_visit(node)
        for name, count in taken.items():
            body = getattr(node, name)
            # The body of a loop is repeated, even where nothing stands in it.
            if body or (name == "body" and isinstance(node, nodes.For)):
                _begin(body, max(count, 1), node.lineno)
        if isinstance(node, nodes.For) and node.test is not None:
            node.test = nodes.And(_spend(of_test, node.lineno), node.test, lineno=node.lineno)
        return _guarded(node)


def _begin(body: list[nodes.Node], count: int, line: int) -> None:
    """Let what runs as a whole take its steps first."""
    line = body[0].lineno if body else line
    body.insert(0, nodes.ExprStmt(_spend(count, line), lineno=line))


def _guarded(node: nodes.Node) -> nodes.Node:
    """Return the node that replaces one whose value may be large, or which looks at all of a value."""
    match node:
        case nodes.Concat():
            return _filter(JOIN, nodes.Tuple(node.nodes, "load", lineno=node.lineno))
        case nodes.List() | nodes.Dict() | nodes.Tuple(ctx="load"):
            return _held(node)
        case nodes.Compare():
            node.expr = _held(node.expr)
            for operand in node.ops:
                operand.expr = _held(operand.expr)
        case nodes.Test() if node.name in _COMPARING:
            node.node = _held(node.node)
            node.args = [_held(argument) for argument in node.args]
        case nodes.Getitem():
            node.arg = _held(node.arg)
    return node


def _held(node: nodes.Expr) -> nodes.Expr:
    return node if isinstance(node, nodes.Const) else _filter(HOLD, node)


def _spend(count: int, line: int) -> nodes.Expr:
    return _filter(SPEND, nodes.Const(count, lineno=line))


def _filter(name: str, node: nodes.Expr) -> nodes.Expr:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
