"""R03: a name that nothing in the project has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.compile.images import Picture
from assembler.authoring.compile.parameters import NAMES, names_in
from assembler.authoring.compile.syntax import TemplateSyntax
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.component import AuthoredComponent, named
from assembler.authoring.project.component_type import ComponentType, FieldSpec
from assembler.authoring.project.locales import same_locale
from assembler.authoring.project.project import PARTS, LoadedProject
from assembler.authoring.project.source import KeyPath
from assembler.errors import listed, nearest

_SEEN_BY_ALL = frozenset({"brand", "campaign", "channel", "locale", "strings", "address", "field", "asset"})
_FUNCTIONS = frozenset({"slot", "field", "asset"})
_PICTURE = frozenset(each.name for each in fields(Picture))
_SEEN_INSIDE = frozenset({"loop", "caller", "varargs", "kwargs", "self", "super"})


_EVERYONE = frozenset({"all", "any", "every", "everyone", "everybody", "*"})
_FOR_ALL = {
    "campaigns": "write `campaigns: all`, without brackets",
    **{key: f"leave {key} out: without it, everyone gets it" for key in ("segments", "stages", "channels")},
}


def find(subject: Subject) -> Iterator[Finding]:
    """Unknown names in settings, campaigns, components, strings.yaml and templates."""
    project = subject.project
    yield from project.findings.of("R03")
    yield from _in_settings(project)
    yield from _in_link_parameters(project)
    for campaign in project.campaigns.values():
        yield from _in_campaign(project, campaign)
    for component in project.components.values():
        yield from _in_component(project, component)
    yield from _in_strings(project)
    yield from _in_folders(project)
    in_templates = list(_in_templates(subject))
    yield from in_templates
    places = [*(each.place for each in in_templates), *_called_in_renditions(subject)]
    told = {(place.path, place.line) for place in places}
    yield from (each for each in subject.compiled.findings.of("R03") if (each.place.path, each.place.line) not in told)


def _unknown(kind: str, name: str, known: Iterable[str], place: Place, what: str, where: str = "") -> Finding:
    """The finding that there is no `kind` of this name; `what` says what is listed where none is near."""
    names = sorted(known)
    close = (same_locale(name, names) if kind == "locale" else None) or nearest(name, names)
    hint = f"did you mean {close}?" if close else f"{what}: {listed(names)}"
    return Finding(place, f"no {kind} {name!r}{where}", hint)


def _in_settings(project: LoadedProject) -> Iterator[Finding]:
    fields = project.settings.fields
    for channel in project.settings.channels.values():
        name = channel.unsubscribe
        if name is not None and name not in project.declared["field"]:
            yield _unknown("field", name, fields, channel.place("unsubscribe"), "fields")
        elif name in fields and fields[name].kind != "url":
            urls = [each for each, field in fields.items() if field.kind == "url"]
            yield _unknown("url field", name, urls, channel.place("unsubscribe"), "fields of kind url")


def _in_link_parameters(project: LoadedProject) -> Iterator[Finding]:
    policy, channels = project.settings.policy, project.declared["channel"]
    for channel, parameters in policy.link_parameters.items():
        if channel not in channels:
            yield _unknown("channel", channel, channels, policy.key_place("link_parameters", channel), "channels")
        for parameter, value in parameters.items():
            place = policy.place("link_parameters", channel, parameter)
            for name in names_in(value):
                if name not in NAMES:
                    yield _unknown("value", "{" + name + "}", ["{" + each + "}" for each in NAMES], place, "values")


def _in_campaign(project: LoadedProject, campaign: AuthoredCampaign) -> Iterator[Finding]:
    for channel, layout in campaign.channels.items():
        layouts = {each.name for each in project.templates.values() if each.channel == channel and not each.rendition}
        if channel not in project.declared["channel"]:
            yield _unknown(
                "channel", channel, project.declared["channel"], campaign.key_place("channels", channel), "channels"
            )
        elif layout not in layouts and not _is_unread(project, f"templates/{channel}/{layout}."):
            place = campaign.place("channels", channel)
            yield _unknown("layout", layout, layouts, place, f"layouts of {channel}", f" in the channel {channel}")
    for name, slot in campaign.slots.items():
        type_is_known = slot.type in project.declared["type"]
        if not type_is_known:
            yield _unknown(
                "component type", slot.type, project.declared["type"], campaign.place("slots", name, "type"), "types"
            )
        if slot.component is None:
            continue
        place = campaign.place("slots", name, "default")
        if slot.component.lower() in ("none", "nothing", "null", "~", "-"):
            message = f"no component {slot.component!r}"
            yield Finding(place, message, "write empty, where the slot may hold nothing")
        elif slot.component not in project.declared["component"]:
            yield _unknown(
                "component", slot.component, _addresses(project, slot.type), place, f"components of type {slot.type}"
            )
        elif type_is_known and slot.component.partition("/")[0] != slot.type:
            hint = f"components of type {slot.type}: {listed(_addresses(project, slot.type))}"
            yield Finding(place, f"slot {name!r} takes the type {slot.type}; {slot.component} is of another", hint)


def _is_unread(project: LoadedProject, beginning: str) -> bool:
    """Whether there is a file whose path begins so and that is no text: R01 tells of it."""
    return any(finding.place.path.startswith(beginning) for finding in project.findings.of("R01"))


def _addresses(project: LoadedProject, type_name: str) -> list[str]:
    """The addresses of a type's components; all, where there are none."""
    own = sorted(each for each in project.declared["component"] if each.partition("/")[0] == type_name)
    return own or sorted(project.declared["component"])


def _in_component(project: LoadedProject, component: AuthoredComponent) -> Iterator[Finding]:
    tags, declared = component.tags, project.declared
    campaigns = () if tags.campaigns == "all" else tags.campaigns
    readable = declared["field"] | declared["signal"]
    named: tuple[tuple[str, str, Iterable[str], Iterable[str]], ...] = (
        ("campaigns", "campaign", campaigns, declared["campaign"]),
        ("segments", "segment", tags.segments or (), declared["segment"]),
        ("stages", "stage", tags.stages or (), declared["stage"]),
        ("channels", "channel", tags.channels or (), declared["channel"]),
        ("needs", "field or signal", tags.needs, readable),
        ("requires", "component", tags.requires, declared["component"]),
        ("excludes", "component", tags.excludes, declared["component"]),
    )
    for key, kind, names, known in named:
        for index, name in enumerate(names):
            if name not in known:
                found = _unknown(kind, name, known, tags.place(key, index), "known" if " or " in kind else f"{kind}s")
                yield replace(found, hint=_FOR_ALL[key]) if name.lower() in _EVERYONE and key in _FOR_ALL else found
    if not component.ready:
        yield from _unknown_images(project, component)


def _unknown_images(project: LoadedProject, component: AuthoredComponent) -> Iterator[Finding]:
    """Files that a draft or retired component names and assets/ has not; for ready ones that is A01."""
    for words in component.words.values():
        for file in words.of_kind("file"):
            if file.text not in project.assets:
                yield _unknown("image", file.text, project.assets, file.place, "below assets/")


def _in_strings(project: LoadedProject) -> Iterator[Finding]:
    source = project.sources.get("templates/strings.yaml")
    for path in source.keys if source else ():
        if source and len(path) == 1 and path[0] not in project.settings.locales:
            yield _unknown("locale", str(path[0]), project.settings.locales, source.key(*path), "locales")


def _in_folders(project: LoadedProject) -> Iterator[Finding]:
    """Folders of templates without a channel, renditions without a type, style sheets that nothing reads."""
    strange: set[str] = set()
    for template in project.templates.values():
        place = template.source.at()
        if template.channel not in project.declared["channel"]:
            if template.channel not in strange:
                yield _unknown("channel", template.channel, project.declared["channel"], place, "channels")
            strange.add(template.channel)
        elif template.rendition and template.name not in project.declared["type"]:
            yield _unknown("component type", template.name, project.declared["type"], place, "types")
    for path, source in project.styles.items():
        name = path.rpartition("/")[2]
        if name not in ("inline.css", "head.css") or path.count("/") != 2:
            yield _unknown(
                "style sheet",
                path.removeprefix("templates/"),
                ("inline.css", "head.css"),
                source.at(),
                "each channel has",
            )


def _in_templates(subject: Subject) -> Iterator[Finding]:
    """Variables that a template does not see, and parts that do not exist."""
    slots = {name for _, name, _ in subject.project.slots()}
    for path, syntax in subject.compiled.templates.syntax.items():
        seen = _seen(subject, path)
        for name, place in syntax.names:
            if name not in seen | _SEEN_INSIDE and name not in _FUNCTIONS:
                found = _unknown("variable", name, seen, place, "this template sees")
                if "slot" in seen and name in slots:
                    found = replace(found, hint=f'write {{{{ slot("{name}") }}}}')
                elif name in subject.project.settings.fields:
                    found = replace(found, hint=f'write {{{{ field("{name}", default="words") }}}}')
                yield found
        yield from _asked_of_fields(subject, path)
        for call in syntax.slots:
            if call.part is not None and call.part not in PARTS:
                yield _unknown("part", call.part, PARTS, syntax.source.find(call.part, call.place), "parts")


def _asked_of_fields(subject: Subject, path: str) -> Iterator[Finding]:
    """What a template asks of fields that have no such thing, in any type that it renders."""
    types = [type_.fields for type_ in _rendered_types(subject, path)]
    for keys, place in subject.compiled.templates.syntax[path].lookups:
        answers = [_answer(specs, keys, place) for specs in types if keys[0] in specs]
        if answers and None not in answers:
            yield from (each for each in answers[:1] if each is not None)


def _answer(specs: Mapping[str, FieldSpec], keys: KeyPath, place: Place) -> Finding | None:
    """The finding that the last of some keys, which lead into these specs, is not there."""
    here: FieldSpec | Mapping[str, FieldSpec] | None = specs
    for key in keys[:-1]:
        if isinstance(here, FieldSpec):
            here = here.records if here.kind == "list" and isinstance(key, int) else None
        else:
            here = here.get(str(key)) if here else None
    name, owner = str(keys[-1]), named(keys[:-2] if isinstance(keys[-2], int) else keys[:-1])
    if isinstance(here, FieldSpec) and here.kind == "list":
        field = nearest(name, here.records) or next(iter(here.records), "title")
        hint = f"write {{% for each in {owner} %}}{{{{ each.{field} }}}}{{% endfor %}}"
        return Finding(place, f"{owner} is a list and has no {name!r}; its records have fields", hint)
    known = _PICTURE if isinstance(here, FieldSpec) and here.kind == "asset" else here
    if not known or isinstance(known, FieldSpec) or name in known:
        return None
    return _unknown("field", name, known, place, f"{owner} has", f" in {owner}")


def _called_in_renditions(subject: Subject) -> Iterator[Place]:
    """The places of slot calls in templates of components, of which R08 tells."""
    for path, syntax in subject.compiled.templates.syntax.items():
        template = subject.project.templates.get(path)
        if template is not None and template.rendition:
            yield from (call.place for call in syntax.slots)


def _seen(subject: Subject, path: str) -> frozenset[str]:
    """The names that a template sees; one that others include sees what they see, and what they assign."""
    found = set(_SEEN_BY_ALL)
    for each in _including(subject.compiled.templates.syntax, path):
        found |= subject.compiled.templates.syntax[each].assigned
        template = subject.project.templates.get(each)
        if template is None or not template.rendition:
            found.add("slot")
        else:
            type_ = subject.project.types.get(template.name)
            found |= {"body", *(type_.fields if type_ else _every_field(subject.project))}
    return frozenset(found)


def _rendered_types(subject: Subject, path: str) -> Iterator[ComponentType]:
    """The types whose components a template renders, itself or within another."""
    for each in _including(subject.compiled.templates.syntax, path):
        template = subject.project.templates.get(each)
        type_ = subject.project.types.get(template.name) if template is not None and template.rendition else None
        if type_ is not None:
            yield type_


def _including(syntax: dict[str, TemplateSyntax], path: str) -> list[str]:
    """A template, and every one that includes it, directly or not."""
    found = [path]
    for each in found:
        found += [
            other
            for other, others in syntax.items()
            if other not in found and any(f"templates/{name}" == each for name, _ in others.templates)
        ]
    return found


def _every_field(project: LoadedProject) -> set[str]:
    """The fields of all types: those of a type that could not be read may be among them."""
    return {name for type_ in project.types.values() for name in type_.fields}


RULE = Rule(
    code="R03",
    severity="error",
    summary="A name that nothing in the project has: a segment, campaign, component, type, layout, locale and so on.",
    fix="Mend the spelling, or add what is named.",
    find=find,
)
