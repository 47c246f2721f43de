"""components/<type>/_type.yaml: what the components of a type say, and in which fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field as Constraint, PrivateAttr

from assembler.authoring.project.authored import Authored

__all__ = ["ComponentType", "FieldSpec"]


class FieldSpec(Authored):
    """A field that components of a type have. `max_length` counts graphemes."""

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

    @property
    def specs(self) -> Mapping[str, FieldSpec]:
        """Its fields, and last the body, which is one too."""
        return {**self.fields, "body": FieldSpec(kind=self.body or "text", max_length=self.max_length)}

    def named(self, name: str) -> ComponentType:
        """This type, told its name."""
        self._name = name
        return self
