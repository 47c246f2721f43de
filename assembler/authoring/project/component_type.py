"""components/<type>/_type.yaml: what the components of a type say, and in which fields."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Discriminator, Field as Constraint, Tag

from assembler.authoring.project.authored import Authored

MOST_RECORDS: Final = 100
"""How many records any list may hold: each is judged and rendered by itself, in every place of its component."""

_RECORDS: Final = 20
"""How many records a list may hold that says nothing else."""


def _written_as(value: object) -> str:
    return "by channel" if isinstance(value, Mapping) else "everywhere"


_Length = Annotated[int, Constraint(gt=0)]
Lengths = Annotated[
    Annotated[_Length, Tag("everywhere")] | Annotated[dict[str, _Length], Tag("by channel")],
    Discriminator(_written_as),
]
"""How many graphemes a text may have: in every channel, or by channel, and then as many as it likes in others."""

# What the model cannot say to JSON Schema: which keys belong to lists, and that a record holds none.
_LISTS: dict[str, Any] = {
    "if": {"properties": {"kind": {"const": "list"}}, "required": ["kind"]},
    "then": {
        "required": ["of"],
        "properties": {
            "max_length": {"type": "null"},
            "of": {"minProperties": 1, "additionalProperties": {"properties": {"kind": {"not": {"const": "list"}}}}},
        },
    },
    "else": {"properties": {"most": {"type": "null"}, "of": {"type": "null"}}},
}
_LINKS: dict[str, Any] = {
    "if": {"properties": {"links": {"type": "string"}}, "required": ["links"]},
    "then": {"properties": {"kind": {"const": "url"}}},
}


class FieldSpec(Authored):
    """A field that components of a type have. `max_length` counts graphemes, in every channel or by channel.

    A list holds up to `most` records `of` other fields; a required one holds at least one. `links: per_locale` says of
    a url that each language has its own, as do then the links in the copy of its type.
    """

    model_config = ConfigDict(json_schema_extra={"allOf": [_LISTS, _LINKS]})

    kind: Literal["text", "markdown", "url", "asset", "date", "list"]
    required: bool = False
    translatable: bool | None = None
    max_length: Annotated[Lengths | None, Constraint(examples=[90])] = None
    links: Literal["per_locale"] | None = None
    most: Annotated[Annotated[int, Constraint(gt=0, le=MOST_RECORDS)] | None, Constraint(examples=[6])] = None
    of: dict[str, FieldSpec] | None = None

    @property
    def records(self) -> Mapping[str, FieldSpec]:
        """The fields of each record of a list; none of anything else."""
        return self.of or {}

    @property
    def limit(self) -> int:
        """How many records a list may hold."""
        return self.most or _RECORDS

    @property
    def translates(self) -> bool:
        """Whether a translation may set it; an asset's alt text may always be set, and so may a list of such."""
        if self.translatable is None and self.kind == "list":
            return any(field.translates or field.kind == "asset" for field in self.records.values())
        if self.translatable is None:
            return self.kind in ("text", "markdown") or self.links is not None
        return self.translatable


class ComponentType(Authored):
    """A component type: its body, the longest that may be (in graphemes), and its fields."""

    body: Literal["text", "markdown"] | None = None
    max_length: Annotated[Lengths | None, Constraint(examples=[90])] = None
    fields: dict[str, FieldSpec] = Constraint(default_factory=dict)

    @cached_property
    def name(self) -> str:
        """The type's name: that of its folder."""
        return PurePosixPath(self.source.path).parent.name

    @property
    def has_links_per_locale(self) -> bool:
        """Whether the links of a translation may lead elsewhere than those of its original."""
        specs = [*self.fields.values(), *(spec for field in self.fields.values() for spec in field.records.values())]
        return any(spec.links is not None for spec in specs)

    @property
    def specs(self) -> Mapping[str, FieldSpec]:
        """Its fields, and last the body, which is one too."""
        return {**self.fields, "body": FieldSpec(kind=self.body or "text", max_length=self.max_length)}
