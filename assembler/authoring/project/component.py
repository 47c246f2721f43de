"""components/<type>/: what a component type has, and the components of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field as Constraint, PrivateAttr, model_validator

from assembler.authoring.diagnostics import Place
from assembler.authoring.project.authored import Authored, Day, Share
from assembler.authoring.project.source import Source

__all__ = ["AssetAlt", "AssetRef", "Component", "ComponentType", "FieldSpec", "FieldValue", "Tags", "TestTag", "Words"]


class FieldSpec(Authored):
    """A field that components of a type have beside their body. `max_length` counts graphemes."""

    kind: Literal["text", "markdown", "url", "asset", "date"]
    required: bool = False
    translatable: bool | None = None
    max_length: Annotated[int, Constraint(gt=0)] | None = None

    @property
    def translates(self) -> bool:
        """Whether a translation may set it; an asset's alt text may always be set."""
        return self.kind in ("text", "markdown") if self.translatable is None else self.translatable


class ComponentType(Authored):
    """A component type: its body, the longest that may be (in graphemes), and its fields."""

    body: Literal["text", "markdown"] | None = None
    max_length: Annotated[int, Constraint(gt=0)] | None = None
    fields: dict[str, FieldSpec] = Constraint(default_factory=dict)

    _name: str = PrivateAttr(default="")

    @property
    def name(self) -> str:
        """The type's name: that of its folder."""
        return self._name

    def named(self, name: str) -> ComponentType:
        """This type, told its name."""
        self._name = name
        return self


def _words_are_alt(value: object) -> object:
    """Words drawn onto an image are its alt text: `alt` need not, and must not, say anything else."""
    if not isinstance(value, dict) or not isinstance(value.get("overlay"), str):
        return value
    words = value["overlay"]
    if value.get("alt", words) != words:
        raise ValueError("the words on an image are its alt text; leave `alt` out")
    if "{{" in words:
        raise ValueError("words on an image are the same for everybody; they hold no merge field")
    return {**value, "alt": words}


class AssetAlt(Authored):
    """What an image shows, where the image itself is inherited."""

    alt: str | None = None
    overlay: str | None = None

    _words = model_validator(mode="before")(_words_are_alt)


class AssetRef(AssetAlt):
    """An image below assets/ and what it shows; an empty `alt` says that it is decorative.

    `overlay` are words to be drawn onto it; they are its `alt` too.
    """

    file: str


class TestTag(Authored):
    """The test that a component is part of, and its share in buckets of a ten-thousandth."""

    __test__ = False

    id: str
    share: Share


def _names_or_all(value: object) -> object:
    if value != "all" and not isinstance(value, tuple):
        raise ValueError("expected a list of campaigns such as [welcome], or `all`")
    return value


class Tags(Authored):
    """The front matter that every component may have."""

    campaigns: Annotated[tuple[str, ...] | Literal["all"], BeforeValidator(_names_or_all)]
    segments: tuple[str, ...] | None = None
    stages: tuple[str, ...] | None = None
    channels: tuple[str, ...] | None = None
    status: Literal["draft", "ready", "retired"] = "ready"
    learnt: str | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    needs: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    test: TestTag | None = None
    owner: str | None = None
    hypothesis: str | None = None
    review_by: Day | None = None

    @property
    def targeted(self) -> bool:
        """Whether it is for some people only."""
        return self.segments is not None or self.stages is not None


FieldValue = str | date | AssetRef


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """What one file of a component says: its fields, its body, and where the body begins.

    In a translation an asset holds only its alt text, with an empty `file`. `origins` are the words that a field or
    the body comes from, where they are others.
    """

    source: Source
    fields: Mapping[str, FieldValue]
    body: str
    body_place: Place
    origins: Mapping[str, Words] = field(default_factory=dict, repr=False)

    def place(self, name: str) -> Place:
        """Where a field's text stands; that of `body` too."""
        return self.body_place if name == "body" else self.origin(name).source.value(name)

    def origin(self, name: str) -> Words:
        """The words in whose file a field, or the body, is written."""
        return self.origins.get(name, self)

    def inside(self, name: str, offset: int) -> Place:
        """The place `offset` characters into the body or a field; of a folded or escaped field, where it begins."""
        source = self.origin(name).source
        if name == "body":
            return source.inside(offset, self.body_place.line, self.body_place.column)
        place, value = source.value(name), self.fields.get(name)
        line = source.line(place.line)
        start = place.column - 1 + (line[place.column - 1 : place.column] in ("'", '"'))
        as_written = isinstance(value, str) and line.startswith(value[:offset], start)
        return source.at(place.line, start + offset + 1) if offset and as_written else place


@dataclass(frozen=True, eq=False)
class Component:
    """A component: its tags, and its words by locale, those of the project's default locale among them."""

    type: str
    id: str
    tags: Tags
    words: Mapping[str, Words] = field(repr=False)
    default_locale: str
    _digests: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def address(self) -> str:
        """`type/id`."""
        return f"{self.type}/{self.id}"

    @cached_property
    def digest(self) -> str:
        """What tells this component, in all its files, from any other."""
        return self.digest_in(tuple(self.words))

    def digest_in(self, locales: tuple[str, ...], *beside: str) -> str:
        """What tells its files of some locales and of the default locale, and whatever is `beside` it, from others."""
        key = locales, beside
        if key not in self._digests:
            files = [self.words[each].source for each in sorted({self.default_locale, *locales} & self.words.keys())]
            text = " ".join((self.default_locale, *locales, *(each.digest for each in files), *beside))
            self._digests[key] = sha256(text.encode()).hexdigest()
        return self._digests[key]

    @property
    def original(self) -> Words:
        """The words in the project's default locale."""
        return self.words[self.default_locale]

    @cached_property
    def head(self) -> str:
        """The text of its own file up to the body."""
        lines = self.original.source.text.split("\n")
        return "\n".join(lines[: self.original.body_place.line - 1])

    @property
    def ready(self) -> bool:
        """Whether it may be assembled."""
        return self.tags.status == "ready"

    def open_to(self, campaign: str) -> bool:
        """Whether it names a campaign, or all."""
        return self.tags.campaigns == "all" or campaign in self.tags.campaigns

    def speaks(self, lineage: tuple[str, ...]) -> bool:
        """Whether there is a file for a locale, given with its parents."""
        return any(locale in self.words for locale in lineage)

    def in_locale(self, lineage: tuple[str, ...]) -> Words | None:
        """The words for a locale, given with its parents; what a translation leaves out is inherited.

        None where neither the locale nor a parent of it has a file.
        """
        own = [self.words[locale] for locale in lineage if locale in self.words]
        if not own:
            return None
        fields: dict[str, FieldValue] = {}
        origins: dict[str, Words] = {}
        for words in (self.original, *reversed(own)):
            for name, value in words.fields.items():
                fields[name] = _inherit(value, fields.get(name))
                if not isinstance(value, AssetRef) or value.file:
                    origins[name] = words
        body = next((words for words in (*own, self.original) if words.body.strip()), own[0])
        return Words(own[0].source, fields, body.body, body.body_place, {**origins, "body": body})


def _inherit(value: FieldValue, inherited: FieldValue | None) -> FieldValue:
    if isinstance(value, AssetRef) and isinstance(inherited, AssetRef):
        alt = inherited.alt if value.alt is None else value.alt
        overlay = alt if value.overlay or inherited.overlay else None
        return AssetRef(file=value.file or inherited.file, alt=alt, overlay=overlay)
    return value
