"""Who gets which variant: a table of segments and stages in which what is the same all over is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product, takewhile

from assembler.authoring.outcomes.cells import Cell
from assembler.review.gallery.phrases import enumerated, spoken

EVERYONE_ELSE = "everyone else"
ANY_STAGE = "any stage"
_MOST_NAMES = 3
"""The most names of a heading; of more, those that everyone else is among are called so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a row or a column is for, and in small print the `names` that this stands for."""

    label: str
    names: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """A variant, by its number, in a rectangle of cells that all get it. It is a `repeat` of one farther up or left."""

    variant: int
    row: int
    column: int
    width: int
    height: int
    repeat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A table: the headings of rows (segments) and columns (stages), and what fills it."""

    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    cells: tuple[MatrixCell, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the table as the pages need it."""
        return {
            "rows": [[heading.label, heading.names] for heading in self.rows],
            "columns": [[heading.label, heading.names] for heading in self.columns],
            "cells": [
                [cell.variant, cell.row, cell.column, cell.width, cell.height, cell.repeat] for cell in self.cells
            ],
        }


def make_matrix(segments: Sequence[str], stages: Sequence[str], variants: Mapping[Cell, int], default: int) -> Matrix:
    """Return the table of the variants that cells get; a cell without one gets the `default`.

    Segments that get the same at every stage share a row, and stages at which every segment gets the same a column.
    Rows are in the order of the segments, everyone else last. The column of any stage is the first, and those that are
    most like it stand beside it, so that equal neighbours become one cell.
    """

    def variant(cell: Cell) -> int:
        return variants.get(cell, default)

    every_segment, every_stage = (*segments, None), (*stages, None)
    rows = _merged(every_segment, lambda segment: tuple(variant((segment, stage)) for stage in every_stage))
    rows.sort(key=lambda names: None in names)
    columns = _merged(every_stage, lambda stage: tuple(variant((segment, stage)) for segment in every_segment))

    def unlike(names: Sequence[str | None]) -> int:
        others = sum(variant((row[0], names[0])) != variant((row[0], None)) for row in rows)
        return -1 if None in names else others

    columns.sort(key=unlike)
    grid = [[variant((row[0], column[0])) for column in columns] for row in rows]
    return Matrix(
        rows=_headings(rows, EVERYONE_ELSE, EVERYONE_ELSE, "everyone"),
        columns=_headings(columns, ANY_STAGE, "every other stage", "every stage" if stages else ""),
        cells=tuple(_rectangles(grid)),
    )


def audience(cells: Iterable[Cell], stages: Sequence[str]) -> list[str]:
    """Return in words who cells are: a line for each segment, with those of the `stages` (and any) that are named."""
    by_segment: dict[str | None, list[str | None]] = {}
    for segment, stage in cells:
        by_segment.setdefault(segment, []).append(stage)
    return [f"{_name(segment, EVERYONE_ELSE)}: {_stages(at, stages)}" for segment, at in by_segment.items()]


def _stages(named: Sequence[str | None], stages: Sequence[str]) -> str:
    missing = [stage for stage in (*stages, None) if stage not in named]
    if not missing:
        return "every stage"
    if len(missing) < len(named) and None in named:
        return "every stage but " + enumerated([_name(stage, ANY_STAGE) for stage in missing])
    return enumerated([_name(stage, ANY_STAGE) for stage in named])


def _merged(
    names: Iterable[str | None], variants_of: Callable[[str | None], tuple[int, ...]]
) -> list[list[str | None]]:
    """The names in groups that get the same, each in the place of its first."""
    groups: dict[tuple[int, ...], list[str | None]] = {}
    for name in names:
        groups.setdefault(variants_of(name), []).append(name)
    return list(groups.values())


def _headings(groups: Sequence[Sequence[str | None]], other: str, others: str, every: str) -> tuple[Heading, ...]:
    if len(groups) == 1:
        return (Heading(label=every),)
    return tuple(
        Heading(label=others, names=enumerated([spoken(name) for name in names if name is not None]))
        if None in names and len(names) > _MOST_NAMES
        else Heading(label=enumerated([_name(name, other) for name in names]))
        for names in groups
    )


def _name(name: str | None, other: str) -> str:
    return other if name is None else spoken(name)


def _rectangles(grid: Sequence[Sequence[int]]) -> Iterable[MatrixCell]:
    """The grid in rectangles of one variant, each as wide and then as high as it goes."""
    filled: set[tuple[int, int]] = set()
    seen: set[int] = set()
    for row, column in product(range(len(grid)), range(len(grid[0]))):
        if (row, column) not in filled:
            variant = grid[row][column]
            width = _run(one == variant and (row, at) not in filled for at, one in enumerate(grid[row]) if at >= column)
            height = _run(set(below[column : column + width]) == {variant} for below in grid[row:])
            filled.update(product(range(row, row + height), range(column, column + width)))
            yield MatrixCell(
                variant=variant, row=row, column=column, width=width, height=height, repeat=variant in seen
            )
            seen.add(variant)


def _run(same: Iterable[bool]) -> int:
    """How many are true before the first that is not."""
    return sum(1 for _ in takewhile(bool, same))
