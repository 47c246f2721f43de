"""S01: a link is not https, mailto or tel, carries user information, or goes to a host that is not allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.copy import Copy, copy_of, without_merge_fields
from assembler.authoring.check.links import ADDRESS, link_fault, links_of
from assembler.authoring.check.markup import Tag, Written
from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.scope import EVERY_COMPONENT, Alone
from assembler.authoring.compile.syntax import TemplateSyntax
from assembler.authoring.compile.words import MERGE_FIELD
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.component import Component
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.settings import Settings
from assembler.runtime.encode import is_blank

_LINKS = {
    ("a", "href"),
    ("area", "href"),
    ("base", "href"),
    ("form", "action"),
    ("button", "formaction"),
    ("input", "formaction"),
}
_LOADS = frozenset({"href", "src", "poster", "background", "cite", "ping", "data", "xlink:href"})
_CSS_URL = re.compile(r"url\(\s*[\"']?(?P<address>[^\"')\s]*)|@import\s+[\"'](?P<imported>[^\"']*)", re.IGNORECASE)
_ALLOWED_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?")


def find(subject: Subject) -> Iterator[Finding]:
    """Links of templates, styles and settings that are not safe, and fallbacks that compiling refused."""
    project = subject.project
    found = [*_in_settings(project.settings), *_in_strings(project)]
    for syntax in subject.compiled.templates.syntax.values():
        if syntax.parsed:
            found += _in_template(project, syntax)
    for source in project.styles.values():
        for match in _CSS_URL.finditer(source.text):
            address = match["address"] or match["imported"] or ""
            if not address.startswith("data:image/"):
                found += _judged(address, source.inside(match.start()), None, relative=True)
    yield from found
    reported = list(subject.reported("S01"))
    if reported and _hosts(project.settings) == project.settings.policy.link_hosts:
        told = {_line(each.place) for each in found} | {_line(place) for place in _told_in_copy(project)}
        yield from (each for each in reported if _line(each.place) not in told)


def find_in_copy(alone: Alone) -> Iterator[Finding]:
    """The same in copy."""
    return _in_copy(alone.around, alone.component)


def _line(place: Place) -> tuple[str, int]:
    return place.path, place.line


def _judged(link: str, place: Place, hosts: tuple[str, ...] | None, *, relative: bool = False) -> Iterator[Finding]:
    fault = link_fault(link, hosts, relative=relative)
    if fault is not None:
        yield Finding(place, *fault)


def _hosts(settings: Settings) -> tuple[str, ...] | None:
    """The hosts of the policy; what is written as an address there has a finding of its own, and counts as its host."""
    hosts = settings.policy.link_hosts
    return None if hosts is None else tuple(re.sub(r"^[a-z]+://|/.*$", "", host) for host in hosts)


def _in_settings(settings: Settings) -> Iterator[Finding]:
    for index, host in enumerate(settings.policy.link_hosts or ()):
        if not _ALLOWED_HOST.fullmatch(host):
            place = settings.policy.place("link_hosts", index)
            yield Finding(
                place, f"{host[:60]!r} is no host", "write it like www.example.com, without https:// and path"
            )
    if settings.assets is not None:
        yield from _judged(settings.assets.base_url, settings.assets.place("base_url"), None)
    for field in settings.fields.values():
        if field.kind == "url" and field.example is not None:
            yield from _judged(field.example, field.place("example"), _hosts(settings))


def _in_strings(project: LoadedProject) -> Iterator[Finding]:
    for locale, texts in project.strings.items():
        for key, text in texts.items():
            for match in ADDRESS.finditer(text):
                yield from _judged(match[0], project.strings_place(locale, key), _hosts(project.settings))


def _in_copy(project: LoadedProject, component: Component) -> Iterator[Finding]:
    hosts, relative = _hosts(project.settings), _only_pages(project, component)
    for copy in copy_of(component):
        fields = list(MERGE_FIELD.finditer(copy.text))
        starts = {match.start() for match in fields}
        for start, link in _links(copy):
            if start not in starts:  # one that begins with a merge field is as safe as its fallback
                yield from _judged(link, copy.at(start, start + len(link)), hosts, relative=relative)
        for match in fields:
            field = project.settings.fields.get(match["name"])
            if field is not None and field.kind == "url":
                yield from _judged(match["fallback"], copy.at(*match.span()), hosts)


def _links(copy: Copy) -> Iterator[tuple[int, str]]:
    """The links of a text with their offsets; the whole of a url."""
    if copy.kind == "url":
        return iter([(0, without_merge_fields(copy.text))])
    return links_of(copy.text, markdown=copy.kind == "markdown")


def _only_pages(project: LoadedProject, component: Component) -> bool:
    """Whether a component stands on pages only, where a link may begin with /."""
    channels = [project.settings.channels.get(each) for each in component.tags.channels or project.settings.channels]
    return all(each is not None and each.envelope == "web" for each in channels)


def _in_template(project: LoadedProject, syntax: TemplateSyntax) -> Iterator[Finding]:
    hosts = _hosts(project.settings)
    for call in syntax.fields:
        field = project.settings.fields.get(call.name)
        if field is not None and field.kind == "url" and call.default is not None:
            yield from _judged(call.default, call.place, hosts)
    channel = project.settings.channels.get(syntax.source.path.split("/")[1])
    relative = channel is None or channel.envelope == "web"
    written = Written(syntax.source, project.settings.brand)
    if not syntax.source.path.endswith(".html.j2"):
        for address, place in written.addresses():
            yield from _judged(address, place, hosts)
    for tag in written.tags():
        for name, link in _addresses(tag):
            place = syntax.source.find(link, tag.place)
            yield from _judged(link, place, hosts if (tag.name, name) in _LINKS else None, relative=relative)


def _addresses(tag: Tag) -> Iterator[tuple[str, str]]:
    """The attributes of a tag that hold an address, as far as it is written and not a template's value."""
    for name, value in tag.attributes.items():
        if (
            value is None
            or not ((tag.name, name) in _LINKS or name in _LOADS)
            or (tag.name == "object" and name != "data")
        ):
            continue
        pieces = [piece.strip() for piece in value.split("\n") if piece.strip()]
        for index, piece in enumerate(pieces):
            whole = index == 0 or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", piece)
            if whole and not piece.startswith("…") and not (name == "src" and piece.startswith("data:image/")):
                yield name, piece


def _told_in_copy(project: LoadedProject) -> Iterator[Place]:
    """Links of copy, and merge fields with a blank fallback: C01 tells of these."""
    for component in project.components.values():
        yield from (finding.place for finding in _in_copy(project, component))
        for copy in copy_of(component):
            blank = (match for match in MERGE_FIELD.finditer(copy.text) if is_blank(match["fallback"]))
            yield from (copy.at(*match.span()) for match in blank)


RULE = Rule(
    code="S01",
    severity="error",
    summary="A link is not https, mailto or tel, carries a user name, or goes to a host outside policy.link_hosts.",
    fix="Write https:// and a host that the policy allows; without `link_hosts` in the policy any host will do.",
    find=find,
    each=(EVERY_COMPONENT.by(find_in_copy),),
)
