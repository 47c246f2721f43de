"""What a brand says before somebody has written its words: in the language of each locale, where it is known here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
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

_Words = Mapping[str, Any]

FIRST_TYPES: Final = ("subject", "headline", "image", "body", "cta")
"""The component types for which there are words."""


class FirstWords:
    """What a brand with a name says at first in its locales. What is known of a language is read once.

    Of the locales, `spoken` have words of their own: not those that have their language's; and of these, `untranslated`
    are those in which English words stand in.
    """

    def __init__(self, locales: Sequence[str], name: str) -> None:
        self._name = name
        known = {entry.name.removesuffix(".yaml") for entry in (files(__package__) / "words").iterdir()}
        self.spoken = [locale for locale in locales if lineage(locale, locales)[-1] == locale]
        self.untranslated = [locale for locale in self.spoken if language(locale) not in known]
        self._languages = {
            locale: language(locale) if language(locale) in known else _ELSEWHERE
            for locale in (locales[0], *self.spoken)
        }

    @cached_property
    def _words(self) -> Mapping[str, _Words]:
        by_language = {name: _named(_read(name), self._name) for name in {*self._languages.values()}}
        return {locale: by_language[name] for locale, name in self._languages.items()}

    def fixed(self, locale: str) -> dict[str, str]:
        """Return the fixed words of templates in a locale that is spoken."""
        return {**self._words[locale]["strings"], "direction": _direction(locale)}

    def strings_text(self) -> str:
        """Return strings.yaml of the brand."""
        lines = []
        for locale in self.spoken:
            lines.append(f"{locale}:" + (f" {_STAND_IN}" if locale in self.untranslated else ""))
            lines += [f"  {key}: {quoted(text)}" for key, text in self.fixed(locale).items()]
        return "".join(f"{line}\n" for line in lines)

    def component_texts(self, address: str, campaign: str, url: str) -> Iterator[tuple[str, str]]:
        """Yield a component for a campaign, and its translations, by path. Its type is one of `FIRST_TYPES`, and what
        leads somewhere leads to the `url`."""
        type_ = address.partition("/")[0]
        for index, (locale, words) in enumerate(self._words.items()):
            front, body = _component(type_, words, url, original=index == 0)
            lines = [
                *[f"campaigns: [{campaign}]"][: index == 0],
                *[_STAND_IN][: locale in self.untranslated],
                *front,
            ]
            fence = "---\n" + "".join(f"{line}\n" for line in lines) + "---\n" if lines else ""
            suffix = f".{locale}" if index else ""
            yield f"components/{address}{suffix}.md", f"{fence}{body}\n"


def _component(type_: str, words: _Words, url: str, *, original: bool) -> tuple[list[str], str]:
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


def _read(language_: str) -> Any:
    """Return the words of a language that is known here."""
    text = (files(__package__) / "words" / f"{language_}.yaml").read_text(encoding="utf-8")
    return read_yaml(f"{language_}.yaml", text)[0]


def _named(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return {key: _named(below, name) for key, below in value.items()}
    return Template(value).safe_substitute(name=name)


def quoted(text: str) -> str:
    """Return a text as YAML has it between double quotes."""
    return json.dumps(text, ensure_ascii=False)
