"""What is known of the providers: data, each statement with the page that says so."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Final, Literal

import msgspec
import yaml

MOST_BYTES: Final = 250_000
"""The most bytes of a template, where a provider's documentation names no limit: two and a half times what Gmail shows
of a mail."""

_FACTS: Final = "providers.yaml"


class Citation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A statement, and the page where it was read."""

    says: str
    url: str


class ProviderFacts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A provider. `attribute` is a pattern that names of attributes match, and `attribute_words` says it in words;
    `ignores_case` whether its comparisons do; `same_for_all` are parts that cannot vary; `most_bytes` is its limit for
    a template; and `paste` says by part where a marketer puts it."""

    name: str
    engine: Literal["liquid", "django", "handlebars", "self"]
    attribute: str
    attribute_words: str
    paste: Mapping[str, str]
    sources: tuple[Citation, ...]
    ignores_case: bool = False
    same_for_all: tuple[str, ...] = ()
    most_bytes: int = MOST_BYTES


def provider_facts() -> Mapping[str, ProviderFacts]:
    """Return what is known of each kind of provider."""
    text = files(__package__).joinpath(_FACTS).read_text(encoding="utf-8")
    return msgspec.convert(yaml.load(text, Loader=yaml.CSafeLoader), type=dict[str, ProviderFacts])
