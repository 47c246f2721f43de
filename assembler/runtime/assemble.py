"""A decision -> a variant: the pieces of the chosen components, the person's values made safe, joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache, partial
from operator import itemgetter
from types import MappingProxyType
from typing import Final, Literal

import msgspec

from assembler.library.records import Content, Encoder, Placeholder
from assembler.runtime.decide import ChosenVariant, Decision
from assembler.runtime.encode import ENCODERS, Encode, escaped
from assembler.runtime.fields import Values
from assembler.runtime.message import message, quoted_printable
from assembler.runtime.moment import Moment, moment_of

_CACHED = 1024
_QUOTED = 256

_BODIES = {"text": "plain", "html": "html"}
"""The parts that are bodies of a message, in order, and their subtypes of `text`."""

_BLANKS = slice(1, None, 2)
"""Where a part has its blanks."""

Care = Literal["none", "html", "each"]
"""What values of known fields need, so that they cannot change what stands around them.

Where every url was checked against the library's hosts when it was read, and no text holds what a subject must not,
links and HTML want no more than HTML's escapes (`html`), and if nothing in the values needs one, `none`. Else `each`
value is encoded by itself wherever an encoder may refuse it.
"""

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

Encoded = list[bytes]
"""The known fields' values: all as they are, all for HTML if that may be different, then the special ones."""

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


class Variant(msgspec.Struct, frozen=True, kw_only=True, gc=False, eq=False):
    """An assembled e-mail or page: the decision behind it and its parts, in UTF-8.

    `contents` are the texts and blanks of `linked`, joined with `values`; `quoted` has them as quoted-printable.
    `moment` is what it was assembled for, None for a stored default. Variants are equal that are the same to a reader.
    """

    decision: Decision
    contents: dict[str, bytes]
    linked: Linked
    values: Encoded
    quoted: Callable[[Linked], tuple[LinkedPart, ...]]
    moment: Moment | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Variant):
            return NotImplemented
        return (self.decision, self.contents, self.moment) == (other.decision, other.contents, other.moment)

    def __hash__(self) -> int:
        return hash((self.decision, self.moment))

    def __reduce__(self) -> tuple[Callable[[], Variant], tuple[()]]:
        """Pickle and copy the variant without what an assembler remembers."""
        return partial(Variant, **msgspec.structs.asdict(self) | {"quoted": quoted_parts}), ()

    @property
    def key(self) -> str:
        """The decision's key: the same components in the same slots have the same key."""
        return self.decision.key

    @property
    def encoded(self) -> Mapping[str, bytes]:
        """Part -> UTF-8 bytes: subject, preheader, html, text, as the channel has them."""
        return MappingProxyType(self.contents)

    @property
    def parts(self) -> Mapping[str, str]:
        """Part -> text."""
        return MappingProxyType({part: data.decode() for part, data in self.contents.items()})

    @property
    def html(self) -> str | None:
        """The HTML part, or None where the channel has none."""
        return self._part("html")

    @property
    def text(self) -> str | None:
        """The part in plain text, or None where the channel has none."""
        return self._part("text")

    @property
    def subject(self) -> str | None:
        """The subject, or None where the channel has none."""
        return self._part("subject")

    @property
    def preheader(self) -> str | None:
        """The preheader, or None where the channel has none."""
        return self._part("preheader")

    def message(
        self,
        *,
        sender: str,
        to: str,
        unsubscribe: str,
        message_id: str | None = None,
        date: datetime | None = None,
    ) -> bytes:
        """The variant as an e-mail message (RFC 5322, MIME), ready for a mail server; the same call has the same bytes.

        `sender` and `to` are addresses, with or without a name: `Harbour & Pine <hello@brand.example>`; `unsubscribe`
        is an https URL that takes a one-click POST (RFC 8058). A `message_id` that is not given is made of the content;
        `date`, aware, is otherwise the moment that the variant was assembled for.

        Raises `TypeError` for what is no text or no aware datetime; `ValueError` for a value that cannot stand in a
        header, and where the channel has no subject or no body.
        """
        moment = self.moment if date is None else moment_of(date)
        if moment is None:
            if date is None:
                raise ValueError("a stored default has no moment; give a date")
            raise TypeError("date must be an aware datetime, such as datetime.now(UTC)")
        quoted = joined(self.quoted(self.linked), [*map(quoted_printable, self.values)])
        return message(
            self.contents.get("subject", b""),
            {kind: quoted[part] for part, kind in _BODIES.items() if part in quoted},
            sender=sender,
            to=to,
            unsubscribe=unsubscribe,
            message_id=message_id,
            date=moment.utc,
        )

    def _part(self, name: str) -> str | None:
        data = self.contents.get(name)
        return None if data is None else data.decode()


class Assembler:
    """Links the variants of one library and fills them with values. Recent ones are remembered, linked."""

    def __init__(self, content: Content, texts: Sequence[bytes]) -> None:
        self._content = content
        self._texts = texts
        self._hosts = frozenset(content.link_hosts)
        self._linked = lru_cache(_CACHED)(self._link)
        self.quoted = lru_cache(_QUOTED)(quoted_parts)

    def fill(self, chosen: ChosenVariant, values: Values) -> tuple[Linked, Encoded]:
        """Return a variant, linked, and what `joined` takes for the known fields' values.

        The values are encoded all at once, as `Values.joined` has them with a NUL between any two; one by one, where a
        NUL in one of them makes them more than they are.
        """
        together = values.joined
        html = escaped(together)
        care: Care = "html"
        if not values.checked or (("=" in together or "?" in together) and _starts_a_word(together)):
            care = "each"
        elif html is together and "\\" not in together:
            care = "none"
        linked = self._linked(chosen, values.names, care)
        encoded = together.encode().split(b"\0")
        expected = len(values.texts)
        if care != "none":
            encoded += encoded if html is together else html.encode().split(b"\0")
            expected *= 2
        if len(encoded) != expected:
            encoded = _encoded_apart(values.texts, care)
        if linked.specials:
            encoded += self._specials(linked, encoded)
        return linked, encoded

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
        self._numbers = {name: number for number, name in enumerate(name for name in content.fields if name in known)}
        self._care = care
        self._first_html = 0 if care == "none" else len(self._numbers)
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
        return self._first_html + len(self._numbers) + len(self.specials) - 1


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


def _encoded_apart(texts: Sequence[str], care: Care) -> Encoded:
    plain = [text.encode() for text in texts]
    return plain if care == "none" else plain + [escaped(text).encode() for text in texts]


def _starts_a_word(joined: str) -> bool:
    """Whether in a subject one of the values, with what stands around it, could be the `=?` of an encoded word."""
    if "=?" in joined or "=\0" in joined or "\0?" in joined:
        return True
    return joined.startswith("?") or joined.endswith("=")


def _picker(numbers: Sequence[int]) -> Callable[[Encoded], Sequence[bytes]]:
    return itemgetter(*numbers) if len(numbers) > 1 else itemgetter(slice(numbers[0], numbers[0] + 1))
