"""CSS as far as rules read it: declarations, the rules of a style sheet with their offsets, lengths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assembler.authoring.check.pages.colours import Colour, read_colour
from assembler.authoring.compile.delimited_spans import CSS_COMMENTS, blanked
from assembler.authoring.compile.styles import foreign_selectors

_DECLARATION = re.compile(r"""(?<![\w-])([\w-]++)\s*:((?:[^;"'(]|"[^"]*"|'[^']*'|\((?:[^()]|\([^()]*\))*\))*+)""")
_TOKEN = re.compile(r"""[\w-]*\((?:[^()]|\([^()]*\))*\)|"[^"]*"|'[^']*'|[^\s,/]+""")
_LENGTH = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))(px|pt|em|rem|%)?")
_UNITS = {"px": 1.0, "pt": 4 / 3, "rem": 16.0}
_KEYWORDS = {
    "xx-small": 9.0,
    "x-small": 10.0,
    "small": 13.0,
    "medium": 16.0,
    "large": 18.0,
    "x-large": 24.0,
    "xx-large": 32.0,
}
_PICTURE = re.compile(r"url\(|.*gradient\(", re.DOTALL)
_IMPORTANT = re.compile(r"!\s*important$")
_FONT = re.compile(r"(?:^|\s)([\d.]+(?:px|pt|em|rem|%))(?:\s*/\s*\S+)?\s+(.+)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CssRule:
    """A rule of a style sheet: its selectors, what its braces hold, the at-rules around it, and its offsets.

    `around_offset` is that of the innermost at-rule around it.
    """

    selectors: str
    body: str
    within: tuple[str, ...]
    offset: int
    body_offset: int
    around_offset: int = 0

    @property
    def may_be_inlined(self) -> bool:
        """Whether all its selectors are of the kinds that are inlined slot by slot."""
        return not any(True for _ in foreign_selectors(self.selectors + "{}"))


@lru_cache(maxsize=4096)
def declarations(style: str) -> Mapping[str, str]:
    """The last value of each property of a style attribute; `!important` is left out."""
    values: dict[str, str] = {}
    for match in _DECLARATION.finditer(style):
        values.pop(match[1].lower(), None)
        values[match[1].lower()] = _IMPORTANT.sub("", match[2].strip()).rstrip()
    _expand_font(values)
    return values


def css_rules(css: str) -> Iterator[CssRule]:
    """Every rule that declares something, and every at-rule with an empty body, in the order of their ends."""
    css = CSS_COMMENTS.sub(blanked, css)
    open_: list[tuple[str, int, int]] = []
    start = 0
    for match in re.finditer(r"([{};])|\"[^\"\n]*\"|'[^'\n]*'", css):
        if match[1] is None:
            continue
        written = css[start : match.start()]
        prelude, offset = written.strip(), start + len(written) - len(written.lstrip())
        start = match.end()
        if match[1] == "{":
            open_.append((prelude, offset, start))
        elif match[1] == "}" and open_:
            prelude, offset, inside = open_.pop()
            body = css[inside : match.start()]
            if "{" not in body:
                yield CssRule(prelude, body, _preludes(open_), offset, inside, open_[-1][1] if open_ else 0)
        elif match[1] == ";" and prelude.startswith("@"):
            yield CssRule(prelude, "", _preludes(open_), offset, offset)


def _preludes(open_: Sequence[tuple[str, int, int]]) -> tuple[str, ...]:
    return tuple(prelude for prelude, _, _ in open_)


def places_of_declaration(css: str, resolved: Mapping[str, str], name: str, value: str) -> Iterator[int]:
    """The offsets in a style sheet at which a declaration of this name and value begins.

    `resolved` are the texts to put in place of others before values are compared.
    """
    wanted = re.sub(r"\s+", "", value)
    for rule in css_rules(css):
        for match in _DECLARATION.finditer(rule.body):
            text = match[2]
            for old, new in resolved.items():
                text = text.replace(old, new)
            if match[1].lower() == name and re.sub(r"\s+", "", text.replace("!important", "")) == wanted:
                yield rule.body_offset + match.start(1)


def length(text: str | None, parent: float | None = None) -> float | None:
    """A length in CSS pixels; em and % need the size of the parent. None where it cannot be known."""
    text = (text or "").strip().lower()
    match = _LENGTH.fullmatch(text)
    if match is None:
        return _KEYWORDS.get(text)
    number, unit = float(match[1]), match[2]
    if unit in ("em", "%"):
        return None if parent is None else number * parent / (100 if unit == "%" else 1)
    if unit is None:
        return None if number else 0.0
    return number * _UNITS[unit]


def background(style: Mapping[str, str], attribute: str | None = None) -> Colour | str | None:
    """The ground that an element declares: a colour, the words of one that cannot be read, or None for none.

    `attribute` is its `bgcolor`.
    """
    ground: Colour | str | None = None
    if attribute:
        ground = read_colour(attribute) or read_colour("#" + attribute) or attribute
    for name, value in style.items():
        if name == "background-color":
            ground = _plain_ground(value)
        elif name == "background":
            ground = _ground_in(value)
        elif name == "background-image" and value.lower() != "none" and ground is None:
            ground = "a picture"
    return ground


def stack(style: Mapping[str, str]) -> list[str]:
    """The font families that an element declares, in order, in lower case and without quotes."""
    families = style.get("font-family", "")
    return [family.strip().strip("\"'").lower() for family in families.split(",") if family.strip()]


def _plain_ground(value: str) -> Colour | str | None:
    if value.lower() in ("inherit", "initial", "unset", "transparent"):
        return None
    return read_colour(value) or value


def _ground_in(value: str) -> Colour | str | None:
    tokens = [token.lower() for token in _TOKEN.findall(value)]
    colours = [colour for colour in map(read_colour, tokens) if colour is not None]
    if colours:
        return colours[-1] if colours[-1][3] else None
    functions = ["a picture" if _PICTURE.match(token) else token for token in tokens if "(" in token]
    return "a picture" if "a picture" in functions else next(iter(functions), None)


def _expand_font(values: dict[str, str]) -> None:
    """What the shorthand `font` says of size, family and weight, where they are not declared after it."""
    match = _FONT.search(values.get("font", ""))
    if match is None:
        return
    names = list(values)
    for name, value in (("font-size", match[1]), ("font-family", match[2])):
        if name not in values or names.index(name) < names.index("font"):
            values[name] = value
    if re.search(r"(?:^|\s)(?:bold|[6-9]00)\s", values["font"]):
        values.setdefault("font-weight", "bold")
