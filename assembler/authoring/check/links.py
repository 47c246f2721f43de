"""Links as authors write them: where they stand in copy, and what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from markdown_it import MarkdownIt

from assembler.authoring.check.copy import without_merge_fields
from assembler.authoring.compile.words import SCHEMES
from assembler.errors import nearest

__all__ = ["ADDRESS", "link_fault", "links_of"]

ADDRESS = re.compile(r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"'`]*[^\s<>\"'`.,;:!?)\]}]")
"""An address within words."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):", re.ASCII)
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::[0-9]{1,5})?", re.ASCII)
_UNSEEN = re.compile(r"[\s\x00-\x20\x7f-\x9f\\]")
_PARSER = MarkdownIt("commonmark", {"html": False})
# Links that rendering leaves as words, such as javascript:, are to be found as well.
_PARSER.validateLink = lambda url: True  # type: ignore[method-assign]


def links_of(text: str, *, markdown: bool) -> Iterator[tuple[int, str]]:
    """The offset and address of every link in copy; a merge field is as many letters as it is written with."""
    bare = without_merge_fields(text)
    linked = _linked(bare) if markdown else ()
    yield from linked
    for match in ADDRESS.finditer(bare):
        if not any(address.startswith(match[0]) for _, address in linked):
            yield match.start(), match[0]


@lru_cache(maxsize=16_384)
def _linked(markdown: str) -> tuple[tuple[int, str], ...]:
    """The offset and address of every link that Markdown makes."""
    found: list[tuple[int, str]] = []
    after = 0
    for token in _PARSER.parse(markdown):
        for each in token.children or ():
            if each.type == "link_open":
                address = str(each.attrGet("href"))
                at = markdown.find(address, after)
                after = at + len(address) if at >= 0 else after
                found.append((max(at, 0), address))
    return tuple(found)


def link_fault(link: str, hosts: tuple[str, ...] | None, *, relative: bool = False) -> tuple[str, str] | None:
    """What is wrong with a link, and how to mend it; None where nothing is.

    `hosts` None: any host will do. `relative`: so will an address that begins with /.
    """
    link = link.strip()
    if not link or link.startswith("#"):
        return None
    if _UNSEEN.search(link):
        return f"the link {_short(link)} holds a blank or a backslash", "write a blank in a link as %20"
    scheme = _SCHEME.match(link)
    if scheme is None:
        fine = relative and link[0] in "/?" and not link.startswith("//")
        return None if fine else (f"the link {_short(link)} is not a whole address", "begin it with https://")
    name = scheme[1].lower()
    if name not in SCHEMES:
        hint = "write https://" if name == "http" else "a link is https, mailto or tel"
        return f"a link over {name}: {_short(link)}", hint
    return _host_fault(link, link[scheme.end() :], hosts) if name == "https" else None


def _host_fault(link: str, rest: str, hosts: tuple[str, ...] | None) -> tuple[str, str] | None:
    authority = re.split(r"[/?#]", rest.removeprefix("//"), maxsplit=1)[0]
    if "@" in authority:
        return "a link with a user name or password in it", "remove what stands between https:// and @"
    if not rest.startswith("//") or not _HOST.fullmatch(authority):
        return f"the link {_short(link)} has no host that can be read", "write it like https://www.example.com/path"
    host = authority.lower()
    if hosts is None or host in (each.lower() for each in hosts):
        return None
    close = nearest(host, hosts)
    listed = f"did you mean {close}?" if close else "allowed: " + (", ".join(hosts) or "none")
    return f"a link to the host {host}, which is not in policy.link_hosts", listed


def _short(link: str) -> str:
    return repr(link if len(link) <= 60 else link[:57] + "...")
