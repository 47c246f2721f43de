"""A layout's part rendered: with a mark at every slot call, or with one call filled by a component."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from assembler.authoring.compile.document_limits import MOST_FINISHED, beyond_parsing
from assembler.authoring.compile.rendering_budget import MOST_SLOT_CALLS, BudgetExceeded
from assembler.authoring.compile.renditions import RenderTarget
from assembler.authoring.compile.styles import Inliner
from assembler.authoring.compile.syntax import SlotCall
from assembler.authoring.compile.template_includes import included_by
from assembler.authoring.compile.templates import unescaped
from assembler.authoring.compile.text_table import encode_authored
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import Template
from assembler.library.parts import PARTS
from assembler.library.records import Encoder


@dataclass(frozen=True, slots=True)
class RenderedCall:
    """A slot call met while rendering. `mark` stands for it in the document; `own`: it asks for the part itself."""

    slot: str
    part: str
    own: bool
    mark: str
    place: Place


@dataclass(frozen=True, slots=True)
class Filling:
    """Which call a component fills, by its number, and the encoder of its place where another part's text is asked."""

    call: int
    component: AuthoredComponent
    encoder: Encoder | None


@dataclass(slots=True)
class Rendered:
    """A rendered part: as Jinja wrote it, the finished document, the calls, and what was written for the filled one."""

    raw: str = ""
    document: str = ""
    calls: list[RenderedCall] = field(default_factory=list)
    filled: str = ""


@dataclass(frozen=True, eq=False)
class Layout:
    """One part of a layout for a target; the calls that it was found to make are remembered."""

    target: RenderTarget
    template: Template
    inliner: Inliner
    _known_calls: list[RenderedCall] = field(default_factory=list)

    @property
    def html(self) -> bool:
        """Whether the part is HTML."""
        return self._syntax == "html"

    @property
    def _syntax(self) -> str:
        return PARTS[self.template.part].syntax

    def render(self, filling: Filling | None = None) -> Rendered | None:
        """Return the part with marks at its calls, one filled if asked; None, and a finding, where that fails."""
        context, rendered = self.target.context, Rendered()
        names = self.target.names() | {"slot": self._slot(rendered, filling)}
        text = context.render(self.template.source.path, names)
        if text is None:
            return None
        rendered.raw = text
        if not self.html:
            text = text if self._syntax == "json" else unescaped(text)
            rendered.document = text.replace("\n", " ") if self._syntax == "line" else text
            return rendered
        too_much = beyond_parsing(text, self.inliner.declarations)
        if too_much is None:
            try:
                rendered.document = self.inliner.finish(text)
            except ValueError as error:
                context.findings.add("R09", self.template.source.at(), f"the CSS cannot be inlined: {error}")
                return None
            if len(rendered.document) > MOST_FINISHED:
                too_much = f"a document of more than {MOST_FINISHED:,} characters when its styles are inlined"
        if too_much is not None:
            context.refuse(self._written_by(filling), too_much)
            return None
        return rendered

    def _written_by(self, filling: Filling | None) -> str:
        """Return the path of the template that wrote what was new in a rendering."""
        if filling is None:
            return self.template.source.path
        channel, project = self.target.channel, self.target.context.project
        rendition = project.rendition(channel, filling.component.type, self.template.part)
        return (rendition or self.template).source.path

    def _slot(self, rendered: Rendered, filling: Filling | None) -> Callable[..., Markup]:
        def slot(name: str, part: str | None = None, caller: Callable[[Markup], str] | None = None) -> Markup:
            index = len(rendered.calls)
            call = self._next_call(rendered.calls, name, part or self.template.part, caller)
            rendered.calls.append(call)
            if filling is None or filling.call != index:
                return Markup(call.mark)
            text = Markup(self._text(filling, call.part, call.own))
            rendered.filled = str(caller(text)) if caller is not None else str(text)
            return Markup(rendered.filled)

        return slot

    def _next_call(
        self, before: list[RenderedCall], name: str, part: str, caller: Callable[[Markup], str] | None
    ) -> RenderedCall:
        """Return the call that a rendering meets after those in `before`."""
        index = len(before)
        known = self._known_calls[index] if index < len(self._known_calls) else None
        if known is not None and (known.slot, known.part) == (name, part):
            return known
        own = part == self.template.part
        wrapped = caller is not None and "<" in caller(Markup(""))
        token = self.target.context.tokens.call(index)
        mark = f"<!--{token}-->" if self.html and (own or wrapped) else token
        call = RenderedCall(name, part, own, mark, self._place(before, name, part))
        if index == len(self._known_calls):
            self._known_calls.append(call)
        if index >= MOST_SLOT_CALLS:
            raise BudgetExceeded(f"more than {MOST_SLOT_CALLS} calls of slots")
        return call

    def _text(self, filling: Filling, part: str, own: bool) -> str:
        text = self.target.rendition(filling.component, part) or ""
        if self._syntax == "json":
            return text if own else encode_authored(text, "json")
        if not self.html:
            return str(Markup.escape(text))
        if own or filling.encoder is None:
            return text
        return encode_authored(text, filling.encoder)

    def _place(self, before: list[RenderedCall], name: str, part: str) -> Place:
        """Return where a call is written: the n-th of a slot and part that is met is the n-th that is written."""
        met = sum((call.slot, call.part) == (name, part) for call in before)
        same = [call for call in self._slot_calls if (call.name, call.part or self.template.part) == (name, part)]
        return same[min(met, len(same) - 1)].place if same else self.template.source.at()

    @cached_property
    def _slot_calls(self) -> list[SlotCall]:
        syntax = self.target.context.templates.syntax
        return [call for path in included_by(syntax, self.template.source.path) for call in syntax[path].slots]
