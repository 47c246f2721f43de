"""Links as authors write them: where one ends among words, and what keeps one from being served."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

from markdown_it import MarkdownIt

from assembler.errors import nearest
from assembler.library.values import CONTROLS, INVISIBLE

SCHEMES = ("https", "mailto", "tel")
"""What a link may begin with."""

MOST_MARKED = 20
"""Lists, quotations and emphasis within each other in Markdown."""

LINK = (
    r"(?<![A-Za-z])(?:[A-Za-z][A-Za-z0-9+.-]{0,30}://|[Mm][Aa][Ii][Ll][Tt][Oo]:|[Tt][Ee][Ll]:(?=\+?[0-9]))"
    r"[^\s<>\"`{}（）「」『』【】《》〈〉“”„«»、。，；：！？]+"
)
"""The pattern of a link among words, with whatever punctuation follows it. No letter stands before it."""

_LINK = re.compile(LINK)
_BRACKETS = {")": "(", "]": "["}
_AFTER = ".,;:!?'’…"

# What must stand before a value inside a link, so that the value can change neither scheme nor host.
_ANCHORED = re.compile(r"(?:https?://[^/?#\\\s]+[/?#]|mailto:|tel:|[/?#](?![/\\]))", re.IGNORECASE)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):", re.ASCII)
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?(?::(?P<port>[0-9]{{1,5}}))?", re.ASCII)
_LAST_PORT = 65_535
_REFUSED = re.compile(rf"[\s{CONTROLS}{INVISIBLE}\\<>\"`]")
_BLANK = re.compile(r"[\s\x00-\x20\x7f-\x9f\\]")
_DOTS = str.maketrans("\u3002\uff0e\uff61", "...")


_SHOWN = 200
"""So many characters of a link are shown in a hint."""


def markdown_parser(*, judged: bool = True) -> MarkdownIt:
    """Return a parser of Markdown that changes no link. If not `judged`, javascript: and its like are links too."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 2 * MOST_MARKED})
    as_written = {"normalizeLink": str, "normalizeLinkText": str, **({} if judged else {"validateLink": _any_link})}
    for name, change in as_written.items():
        setattr(parser, name, change)
    return parser


def links_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and text of every link among words, as far as programs that look for links take it to reach.

    Between angle brackets that is all of it; else a closing bracket that nothing opens ends it, and no punctuation is
    its last character.
    """
    for match in _LINK.finditer(text):
        start, end = match.span()
        bounded = text[start - 1 : start] == "<" and text[end : end + 1] == ">"
        link = match[0] if bounded else _before_closing(match[0]).rstrip(_AFTER)
        if len(link) > link.find(":") + 1 and not link.endswith("://"):
            yield start, link


def is_link(text: str) -> bool:
    """Whether a text is a link and nothing else."""
    return _LINK.fullmatch(text) is not None


def is_anchored(before: str) -> bool:
    """Whether what follows in a link can change neither its scheme nor its host."""
    return _ANCHORED.match(before) is not None


def is_host(text: str) -> bool:
    """Whether a text is a host as browsers ask for it, perhaps with a port."""
    match = _HOST.fullmatch(text)
    return match is not None and int(match["port"] or 0) <= _LAST_PORT


_OWN_PORT = ":443"
"""The port of https, which may be written or left out (RFC 9110, 4.2.3)."""


def host_of(link: str) -> str:
    """Return the host of an https link, in small letters, with its port if that is written."""
    return re.split(r"[/?#]", link.partition("://")[2], maxsplit=1)[0].lower()


def link_fault(
    link: str, hosts: tuple[str, ...] | None, *, relative: bool = False, schemes: tuple[str, ...] = SCHEMES
) -> tuple[str, str] | None:
    """Return what is wrong with a link, and how to mend it; None where it leads to the host that is written in it.

    `hosts` None: any host will do. `relative`: so will an address that begins with /.
    """
    if not link:
        return "a link without an address", "write where it leads, such as https://www.example.com/path"
    refused = _REFUSED.search(link)
    if refused is not None:
        return _character_fault(link, refused[0], schemes)
    scheme = _SCHEME.match(link)
    if scheme is not None:
        return _scheme_fault(link, scheme[1].lower(), link[scheme.end() :], hosts, schemes)
    if link.startswith("#") or (relative and link[0] in "/?" and not link.startswith("//")):
        return None
    return f"the link {quoted_link(link)} is not a whole address", _whole_address(link)


def _whole_address(link: str) -> str:
    """Return how to write a link whose scheme was left out."""
    if re.fullmatch(r"[^\s@/]+@[\w-]+(?:\.[\w-]+)+", link):
        return f"write mailto:{link}"
    if re.match(r"(?:www\.|[\w-]+(?:\.[\w-]+)+/)", link) and len(link) <= _SHOWN:
        return f"write https://{link}"
    return "begin it with https://"


def _scheme_fault(
    link: str, scheme: str, rest: str, hosts: tuple[str, ...] | None, schemes: tuple[str, ...]
) -> tuple[str, str] | None:
    if scheme not in schemes:
        secure = f"write https:{rest}" if rest.startswith("//") and len(link) <= _SHOWN else "write https://"
        hint = secure if scheme == "http" else _expected(schemes)
        return f"a link over {scheme}: {quoted_link(link)}", hint
    if scheme == "https":
        return _host_fault(link, rest, hosts)
    if rest[:1] in ("", "/") or (scheme == "tel" and not re.search("[0-9]", rest)):
        hint = "write it like mailto:help@example.com or tel:+441234567890"
        return f"the link {quoted_link(link)} leads nowhere", hint
    return None


def _any_link(link: str) -> bool:
    return True


def _before_closing(run: str) -> str:
    """Return the text up to the first closing bracket that was not opened in it."""
    open_ = dict.fromkeys(_BRACKETS.values(), 0)
    for index, character in enumerate(run):
        if character in open_:
            open_[character] += 1
        elif character in _BRACKETS:
            open_[_BRACKETS[character]] -= 1
            if open_[_BRACKETS[character]] < 0:
                return run[:index]
    return run


def _character_fault(link: str, character: str, schemes: tuple[str, ...]) -> tuple[str, str]:
    """Return what is wrong with a link in which stands what a browser changes, or what ends it in plain text."""
    if _BLANK.match(character):
        said = "a blank or a backslash"
    else:
        said = f"U+{ord(character):04X}" if re.match(f"[{CONTROLS}{INVISIBLE}]", character) else character
    scheme = _SCHEME.match(link)
    known = scheme is not None and scheme[1].lower() in schemes
    hint = f"write {_mended(link)}" if known else _expected(schemes)
    return f"the link {quoted_link(link)} holds {said}", hint


def _mended(link: str) -> str:
    """Return the link as browsers read it: percent-encoded, a backslash as a slash; of tel: without blanks."""
    link = link.strip()
    blank = "" if link[:4].lower() == "tel:" else None

    def mended(match: re.Match[str]) -> str:
        if match[0] == "\\":
            return "/"
        if match[0] in "\t\n\r" or 0xD800 <= ord(match[0]) <= 0xDFFF:
            return ""
        return quote(match[0]) if blank is None else blank

    return _REFUSED.sub(mended, link)


def _host_fault(link: str, rest: str, hosts: tuple[str, ...] | None) -> tuple[str, str] | None:
    authority = re.split(r"[/?#]", rest.removeprefix("//"), maxsplit=1)[0]
    if "@" in authority:
        return "a link with a user name or password in it", "remove what stands between https:// and @"
    if not rest.startswith("//") or not is_host(authority):
        host = _in_ascii(authority)
        hint = f"write {link.replace(authority, host, 1)}" if host else "write it like https://www.example.com/path"
        return f"the link {quoted_link(link)} has no host that can be read", hint
    host = authority.lower().removesuffix(_OWN_PORT)
    if hosts is None or host in (allowed.lower().removesuffix(_OWN_PORT) for allowed in hosts):
        return None
    close = nearest(host, hosts)
    listed = f"did you mean {close}?" if close else "allowed: " + (", ".join(hosts) or "none")
    return f"a link to the host {host}, which is not in policy.link_hosts", listed


def _in_ascii(authority: str) -> str | None:
    """Return a host of other letters as browsers ask for it (UTS 46, RFC 3492); None for any other."""
    if authority.isascii():
        return None
    labels = unicodedata.normalize("NFKC", authority.translate(_DOTS).lower()).split(".")
    host = ".".join(label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in labels)
    return host if _HOST.fullmatch(host) else None


def _expected(schemes: tuple[str, ...]) -> str:
    *others, last = schemes
    return "a link is " + (f"{', '.join(others)} or {last}" if others else last)


def quoted_link(link: str) -> str:
    """Return a link as a message shows it: in quotes, and cut where it is long."""
    return repr(link if len(link) <= 60 else link[:57] + "...")
