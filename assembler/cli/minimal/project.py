"""The smallest project that a brand would keep: one campaign, one component of each type, in its locales and channels.

Layouts, renditions, component types and the scale of letters and spaces are the starter's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from string import Template
from typing import Any, Final

from assembler.authoring.load.starter import starter_files
from assembler.authoring.load.strict_yaml import read_yaml
from assembler.authoring.project.locales import ancestry, language, lineage
from assembler.cli.minimal.answers import HTML_CHANNELS, Brand
from assembler.cli.minimal.palette import Palette, palette
from assembler.cli.minimal.pictures import logo, picture
from assembler.cli.new.insertion import written

CAMPAIGN: Final = "welcome"
_TYPES: Final = ("subject", "headline", "image", "body", "cta")
_TEXT_TYPES: Final = ("headline", "cta")
"""The types of which a channel of text shows something."""

_ELSEWHERE: Final = "en"
"""The language whose words stand in for those of one that is not known here."""

_FROM_RIGHT: Final = frozenset("ar arc ckb dv fa he ks nqo ps sd syr ug ur yi".split())
_RIGHT_SCRIPTS: Final = frozenset(("adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"))
_SCALE = re.compile(r"^  type:.*?^  radius:[^\n]*\n", re.DOTALL | re.MULTILINE)

Words = Mapping[str, Any]


def minimal_files(brand: Brand) -> dict[str, bytes]:
    """Return the files of a project for a brand, by path; their dates are those of the starter's day."""
    has_html = any(channel in HTML_CHANNELS for channel in brand.channels)
    types = _TYPES if has_html else _TEXT_TYPES
    texts = {
        "assembler.yaml": _settings(brand),
        f"campaigns/{CAMPAIGN}.yaml": _campaign(brand, types),
        "templates/strings.yaml": "".join(_strings(brand)),
        **{path: text for type_ in types for path, text in _components(brand, type_)},
    }
    for channel in brand.channels:
        if channel not in HTML_CHANNELS:
            texts |= text_channel(channel)
    contents = {path: text.encode() for path, text in texts.items()}
    contents |= dict(starter_files(*(f"components/{type_}/_type.yaml" for type_ in types)))
    return contents | (_pictures(brand) if has_html else {})


def text_channel(channel: str) -> dict[str, str]:
    """Return the templates of a channel that is of text alone, by path."""
    folder = f"templates/{channel}"
    return {f"{folder}/note.text.j2": _file("note.text.j2"), f"{folder}/components/cta.text.j2": _file("cta.text.j2")}


def untranslated(brand: Brand) -> list[str]:
    """Return the locales in which English words stand in."""
    return [locale for locale in _spoken(brand) if language(locale) not in _known()]


def _spoken(brand: Brand) -> list[str]:
    """Return the locales that have words of their own: not those that have their language's."""
    return [locale for locale in brand.locales if lineage(locale, brand.locales)[-1] == locale]


def _settings(brand: Brand) -> str:
    values = {
        "slug": written(brand.slug),
        "owner": _owner(brand),
        "locales": ", ".join(brand.locales),
        "name": _quoted(brand.name),
        "url": _quoted(brand.url),
        "assets": _quoted(f"{brand.url}/assets/"),
        "hosts": _quoted(brand.host),
        "colours": _colours(palette(brand.colour)),
        "scale": _scale(),
        "channels": "".join(_channel(channel, brand) for channel in brand.channels),
        "unsubscribe": "",
        "fields": "",
    }
    if "email" in brand.channels:
        leave = _quoted(f"{brand.url}/unsubscribe")
        values["unsubscribe"] = f"  unsubscribe: {leave}   # where the link leads when a person has none\n"
        values["fields"] = f"  unsubscribe_url: {{kind: url, example: {_quoted(f'{brand.url}/unsubscribe/1')}}}\n"
    return Template(_file("assembler.yaml")).substitute(values)


def _owner(brand: Brand) -> str:
    return f"growth@{brand.host.partition(':')[0].removeprefix('www.')}"


def _channel(channel: str, brand: Brand) -> str:
    if channel == "email":
        address = _quoted(f"{brand.name}, 1 Main Street, 10000 Town")
        lines = (
            "envelope: email",
            "unsubscribe: unsubscribe_url",
            f"address: {address}   # yours; the law asks for it",
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
    return match[0]


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


def _strings(brand: Brand) -> Iterator[str]:
    """Yield the fixed words of templates, locale by locale."""
    for locale in _spoken(brand):
        stand_in = " # English, until somebody translates it" if locale in untranslated(brand) else ""
        yield f"{locale}:{stand_in}\n"
        words = {**_words(locale, brand)["strings"], "direction": _direction(locale)}
        for key, text in words.items():
            yield f"  {key}: {_quoted(text)}\n"


def _direction(locale: str) -> str:
    subtags = ancestry(locale)[0].split("-")
    script = next((subtag for subtag in subtags[1:] if len(subtag) == 4 and subtag.isalpha()), None)
    from_right = script in _RIGHT_SCRIPTS if script else subtags[0] in _FROM_RIGHT
    return "rtl" if from_right else "ltr"


def _components(brand: Brand, type_: str) -> Iterator[tuple[str, str]]:
    """Yield the component of a type, and its translations, by path."""
    for index, locale in enumerate(dict.fromkeys((brand.locales[0], *_spoken(brand)))):
        words = _words(locale, brand)
        original = index == 0
        front, body = _component(type_, words, brand, original=original)
        stand_in = "# English, until somebody translates it" if locale in untranslated(brand) else ""
        lines = [*([f"campaigns: [{CAMPAIGN}]"] if original else []), *([stand_in] if stand_in else []), *front]
        fence = "---\n" + "".join(f"{line}\n" for line in lines) + "---\n" if lines else ""
        suffix = "" if original else f".{locale}"
        yield f"components/{type_}/{CAMPAIGN}{suffix}.md", f"{fence}{body}\n"


def _component(type_: str, words: Words, brand: Brand, *, original: bool) -> tuple[list[str], str]:
    """Return the fields and the body of a component."""
    match type_:
        case "subject":
            return [f"preheader: {_quoted(words['preheader'])}"], words["subject"]
        case "headline":
            return [f"kicker: {_quoted(words['kicker'])}"], words["headline"]
        case "image":
            file = "file: picture.png, " if original else ""
            return [f"picture: {{{file}alt: {_quoted(words['alt'])}}}"], words["caption"]
        case "cta":
            return [f"url: {_quoted(brand.url)}"] if original else [], words["cta"]
    return [], words["body"].strip()


def _words(locale: str, brand: Brand) -> Words:
    """Return what a new project says in a locale, with the brand's name in it."""
    known = language(locale) if language(locale) in _known() else _ELSEWHERE
    value, _ = read_yaml(f"{known}.yaml", (files(__package__) / "words" / f"{known}.yaml").read_text(encoding="utf-8"))
    words: Words = _named(value, brand.name)
    return words


def _named(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return {key: _named(below, name) for key, below in value.items()}
    return Template(value).safe_substitute(name=name)


def _known() -> set[str]:
    return {entry.name.removesuffix(".yaml") for entry in (files(__package__) / "words").iterdir()}


def _pictures(brand: Brand) -> dict[str, bytes]:
    tokens = palette(brand.colour)
    day, night = tokens["colour"], tokens["night"]
    return {
        "assets/logo.png": logo(brand.name, day["ink"], day["deep"]),
        "assets/logo_dark.png": logo(brand.name, night["ink"], night["deep"]),
        "assets/picture.png": picture(day),
    }


def _file(name: str) -> str:
    return (files(__package__) / "files" / name).read_text(encoding="utf-8")


def _quoted(text: str) -> str:
    """Return a text as YAML has it between double quotes."""
    return json.dumps(text, ensure_ascii=False)
