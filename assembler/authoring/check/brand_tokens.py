"""The values of the brand that style sheets and templates use: what is missing or odd is told once, in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from PIL import ImageColor

from assembler.authoring.check.pages.colours import read_colour
from assembler.authoring.check.pages.css import css_rules, declarations
from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.compile.delimited_spans import JINJA
from assembler.authoring.compile.styles import brand_texts, brand_values, unknown_brand_values
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.settings import Settings
from assembler.errors import nearest

_TEMPLATE_USE: Final = re.compile(r"\bbrand((?:\.\w+)+)")
_ALONE: Final = re.compile(r"\s*var\(\s*--brand-([A-Za-z0-9_-]+)\s*\)\s*")
_COLOURED: Final = frozenset({"color", "background-color", "border-color", "outline-color", "text-decoration-color"})
_KEYWORDS: Final = frozenset({"inherit", "initial", "unset", "revert", "currentcolor", "transparent", "none"})
_HEX: Final = re.compile(r"(?:0x|#)?((?:[0-9a-f]{3}){1,2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BrandToken:
    """A value of the brand: its name, such as `brand.colour.ink`, its text, and where it is written."""

    name: str
    text: str
    place: Place

    @property
    def key(self) -> str:
        """The last part of its name."""
        return self.name.rpartition(".")[2]


def brand_tokens(settings: Settings) -> dict[str, BrandToken]:
    """The values of the brand by the names that CSS uses, such as `colour-ink`."""
    return {
        "-".join(path): BrandToken(f"brand.{'.'.join(path)}", text, settings.place("brand", *path))
        for path, text in brand_texts(settings.brand)
    }


def lacking_tokens(checked: CheckedProject) -> dict[str, list[Place]]:
    """What style sheets ask of the brand and it has not, by the names of CSS, with all places that ask for it."""
    values = brand_values(checked.project.settings.brand)
    uses: dict[str, list[Place]] = {}
    for source in checked.project.styles.values():
        for offset, name in unknown_brand_values(source.text, values):
            uses.setdefault(name, []).append(source.inside(offset))
    for name, place in _asked_in_templates(checked) if uses else ():
        if name in uses:
            uses[name].append(place)
    return uses


def missing_tokens(checked: CheckedProject) -> Iterator[Finding]:
    """What style sheets ask of the brand and it has not: at the place of the one use that misspells it, or else where
    it is missing in the brand; of what a comment cuts off C09 tells."""
    settings = checked.project.settings
    values = brand_values(settings.brand)
    cut_off = {line for keys, (line, _) in settings.source.comments.items() if keys[:1] == ("brand",)}
    for name, places in lacking_tokens(checked).items():
        close = nearest(name, values)
        if len(places) == 1 and close:
            yield Finding(places[0], f"the brand has no value {name!r}", f"did you mean --brand-{close}?")
            continue
        path = _path(settings.brand, name)
        place = settings.key_place("brand", *path)
        if place.line not in cut_off:
            shown = checked.project.shown_path(places[0].path)
            first, more = places[0], f" and {len(places) - 1} more" if len(places) > 1 else ""
            message = f"the brand has no {'.'.join(path)}, asked for by {shown}:{first.line}{more}"
            yield Finding(place, message, _adding(settings.brand, path))


def asked_in_vain(checked: CheckedProject) -> list[Place]:
    """The places of all that templates ask of the brand, style sheets ask as well, and it has not."""
    return [place for places in lacking_tokens(checked).values() for place in places if place.path.endswith(".j2")]


def _path(brand: Mapping[str, object], name: str) -> tuple[str, ...]:
    """The keys that a name of CSS stands for: as many as there are in the brand, then one for each of its parts."""
    for key, value in brand.items():
        if isinstance(value, Mapping) and name.startswith(f"{key}-"):
            return (key, *_path(value, name.removeprefix(f"{key}-")))
    return (name,) if name in brand else tuple(name.split("-"))


def _adding(brand: Mapping[str, object], path: tuple[str, ...]) -> str:
    """How to write a value that the brand has not, below those of its keys that it has."""
    above: list[str] = ["brand"]
    here: object = brand
    while isinstance(here, Mapping) and isinstance(here.get(path[0]), Mapping):
        here = here[path[0]]
        above.append(path[0])
        path = path[1:]
    written = '"..."'
    for key in reversed(path[1:]):
        written = f"{{{key}: {written}}}"
    return f"write `{path[0]}: {written}` below {'.'.join(above)}"


def _asked_in_templates(checked: CheckedProject) -> Iterator[tuple[str, Place]]:
    """The names, as CSS has them, of all that templates ask of the brand, and where each of them asks."""
    for syntax in checked.compiled.templates.syntax.values():
        for start, end in JINJA.spans(syntax.source.text):
            for match in _TEMPLATE_USE.finditer(syntax.source.text, start, end):
                yield match[1][1:].replace(".", "-"), syntax.source.inside(match.start())


def odd_colours(checked: CheckedProject) -> Iterator[Finding]:
    """The values of the brand that style sheets use as a colour, and that are none."""
    tokens = brand_tokens(checked.project.settings)
    used: dict[str, None] = {}
    for source in checked.project.styles.values():
        for rule in css_rules(source.text):
            for name, value in declarations(rule.body).items():
                match = _ALONE.fullmatch(value) if name in _COLOURED else None
                if match is not None and match[1] in tokens:
                    used[match[1]] = None
    for name in used:
        token = tokens[name]
        if is_no_colour(token.text):
            yield Finding(token.place, f"{token.name} is {token.text[:60]!r}, which is no colour", _colour_hint(token))


def is_no_colour(text: str) -> bool:
    """Return whether a text is no colour that any program knows; a function may be one that is not read here."""
    return "(" not in text and text.strip().lower() not in _KEYWORDS and read_colour(text) is None


def _colour_hint(token: BrandToken) -> str:
    digits = _HEX.fullmatch(token.text.strip())
    if digits is not None:
        return f'write {token.key}: "#{digits[1]}"'
    close = nearest(token.text.strip().lower(), ImageColor.colormap)
    return f"write {token.key}: {close}" if close else f'write a colour such as {token.key}: "#1f4d3f"'
