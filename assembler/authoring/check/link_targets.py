"""Where the attributes of a tag lead, and what they load, as browsers read them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

_FOLLOWED = frozenset({"a", "area", "base"})
_LOADED = frozenset(
    "href src poster background cite ping longdesc manifest xlink:href lowsrc dynsrc codebase usemap".split(" ")
)
_ACTIONS = {"form": "action", "button": "formaction", "input": "formaction"}
SHARED_PICTURE: Final = ("og:image", "og:image:url", "og:image:secure_url")
"""The properties of a meta that name the picture of a page where it is shared."""

_SETS = frozenset({"srcset", "imagesrcset"})
_CANDIDATE = re.compile(r"(?P<link>[^\s,](?:\S*[^\s,])?)(?P<rest>,|[^,]*)")
_DESCRIPTION = re.compile(r"[0-9]+(?:\.[0-9]+)?[xw]")
_REFRESH = re.compile(r"\s*[0-9.]*\s*[;,]?\s*(?:url\s*=\s*)?(?P<quote>[\"']?)(?P<link>.*)", re.IGNORECASE | re.DOTALL)
_CSS = re.compile(r"url\(\s*(?P<quote>[\"']?)(?P<link>[^\"')\s]*)|@import\s+[\"'](?P<imported>[^\"']*)", re.IGNORECASE)
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)


class LinkTarget(NamedTuple):
    """An address in an attribute. People follow it, or their program loads it by itself; `hidden`: within a comment."""

    attribute: str
    link: str
    followed: bool
    hidden: bool = False


def link_targets(tag: str, attributes: Mapping[str, str | None]) -> Iterator[LinkTarget]:
    """Every address in the attributes of a tag; blanks around one are no part of it, an empty one is none the less."""
    refreshes = tag == "meta" and (attributes.get("http-equiv") or "").strip().lower() == "refresh"
    for name, value in attributes.items():
        text = (value or "").strip(" \t\n\f\r")
        if name == "content" and refreshes:
            yield from _of_refresh(text)
        elif name == "content" and text and _is_shared_picture(tag, attributes):
            yield LinkTarget(name, text, False)
        else:
            yield from _in_attribute(tag, name, text)


def _in_attribute(tag: str, name: str, text: str) -> Iterator[LinkTarget]:
    if name in _SETS:
        yield from (LinkTarget(name, link, False) for link, _ in srcset_candidates(text))
    elif name == "style":
        yield from (LinkTarget(name, link, False) for _, link in css_targets(text))
    elif _holds_address(tag, name):
        yield LinkTarget(name, text, _is_followed(tag, name))


def srcset_candidates(text: str) -> Iterator[tuple[str, str]]:
    """Every address of a `srcset`, with what describes it, such as `2x` or `600w`; nothing is single density.

    One that is empty leaves its description alone.
    """
    for match in _CANDIDATE.finditer(text):
        link, words = match["link"], match["rest"].strip(" \t\n\f\r,").lower()
        yield ("", link) if _DESCRIPTION.fullmatch(link) else (link, words)


def css_targets(css: str) -> Iterator[tuple[int, str]]:
    """The offset and address of whatever CSS loads; pictures that are written out are none."""
    for match in _CSS.finditer(css):
        link = _CSS_ESCAPE.sub(_unescaped, match["link"] or match["imported"] or "")
        if not link.lower().startswith("data:image/"):
            yield match.start(), link


def _holds_address(tag: str, name: str) -> bool:
    if name == _ACTIONS.get(tag) or (name == "data" and tag == "object"):
        return True
    return name in _LOADED and not (tag == "object" and name in ("href", "src"))


def _is_shared_picture(tag: str, attributes: Mapping[str, str | None]) -> bool:
    """Return whether a tag names the picture that others show beside a link to the page (ogp.me)."""
    return tag == "meta" and (attributes.get("property") or "").strip().lower() in SHARED_PICTURE


def _is_followed(tag: str, name: str) -> bool:
    """Return whether people follow it: links, areas, forms, and the shapes of Outlook that are links."""
    return name == _ACTIONS.get(tag) or (name in ("href", "xlink:href") and (tag in _FOLLOWED or tag.startswith("v:")))


def _of_refresh(content: str) -> Iterator[LinkTarget]:
    match = _REFRESH.match(content)
    link = match["link"].split(match["quote"])[0] if match and match["quote"] else match["link"] if match else ""
    if link:
        yield LinkTarget("content", link.strip(), True)


def _unescaped(match: re.Match[str]) -> str:
    number = int(match[1] or "0", 16)
    if match[1]:
        return chr(number) if 0 < number < 0x110000 else "\ufffd"
    return "" if match[2] == "\n" else match[2]
