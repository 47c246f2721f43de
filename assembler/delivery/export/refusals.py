"""What keeps a campaign from being exported, with its place in the project."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set

from assembler.authoring.check.run import LONGEST_SAID
from assembler.authoring.diagnostics import Diagnostic, Place
from assembler.authoring.project.project import LoadedProject
from assembler.delivery.export.emission import Attributes, values_in
from assembler.delivery.export.neutral import Nodes, Switch
from assembler.delivery.export.neutralise import Clash
from assembler.delivery.export.outcomes import at_instant, first_difference
from assembler.delivery.export.provider_facts import ProviderFacts
from assembler.delivery.export.request import ExportRequest
from assembler.library.records import Component, Content, Encoder
from assembler.runtime.choose import SlotPlan
from assembler.runtime.moment import Moment


class Refusals:
    """The findings for which an export is refused, each once."""

    def __init__(self, project: LoadedProject) -> None:
        self._project = project
        self._found: dict[Diagnostic, None] = {}

    def add(self, code: str, place: Place, message: str, hint: str) -> None:
        """Add a finding."""
        source = self._project.sources.get(place.path)
        line = "" if source is None else source.line(place.line)
        said = message if len(message) <= LONGEST_SAID else f"{message[: LONGEST_SAID - 3]}..."
        finding = Diagnostic(code=code, severity="error", place=place, message=said, hint=hint, source=line)
        self._found[finding] = None

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """Everything that was found, by code and place."""
        return sorted(self._found, key=lambda finding: (finding.code, finding.place, finding.message))


def refuse_attributes(refusals: Refusals, request: ExportRequest, facts: ProviderFacts, channel: str) -> None:
    """Add the attributes whose names the provider cannot have (X01)."""
    settings = request.settings
    names = {
        settings.place("attribute"): settings.attribute_for(request.campaign, channel),
        **{
            settings.place("fields", name): field.attribute
            for name, field in settings.fields.items()
            if field.attribute is not None
        },
    }
    for place, name in names.items():
        if not re.fullmatch(facts.attribute, name):
            message = f"{facts.name} has no attribute {name!r}"
            refusals.add("X01", place, message, f"names there have {facts.attribute_words}")


def refuse_by_cell(refusals: Refusals, project: LoadedProject, request: ExportRequest, plan: SlotPlan) -> None:
    """Add the components whose test or needs a cell says nothing of (X01), unless these are given up."""
    for component in _candidates(plan):
        tags = project.components[component.address].tags
        if component.test is not None and "tests" not in request.without:
            message = f"{component.address} is in the test {component.test.id!r}, which a person's cell says nothing of"
            refusals.add("X01", tags.key_place("test"), message, _ways("tests", "nobody is in a test"))
        if component.needs and "needs" not in request.without:
            message = f"{component.address} needs {', '.join(component.needs)}, which a person's cell says nothing of"
            refusals.add("X01", tags.key_place("needs"), message, _ways("needs", "nobody gets such components"))


def refuse_holdouts(refusals: Refusals, project: LoadedProject, request: ExportRequest, content: Content) -> None:
    """Add the holdouts that still have people, whom a cell does not tell from others (X01), unless these are given
    up."""
    moment = Moment.of(request.period.start).instant
    if "holdout" in request.without:
        return
    campaign = project.campaigns[request.campaign]
    own, of_all = content.campaigns[request.campaign].holdout, content.holdout
    for holdout, place in ((of_all, project.settings.key_place("holdout")), (own, campaign.key_place("holdout"))):
        if holdout is not None and holdout.share and not holdout.has_ended(moment):
            message = "people are held out, and their cells do not tell them from others"
            refusals.add("X01", place, message, _ways("holdout", "everybody is treated"))


def _ways(given_up: str, outcome: str) -> str:
    return f"export --by key; or --without {given_up}: then {outcome}"


def refuse_period(
    refusals: Refusals, project: LoadedProject, request: ExportRequest, content: Content, plan: SlotPlan
) -> None:
    """Add the components for whose sake people of some cell get something else before the end of the period (X02)."""
    moment = first_difference(plan, content, request.period)
    if moment is None or request.period.until is None:
        return
    day = at_instant(moment).astimezone(project.settings.zone).date()
    for component in _candidates(plan):
        if moment in component.window.edges:
            tags = project.components[component.address].tags
            key = "valid_from" if component.window.start == moment else "valid_until"
            message = f"from {day} on, some people get something else, and the export has to hold until later"
            hint = f"export --by key; or name an earlier day with --until, and export again on {day}"
            refusals.add("X02", tags.place(key), message, hint)


def _candidates(plan: SlotPlan) -> Iterator[Component]:
    components = {
        candidate.component.address: candidate.component for slot in plan.slots for candidate in slot.candidates
    }
    return iter(components.values())


def refuse_fields(
    refusals: Refusals, request: ExportRequest, attributes: Attributes, encodes: Set[Encoder], nodes: Nodes
) -> None:
    """Add the fields whose values an engine could insert, and that have no attribute (X03)."""
    settings = request.settings
    known = attributes.fields.keys() | attributes.verbatim.keys()
    missing = {value.field for value in values_in(nodes) if value.encoder in encodes} - known
    for name in sorted(missing):
        where = f"stands in {request.campaign}"
        message = f"the merge field {name!r} {where}, and provider {request.provider!r} has nothing for it"
        hint = f"add `{name}: asm_{name}` under `fields` of {request.provider}"
        refusals.add("X03", settings.key_place("fields"), message, hint)


def refuse_variation(
    refusals: Refusals, project: LoadedProject, request: ExportRequest, part: str, nodes: Nodes, facts: ProviderFacts
) -> None:
    """Add a part that varies where the provider has one for everybody (X08)."""
    if part in facts.same_for_all and any(isinstance(node, Switch) for node in nodes):
        place = project.campaigns[request.campaign].key_place("slots")
        message = f"the {part} varies, and {facts.name} has one for everybody"
        hint = f"make its slots constant; or --without {part}: then everybody gets the default there"
        refusals.add("X08", place, message, hint)


def refuse_clashes(
    refusals: Refusals, project: LoadedProject, template: str | None, locale: str, clashes: Iterable[Clash], name: str
) -> None:
    """Add the words that the provider would take for code (X04). `template` is the path of the layout."""
    lineage = project.settings.lineage(locale)
    for clash in clashes:
        words = None if clash.text.origin is None else project.components[clash.text.origin].in_locale(lineage)
        path = words.source.path if words is not None else template
        source = project.sources.get(path or "")
        place = Place(path or "assembler.yaml") if source is None else source.find(clash.characters, source.at())
        message = f"{name} takes {clash.characters!r}, as it stands here, for code"
        refusals.add("X04", place, message, "write it in words, or leave it out")


def refuse_size(refusals: Refusals, request: ExportRequest, sizes: Mapping[str, int], facts: ProviderFacts) -> None:
    """Add the templates that are larger than the provider takes (X05)."""
    for where, size in sizes.items():
        if size > facts.most_bytes:
            message = f"{where} has {size:,} bytes; {facts.name} is given {facts.most_bytes:,} at most"
            other = "cell" if request.by == "key" else "key"
            hint = f"make a slot constant, retire components, or try --by {other}"
            refusals.add("X05", request.settings.key_place(), message, hint)
