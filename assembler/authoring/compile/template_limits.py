"""How large and how deep a template may be, so that reading, compiling and running it end in time.

Python's compiler takes 20 blocks within each other, 100 levels of indentation and 200 brackets; what Jinja makes of a
template within these limits stays within those.
"""

from __future__ import annotations

import re
from typing import Final

from jinja2 import Environment, nodes

from assembler.authoring.compile.metering import cost
from assembler.authoring.compile.rendering_budget import MOST_STEPS, TOO_GREAT, TOO_LONG, representable

MOST_BRACKETS: Final = 20
"""Brackets, `not`, signs and `else` within each other in an expression."""

MOST_OPERATORS: Final = 50
"""Operators, filters and attributes upon each other in an expression."""

MOST_BLOCKS: Final = 15
"""Blocks within each other: loops, conditions, macros and so on."""

MOST_BRANCHES: Final = 50
"""Branches of a condition."""

_MOST_DIGITS: Final = 30
_OPENING: Final = frozenset("([{")
_CLOSING: Final = frozenset(")]}")
_PREFIXES: Final = frozenset({"not", "-", "+"})
_NO_CHARACTER: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BLOCKS: Final = (nodes.For, nodes.If, nodes.With, nodes.Macro, nodes.CallBlock, nodes.Block)


def beyond_reading(environment: Environment, text: str) -> tuple[int, str] | None:
    """Return where an expression holds too much to be parsed: its line, and what. Raises `TemplateSyntaxError`."""
    brackets = prefixes = elses = 0
    for line, kind, value in environment.lex(text):
        if kind in ("data", "variable_begin", "block_begin"):
            brackets = prefixes = elses = 0
        elif kind in ("integer", "float") and len(value) > _MOST_DIGITS:
            return line, TOO_GREAT
        elif kind != "whitespace":
            brackets += (kind == "operator" and value in _OPENING) - (kind == "operator" and value in _CLOSING)
            prefixes = prefixes + 1 if value in _PREFIXES else 0
            elses += value == "else"
            if brackets + prefixes + elses > MOST_BRACKETS:
                return line, f"an expression with more than {MOST_BRACKETS} brackets, `not` or `else` within each other"
    return None


def beyond_running(tree: nodes.Template) -> tuple[int, str] | None:
    """Return where a template holds too much for it to be compiled and run: the line, and what."""
    steps = 0
    open_: list[tuple[nodes.Node, int, int]] = [(tree, 0, 0)]
    while open_:
        node, blocks, operators = open_.pop()
        steps += cost(node)
        blocks += isinstance(node, _BLOCKS)
        operators = operators + 1 if isinstance(node, nodes.Expr) else 0
        problem = _problem(node, blocks, operators, steps)
        if problem is not None:
            return node.lineno, problem
        branches = {id(child) for child in node.elif_} if isinstance(node, nodes.If) else set()
        children = [(child, blocks - (id(child) in branches), operators) for child in node.iter_child_nodes()]
        open_ += reversed(children)
    return None


def _problem(node: nodes.Node, blocks: int, operators: int, steps: int) -> str | None:
    """Return what of a template is too much at a node, whose `steps` are those of all before it as well."""
    if blocks > MOST_BLOCKS:
        return f"more than {MOST_BLOCKS} blocks within each other"
    if operators > MOST_OPERATORS:
        return f"an expression of more than {MOST_OPERATORS} operators and filters upon each other"
    match node:
        case nodes.If() if len(node.elif_) > MOST_BRANCHES:
            return f"a condition with more than {MOST_BRANCHES} branches"
        case nodes.Const() if not representable(node.value):
            return TOO_GREAT
        case nodes.Const(value=str(text)) if _NO_CHARACTER.search(text):
            return "a character that no text can hold"
    return TOO_LONG if steps > MOST_STEPS else None
