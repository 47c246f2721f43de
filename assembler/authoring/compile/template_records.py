"""A list of records as templates see it: looped over, asked by number, and written field by field."""

from __future__ import annotations

from collections.abc import ItemsView, Mapping
from typing import Final

PART_BY_PART: Final = (
    "lists, records and pictures are written part by part, such as {{ each.title }} or {{ picture.url }}"
)
"""Why one of them cannot be written as a whole."""


class TemplateRecord:
    """One record: its fields by name. It is not looped over, so that no name of a field is taken for its words."""

    __slots__ = ("_fields",)
    __iter__ = None

    def __init__(self, fields: Mapping[str, object]) -> None:
        self._fields = fields

    def __contains__(self, name: object) -> bool:
        return name in self._fields

    def __getitem__(self, name: str) -> object:
        return self._fields[name]

    def __repr__(self) -> str:
        raise TypeError(PART_BY_PART)

    def items(self) -> ItemsView[str, object]:
        """Its fields by name."""
        return self._fields.items()


class TemplateRecords(tuple[TemplateRecord, ...]):
    """The records of a list."""

    __slots__ = ()

    def __repr__(self) -> str:
        raise TypeError(PART_BY_PART)
