"""What a page's block for dark screens changes: which elements it hides or shows, and the grounds that it lays."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assembler.authoring.check.pages.colours import Colour
from assembler.authoring.check.pages.css import background, declarations
from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.pages.style_sheets import style_sheets
from assembler.authoring.compile.styles import brand_values, with_brand

DARK: Final = re.compile(r"\(\s*prefers-color-scheme\s*:\s*dark\s*\)", re.IGNORECASE)
"""The media feature of screens that are dark."""

_COMPOUND = re.compile(r"(?P<tag>[a-zA-Z][\w-]*)?(?P<classes>(?:\.[A-Za-z_-][\w-]*)*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class _DarkRule:
    """One selector, as its compounds from the last to the first, each with what joins it to the one after it."""

    compounds: tuple[tuple[str, str, frozenset[str]], ...]
    style: Mapping[str, str]

    def matches(self, chain: Sequence[Element]) -> bool:
        """Return whether an element, which is followed by what it stands in, the nearest first, is selected."""
        return _matches(self.compounds, chain)


@dataclass(frozen=True, slots=True)
class DarkScheme:
    """The rules for dark screens, in their order. Of two that select an element, the later counts."""

    rules: tuple[_DarkRule, ...]

    @classmethod
    def of(cls, page: Page) -> DarkScheme:
        """Return the dark scheme of a page; selectors of other kinds than are inlined select nothing."""
        values = brand_values(page.pages.project.settings.brand)
        return cls(
            tuple(
                _DarkRule(compounds, declarations(with_brand(rule.body, values)))
                for sheet in style_sheets(page)
                for rule in sheet.rules
                if any(map(DARK.search, rule.within))
                for selector in rule.selectors.split(",")
                if (compounds := _compounds(selector)) is not None
            )
        )

    def hides(self, chain: Sequence[Element]) -> bool:
        """Return whether an element, or something that it stands in, is not displayed on dark screens."""
        return any(self._display(chain[index:]) == "none" for index in range(len(chain)))

    def ground(self, chain: Iterable[Element]) -> Colour | None:
        """Return the colour on which an element stands; None where that is none, or not a colour."""
        around = list(chain)
        laid = (self._laid(element, around[index:]) for index, element in enumerate(around))
        ground = next((ground for ground in laid if ground is not None), None)
        return ground if isinstance(ground, tuple) and ground[3] == 1 else None

    def _laid(self, element: Element, chain: Sequence[Element]) -> Colour | str | None:
        """Return the ground that an element lays, as `background` does."""
        declared = (background(rule.style) for rule in reversed(self.rules) if rule.matches(chain))
        dark = next((ground for ground in declared if ground is not None), None)
        return background(element.style, element.attribute("bgcolor") or None) if dark is None else dark

    def _display(self, chain: Sequence[Element]) -> str:
        declared = [rule.style["display"] for rule in self.rules if "display" in rule.style and rule.matches(chain)]
        return (declared[-1] if declared else chain[0].style.get("display", "")).lower()


def _compounds(selector: str) -> tuple[tuple[str, str, frozenset[str]], ...] | None:
    pieces = selector.replace(">", " > ").split()
    compounds: list[tuple[str, str, frozenset[str]]] = []
    joint = " "
    for piece in pieces:
        if piece == ">":
            joint = ">"
            continue
        match = _COMPOUND.fullmatch(piece)
        if match is None:
            return None
        compounds.append((joint, (match["tag"] or "").lower(), frozenset(match["classes"].split(".")[1:])))
        joint = " "
    return tuple(reversed(compounds)) or None


def _matches(compounds: Sequence[tuple[str, str, frozenset[str]]], chain: Sequence[Element]) -> bool:
    """Return whether compounds, the last first, select the first of a chain: all that is joined by blanks is looked for
    upward, the nearest first."""
    if not chain or not _is_selected(chain[0], compounds[0]):
        return False
    at = 0
    for (joint, _, _), wanted in itertools.pairwise(compounds):
        at += 1
        while joint == " " and at < len(chain) and not _is_selected(chain[at], wanted):
            at += 1
        if at >= len(chain) or not _is_selected(chain[at], wanted):
            return False
    return True


def _is_selected(element: Element, compound: tuple[str, str, frozenset[str]]) -> bool:
    _, tag, classes = compound
    return (not tag or element.tag == tag) and classes <= set(element.attribute("class").split())
