"""A decision -> a variant: the pieces of the chosen components, linked, and joined with a person's values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Final

import msgspec

from assembler.library.records import Content, Encoder, Placeholder
from assembler.runtime.decide import ChosenVariant
from assembler.runtime.encode import ENCODERS, Encode
from assembler.runtime.encode_values import Care, Encoded, EncodedValues
from assembler.runtime.message import quoted_printable

_CACHED = 1024
_QUOTED = 256

_BLANKS = slice(1, None, 2)
"""Where a part has its blanks."""

_AS_IT_IS: Final[dict[Care, frozenset[Encoder]]] = {
    "none": frozenset({"plain", "subject", "url_text", "json"}),
    "html": frozenset({"plain", "subject", "url_text"}),
    "each": frozenset({"plain"}),
}
"""For which encoders a value stands as it is; a text of a field that is no url is no link."""

_FOR_HTML: Final[dict[Care, frozenset[Encoder]]] = {
    "none": frozenset({"html", "url"}),
    "html": frozenset({"html", "url"}),
    "each": frozenset({"html"}),
}
"""For which encoders a value stands as it does in HTML."""

LinkedPart = tuple[str, list[bytes], Callable[[Encoded], Sequence[bytes]] | None]
"""A part ready to be joined: its name; texts, with a blank between any two; and, if there are blanks, what picks the
values for them."""


class Special(msgspec.Struct, frozen=True, kw_only=True):
    """A value that an encoder may refuse, so that it is encoded by itself: the number of the field among the known
    ones, the encoder, and what stands there instead."""

    number: int
    encode: Encode
    fallback: bytes


class Linked(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A variant ready to be filled with the values of certain fields; the other fields' fallbacks are in place."""

    parts: tuple[LinkedPart, ...]
    specials: tuple[Special, ...]


class Assembler:
    """Links the variants of one library and fills them with values. Recent ones are remembered, linked."""

    def __init__(self, content: Content, texts: Sequence[bytes]) -> None:
        self._content = content
        self._texts = texts
        self._hosts = frozenset(content.link_hosts)
        self._linked = lru_cache(_CACHED)(self._link)
        self.quoted = lru_cache(_QUOTED)(quoted_parts)

    def fill(self, chosen: ChosenVariant, names: frozenset[str], values: EncodedValues) -> tuple[Linked, Encoded]:
        """Return a variant, linked, and what `joined` takes for the values of fields; `names` are the known ones."""
        care, encoded = values
        linked = self._linked(chosen, names, care)
        return linked, [*encoded, *self._specials(linked, encoded)] if linked.specials else encoded

    def _specials(self, linked: Linked, encoded: Encoded) -> list[bytes]:
        """The values that an encoder may refuse; `encoded` begins with all values as they are."""
        values: list[bytes] = []
        for special in linked.specials:
            text = special.encode(encoded[special.number].decode(), self._hosts)
            values.append(special.fallback if text is None else text.encode())
        return values

    def _link(self, chosen: ChosenVariant, known: frozenset[str], care: Care) -> Linked:
        plan = chosen.plan
        documents = self._content.campaigns[plan.campaign].channels[plan.channel].documents[plan.locale]
        components = {choice.slot: choice.component for choice in chosen.choices}
        linker = _Linker(self._content, self._texts, known, care)
        parts = tuple(linker.part(name, document.numbers(components)) for name, document in documents.items())
        return Linked(parts=parts, specials=tuple(linker.specials))


class _Linker:
    """Links the parts of one variant for people of whom certain fields are known, and whose values want some care."""

    def __init__(self, content: Content, texts: Sequence[bytes], known: frozenset[str], care: Care) -> None:
        self._content = content
        self._texts = texts
        self._numbers = {name: number for number, name in enumerate(content.fields) if name in known}
        self._care = care
        self._first_html = 0 if care == "none" else len(content.fields)
        self.specials: list[Special] = []

    def part(self, name: str, numbers: Iterable[int]) -> LinkedPart:
        """A part, of the numbers of its texts and placeholders; a placeholder whose field is not known is a text."""
        pieces: list[bytes] = []
        blanks: list[int] = []
        run: list[bytes] = []
        for number in numbers:
            placeholder = None if number >= 0 else self._content.placeholders[-1 - number]
            if placeholder is None or placeholder.field not in self._numbers:
                run.append(self._texts[number if placeholder is None else placeholder.fallback])
            else:
                pieces += (b"".join(run), b"")
                run.clear()
                blanks.append(self._value(placeholder))
        return name, [*pieces, b"".join(run)], _picker(blanks) if blanks else None

    def _value(self, placeholder: Placeholder) -> int:
        """Which of the encoded values stands in a placeholder."""
        number, encoder = self._numbers[placeholder.field], placeholder.encoder
        if encoder not in ("url", "url_text") or self._content.fields[placeholder.field].kind == "url":
            if encoder in _AS_IT_IS[self._care]:
                return number
            if encoder in _FOR_HTML[self._care]:
                return self._first_html + number
        special = Special(number=number, encode=ENCODERS[encoder], fallback=self._texts[placeholder.fallback])
        self.specials.append(special)
        return self._first_html + len(self._content.fields) + len(self.specials) - 1


def joined(parts: Iterable[LinkedPart], values: Encoded) -> dict[str, bytes]:
    """Return the parts, with values in their blanks."""
    contents: dict[str, bytes] = {}
    for name, texts, pick in parts:
        if pick is None:
            contents[name] = texts[0]
        else:
            pieces = texts.copy()
            pieces[_BLANKS] = pick(values)
            contents[name] = b"".join(pieces)
    return contents


def quoted_parts(linked: Linked) -> tuple[LinkedPart, ...]:
    """Return the parts as quoted-printable, with nothing in the blanks."""
    return tuple((name, [*map(quoted_printable, texts)], pick) for name, texts, pick in linked.parts)


def _picker(numbers: Sequence[int]) -> Callable[[Encoded], Sequence[bytes]]:
    return itemgetter(*numbers) if len(numbers) > 1 else itemgetter(slice(numbers[0], numbers[0] + 1))
