"""The smallest project that a brand would keep: one campaign, one component of each type, in its locales and channels.

Layouts, renditions, component types and the scale of letters and spaces are the starter's.
"""

from __future__ import annotations

import re
import textwrap
from importlib.resources import files
from string import Template
from typing import Final

from assembler.authoring.load.starter import starter_files
from assembler.authoring.scaffold.brand import HTML_CHANNELS, Brand
from assembler.authoring.scaffold.first_words import FIRST_TYPES, FirstWords, quoted
from assembler.authoring.scaffold.insertion import written
from assembler.authoring.scaffold.palette import Palette, palette
from assembler.authoring.scaffold.pictures import brand_pictures

CAMPAIGN: Final = "welcome"
_TEXT_TYPES: Final = ("headline", "cta")
"""The types of which a channel of text shows something."""

_WIDE: Final = 90
"""The characters of a line that holds a mapping."""

_SCALE = re.compile(r"^  type:.*?^  radius:[^\n]*\n", re.DOTALL | re.MULTILINE)


def minimal_files(brand: Brand, font: bytes) -> dict[str, bytes]:
    """Return the files of a project for a brand, by path; their dates are those of the starter's day. `font` is the
    file of the font in which its logo is written."""
    has_html = any(channel in HTML_CHANNELS for channel in brand.channels)
    types = FIRST_TYPES if has_html else _TEXT_TYPES
    words = FirstWords(brand.locales, brand.name)
    texts = {
        "assembler.yaml": settings_text(brand),
        f"campaigns/{CAMPAIGN}.yaml": _campaign(brand, types),
        "templates/strings.yaml": words.strings_text(),
    }
    for type_ in types:
        texts |= words.component_texts(f"{type_}/{CAMPAIGN}", CAMPAIGN, brand.url)
    for channel in brand.channels:
        if channel not in HTML_CHANNELS:
            texts |= _text_channel(channel)
    contents = {path: text.encode() for path, text in texts.items()}
    contents |= dict(starter_files(*(f"components/{type_}/_type.yaml" for type_ in types)))
    return contents | (brand_pictures(brand.name, palette(brand.colour), font) if has_html else {})


def _text_channel(channel: str) -> dict[str, str]:
    """Return the templates of a channel that is of text alone, by path."""
    folder = f"templates/{channel}"
    return {f"{folder}/note.text.j2": _file("note.text.j2"), f"{folder}/components/cta.text.j2": _file("cta.text.j2")}


def settings_text(brand: Brand) -> str:
    """Return assembler.yaml of a brand."""
    values = {
        "slug": written(brand.slug),
        "owner": _owner(brand),
        "locales": ", ".join(brand.locales),
        "name": quoted(brand.name),
        "url": quoted(brand.url),
        "assets": quoted(f"{brand.url}/assets/"),
        "hosts": quoted(brand.host),
        "colours": _colours(palette(brand.colour)),
        "scale": _scale(),
        "channels": "".join(_channel(channel, brand) for channel in brand.channels),
        "unsubscribe": "",
        "fields": "",
    }
    if "email" in brand.channels:
        values["unsubscribe"] = (
            f"  unsubscribe: {quoted(brand.unsubscribe)}   # where the link leads when a person has none\n"
        )
        values["fields"] = f"  unsubscribe_url: {{kind: url, example: {quoted(f'{brand.url}/unsubscribe/1')}}}\n"
    return Template(_file("assembler.yaml")).substitute(values)


def _owner(brand: Brand) -> str:
    return f"growth@{brand.host.partition(':')[0].removeprefix('www.')}"


def _channel(channel: str, brand: Brand) -> str:
    if channel == "email":
        lines = (
            "envelope: email",
            "unsubscribe: unsubscribe_url",
            f"address: {quoted(brand.address)}   # yours; the law asks for it",
        )
        return "  email:\n" + "".join(f"    {line}\n" for line in lines)
    return f"  {channel}: {{envelope: {'web' if channel == 'page' else 'none'}}}\n"


def _colours(tokens: Palette) -> str:
    """Return the brand's colours as YAML, each with what it is for as the starter says it."""
    uses = dict(re.findall(r"^    (\w+): \"#\w{6}\" +(#.*)$", _starter_settings(), re.MULTILINE))
    lines = []
    for scheme, colours in tokens.items():
        lines.append(f"  {scheme}:")
        for token, value in colours.items():
            line = f'    {token}: "{value}"'
            lines.append(f"{line:<44}{uses[token]}" if scheme == "colour" and token in uses else line)
    return "\n".join(lines) + "\n"


def _scale() -> str:
    """Return the sizes of letters and spaces, which are the starter's."""
    match = _SCALE.search(_starter_settings())
    assert match is not None, "the starter has a scale"
    return "".join(f"{_wrapped(line)}\n" for line in match[0].splitlines())


def _wrapped(line: str) -> str:
    """Return a line of YAML on several lines, where it is long for who edits it."""
    if "{" not in line or "#" in line:
        return line
    indent = " " * (line.index("{") + 1)
    return textwrap.fill(line, _WIDE, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _starter_settings() -> str:
    return dict(starter_files("assembler.yaml"))["assembler.yaml"].decode()


def _campaign(brand: Brand, types: tuple[str, ...]) -> str:
    slots = (f"  {type_ + ':':<10}{{type: {type_}, default: {type_}/{CAMPAIGN}}}\n" for type_ in types)
    values = {
        "owner": _owner(brand),
        "layouts": ", ".join(f"{channel}: note" for channel in brand.channels),
        "slots": "".join(slots),
    }
    return Template(_file("welcome.yaml")).substitute(values)


def _file(name: str) -> str:
    return (files(__package__) / "files" / name).read_text(encoding="utf-8")
