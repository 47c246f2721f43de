"""Whom a template is run for, and what they have to get: everybody with a token, and everybody with none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Final

from assembler.delivery.export.emission import Attributes
from assembler.delivery.export.neutral_parts import Chosen
from assembler.delivery.export.proof.engine import Person
from assembler.library.records import Content, Document, Encoder
from assembler.runtime.encode import encode

_MISSING: Final = object()
_VALUES: Final[tuple[object, ...]] = (_MISSING, None, "", "Maya", 'D\'Arcy "Jo" & <Co> {{x}}', 42)
"""What a provider may hold for a merge field."""

_NO_TOKENS: Final[tuple[object, ...]] = (_MISSING, None, "", "v000000000000", "none", 5)
"""What a provider may hold in place of a token."""


@dataclass(frozen=True, slots=True)
class ProofCase:
    """A person as a provider knows them, and what they get."""

    person: Person
    slots: Chosen
    values: Mapping[str, str] = field(default_factory=dict)


def proof_cases(
    tokens: Mapping[str, Chosen], default: Chosen, attributes: Attributes, *, ignores_case: bool
) -> Iterator[ProofCase]:
    """Yield every token, and what is none, with every kind of value; and every token in capitals, which is none either
    for an engine that does not ignore that."""
    people: list[tuple[object, Chosen]] = list(tokens.items())
    people += [(token, default) for token in _NO_TOKENS if token not in tokens]
    people += [(token.upper(), slots if ignores_case else default) for token, slots in tokens.items()]
    for token, slots in people:
        for value in _VALUES if attributes.fields else _VALUES[:1]:
            yield _case(token, slots, value, attributes)


def _case(token: object, slots: Chosen, value: object, attributes: Attributes) -> ProofCase:
    held = {attributes.token: token, **dict.fromkeys(attributes.fields.values(), value)}
    known = {} if value in (_MISSING, None, "") else dict.fromkeys(attributes.fields, str(value))
    return ProofCase({name: one for name, one in held.items() if one is not _MISSING}, slots, known)


def expected(
    case: ProofCase, document: Document, content: Content, texts: Sequence[bytes], encodes: Set[Encoder]
) -> str:
    """Return what the library makes of a part for a person. A value stands where an engine can encode it; elsewhere the
    fallback does."""
    pieces: list[str] = []
    for number in document.numbers(case.slots):
        if number >= 0:
            pieces.append(texts[number].decode())
            continue
        placeholder = content.placeholders[-1 - number]
        value = case.values.get(placeholder.field) if placeholder.encoder in encodes else None
        encoded = None if value is None else encode(placeholder.encoder, value, ())
        pieces.append(texts[placeholder.fallback].decode() if encoded is None else encoded)
    return "".join(pieces)
