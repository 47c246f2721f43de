"""A proof: every part for every case, on one engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assembler.delivery.export.proof.cases import ProofCase, expected
from assembler.delivery.export.proof.engine import Engine, EngineError
from assembler.delivery.export.proof.equality import AFTER_REFERENCES, EQUAL, differing, equality
from assembler.delivery.export.text_places import place_of_part
from assembler.library.records import Content, Document, Encoder


@dataclass(frozen=True, slots=True)
class ProvenPart:
    """A part's template, where it will be, the part's name, the document that it has to come to, for whom,
    and the encoders whose work the engine does."""

    where: str
    name: str
    template: str
    document: Document
    cases: Sequence[ProofCase]
    encodes: frozenset[Encoder]


@dataclass(frozen=True, slots=True)
class Proof:
    """How many renderings of an engine were equal, and how many only once references were read."""

    engine: str
    equal: int = 0
    after_references: int = 0

    @property
    def renderings(self) -> int:
        """How many there were."""
        return self.equal + self.after_references


class Disproof(Exception):
    """An engine makes something else of a part, or fails: the message says of which, and what."""


def prove(
    engine: Engine,
    parts: Iterable[ProvenPart],
    content: Content,
    texts: Sequence[bytes],
    progress: Callable[[], object] = lambda: None,
) -> Proof:
    """Run all parts for all their cases. Raises `Disproof` where something is not the same."""
    counts: Counter[str] = Counter()
    for part in parts:
        try:
            rendered = engine.render(part.template, [case.person for case in part.cases])
        except EngineError as error:
            raise Disproof(f"{part.where}: {engine.name} says: {error}") from error
        for case, actual in zip(part.cases, rendered, strict=True):
            wanted = expected(case, part.document, content, texts, part.encodes)
            same = equality(actual, wanted, place_of_part(part.name))
            if same is None:
                got, meant = differing(actual, wanted)
                raise Disproof(f"{part.where}: for {dict(case.person)} {engine.name} makes {got!r}, not {meant!r}")
            counts[same] += 1
        progress()
    return Proof(engine.name, counts[EQUAL], counts[AFTER_REFERENCES])
