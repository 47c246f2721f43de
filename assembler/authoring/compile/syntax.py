"""Templates as syntax trees: what each one calls and names, and every construct that a template may not have.

A template is looked at here before Jinja compiles it, because Jinja already computes constants while compiling.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

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
_JSON_LD = re.compile(r"<script\b[^>]*application/ld\+json[^>]*>|</script", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TemplateFinding:
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


def read_syntax(environment: Environment, source: Source) -> TemplateSyntax:
    """Return the syntax of one template."""
    syntax = TemplateSyntax(source)
    try:
        beyond = beyond_reading(environment, source.text)
        tree = environment.parse(source.text if beyond is None else "")
    except TemplateSyntaxError as error:
        line = error.lineno
        lead = len(source.line(line)) - len(source.line(line).lstrip())
        syntax.faults.append(
            TemplateFinding(
                "R01",
                _fault_place(source, str(error.message), source.at(line, lead + 1)),
                f"not a template: {_AT.sub('', str(error.message)).partition('. ')[0].rstrip('.')}",
                _closing(str(error.message)),
            )
        )
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
        self._source = syntax.source
        self._assigned: set[str] = set()
        self._imports: set[str] = set()
        self._called: set[int] = set()
        self._json = False

    def template(self, tree: nodes.Template) -> None:
        self._imports = {node.target for node in tree.find_all(nodes.Import)}
        self._assigned = {node.name for node in tree.find_all(nodes.Name) if node.ctx in ("store", "param")}
        self._assigned |= {macro.name for macro in tree.find_all(nodes.Macro)} | self._imports
        for node in tree.find_all(nodes.FromImport):
            self._assigned |= {name if isinstance(name, str) else name[1] for name in node.names}
        self._syntax.assigned |= self._assigned
        self._visit(tree, conditional=False)

    def _visit(self, node: nodes.Node, *, conditional: bool) -> None:
        if type(node).__name__ not in _ALLOWED:
            self._forbid(
                node,
                f"`{_node_name(node)}`",
                "templates have fields, `if`, `for`, `set`, filters and calls of slot, field and asset",
                _WRITTEN.get(type(node).__name__, "").partition(" ")[0],
            )
            return
        handler = getattr(self, "_" + type(node).__name__.lower(), None)
        if handler is not None:
            handler(node, conditional)
        inside = conditional or isinstance(node, nodes.If | nodes.For | nodes.CondExpr | nodes.And | nodes.Or)
        for child in node.iter_child_nodes():
            self._visit(child, conditional=inside)

    def _templatedata(self, node: nodes.TemplateData, conditional: bool) -> None:
        for match in _JSON_LD.finditer(node.data):
            self._json = not match[0].startswith("</")

    def _name(self, node: nodes.Name, conditional: bool) -> None:
        if node.name.startswith("_"):
            self._forbid(node, node.name, "names that begin with _ are closed", node.name)
        elif node.name in FUNCTIONS and id(node) not in self._called:
            self._forbid(
                node,
                f"{node.name!r} without brackets, or as a name of one's own,",
                f'call it: {node.name}("...")',
                node.name,
            )
        elif node.ctx == "load" and node.name not in self._assigned:
            self._syntax.names.append((node.name, self._place(node, node.name)))

    def _getattr(self, node: nodes.Getattr, conditional: bool) -> None:
        if node.attr.startswith("_"):
            self._forbid(node, node.attr, "names that begin with _ are closed", node.attr)
        elif isinstance(node.node, nodes.Name) and node.node.name == "strings":
            self._syntax.strings.append((in_nfc(node.attr), self._place(node, f"strings.{node.attr}")))

    def _getitem(self, node: nodes.Getitem, conditional: bool) -> None:
        key = node.arg.value if isinstance(node.arg, nodes.Const) else None
        if isinstance(key, str) and key.startswith("_"):
            self._forbid(node, key, "names that begin with _ are closed", key)
        elif isinstance(key, str) and isinstance(node.node, nodes.Name) and node.node.name == "strings":
            self._syntax.strings.append((in_nfc(key), self._place(node, key)))

    def _filter(self, node: nodes.Filter, conditional: bool) -> None:
        if node.name not in FILTERS:
            close = nearest(node.name, FILTERS)
            hint = f"did you mean {close}?" if close else "filters: " + ", ".join(sorted(FILTERS))
            self._forbid(node, f"the filter {node.name}", hint, node.name)
        elif node.name == "tojson" and not self._json:
            self._forbid(node, "tojson outside JSON-LD", 'use it inside <script type="application/ld+json">', "tojson")

    def _test(self, node: nodes.Test, conditional: bool) -> None:
        if node.name not in TESTS:
            self._forbid(node, f"the test {node.name}", "tests: " + ", ".join(sorted(TESTS)), node.name)

    def _call(self, node: nodes.Call, conditional: bool) -> None:
        name = node.node.name if isinstance(node.node, nodes.Name) else None
        self._called.add(id(node.node))
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            self._forbid(node, "arguments with *", "write the arguments out")
        elif name == "slot":
            self._slot(node, conditional)
        elif name == "field":
            self._field(node)
        elif name is None and not isinstance(node.node, nodes.Getattr):
            self._forbid(node, "a call of something else than a name", "call slot, field or asset")
        elif isinstance(node.node, nodes.Getattr) and not self._imported(node.node):
            self._forbid(node, f"a call of .{node.node.attr}()", "use a filter", node.node.attr)

    def _imported(self, node: nodes.Getattr) -> bool:
        return isinstance(node.node, nodes.Name) and node.node.name in self._imports

    def _slot(self, node: nodes.Call, conditional: bool) -> None:
        place = self._place(node, "slot(")
        name = _text(node.args[0]) if node.args else None
        if name is None:
            self._syntax.faults.append(
                TemplateFinding("R08", place, "a slot is called by name", 'write slot("headline")')
            )
            return
        place = self._source.find(f"{name}", place)
        if conditional:
            self._syntax.faults.append(
                TemplateFinding(
                    "R08",
                    place,
                    f"slot {name!r} is called in a loop or condition",
                    "call it once, wrapped: {% call(inner) slot(...) %}",
                )
            )
        parts = [argument.value for argument in node.kwargs if argument.key == "part"] or node.args[1:2]
        part = _text(parts[0]) if parts else None
        if parts and part is None:
            self._syntax.faults.append(
                TemplateFinding("R08", place, "a part is named by text", f'write slot("{name}", part="subject")')
            )
        self._syntax.slots.append(SlotCall(name, part, place))

    def _field(self, node: nodes.Call) -> None:
        place = self._place(node, "field(")
        name = _text(node.args[0]) if node.args else None
        defaults = [argument.value for argument in node.kwargs if argument.key == "default"] or node.args[1:2]
        if name is None:
            self._syntax.faults.append(
                TemplateFinding(
                    "C01", place, "a merge field is named by text", 'write field("first_name", default="friend")'
                )
            )
        elif not defaults:
            self._syntax.faults.append(
                TemplateFinding(
                    "C01", place, f"merge field {name!r} without a fallback", f'write field("{name}", default="...")'
                )
            )
        else:
            self._syntax.fields.append(FieldCall(name, _text(defaults[0]), place))

    def _include(
        self, node: nodes.Include | nodes.Import | nodes.FromImport | nodes.Extends, conditional: bool
    ) -> None:
        name = _text(node.template)
        if name is None:
            self._forbid(node, "a template chosen at run time", 'name it: {% include "email/_footer.j2" %}')
        else:
            self._syntax.templates.append((in_nfc(name), self._place(node, name)))

    _import = _fromimport = _extends = _include

    def _forbid(self, node: nodes.Node, construct: str, hint: str, needle: str = "") -> None:
        self._syntax.faults.append(
            TemplateFinding("S03", self._place(node, needle), f"{construct} is not allowed in a template", hint)
        )

    def _place(self, node: nodes.Node, needle: str) -> Place:
        line = node.lineno or 1
        place = self._source.find(needle, self._source.at(line)) if needle else self._source.at(line)
        return place if place.line < line + 3 else self._source.at(line)


_FIELD_OR_DEFAULT = 'write {{ field("first_name", default="words") }}; for a field of the component, | default("words")'
_AT = re.compile(r" at (\d+)$")
_HINTS = (
    (r"unexpected char '[#^/]'", "a template is Jinja: write {% if kicker %} ... {% endif %}"),
    (r"unexpected '>'", 'a template is Jinja: write {% include "email/_footer.j2" %}'),
    (r"got ':'", _FIELD_OR_DEFAULT),
    (r"unexpected '[}%]'", "write both signs at both ends: {{ ... }} or {% ... %}"),
)


def _closing(message: str) -> str:
    """Return what to do about a text that Jinja cannot parse."""
    match = re.search(r"innermost block that needs to be closed is '(\w+)'", message)
    if match:
        return f"close `{match[1]}` with {{% end{match[1]} %}}"
    return next((hint for words, hint in _HINTS if re.search(words, message)), "see the syntax of Jinja templates")


def _fault_place(source: Source, message: str, otherwise: Place) -> Place:
    """Return where a text that Jinja cannot parse breaks off, where it says so."""
    match = _AT.search(message)
    return source.inside(int(match[1])) if match else otherwise


def _text(node: nodes.Node) -> str | None:
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else None


# The kinds of nodes that are written otherwise than they are called.
_WRITTEN = {"Pow": "**", "Scope": "autoescape", "FilterBlock": "filter block"}


def _node_name(node: nodes.Node) -> str:
    return _WRITTEN.get(type(node).__name__, type(node).__name__.lower())
