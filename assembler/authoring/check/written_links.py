"""What is wrong with links where authors write them: in copy, templates, styles, strings and settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import zip_longest
from urllib.parse import quote

from assembler.authoring.check.copy import Copy, copy_of, without_merge_fields
from assembler.authoring.check.copy_links import copy_links
from assembler.authoring.check.link_targets import css_targets, link_targets
from assembler.authoring.check.template_markup import MarkupTag, TemplateMarkup
from assembler.authoring.compile.links import SCHEMES, host_of, is_host, is_link, link_fault, links_in
from assembler.authoring.compile.styles import brand_values, with_brand
from assembler.authoring.compile.syntax import TemplateSyntax
from assembler.authoring.compile.words import MERGE_FIELD
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.source import Source
from assembler.library.values import is_blank
from assembler.runtime.encode import is_safe_url

__all__ = ["WrittenLinks"]

Hosts = tuple[str, ...] | None

_HTTPS = ("https",)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class WrittenLinks:
    """The links of a project. What is written as an address in `policy.link_hosts` counts as its host."""

    def __init__(self, project: LoadedProject) -> None:
        self._project = project
        hosts = project.settings.policy.link_hosts
        self.hosts: Hosts = None if hosts is None else tuple(re.sub(r"^[a-z]+://|/.*$", "", each) for each in hosts)

    def in_settings(self) -> Iterator[Finding]:
        """Hosts that are none, the address of images, and examples of links that no value could be."""
        settings = self._project.settings
        for index, host in enumerate(settings.policy.link_hosts or ()):
            if not is_host(host):
                place = settings.policy.place("link_hosts", index)
                hint = "write it like www.example.com, without https:// and path"
                yield Finding(place, f"{host[:60]!r} is no host", hint)
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
        for locale, texts in self._project.strings.items():
            for key, text in texts.items():
                for _, link in links_in(text):
                    yield from _judged(link, self._project.strings_place(locale, key), self.hosts)

    def in_style(self, source: Source) -> Iterator[Finding]:
        """What a style sheet loads."""
        css = with_brand(source.text, brand_values(self._project.settings.brand))
        for found, written in zip_longest(css_targets(css), css_targets(source.text)):
            if found is not None:
                place = source.inside(written[0]) if written is not None else source.at()
                yield from _judged(found[1], place, None, relative=True)

    def in_copy(self, component: AuthoredComponent) -> Iterator[Finding]:
        """Links of a component, and fallbacks of merge fields that are links."""
        relative = self._only_on_pages(component)
        for copy in copy_of(component):
            fields = {match.start(): match for match in MERGE_FIELD.finditer(copy.text)}
            whole: set[int] = set()
            for start, link in _links(copy):
                if start not in fields:
                    place = copy.at(start, start + len(link))
                    yield from _judged(link, place, self.hosts, relative=relative)
                elif fields[start].end() == start + len(link):
                    whole.add(start)
            for start, match in fields.items():
                meant = start in whole or self._is_url(match["name"]) or is_link(match["fallback"])
                if meant and not is_blank(match["fallback"]):  # C01 tells of a blank one
                    yield from _judged(match["fallback"], copy.at(*match.span()), self.hosts)

    def in_template(self, syntax: TemplateSyntax) -> Iterator[Finding]:
        """Links in the tags of a template, and among the words of one that writes plain text."""
        told = set()
        for call in syntax.fields:
            if call.default and not is_blank(call.default) and (self._is_url(call.name) or is_link(call.default)):
                told.add(call.default)
                yield from _judged(call.default, call.place, self.hosts)
        channel = self._project.settings.channels.get(syntax.source.path.split("/")[1])
        relative = channel is None or channel.envelope == "web"
        written = TemplateMarkup(syntax.source, self._project.settings.brand)
        tags = list(written.tags())
        if not syntax.source.path.endswith(".html.j2") and not (syntax.may_be_html and tags):
            for link, place in written.links():
                if link not in told:
                    yield from self.in_document(link, place, self.hosts, relative=False)
        for tag in tags:
            for link, followed in _written_targets(tag):
                place = _place(syntax.source, tag, link) if link else self._blank_value(syntax.source, tag) or tag.place
                yield from self.in_document(link, place, self.hosts if followed else None, relative=relative)

    def in_document(self, link: str, place: Place, hosts: Hosts, *, relative: bool) -> Iterator[Finding]:
        """What is wrong with a link that a template writes: there, or where the value stands with which it begins."""
        for finding in _judged(link, place, hosts, relative=relative):
            told = (each for at, value in self._values if link.startswith(value) for each in _judged(value, at, hosts))
            yield next(told, finding)

    @cached_property
    def _values(self) -> list[tuple[Place, str]]:
        """The values of the brand, and the words of strings.yaml, that may begin a link; and where they stand."""
        project = self._project
        values = [(project.settings.place("brand", *keys), value) for keys, value in _leaves(project.settings.brand)]
        values += [(project.strings_place(*keys), value) for keys, value in _leaves(project.strings)]
        return [each for each in values if _SCHEME.match(each[1])]

    def _blank_value(self, source: Source, tag: MarkupTag) -> Place | None:
        """Where the brand has a blank value that a tag writes."""
        settings = self._project.settings
        blank = (keys for keys, value in _leaves(settings.brand) if is_blank(value))
        named = (keys for keys in blank if _place(source, tag, ".".join(("brand", *keys))) != tag.place)
        return next((settings.place("brand", *keys) for keys in named), None)

    def _example(self, example: str, place: Place) -> Iterator[Finding]:
        found = list(_judged(example, place, self.hosts))
        hosts = self.hosts if self.hosts is not None else (host_of(example),)
        if not found and not is_safe_url(example, hosts):
            mended = quote(example, safe="!#$%&()*+,/:;=?@[]_|~")
            hint = (
                mended if is_safe_url(mended, hosts) else "https://www.example.com/u/1, on a host of policy.link_hosts"
            )
            found.append(Finding(place, "an example that no value may be", f"write {hint}"))
        yield from found

    def _is_url(self, name: str) -> bool:
        field = self._project.settings.fields.get(name)
        return field is not None and field.kind == "url"

    def _only_on_pages(self, component: AuthoredComponent) -> bool:
        """Whether a component stands on pages only, where a link may begin with /."""
        known = self._project.settings.channels
        channels = [known.get(each) for each in component.tags.channels or known]
        return all(each is not None and each.envelope == "web" for each in channels)


def _judged(
    link: str, place: Place, hosts: Hosts, *, relative: bool = False, schemes: tuple[str, ...] = SCHEMES
) -> Iterator[Finding]:
    fault = link_fault(link, hosts, relative=relative, schemes=schemes)
    if fault is not None:
        yield Finding(place, *fault)


def _leaves(values: Mapping[str, object], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """The texts among values with the keys that lead to them."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*above, key))
        elif isinstance(value, str):
            yield (*above, key), value


def _links(copy: Copy) -> Iterator[tuple[int, str]]:
    """The links of a text with their offsets; the whole of a url."""
    if copy.kind == "url":
        return iter([] if is_blank(copy.text) else [(0, without_merge_fields(copy.text))])  # C07 tells of a blank one
    return copy_links(copy.text, markdown=copy.kind == "markdown")


def _written_targets(tag: MarkupTag) -> Iterator[tuple[str, bool]]:
    """The addresses in a tag as far as they are written, and not a template's value; whether people follow them."""
    for target in link_targets(tag.name, tag.attributes):
        pieces = [piece.strip() for piece in target.link.split("\n") if piece.strip()]
        for index, piece in enumerate(pieces or [""]):
            whole = index == 0 or _SCHEME.match(piece)
            if whole and not piece.startswith("…") and (target.followed or not piece.startswith("data:image/")):
                yield piece, target.followed


def _place(source: Source, tag: MarkupTag, link: str) -> Place:
    """Where a tag writes a link; where the tag begins, if it writes it otherwise."""
    place, end = source.find(link, tag.place), source.inside(tag.length, tag.place.line, tag.place.column)
    return place if place < end else tag.place
