"""How text looks in its place: colour, ground, size and weight, worked out from what is inlined, ancestors first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from assembler.authoring.check.pages.colours import BLACK, WHITE, Colour, over, read_colour
from assembler.authoring.check.pages.css import background, length
from assembler.authoring.check.pages.elements import Element, Mark
from assembler.library.values import is_blank

# Sizes and weights of browsers' own style sheets, as multiples of the parent's size.
_SIZES = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h4": 1.0, "h5": 0.83, "h6": 0.67, "small": 0.83, "sub": 0.83, "sup": 0.83}
_BOLD = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "th"})
_UNSEEN = frozenset({"head", "script", "style", "template", "title", "noscript"})
_LINK: Colour = (0.0, 0.0, 238 / 255, 1.0)
_INHERIT = frozenset({"inherit", "unset", "currentcolor"})


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How text looks. A colour that is declared and cannot be read is the words of its declaration.

    `size` is in CSS pixels, None where it cannot be known; `sized` says that it is declared, not a browser's own.
    """

    ink: Colour | str = BLACK
    ground: Colour | str = WHITE
    fade: float = 1.0
    size: float | None = 16.0
    sized: bool = False
    bold: bool = False
    hidden: bool = False

    def inside(self, element: Element) -> TextStyle:
        """Return how text looks in an element that stands where this look is."""
        style = element.style
        fade = self.fade * _opacity(style.get("opacity"))
        size, sized = self._size(element)
        weight = style.get("font-weight", "").lower()
        return TextStyle(
            ink=self._ink(element),
            ground=self._ground(element, fade),
            fade=fade,
            size=size,
            sized=sized,
            bold=_is_bold(weight) if weight and weight != "inherit" else self.bold or element.tag in _BOLD,
            hidden=self.hidden or fade == 0 or _is_hidden(element),
        )

    def is_large(self, *, inlined_only: bool) -> bool:
        """Return whether it is large (WCAG 2.2: 24 px, or 18.66 px bold); `inlined_only`: by a declared size alone."""
        if self.size is None or (inlined_only and not self.sized):
            return False
        return self.size >= 24 or (self.bold and self.size >= 18.66)

    def _ink(self, element: Element) -> Colour | str:
        declared = element.style.get("color") or (element.attribute("color") if element.tag == "font" else "")
        if not declared:
            return _LINK if element.tag == "a" and element.attribute("href") else self.ink
        if declared.lower() in _INHERIT:
            return self.ink
        return BLACK if declared.lower() == "initial" else read_colour(declared) or declared

    def _ground(self, element: Element, fade: float) -> Colour | str:
        declared = background(element.style, element.attribute("bgcolor") or None)
        if declared is None:
            return "a picture" if element.attribute("background") else self.ground
        if isinstance(declared, str):
            return declared
        red, green, blue, alpha = declared
        if alpha * fade == 1:
            return declared
        return self.ground if isinstance(self.ground, str) else over((red, green, blue, alpha * fade), self.ground)

    def _size(self, element: Element) -> tuple[float | None, bool]:
        declared = element.style.get("font-size")
        if declared and declared.lower() != "inherit":
            return length(declared, self.size), True
        times = _SIZES.get(element.tag)
        if times is None or self.size is None:
            return self.size, self.sized
        return self.size * times, False


@lru_cache(maxsize=16_384)
def text_styles(root: Element, look: TextStyle) -> tuple[list[tuple[Element, TextStyle]], dict[int, TextStyle]]:
    """The root and elements below it in which visible text stands, with their looks; and the look at every mark."""
    readable: list[tuple[Element, TextStyle]] = []
    marks: dict[int, TextStyle] = {}
    for element, inside in _walk(root, look):
        if not inside.hidden and not is_blank(element.own_text):
            readable.append((element, inside))
        for child in element.children:
            if isinstance(child, Mark):
                marks[child.number] = inside
    return readable, marks


def _walk(root: Element, look: TextStyle) -> Iterator[tuple[Element, TextStyle]]:
    open_ = [(root, look)]
    while open_:
        element, inside = open_.pop()
        yield element, inside
        open_ += [
            (child, replace(inside, hidden=True) if child.tag in _UNSEEN else inside.inside(child))
            for child in element.children
            if isinstance(child, Element)
        ]


def _is_hidden(element: Element) -> bool:
    style = {name: value.lower() for name, value in element.style.items()}
    if style.get("display") == "none" or style.get("visibility") == "hidden" or "hidden" in element.attributes:
        return True
    flat = any(length(style.get(name, "auto")) == 0 for name in ("max-height", "height"))
    return flat and style.get("overflow") == "hidden"


def _is_bold(weight: str) -> bool:
    return weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 700)


def _opacity(value: str | None) -> float:
    try:
        return min(max(float(value), 0.0), 1.0) if value else 1.0
    except ValueError:
        return 1.0
