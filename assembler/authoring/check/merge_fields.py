"""How a merge field is written that was meant otherwise: in another system's way, or without its fallback."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain
from typing import Final, NamedTuple

from assembler.authoring.project.locales import language
from assembler.authoring.project.settings import FieldSettings
from assembler.errors import nearest

_FALLBACK = re.compile(
    r"(?:default|fallback|\bor\b|\|\||,)\W{0,5}?"
    r"(?:[\"“”„«](?P<double>[^\"“”„«»{}\n]{1,200})[\"“”»]|['‘’](?P<single>[^'‘’\"{}\n]{1,200})['’])"
)
_UNQUOTED = re.compile(r"(?:default|fallback)\s*[:=]\s*(?P<bare>[^\"'“”‘’|(){}\n]{1,200})")
_NAME = re.compile(r"[^\W\d]\w*(?:[ .-][^\W\d]\w*)*")
_PERSON = re.compile(
    r"^(?:f|l|first|last|full|given|user|sur)?[ _-]?name$|^(?:first|last|vorname|prénom|prenom|nombre|nome|voornaam)$",
    re.IGNORECASE,
)
_OURS = re.compile(r"[^a-z0-9]+")


# What to call somebody whose name is not known.
_ANYBODY: Final = {"fr": "vous", "de": "du", "es": "tú", "it": "tu", "nl": "jij", "pt": "você", "sv": "du", "da": "du"}


class MeantField(NamedTuple):
    """A merge field by its name, and words that suit anybody; `is_near` says that no other field is likely."""

    name: str
    fallback: str
    is_near: bool

    @property
    def in_copy(self) -> str:
        """How copy writes it."""
        return f'{{{{ {self.name} | default: "{self.fallback}" }}}}'

    @property
    def in_template(self) -> str:
        """How a template writes it."""
        return f'{{{{ field("{self.name}", default="{self.fallback}") }}}}'


def merge_field_meant(text: str, fields: Mapping[str, FieldSettings], locale: str) -> MeantField:
    """The merge field that a piece of copy most likely stands for, with its fallback, or one that suits its kind."""
    fallback = _FALLBACK.search(text) or _UNQUOTED.search(text)
    words = str(fallback[fallback.lastgroup or 0]).strip() if fallback else ""
    near = _near_field(text, fields)
    name = near or next(iter(fields), "first_name")
    return MeantField(name, words or _fallback(fields.get(name), locale), _is_near(text, fields))


def has_fallback(text: str) -> bool:
    """Whether a piece of copy says in quotes of some kind what stands in the place of a value that is missing."""
    return _FALLBACK.search(text) is not None


def _fallback(field: FieldSettings | None, locale: str) -> str:
    if field is None or field.kind == "name":
        return _ANYBODY.get(language(locale), "friend")
    return field.example or ("https://..." if field.kind == "url" else "...")


def _is_near(text: str, fields: Mapping[str, FieldSettings]) -> bool:
    """Return whether a piece of copy names a field, or says that it is somebody's name."""
    names = {_OURS.sub("", name.lower()) for name in _NAME.findall(text)}
    return bool(_PERSON.search(text)) or not names.isdisjoint(_OURS.sub("", field) for field in fields)


def _near_field(text: str, fields: Mapping[str, FieldSettings]) -> str | None:
    """The name of the field that a piece of copy means; None where nothing is near."""
    before = re.split(r"default|fallback|\bor\b|[|,]", text, maxsplit=1)[0]
    names = _NAME.findall(before) or [text]
    wanted = [part.lower() for name in names for part in (name, name.rpartition(".")[2]) if part]
    ours = {_OURS.sub("", field): field for field in fields}
    same = filter(None, (ours.get(_OURS.sub("", name)) for name in wanted))
    near = filter(None, (nearest(_OURS.sub("_", name), fields) for name in wanted))
    return next(chain(same, near), None)
