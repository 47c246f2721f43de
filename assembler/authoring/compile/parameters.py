"""`policy.link_parameters`: what is added to links of the brand's hosts, in one place, while compiling.

Links that people follow get it: those of HTML, those that JSON-LD of a mail tells programs of, those in plain text, and
strings of a JSON part that are a link as a whole.
Canonical addresses, Open Graph and the JSON-LD of pages stay as they are, and so do other hosts, mailto, tel, and links
that are a merge field as a whole, such as the one to unsubscribe.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple
from urllib.parse import quote, unquote_plus

from assembler.authoring.compile.links import host_of, links_in
from assembler.authoring.compile.tags import end_of

NAMES: Final = ("campaign", "channel", "locale", "component", "slot")
"""What may stand in braces in a value. Of a link of the layout there is no component and no slot."""

_NAME = re.compile(r"\{([^{}]*)\}")
# A document that was written by the inliner: every value of an attribute in double quotes, and nothing else escaped.
_OPENING = re.compile(r"<(?:(?P<name>[a-z][^\s/>]*+)|!--(?!\[if\b))")
_REST_OF_TAG = re.compile(r"(?:[^\">]|\"[^\"]*+\")*+>")
_ATTRIBUTE = re.compile(r"(?P<name>[^\s\"=>]+)(?:=\"(?P<value>[^\"]*)\")?")
_URL = re.compile(r"\"(?:url|target|urlTemplate)\"\s*:\s*\"(?P<value>(?:[^\"\\]|\\.)*)\"")
_STRING = re.compile(r'"(?P<value>(?:[^"\\]|\\.)*+)(?P<end>"?)')
_FRAGMENT = re.compile("#")
_FRAGMENT_IN_HTML = re.compile("(?<!&)#")


class _Link(NamedTuple):
    """Where a link stands in a text, how its place writes what is read, and what begins its fragment there."""

    start: int
    end: int
    read: Callable[[str], str] = str
    write: Callable[[str], str] = str
    fragment: re.Pattern[str] = _FRAGMENT


@dataclass(frozen=True, slots=True)
class LinkParameters:
    """The parameters of one campaign in a channel and locale: `templates` are values with names in braces, `known` is
    what these stand for, and `hosts` are those of links that get them."""

    templates: Mapping[str, str]
    hosts: frozenset[str]
    known: Mapping[str, str]

    def query(self, link: str, filled: Mapping[str, str]) -> str:
        """Return what is added to a link before its fragment: nothing to one of another host, or that has them all.

        `filled` are the component that it is of and the slot in which that stands, if any.
        """
        if link[:8].lower() != "https://" or host_of(link) not in self.hosts:
            return ""
        _, mark, existing = link.partition("#")[0].partition("?")
        there = {unquote_plus(parameter.partition("=")[0]) for parameter in existing.split("&")}
        added = "&".join(parameter for name, parameter in self._filled(filled) if name not in there)
        if not added:
            return ""
        start = "?" if not mark else "" if existing.endswith("&") or not existing else "&"
        return start + added

    def _filled(self, filled: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield the name of each parameter whose names in braces are all known, and the parameter with their values."""
        known = {**self.known, **filled}
        for name, template in self.templates.items():
            if known.keys() >= set(names_in(template)):
                value = _NAME.sub(lambda match: known[match[1]], template)
                yield name, f"{name}={quote(value, safe='/')}"


@dataclass(frozen=True, eq=False)
class PartLinks:
    """The links of one part of a layout, `document`, in which marks stand for slots. `mail`: it is one of a mail."""

    parameters: LinkParameters
    part: str
    mail: bool
    document: str

    def in_layout(self, text: str, start: int) -> str:
        """Return a text of the document that begins at `start`, with the parameters of its links."""
        end = start + len(text)
        here = ((at, more) for at, more in self._additions if start <= at < end or at == end == len(self.document))
        return _with(text, ((at - start, more) for at, more in here))

    def in_slot(self, text: str, mark: str, **filled: str) -> str:
        """Return what a component writes where a mark stands, its links with parameters; `filled` are its own."""
        whole = [link._replace(start=0, end=len(text)) for link in self._links if self._text_of(link) == mark]
        markup = self.part != "html" or mark.startswith("<!--")
        return _with(text, self._added(text, self._found(text) if markup and not whole else whole[:1], filled))

    @cached_property
    def _links(self) -> tuple[_Link, ...]:
        return tuple(self._found(self.document))

    @cached_property
    def _additions(self) -> tuple[tuple[int, str], ...]:
        return tuple(self._added(self.document, self._links, {}))

    def _text_of(self, link: _Link) -> str:
        return self.document[link.start : link.end]

    def _found(self, text: str) -> Iterator[_Link]:
        if not self.parameters.templates:
            return iter(())
        if self.part == "html":
            return _links_of_html(text, self.mail)
        if self.part == "json":
            strings = (match.span("value") for match in _STRING.finditer(text) if match["end"])
            return (_Link(*span, _from_json, _in_json) for span in strings)
        return (_Link(start, start + len(link)) for start, link in (links_in(text) if self.part == "text" else ()))

    def _added(self, text: str, links: Iterable[_Link], filled: Mapping[str, str]) -> Iterator[tuple[int, str]]:
        for link in links:
            written = text[link.start : link.end]
            query = self.parameters.query(link.read(written), filled)
            if query:
                fragment = link.fragment.search(written)
                yield link.start + (fragment.start() if fragment else len(written)), link.write(query)


def names_in(value: str) -> list[str]:
    """Return the names that stand in braces in a parameter's value."""
    return _NAME.findall(value)


def _with(text: str, additions: Iterable[tuple[int, str]]) -> str:
    pieces, after = [], 0
    for at, more in additions:
        pieces += [text[after:at], more]
        after = at
    return "".join(pieces) + text[after:]


def _links_of_html(text: str, mail: bool) -> Iterator[_Link]:
    """Yield the links of HTML that people follow, in its order; of a mail those in JSON-LD as well."""
    at = 0
    while (opening := _OPENING.search(text, at)) is not None:
        start, name = opening.end(), opening["name"]
        if name is None:
            at = end_of("-->", text, start)
            continue
        rest = _REST_OF_TAG.match(text, start)
        at = rest.end() if rest is not None else end_of(">", text, start)
        if name in ("a", "area"):
            yield from _links_of_tag(text, start, at)
        elif name in ("script", "style"):
            content, at = at, end_of(f"</{name}", text, at)
            if mail and name == "script" and "application/ld+json" in text[start:content]:
                yield from _links_of_json(text, content, at)


def _links_of_tag(text: str, start: int, end: int) -> Iterator[_Link]:
    for attribute in _ATTRIBUTE.finditer(text, start, end):
        if attribute["name"] == "href":
            yield _Link(*attribute.span("value"), html.unescape, _in_attribute, _FRAGMENT_IN_HTML)


def _links_of_json(text: str, start: int, end: int) -> Iterator[_Link]:
    for match in _URL.finditer(text, start, end):
        yield _Link(*match.span("value"), _from_json, _in_json)


def _in_attribute(query: str) -> str:
    return query.replace("&", "&amp;")


def _in_json(query: str) -> str:
    return query.replace("&", "\\u0026")


def _from_json(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text
