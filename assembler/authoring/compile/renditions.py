"""How a component looks in a channel and part, in one campaign and locale; and what its templates see."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any, Literal, TypeVar

from assembler.authoring.compile.image_decoding import UnusableImage
from assembler.authoring.compile.images import Images, Picture, PictureRequest
from assembler.authoring.compile.links import is_anchored, is_link
from assembler.authoring.compile.markdown import markdown
from assembler.authoring.compile.parameters import LinkParameters
from assembler.authoring.compile.plain_text import plain
from assembler.authoring.compile.sandbox import Absent
from assembler.authoring.compile.styles import brand_texts
from assembler.authoring.compile.syntax import TemplateFinding
from assembler.authoring.compile.template_records import TemplateRecord, TemplateRecords
from assembler.authoring.compile.templates import Templates, unescaped
from assembler.authoring.compile.text_table import encode_authored
from assembler.authoring.compile.tokens import MERGE_FIELD, MergeField, Tokens, with_tokens
from assembler.authoring.compile.written_dates import WrittenDate
from assembler.authoring.diagnostics import Findings, Place
from assembler.authoring.failures import guarded
from assembler.authoring.project.component import AuthoredComponent, FieldValue, Words
from assembler.authoring.project.component_type import FieldSpec
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.settings import ChannelSettings
from assembler.authoring.project.source import KeyPath
from assembler.library.parts import PARTS
from assembler.library.values import in_nfc, is_blank

Result = TypeVar("Result")


def _said(brand: Mapping[str, Any]) -> dict[str, Any]:
    """The brand less its keys that nothing is written after: they are missing."""
    return {
        key: _said(value) if isinstance(value, Mapping) else value for key, value in brand.items() if value is not None
    }


_ANYBODY = "write words that suit anybody"


@dataclass(frozen=True, slots=True)
class Trace:
    """The side effects of some rendering: whether it reported nothing, and which pictures it used."""

    faultless: bool = True
    pictures: frozenset[PictureRequest] = frozenset()

    def __or__(self, other: Trace) -> Trace:
        return Trace(self.faultless and other.faultless, self.pictures | other.pictures)


@dataclass(frozen=True, eq=False)
class RenderContext:
    """What all rendering of one project shares."""

    project: LoadedProject
    templates: Templates
    images: Images
    tokens: Tokens
    findings: Findings
    _rendering: list[str] = field(default_factory=list)
    _endless: dict[str, TemplateFinding] = field(default_factory=dict)

    def render(self, path: str, names: Mapping[str, object]) -> str | None:
        """Return the text that a template writes, given what it sees by name; None, and a finding, where it cannot.

        One that went on for too long is not tried again.
        """
        if not self.templates.usable(path):
            return None
        done = self._endless.get(path) or self._rendered(path, names)
        if isinstance(done, str):
            return done
        if done.code == "R10":
            self._endless[path] = done
        self.findings.add(*done)
        return None

    def refuse(self, path: str, excess: str) -> None:
        """Report a template for what it writes beyond a limit; it is not rendered again."""
        self._endless[path] = fault = TemplateFinding.beyond(Place(path), excess)
        self.findings.add(*fault)

    def _rendered(self, path: str, names: Mapping[str, object]) -> str | TemplateFinding:
        self._rendering.append(path)
        try:
            return self.templates.render(path, names)
        finally:
            self._rendering.pop()

    @property
    def at_work(self) -> Place:
        """The template that is being rendered."""
        return Place(self._rendering[-1])

    def traced(self, work: Callable[[], Result]) -> tuple[Result, Trace]:
        """Return the result of some rendering, and its trace."""
        outer, reports = dict(self.images.requests), self.findings.reports
        self.images.requests.clear()
        result = work()
        trace = Trace(self.findings.reports == reports, frozenset(self.images.requests))
        self.images.requests.update(outer)
        return result, trace


@dataclass(eq=False)
class RenderTarget:
    """One campaign in one channel and locale."""

    context: RenderContext
    campaign: str
    channel: str
    locale: str
    _renditions: dict[tuple[str, str], tuple[str | None, Trace]] = field(default_factory=dict)
    _places: dict[str, Place] = field(default_factory=dict)

    @cached_property
    def lineage(self) -> tuple[str, ...]:
        """The locale and its parents."""
        return self.context.project.settings.lineage(self.locale)

    @cached_property
    def settings(self) -> ChannelSettings:
        """The settings of the channel."""
        return self.context.project.settings.channels[self.channel]

    @cached_property
    def values(self) -> dict[str, object]:
        """The values that every template sees."""
        settings = self.context.project.settings
        strings = dict.fromkeys(sorted(self.context.templates.strings_used()), "")
        for locale in (settings.default_locale, *reversed(self.lineage)):
            strings.update(self.context.project.strings.get(locale, {}))
        return {
            "brand": _said(settings.brand),
            "campaign": self.campaign,
            "channel": self.channel,
            "locale": self.locale,
            "strings": strings,
            "address": self.settings.address or "",
        }

    @cached_property
    def link_parameters(self) -> LinkParameters:
        """The parameters that are added to links of the brand's hosts."""
        policy = self.context.project.settings.policy
        hosts = frozenset(host.lower() for host in policy.link_hosts or ())
        known = {"campaign": self.campaign, "channel": self.channel, "locale": self.locale}
        return LinkParameters(policy.link_parameters.get(self.channel, {}), hosts, known)

    def names(self) -> dict[str, object]:
        """Return what every template sees: values, and functions."""
        return {**self.values, "field": self._field, "asset": self._asset}

    def rendition(self, component: AuthoredComponent, part: str) -> str | None:
        """Return a component's rendition: HTML or JSON for these parts, else plain text; None where it has none."""
        return self.traced_rendition(component, part)[0]

    def traced_rendition(self, component: AuthoredComponent, part: str) -> tuple[str | None, Trace]:
        """Return a component's rendition likewise, and the trace of making it."""
        key = (component.address, part)
        if key not in self._renditions:
            work = partial(self._rendered, component, part)
            self._renditions[key] = self.context.traced(lambda: guarded(self.context.findings, work))
        return self._renditions[key]

    def has_rendition(self, type_name: str, part: str) -> bool:
        """Whether components of a type can be shown in a part of this channel."""
        project = self.context.project
        type_ = project.types.get(type_name)
        stands_for_itself = part != "html" and type_ is not None and type_.body == "text"
        return stands_for_itself or project.rendition(self.channel, type_name, part) is not None

    def _rendered(self, component: AuthoredComponent, part: str) -> str | None:
        project = self.context.project
        spoken = component.in_locale(self.lineage)
        template = project.rendition(self.channel, component.type, part)
        if spoken is None or part not in PARTS or not self.has_rendition(component.type, part):
            return None
        syntax = PARTS.get(part, PARTS["text"]).syntax
        values = self._record(spoken, project.types[component.type].specs, (), html=syntax == "html")
        if template is None:
            body = str(values["body"])
            return encode_authored(body, "json") if syntax == "json" else body
        text = self.context.render(template.source.path, self.names() | values)
        if text is None or syntax == "html":
            return text
        return (text if syntax == "json" else unescaped(text)).strip()

    def _record(self, spoken: Words, specs: Mapping[str, FieldSpec], path: KeyPath, *, html: bool) -> dict[str, object]:
        return {name: self._value(spoken, spec, (*path, name), html=html) for name, spec in specs.items()}

    def _value(self, spoken: Words, spec: FieldSpec, path: KeyPath, *, html: bool) -> object:
        if spec.kind == "list":
            records = (
                self._record(spoken, spec.records, (*path, index), html=html) for index in range(spoken.count(*path))
            )
            return TemplateRecords(map(TemplateRecord, records)) or Absent(name=str(path[-1]))
        if spec.kind == "asset":
            return self._picture(spoken, path)
        value = spoken.values.get(path)
        if value is None:
            return Absent(name=str(path[-1]))
        if isinstance(value.value, date):
            return WrittenDate(value.value, self.locale, self.context.project.settings.timezone)
        text = self._with_tokens(value)
        if spec.kind != "markdown":
            return text
        return markdown(text) if html else plain(markdown(text))

    def _with_tokens(self, value: FieldValue) -> str:
        def token(name: str, fallback: str, offset: int) -> str:
            if name not in self.context.project.settings.fields:
                return ""
            link = _link(value, fallback, offset)
            return self.context.tokens.of(MergeField(name, fallback, value.inside(offset), value.field_name, link))

        return with_tokens(value.text, token)

    def _picture(self, spoken: Words, path: KeyPath) -> object:
        file, alt, overlay = (spoken.values.get((*path, part)) for part in ("file", "alt", "overlay"))
        if file is None:
            return Absent(name=str(path[-1]))
        text = self._with_tokens(alt) if alt is not None else ""
        try:
            return self.context.images.picture(file.text, text, page=self._is_page, overlay=text if overlay else "")
        except UnusableImage as problem:
            self.context.findings.add("A01", file.place, problem.message, problem.hint)
            return Picture("", "", 0, 0, text)

    @property
    def _is_page(self) -> bool:
        return self.settings.envelope == "web"

    def _field(self, name: str, default: object = None) -> str:
        """Return the merge field of a template; an unknown one is reported by its syntax."""
        if name not in self.context.project.settings.fields:
            return ""
        place = self._first_mention(rf"field\(\s*[\"']{re.escape(name)}")
        if default is not None and is_blank(str(default)):
            self.context.findings.add("C01", place, f"merge field {name!r} has a blank fallback", _ANYBODY)
        fallback = "" if default is None else str(default)
        return self.context.tokens.of(MergeField(name, fallback, place, link="whole" if is_link(fallback) else None))

    def _asset(self, file: object) -> Picture:
        if not isinstance(file, str):
            place = self._named_by_brand(str(file)) or self.context.at_work
            hint = "write the path of a file below assets/, such as logo.png"
            self.context.findings.add("A01", place, f"{str(file)[:60]!r} is no name of an image", hint)
            return Picture("", "", 0, 0)
        try:
            return self.context.images.picture(in_nfc(file), page=self._is_page)
        except UnusableImage as problem:
            place = self._named_by_brand(file) or self._first_mention(rf"[\"']{re.escape(file)}[\"']")
            self.context.findings.add("A01", place, problem.message, problem.hint)
            return Picture("", "", 0, 0)

    def _named_by_brand(self, file: str) -> Place | None:
        """Return where the brand names a file, such as its logo; None where it does not."""
        settings = self.context.project.settings
        path = next((path for path, text in brand_texts(settings.brand) if text == file), None)
        return settings.place("brand", *path) if path else None

    def _first_mention(self, pattern: str) -> Place:
        """Return where this channel's templates first say what matches `pattern`."""
        if pattern not in self._places:
            known = self.context.templates.syntax.items()
            sources = [syntax.source for path, syntax in known if path.startswith(f"templates/{self.channel}/")]
            mentions = ((source, re.search(pattern, source.text)) for source in sources)
            places = (source.inside(match.start()) for source, match in mentions if match)
            self._places[pattern] = next(places, self.context.at_work)
        return self._places[pattern]


def _link(value: FieldValue, fallback: str, offset: int) -> Literal["whole", "part"] | None:
    """Return which of a link a merge field is: of one that has a field of its own, or the whole of one among words."""
    if value.kind != "url" or MERGE_FIELD.fullmatch(value.text):
        return "whole" if value.kind == "url" or is_link(fallback) else None
    return "part" if is_anchored(value.text[:offset]) else None
