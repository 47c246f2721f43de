"""What a brand says before somebody has written its words: in the language of each locale, where it is known here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from string import Template
from typing import Any, Final

from assembler.authoring.load.strict_yaml import read_yaml
from assembler.authoring.project.locales import ancestry, language, lineage

_ELSEWHERE: Final = "en"
"""The language whose words stand in for those of one that is not known here."""

_STAND_IN: Final = "# English, until somebody translates it"
_FROM_RIGHT: Final = frozenset("ar arc ckb dv fa he ks nqo ps sd syr ug ur yi".split())
_RIGHT_SCRIPTS: Final = frozenset(("adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"))

Words = Mapping[str, Any]


def spoken(locales: Sequence[str]) -> list[str]:
    """Return the locales that have words of their own: not those that have their language's."""
    return [locale for locale in locales if lineage(locale, locales)[-1] == locale]


def untranslated(locales: Sequence[str]) -> list[str]:
    """Return the locales in which English words stand in."""
    return [locale for locale in spoken(locales) if language(locale) not in _known()]


def fixed_words(locale: str, name: str) -> dict[str, str]:
    """Return the fixed words of templates in a locale, of a brand with a name."""
    return {**_words(locale, name)["strings"], "direction": _direction(locale)}


def strings_text(locales: Sequence[str], name: str) -> str:
    """Return strings.yaml of a brand with a name."""
    lines = []
    for locale in spoken(locales):
        lines.append(f"{locale}:" + (f" {_STAND_IN}" if locale in untranslated(locales) else ""))
        lines += [f"  {key}: {quoted(text)}" for key, text in fixed_words(locale, name).items()]
    return "".join(f"{line}\n" for line in lines)


def component_texts(
    address: str, campaign: str, locales: Sequence[str], brand: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield a component for a campaign, and its translations, by path. Its type is one of `FIRST_TYPES`; of the brand,
    `name` and `url` are asked."""
    type_ = address.partition("/")[0]
    for index, locale in enumerate(dict.fromkeys((locales[0], *spoken(locales)))):
        front, body = _component(type_, _words(locale, brand["name"]), brand["url"], original=index == 0)
        lines = [
            *[f"campaigns: [{campaign}]"][: index == 0],
            *[_STAND_IN][: locale in untranslated(locales)],
            *front,
        ]
        fence = "---\n" + "".join(f"{line}\n" for line in lines) + "---\n" if lines else ""
        suffix = f".{locale}" if index else ""
        yield f"components/{address}{suffix}.md", f"{fence}{body}\n"


FIRST_TYPES: Final = ("subject", "headline", "image", "body", "cta")
"""The component types for which there are words."""


def _component(type_: str, words: Words, url: str, *, original: bool) -> tuple[list[str], str]:
    """Return the fields and the body of a component."""
    match type_:
        case "subject":
            return [f"preheader: {quoted(words['preheader'])}"], words["subject"]
        case "headline":
            return [f"kicker: {quoted(words['kicker'])}"], words["headline"]
        case "image":
            file = "file: picture.png, " if original else ""
            return [f"picture: {{{file}alt: {quoted(words['alt'])}}}"], words["caption"]
        case "cta":
            return [f"url: {quoted(url)}"] if original else [], words["cta"]
    return [], words["body"].strip()


def _direction(locale: str) -> str:
    subtags = ancestry(locale)[0].split("-")
    script = next((subtag for subtag in subtags[1:] if len(subtag) == 4 and subtag.isalpha()), None)
    from_right = script in _RIGHT_SCRIPTS if script else subtags[0] in _FROM_RIGHT
    return "rtl" if from_right else "ltr"


def _words(locale: str, name: str) -> Words:
    """Return what a new project says in a locale, with the brand's name in it."""
    known = language(locale) if language(locale) in _known() else _ELSEWHERE
    value, _ = read_yaml(f"{known}.yaml", (files(__package__) / "words" / f"{known}.yaml").read_text(encoding="utf-8"))
    words: Words = _named(value, name)
    return words


def _named(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return {key: _named(below, name) for key, below in value.items()}
    return Template(value).safe_substitute(name=name)


def _known() -> set[str]:
    return {entry.name.removesuffix(".yaml") for entry in (files(__package__) / "words").iterdir()}


def quoted(text: str) -> str:
    """Return a text as YAML has it between double quotes."""
    return json.dumps(text, ensure_ascii=False)
