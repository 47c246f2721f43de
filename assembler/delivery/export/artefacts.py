"""The artefacts of an export: a campaign in one channel and locale each, as templates that are proven."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assembler.authoring.project.project import LoadedProject
from assembler.delivery.export.emission import Attributes, emitted, values_in
from assembler.delivery.export.emitters import EMITTERS
from assembler.delivery.export.neutral import Nodes
from assembler.delivery.export.neutral_parts import NeutralParts
from assembler.delivery.export.outcomes import (
    Chosen,
    Period,
    TooManyTokens,
    at_instant,
    by_cell,
    by_key,
    first_difference,
)
from assembler.delivery.export.proof.cases import proof_cases
from assembler.delivery.export.proof.engine import EngineMissing
from assembler.delivery.export.proof.engines import engine_for
from assembler.delivery.export.proof.proving import Disproof, Proof, ProvenPart, prove
from assembler.delivery.export.provider_facts import ProviderFacts
from assembler.delivery.export.refusals import (
    Refusals,
    refuse_attributes,
    refuse_by_cell,
    refuse_clashes,
    refuse_fields,
    refuse_holdouts,
    refuse_period,
    refuse_size,
    refuse_variation,
)
from assembler.delivery.export.request import ExportRequest
from assembler.errors import ProjectError
from assembler.library.parts import PARTS
from assembler.library.records import Document, Encoder
from assembler.runtime.choose import SlotPlan
from assembler.runtime.library import Library
from assembler.runtime.moment import Moment

Advance = Callable[[int, int], object]
"""Is told how many parts are proven, of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedPart:
    """A part of an artefact: its path in the export, its template, and the places that are the same for everybody."""

    name: str
    path: str
    template: str
    fixed: Mapping[tuple[str, Encoder], int]

    @property
    def data(self) -> bytes:
        """The template in UTF-8."""
        return self.template.encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Artefact:
    """A campaign in one channel and locale."""

    channel: str
    locale: str
    attribute: str
    tokens: Mapping[str, Chosen]
    default: str
    valid_until: datetime | None
    parts: tuple[ExportedPart, ...]

    @property
    def fixed(self) -> Iterator[dict[str, object]]:
        """Yield the places of merge fields at which every person has the fallback."""
        for part in self.parts:
            for (field, encoder), places in part.fixed.items():
                yield {"part": part.name, "field": field, "encoder": encoder, "places": places}


class ArtefactMaker:
    """Makes the artefacts of an export, and proves them."""

    def __init__(self, project: LoadedProject, library: Library, request: ExportRequest, facts: ProviderFacts) -> None:
        self._project = project
        self._library = library
        self._request = request
        self._facts = facts
        self._emitter = EMITTERS[request.settings.kind]
        self._refusals = Refusals(project)
        self._proven: list[ProvenPart] = []

    def make(self, packages: Path | None, progress: Advance | None) -> tuple[tuple[Artefact, ...], Proof | None]:
        """Return the artefacts, and their proof; None where there is no engine. Raises `ProjectError`."""
        request, content = self._request, self._library.content
        if request.by == "cell":
            refuse_holdouts(self._refusals, self._project, request, content)
        artefacts: list[Artefact] = []
        for channel in request.channels:
            refuse_attributes(self._refusals, request, self._facts, channel)
            for locale in request.locales:
                plan = self._library.plan(request.campaign, channel=channel, locale=locale)
                tokens = self._tokens(plan)
                artefacts += [self._artefact(plan, tokens)] if tokens else []
        sizes = {part.path: len(part.data) for artefact in artefacts for part in artefact.parts}
        refuse_size(self._refusals, request, sizes, self._facts)
        self._stop()
        proof = self._prove(packages, progress)
        self._stop()
        return tuple(artefacts), proof

    def _stop(self) -> None:
        """Raise `ProjectError` where anything was found."""
        if refused := self._refusals.diagnostics:
            raise ProjectError("the export is refused", refused)

    def _tokens(self, plan: SlotPlan) -> dict[str, Chosen] | None:
        """The tokens of a plan; None where they are too many."""
        request, content = self._request, self._library.content
        try:
            if request.by == "key":
                return by_key(plan, content, request.period, request.edition)
            refuse_by_cell(self._refusals, self._project, request, plan)
            refuse_period(self._refusals, self._project, request, content, plan)
            return by_cell(plan, content, Moment.of(request.period.start).instant, request.edition)
        except TooManyTokens as error:
            place = self._project.campaigns[request.campaign].key_place("slots")
            message = f"{plan.channel} has {error.count:,} variants or more, too many for one template"
            self._refusals.add("X05", place, message, "make a slot constant, retire components, or try --by cell")
            return None

    def _artefact(self, plan: SlotPlan, tokens: Mapping[str, Chosen]) -> Artefact:
        request, content = self._request, self._library.content
        default = {choice.slot: choice.component for choice in plan.defaults}
        slots = {token: chosen.slots for token, chosen in tokens.items()}
        varying = NeutralParts(content, self._library.texts, slots, default)
        constant = NeutralParts(content, self._library.texts, {}, default)
        attributes = self._attributes(plan.channel)
        parts: list[ExportedPart] = []
        for name, document in content.campaigns[plan.campaign].channels[plan.channel].documents[plan.locale].items():
            given_up = name in request.without
            nodes = (constant if given_up else varying).part(name, document)
            parts.append(self._part(plan, name, nodes, attributes))
            proof_of = {} if given_up else slots
            self._add_to_proof(parts[-1], nodes, document, attributes, proof_of, default)
        return Artefact(
            channel=plan.channel,
            locale=plan.locale,
            attribute=attributes.token,
            tokens=tokens,
            default=self._library.default(plan.campaign, channel=plan.channel, locale=plan.locale).key,
            valid_until=self._valid_until(plan),
            parts=tuple(parts),
        )

    def _attributes(self, channel: str) -> Attributes:
        settings = self._request.settings
        fields = {name: field.attribute for name, field in settings.fields.items() if field.attribute is not None}
        codes = {name: field.verbatim for name, field in settings.fields.items() if field.verbatim is not None}
        return Attributes(settings.attribute_for(self._request.campaign, channel), fields, codes)

    def _part(self, plan: SlotPlan, name: str, nodes: Nodes, attributes: Attributes) -> ExportedPart:
        request, refusals = self._request, self._refusals
        refuse_fields(refusals, request, attributes, self._emitter.encodes, nodes)
        refuse_variation(refusals, self._project, request, name, nodes, self._facts)
        written = emitted(nodes, self._emitter, attributes)
        layout = f"templates/{plan.channel}/{self._project.campaigns[plan.campaign].channels[plan.channel]}.{name}.j2"
        refuse_clashes(refusals, self._project, layout, plan.locale, written.clashes, self._facts.name)
        fixed: dict[tuple[str, Encoder], int] = {}
        for value in values_in(nodes):
            if value.field not in attributes.verbatim and value.encoder not in self._emitter.encodes:
                fixed[value.field, value.encoder] = fixed.get((value.field, value.encoder), 0) + 1
        path = f"{plan.channel}/{plan.locale}/{name}.{PARTS[name].extension}"
        return ExportedPart(name=name, path=path, template=written.template, fixed=fixed)

    def _add_to_proof(
        self,
        part: ExportedPart,
        nodes: Nodes,
        document: Document,
        attributes: Attributes,
        slots: Mapping[str, Mapping[str, str | None]],
        default: Mapping[str, str | None],
    ) -> None:
        """Note a part for the proof. Code of the provider's own, which no engine here knows, is not in it."""
        used = sorted({value.field for value in values_in(nodes) if value.encoder in self._emitter.encodes})
        known = attributes.only(used)
        template = emitted(nodes, self._emitter, Attributes(attributes.token, attributes.fields)).template
        cases = tuple(proof_cases(slots, default, known, ignores_case=self._facts.ignores_case))
        self._proven.append(ProvenPart(part.path, part.name, template, document, cases, self._emitter.encodes))

    def _prove(self, packages: Path | None, progress: Advance | None) -> Proof | None:
        request, library = self._request, self._library
        done = 0

        def advance() -> None:
            nonlocal done
            done += 1
            if progress is not None:
                progress(done, len(self._proven))

        place = request.settings.place("kind")
        try:
            engine = engine_for(request.settings.kind, packages)
            return prove(engine, self._proven, library.content, library.texts, advance)
        except EngineMissing as error:
            if not request.unproven:
                message = f"there is nothing here that reads the templates of {self._facts.name}"
                self._refusals.add("X07", place, message, f"{error}; or say --unproven")
        except Disproof as error:
            self._refusals.add("X06", place, str(error), "nothing was written; report it, with these words")
        return None

    def _valid_until(self, plan: SlotPlan) -> datetime | None:
        """The moment until which an artefact holds; None where nothing is known that ends it."""
        period = self._request.period
        if self._request.by == "key" or period.until is not None:
            return period.until
        moment = first_difference(plan, self._library.content, Period(start=period.start))
        return None if moment is None else at_instant(moment).astimezone(period.start.tzinfo)
