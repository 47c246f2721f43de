"""components/<type>/<id>.md: a component and its translations, and everything that they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field as Constraint

from assembler.authoring.diagnostics import Place
from assembler.authoring.incremental.fingerprint import fingerprint
from assembler.authoring.project.authored import SLUG_SCHEMA, Authored, Day, Name, Share
from assembler.authoring.project.component_type import FieldSpec
from assembler.authoring.project.project_limits import MOST_NEEDS, MOST_SLOTS
from assembler.authoring.project.source import KeyPath, Source
from assembler.authoring.project.value_hints import Advice, Unfit
from assembler.library.values import is_blank


class TestTag(Authored):
    """The test that a component is part of, and its share in buckets of a ten-thousandth."""

    __test__ = False

    id: Annotated[str, Constraint(examples=["tone"], json_schema_extra=SLUG_SCHEMA)]
    share: Annotated[Share, Constraint(examples=["50%"])]


def _names_or_all(value: object) -> object:
    if value != "all" and not isinstance(value, tuple):
        everyone = isinstance(value, str) and value.lower() in ("all", "any", "every", "everyone", "*")
        named = isinstance(value, str) and value.lower() not in ("none", "no", "null", "-")
        meant = "all" if everyone else f"[{value}]" if named else None
        advice = Advice(f"write {meant}" if meant else "write all, or a list such as [welcome]", meant)
        raise Unfit("expected a list of campaigns such as [welcome], or `all`", advice)
    return value


class Tags(Authored):
    """The front matter that every component may have."""

    campaigns: Annotated[tuple[str, ...] | Literal["all"], BeforeValidator(_names_or_all), Constraint(examples=["all"])]
    segments: tuple[str, ...] | None = None
    stages: tuple[str, ...] | None = None
    channels: tuple[str, ...] | None = None
    status: Literal["draft", "ready", "retired"] = "ready"
    learnt: str | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    needs: Annotated[tuple[str, ...], Constraint(max_length=MOST_NEEDS)] = ()
    requires: Annotated[tuple[str, ...], Constraint(max_length=MOST_SLOTS)] = ()
    excludes: tuple[str, ...] = ()
    test: TestTag | None = None
    owner: Name | None = None
    hypothesis: str | None = None
    review_by: Day | None = None

    @property
    def targeted(self) -> bool:
        """Whether it is for some people only."""
        return self.segments is not None or self.stages is not None


BODY: Final = ("body",)
"""The path of the body."""


def named(path: KeyPath) -> str:
    """Return what to call what stands at a path in a message: `kicker`, `steps[2].title`, or `alt of picture`."""
    whole = ""
    for before, key in zip((0, *path), path, strict=False):
        if isinstance(key, int):
            whole += f"[{key}]"
        elif isinstance(before, int):
            whole += f".{key}" if whole else str(key)
        else:
            whole = f"{key} of {whole}"
    return whole


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FieldValue:
    """What a file of a component says in one place, and where.

    `path` leads to it: a field; a list, the number of a record from 0, and a field of that; `file`, `alt` or `overlay`
    after the field of an asset; or the body.
    """

    source: Source
    path: KeyPath
    kind: Literal["text", "markdown", "url", "date", "file", "alt", "overlay"]
    value: str | date
    spec: FieldSpec
    place: Place

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return named(self.path)

    @property
    def text(self) -> str:
        """The value as it is written; a date in ISO 8601."""
        return str(self.value)

    @property
    def expression(self) -> str:
        """How a template writes it, such as `{{ kicker }}` or `{% for each in steps %}{{ each.title }}{% endfor %}`."""
        markdown = " | plain" if self.kind == "markdown" else ""
        if len(self.path) > 1 and isinstance(self.path[1], int):
            field_ = ".".join(map(str, self.path[2:]))
            return f"{{% for each in {self.path[0]} %}}{{{{ each.{field_}{markdown} }}}}{{% endfor %}}"
        return f"{{{{ {'.'.join(map(str, self.path))}{markdown} }}}}"

    @property
    def field_name(self) -> str:
        """The name of its field; within a record, of the record's."""
        return str(self.path[-2 if self.kind in ("file", "alt", "overlay") else -1])

    def inside(self, offset: int) -> Place:
        """Return the place `offset` characters into it."""
        if self.path == BODY:
            return self.source.inside(offset, self.place.line, self.place.column)
        return self.source.within(self.path, self.text, offset) or self.place


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Words:
    """What a component says: in one file, or in a locale, where each value knows the file that it is from.

    `values` are all that it says, by their paths and in the order of the type's fields, the body last. A translation
    has no file of an asset, unless that may be translated, and no blank body.
    """

    source: Source
    values: Mapping[KeyPath, FieldValue]
    body_place: Place

    def of_kind(self, *kinds: str) -> Iterator[FieldValue]:
        """Yield the values of some kinds."""
        return (value for value in self.values.values() if value.kind in kinds)

    def count(self, *path: str | int) -> int:
        """Return how many records the list at a path has."""
        below = (path_[len(path)] for path_ in self.values if len(path_) > len(path) and path_[: len(path)] == path)
        return max((number + 1 for number in below if isinstance(number, int)), default=0)

    def fills(self, *path: str | int) -> bool:
        """Whether something that can be seen stands at a path, or below it."""
        below = (value for known, value in self.values.items() if known[: len(path)] == path)
        return any(not is_blank(value.text) for value in below)


@dataclass(frozen=True, eq=False)
class AuthoredComponent:
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
        """A digest of the component in all its files."""
        return self.digest_in(tuple(self.words))

    def digest_in(self, locales: tuple[str, ...], *beside: str) -> str:
        """Return a digest of its files of some locales and of the default locale, and of whatever is `beside` it."""
        key = locales, beside
        if key not in self._digests:
            files = [
                self.words[locale].source for locale in sorted({self.default_locale, *locales} & self.words.keys())
            ]
            self._digests[key] = fingerprint(self.default_locale, locales, [file.digest for file in files], beside)
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

    def shown_in(self, channel: str) -> bool:
        """Whether it names a channel, or none."""
        return self.tags.channels is None or channel in self.tags.channels

    def speaks(self, lineage: tuple[str, ...]) -> bool:
        """Whether there is a file for a locale, given with its parents."""
        return any(locale in self.words for locale in lineage)

    def in_locale(self, lineage: tuple[str, ...]) -> Words | None:
        """Return the words for a locale, given with its parents; what a translation leaves out is inherited.

        None where neither the locale nor a parent of it has a file.
        """
        own = [self.words[locale] for locale in lineage if locale in self.words]
        if not own:
            return None
        values = dict(self.original.values)
        for words in reversed(own):
            values |= words.values
        return Words(source=own[0].source, values=values, body_place=values[BODY].place)
