"""What is wrong with links where authors write them: in copy, templates, styles, strings and settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import chain, zip_longest
from urllib.parse import quote

from assembler.authoring.check.copy import copy_links, copy_of, without_merge_fields
from assembler.authoring.check.link_targets import css_targets, link_targets
from assembler.authoring.check.project_texts import string_texts, texts_below
from assembler.authoring.check.template_markup import MarkupTag, TemplateMarkup
from assembler.authoring.compile.links import SCHEMES, host_of, is_host, is_link, link_fault, links_in
from assembler.authoring.compile.styles import brand_values, with_brand
from assembler.authoring.compile.syntax import TemplateSyntax
from assembler.authoring.compile.tokens import MERGE_FIELD
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.component import AuthoredComponent, FieldValue
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.source import Source
from assembler.library.values import is_blank
from assembler.runtime.encode import is_safe_url

Hosts = tuple[str, ...] | None

_HTTPS = ("https",)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_BEGINS_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[\w-]+(?:\.[\w-]+)+(?:[/:?#]|\Z)")


class WrittenLinks:
    """The links of a project. What is written as an address in `policy.link_hosts` counts as its host."""

    def __init__(self, project: LoadedProject) -> None:
        self._project = project
        hosts = project.settings.policy.link_hosts
        written = [re.sub(r"^[a-z]+://|/.*$", "", host) for host in hosts or ()]
        # Where something is no host, that is told, and nobody knows which links it was to allow.
        self.hosts: Hosts = tuple(written) if hosts is not None and all(map(is_host, written)) else None

    def in_settings(self) -> Iterator[Finding]:
        """Hosts that are none, the address of images, and examples of links that no value could be."""
        settings = self._project.settings
        for index, host in enumerate(settings.policy.link_hosts or ()):
            if not is_host(host):
                place = settings.policy.place("link_hosts", index)
                yield Finding(place, f"{host[:60]!r} is no host", _host_hint(host))
        if settings.assets is not None:
            base, place = settings.assets.base_url, settings.assets.place("base_url")
            yield from _judged(base, place, None, schemes=_HTTPS)
            if re.search("[?#]", base):
                yield Finding(place, "names of images cannot follow ? or #", "end it with a folder, such as /a/")
        for field in settings.fields.values():
            if field.kind == "url" and field.example is not None:
                yield from self._example(field.example, field.place("example"))

    def in_strings(self) -> Iterator[Finding]:
        """Links among the words of strings.yaml."""
        for _, place, text in string_texts(self._project):
            for _, link in links_in(text):
                yield from _judged(link, place, self.hosts)

    def in_style(self, source: Source) -> Iterator[Finding]:
        """What a style sheet loads."""
        css = with_brand(source.text, brand_values(self._project.settings.brand))
        for target, written in zip_longest(css_targets(css), css_targets(source.text)):
            if target is not None:
                place = source.inside(written[0]) if written is not None else source.at()
                yield from _judged(target[1], place, None, relative=True)

    def in_copy(self, component: AuthoredComponent) -> Iterator[Finding]:
        """Links of a component, and fallbacks of merge fields that are links."""
        relative = self._only_on_pages(component)
        for copy in copy_of(component):
            fields = {match.start(): match for match in MERGE_FIELD.finditer(copy.text)}
            links = list(_links(copy))
            for start, link in links:
                if start not in fields:
                    yield from _judged(link, copy.inside(start), self.hosts, relative=relative)
            spans = {(start, start + len(link)) for start, link in links}
            for match in fields.values():
                if match.span() in spans or self._gives_link(match["name"], match["fallback"]):
                    yield from self._fallback(match["fallback"], copy.inside(match.start()))

    def in_template(self, syntax: TemplateSyntax) -> Iterator[Finding]:
        """Links in the tags of a template, and among the words of one that writes plain text."""
        source, told = syntax.source, set[str]()
        for call in syntax.fields:
            if call.default is not None and self._gives_link(call.name, call.default):
                told.add(call.default)
                yield from self._fallback(call.default, call.place)
        markup = TemplateMarkup(source, self._project.settings.brand)
        tags = list(markup.tags())
        if not source.path.endswith(".html.j2") and not (syntax.may_be_html and tags):
            for link, place in markup.links():
                if link not in told:
                    yield from self.in_document(link, place, self.hosts, relative=False)
        for tag in tags:
            yield from self._in_tag(source, tag)

    def _in_tag(self, source: Source, tag: MarkupTag) -> Iterator[Finding]:
        channel = self._project.settings.channels.get(source.path.split("/")[1])
        relative = channel is None or channel.envelope == "web"
        for link, followed in _written_targets(tag):
            place = _place(source, tag, link) if link else self._blank_value(source, tag) or tag.place
            yield from self.in_document(link, place, self.hosts if followed else None, relative=relative)

    def _gives_link(self, name: str, fallback: str) -> bool:
        field = self._project.settings.fields.get(name)
        return (field is not None and field.kind == "url") or is_link(fallback)

    def _fallback(self, fallback: str, place: Place) -> Iterator[Finding]:
        """The finding of a fallback that is a link; of a blank one C01 tells."""
        return iter(()) if is_blank(fallback) else _judged(fallback, place, self.hosts)

    def in_document(self, link: str, place: Place, hosts: Hosts, *, relative: bool) -> Iterator[Finding]:
        """What is wrong with a link that a template writes: there, or where the value stands with which it begins."""
        for finding in _judged(link, place, hosts, relative=relative):
            begins = ((value, at) for at, value in self._values if link.startswith(value))
            causes = (cause for value, at in begins for cause in _judged(value, at, hosts))
            yield next(causes, finding)

    @cached_property
    def _values(self) -> list[tuple[Place, str]]:
        """The values of the brand, and the words of strings.yaml, that may begin a link; and where they stand."""
        project = self._project
        settings = project.settings
        brand = ((settings.place(*keys), value) for keys, value in texts_below(settings.brand, ("brand",)))
        strings = ((place, text) for _, place, text in string_texts(project))
        return [(place, value) for place, value in chain(brand, strings) if _BEGINS_LINK.match(value)]

    def _blank_value(self, source: Source, tag: MarkupTag) -> Place | None:
        """Return where the brand has a blank value that a tag writes."""
        settings = self._project.settings
        blank = (keys for keys, value in texts_below(settings.brand, ("brand",)) if is_blank(value))
        named = (keys for keys in blank if _place(source, tag, ".".join(map(str, keys))) != tag.place)
        return next((settings.place(*keys) for keys in named), None)

    def _example(self, example: str, place: Place) -> Iterator[Finding]:
        findings = list(_judged(example, place, self.hosts))
        yield from findings
        hosts = tuple(map(str.lower, self.hosts)) if self.hosts is not None else (host_of(example),)
        if not findings and not is_safe_url(example, hosts):
            begin = f"https://{host_of(example)}"
            mended = quote(begin + example[len(begin) :], safe="!#$%&()*+,/:;=?@[]_|~")
            if not is_safe_url(mended, hosts):
                mended = "https://www.example.com/u/1, on a host of policy.link_hosts"
            yield Finding(place, "an example that no value may be", f"write {mended}")

    def _only_on_pages(self, component: AuthoredComponent) -> bool:
        known = self._project.settings.channels
        names = component.tags.channels or known
        return all(name in known and known[name].envelope == "web" for name in names)


def _host_hint(host: str) -> str:
    """Return how to write what is no host: an address as its host, and each of those that a star stands for."""
    own = re.sub(r"^[a-z]+://|/.*$", "", host.strip().lower())
    if own.startswith("*."):
        return f"write each host, such as www{own[1:]}; a star stands for none"
    return f"write {own}" if is_host(own) else "write it like www.example.com, without https:// and path"


def _judged(
    link: str, place: Place, hosts: Hosts, *, relative: bool = False, schemes: tuple[str, ...] = SCHEMES
) -> Iterator[Finding]:
    fault = link_fault(link, hosts, relative=relative, schemes=schemes)
    if fault is not None:
        yield Finding(place, *fault)


def _links(copy: FieldValue) -> Iterator[tuple[int, str]]:
    """The links of a text with their offsets; the whole of a url."""
    if copy.kind == "url":
        return iter([] if is_blank(copy.text) else [(0, without_merge_fields(copy.text))])  # C07 tells of a blank one
    return copy_links(copy.text, markdown=copy.kind == "markdown")


def _written_targets(tag: MarkupTag) -> Iterator[tuple[str, bool]]:
    """The addresses in a tag as far as they are written, and not a template's value; whether people follow them."""
    for target in link_targets(tag.name, tag.attributes):
        first, *others = (piece.strip() for piece in target.link.strip().split("\n"))
        for address in (first, *filter(_SCHEME.match, others)):
            if not address.startswith("…") and (target.followed or not address.startswith("data:image/")):
                yield address, target.followed


def _place(source: Source, tag: MarkupTag, link: str) -> Place:
    """Return where a tag writes a link; where the tag begins, if it writes it otherwise."""
    place, end = source.find(link, tag.place), source.inside(tag.length, tag.place.line, tag.place.column)
    return place if place < end else tag.place
