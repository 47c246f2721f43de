"""How the rows of files, one after another, become parts of so many rows each."""

from __future__ import annotations

import msgspec

from assembler.delivery.audience.files import Slice


class AudiencePart(msgspec.Struct, frozen=True, kw_only=True):
    """Rows that are decided together, and written as one file, by its number from 0."""

    number: int
    slices: tuple[Slice, ...]

    @property
    def name(self) -> str:
        """What its files are called, but for how the names end."""
        return f"part-{self.number:05}"

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(piece.rows for piece in self.slices)


class PartCutter:
    """Takes the rows of files in order, and cuts them: each part has `size` rows, but for the last."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._parts: list[list[Slice]] = [[]]
        self.room = size

    def add(self, piece: Slice) -> None:
        """Take rows, which are no more than there is room for in the part."""
        if piece.rows == 0:
            return
        if self.room == 0:
            self._parts.append([])
            self.room = self._size
        self.room -= piece.rows
        part = self._parts[-1]
        if part and part[-1].file == piece.file:
            last = part[-1]
            part[-1] = msgspec.structs.replace(last, rows=last.rows + piece.rows, end=piece.end)
        else:
            part.append(piece)

    def next_room(self) -> int:
        """Return how many rows the next ones can be at most."""
        return self.room or self._size

    def parts(self) -> tuple[AudiencePart, ...]:
        """Return the parts. There is one at least, so that even for nobody there is a table."""
        return tuple(AudiencePart(number=number, slices=tuple(slices)) for number, slices in enumerate(self._parts))
