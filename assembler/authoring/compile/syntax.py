"""Templates as syntax trees: what each one calls and names, and every construct that a template may not have.

A template is looked at here before Jinja compiles it, because Jinja already computes constants while compiling.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, nodes

from assembler.authoring.compile.filters import FILTERS, TESTS
from assembler.authoring.compile.template_limits import beyond_reading, beyond_running
from assembler.authoring.compile.template_lookups import Lookup, lookups
from assembler.authoring.diagnostics import Place
from assembler.authoring.failures import LIMITS_HINT, unjudged_message
from assembler.authoring.project.source import Source
from assembler.errors import nearest
from assembler.library.values import in_nfc

_ALLOWED = frozenset(
    """
    Template Output TemplateData Name Const Getattr Getitem Filter Test If For CallBlock Call Keyword Compare
    Operand And Or Not CondExpr Concat Add Sub Mul Div FloorDiv Mod Neg Pos List Tuple Dict Pair Assign With
    Include Import FromImport Macro Extends Block
    """.split()
)
"""The kinds of nodes that a template may have."""

FUNCTIONS = frozenset({"slot", "field", "asset"})
_CLOSED = "names that begin with _ are closed"
# The kinds of nodes that are written otherwise than they are called.
_WRITTEN = {"Pow": "**", "Scope": "autoescape", "FilterBlock": "filter block"}
_JSON_LD = re.compile(r"<script\b[^>]*application/ld\+json[^>]*>|</script", re.IGNORECASE)


class TemplateFinding(NamedTuple):
    """A finding about a template: the rule's code, place, message and hint."""

    code: str
    place: Place
    message: str
    hint: str | None = None

    @classmethod
    def beyond(cls, place: Place, excess: str) -> TemplateFinding:
        """Return the finding of R10 for a template that goes beyond a limit."""
        return cls("R10", place, unjudged_message(excess), LIMITS_HINT)


@dataclass(frozen=True, slots=True)
class SlotCall:
    """A call of `slot`: the slot's name, the part asked for (None: the part being written), and its place."""

    name: str
    part: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class FieldCall:
    """A call of `field`; `default` is None where it is not a plain text."""

    name: str
    default: str | None
    place: Place


@dataclass(slots=True)
class TemplateSyntax:
    """What a template holds. `usable` says that Jinja may compile it; `assigned` are the names that it gives itself."""

    source: Source
    assigned: set[str] = field(default_factory=set)
    slots: list[SlotCall] = field(default_factory=list)
    fields: list[FieldCall] = field(default_factory=list)
    strings: list[tuple[str, Place]] = field(default_factory=list)
    names: list[tuple[str, Place]] = field(default_factory=list)
    lookups: list[Lookup] = field(default_factory=list)
    templates: list[tuple[str, Place]] = field(default_factory=list)
    faults: list[TemplateFinding] = field(default_factory=list)

    @property
    def parsed(self) -> bool:
        """Whether it is a template at all."""
        return not any(fault.code in ("R01", "R10") for fault in self.faults)

    @property
    def may_be_html(self) -> bool:
        """Whether it writes an html part, or is one that others include."""
        return self.source.path.endswith(".html.j2") or self.source.path.rpartition("/")[2].startswith("_")

    @property
    def usable(self) -> bool:
        """Whether it parses and uses nothing forbidden."""
        return not any(fault.code in ("R01", "R10", "S03") for fault in self.faults)

    def report(self, code: str, place: Place, message: str, hint: str) -> None:
        """Add a fault."""
        self.faults.append(TemplateFinding(code, place, message, hint))


def is_json(path: str) -> bool:
    """Whether the template at a path writes JSON: one of such a part, or one that those include."""
    return path.endswith(".json.j2")


def read_syntax(environment: Environment, source: Source) -> TemplateSyntax:
    """Return the syntax of one template."""
    syntax = TemplateSyntax(source)
    try:
        beyond = beyond_reading(environment, source.text)
        tree = environment.parse(source.text if beyond is None else "")
    except TemplateSyntaxError as error:
        _report_unparsed(syntax, str(error.message), error.lineno)
        return syntax
    beyond = beyond or beyond_running(tree)
    if beyond is not None:
        line, excess = beyond
        syntax.faults.append(TemplateFinding.beyond(source.at(line), excess))
    else:
        _Walk(syntax).template(tree)
        syntax.lookups += lookups(tree, source)
    return syntax


class _Walk:
    """Walks a tree once, in the order of the text."""

    def __init__(self, syntax: TemplateSyntax) -> None:
        self._syntax = syntax
        self._imports: set[str] = set()
        self._called: set[int] = set()
        self._conditions = 0
        self._json = is_json(syntax.source.path)

    def template(self, tree: nodes.Template) -> None:
        self._imports = {node.target for node in tree.find_all(nodes.Import)}
        assigned = self._syntax.assigned
        assigned |= {node.name for node in tree.find_all(nodes.Name) if node.ctx in ("store", "param")}
        assigned |= {macro.name for macro in tree.find_all(nodes.Macro)} | self._imports
        for node in tree.find_all(nodes.FromImport):
            assigned |= {name if isinstance(name, str) else name[1] for name in node.names}
        self._visit(tree)

    def _visit(self, node: nodes.Node) -> None:
        kind = type(node).__name__
        if kind not in _ALLOWED:
            hint = "templates have fields, `if`, `for`, `set`, filters and calls of slot, field and asset"
            written = _WRITTEN.get(kind, "")
            self._forbid(node, f"`{written or kind.lower()}`", hint, written.partition(" ")[0])
            return
        handler = getattr(self, "_" + kind.lower(), None)
        if handler is not None:
            handler(node)
        conditional = isinstance(node, nodes.If | nodes.For | nodes.CondExpr | nodes.And | nodes.Or)
        self._conditions += conditional
        for child in node.iter_child_nodes():
            self._visit(child)
        self._conditions -= conditional

    def _templatedata(self, node: nodes.TemplateData) -> None:
        for match in _JSON_LD.finditer(node.data):
            self._json = is_json(self._syntax.source.path) or not match[0].startswith("</")

    def _name(self, node: nodes.Name) -> None:
        if node.name.startswith("_"):
            self._forbid(node, node.name, _CLOSED, node.name)
        elif node.name in FUNCTIONS and id(node) not in self._called:
            construct = f"{node.name!r} without brackets, or as a name of one's own,"
            self._forbid(node, construct, f'call it: {node.name}("...")', node.name)
        elif node.ctx == "load" and node.name not in self._syntax.assigned:
            self._syntax.names.append((node.name, self._place(node, node.name)))

    def _getattr(self, node: nodes.Getattr) -> None:
        self._ask(node, node.attr, f"strings.{node.attr}")

    def _getitem(self, node: nodes.Getitem) -> None:
        key = _text(node.arg)
        if key is not None:
            self._ask(node, key, key)

    def _ask(self, node: nodes.Getattr | nodes.Getitem, key: str, written: str) -> None:
        if key.startswith("_"):
            self._forbid(node, key, _CLOSED, key)
        elif isinstance(node.node, nodes.Name) and node.node.name == "strings":
            self._syntax.strings.append((in_nfc(key), self._place(node, written)))

    def _filter(self, node: nodes.Filter) -> None:
        if node.name not in FILTERS:
            close = nearest(node.name, FILTERS)
            hint = f"did you mean {close}?" if close else "filters: " + ", ".join(sorted(FILTERS))
            self._forbid(node, f"the filter {node.name}", hint, node.name)
        elif node.name == "tojson" and not self._json:
            self._forbid(node, "tojson outside JSON-LD", 'use it inside <script type="application/ld+json">', "tojson")

    def _test(self, node: nodes.Test) -> None:
        if node.name not in TESTS:
            self._forbid(node, f"the test {node.name}", "tests: " + ", ".join(sorted(TESTS)), node.name)

    def _call(self, node: nodes.Call) -> None:
        name = node.node.name if isinstance(node.node, nodes.Name) else None
        self._called.add(id(node.node))
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            self._forbid(node, "arguments with *", "write the arguments out")
        elif name == "slot":
            self._slot(node)
        elif name == "field":
            self._field(node)
        elif name is None and not isinstance(node.node, nodes.Getattr):
            self._forbid(node, "a call of something else than a name", "call slot, field or asset")
        elif isinstance(node.node, nodes.Getattr) and not self._imported(node.node):
            self._forbid(node, f"a call of .{node.node.attr}()", "use a filter", node.node.attr)

    def _imported(self, node: nodes.Getattr) -> bool:
        return isinstance(node.node, nodes.Name) and node.node.name in self._imports

    def _slot(self, node: nodes.Call) -> None:
        place = self._place(node, "slot(")
        name = _text(node.args[0]) if node.args else None
        if name is None:
            self._syntax.report("R08", place, "a slot is called by name", 'write slot("headline")')
            return
        place = self._syntax.source.find(name, place)
        if self._conditions:
            message, hint = "is called in a loop or condition", "call it once, wrapped: {% call(inner) slot(...) %}"
            self._syntax.report("R08", place, f"slot {name!r} {message}", hint)
        argument = _second_argument(node, "part")
        part = _text(argument)
        if argument is not None and part is None:
            hint = f'write slot("{name}", part="subject")'
            self._syntax.report("R08", place, "a part is named by text", hint)
        self._syntax.slots.append(SlotCall(name, part, place))

    def _field(self, node: nodes.Call) -> None:
        place = self._place(node, "field(")
        name = _text(node.args[0]) if node.args else None
        default = _second_argument(node, "default")
        if name is None:
            hint = 'write field("first_name", default="friend")'
            self._syntax.report("C01", place, "a merge field is named by text", hint)
        elif default is None:
            hint = f'write field("{name}", default="...")'
            self._syntax.report("C01", place, f"merge field {name!r} without a fallback", hint)
        else:
            self._syntax.fields.append(FieldCall(name, _text(default), place))

    def _include(self, node: nodes.Include | nodes.Import | nodes.FromImport | nodes.Extends) -> None:
        name = _text(node.template)
        if name is None:
            self._forbid(node, "a template chosen at run time", 'name it: {% include "email/_footer.j2" %}')
        else:
            self._syntax.templates.append((in_nfc(name), self._place(node, name)))

    _import = _fromimport = _extends = _include

    def _forbid(self, node: nodes.Node, construct: str, hint: str, needle: str = "") -> None:
        self._syntax.report("S03", self._place(node, needle), f"{construct} is not allowed in a template", hint)

    def _place(self, node: nodes.Node, needle: str) -> Place:
        line = node.lineno or 1
        start = self._syntax.source.at(line)
        place = self._syntax.source.find(needle, start) if needle else start
        return place if place.line < line + 3 else start


_FIELD_OR_DEFAULT = 'write {{ field("first_name", default="words") }}; for a field of the component, | default("words")'
_AT = re.compile(r" at (\d+)$")
_HINTS = (
    (r"unexpected char '[#^/]'", "a template is Jinja: write {% if kicker %} ... {% endif %}"),
    (r"unexpected '>'", 'a template is Jinja: write {% include "email/_footer.j2" %}'),
    (r"got ':'", _FIELD_OR_DEFAULT),
    (r"unexpected '[}%]'", "write both signs at both ends: {{ ... }} or {% ... %}"),
)


def _report_unparsed(syntax: TemplateSyntax, problem: str, line: int) -> None:
    """Report what Jinja says of a text that it cannot parse; it may say the offset at which that breaks off."""
    written, at = syntax.source.line(line), _AT.search(problem)
    lead = len(written) - len(written.lstrip())
    place = syntax.source.inside(int(at[1])) if at else syntax.source.at(line, lead + 1)
    cause = _AT.sub("", problem).partition(". ")[0].rstrip(".")
    syntax.report("R01", place, f"not a template: {cause}", _closing(problem))


def _closing(problem: str) -> str:
    match = re.search(r"innermost block that needs to be closed is '(\w+)'", problem)
    if match:
        return f"close `{match[1]}` with {{% end{match[1]} %}}"
    return next((hint for words, hint in _HINTS if re.search(words, problem)), "see the syntax of Jinja templates")


def _second_argument(call: nodes.Call, name: str) -> nodes.Expr | None:
    named = [argument.value for argument in call.kwargs if argument.key == name] or call.args[1:2]
    return named[0] if named else None


def _text(node: nodes.Node | None) -> str | None:
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else None
