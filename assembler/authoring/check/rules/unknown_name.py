"""A name that nothing in the project has: a segment, campaign, component, type, layout, locale and so on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, replace

from assembler.authoring.check.brand_tokens import asked_in_vain
from assembler.authoring.check.copy import files_of
from assembler.authoring.check.project_texts import STRINGS_PATH
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.compile.images import Picture
from assembler.authoring.compile.parameters import NAMES, names_in
from assembler.authoring.compile.syntax import FUNCTIONS
from assembler.authoring.compile.template_includes import including
from assembler.authoring.compile.written_dates import WrittenDate
from assembler.authoring.diagnostics import Finding, Place, Replacement, near_miss
from assembler.authoring.project.authored import Authored
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.component import AuthoredComponent, named
from assembler.authoring.project.component_type import ComponentType, FieldSpec, Lengths
from assembler.authoring.project.locales import same_locale
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.source import KeyPath
from assembler.errors import listed, nearest
from assembler.library.parts import PARTS

_SEEN_BY_ALL = frozenset({"brand", "campaign", "channel", "locale", "strings", "address", "field", "asset"})
_ASKED = {
    "asset": frozenset(attribute.name for attribute in fields(Picture)),
    "date": frozenset(name for name, value in vars(WrittenDate).items() if isinstance(value, property)),
}
"""What templates may ask of fields, by their kinds."""

_SEEN_INSIDE = frozenset({"loop", "caller", "varargs", "kwargs", "self", "super"})
_EVERYONE = frozenset({"all", "any", "every", "everyone", "everybody", "*"})
_NOTHING = frozenset({"none", "nothing", "null", "~", "-"})
_SHEETS = ("inline.css", "head.css")
# Tag -> what it names, what such names are called in a list, and the kinds that they are declared as.
_NAMED = {
    "campaigns": ("campaign", "known campaigns", ("campaign",)),
    "segments": ("segment", "known segments", ("segment",)),
    "stages": ("stage", "known stages", ("stage",)),
    "channels": ("channel", "known channels", ("channel",)),
    "needs": ("field or signal", "known", ("field", "signal")),
    "requires": ("component", "components", ("component",)),
    "excludes": ("component", "components", ("component",)),
}
_FOR_ALL = {
    "campaigns": "write `campaigns: all`, without brackets",
    **{key: f"leave {key} out: without it, everyone gets it" for key in ("segments", "stages", "channels")},
}


@PROJECT.rule("R03", "error", __doc__, "Mend the spelling, or add what is named.")
def unknown_name(checked: CheckedProject) -> Iterator[Finding]:
    project = checked.project
    yield from project.findings.of("R03")
    yield from _in_settings(project)
    yield from _in_link_parameters(project)
    for campaign in project.campaigns.values():
        yield from _in_channels(project, campaign)
        yield from _in_slots(project, campaign)
        yield from _in_audience(project, campaign)
    for type_ in project.types.values():
        yield from _in_lengths(project, type_, type_.max_length)
        yield from _in_field_lengths(project, type_.fields)
    declared = {
        key: frozenset[str]().union(*(project.declared[kind] for kind in kinds))
        for key, (_, _, kinds) in _NAMED.items()
    }
    for component in project.components.values():
        yield from _in_component(project, component, declared)
    yield from _in_strings(project)
    yield from _in_folders(project)
    in_templates = list(_in_templates(checked))
    yield from in_templates
    places = [*(finding.place for finding in in_templates), *_called_in_renditions(checked)]
    places += asked_in_vain(checked)
    told = {(place.path, place.line) for place in places}
    for finding in checked.compiled.findings.of("R03"):
        if (finding.place.path, finding.place.line) not in told:
            yield finding


def _unknown(kind: str, name: str, known: Iterable[str], place: Place, listing: str, where: str = "") -> Finding:
    """The finding that there is no `kind` of this name; `listing` says what is listed where none is near."""
    names = sorted(known)
    same = same_locale(name, names) if kind == "locale" else None
    close = same or nearest(name, names)
    hint = f"did you mean {close}?" if close else f"{listing}: {listed(names)}"
    mend = Replacement(name, same) if same else near_miss(name, names)
    return Finding(place, f"no {kind} {name!r}{where}", hint, mend=mend)


def _in_settings(project: LoadedProject) -> Iterator[Finding]:
    fields = project.settings.fields
    for channel in project.settings.channels.values():
        name = channel.unsubscribe
        if name is not None and name not in project.declared["field"]:
            yield _unknown("field", name, fields, channel.place("unsubscribe"), "fields")
        elif name in fields and fields[name].kind != "url":
            urls = [url for url, field in fields.items() if field.kind == "url"]
            yield _unknown("url field", name, urls, channel.place("unsubscribe"), "fields of kind url")
    for provider in project.settings.providers.values():
        for name in provider.fields.keys() - project.declared["field"]:
            yield _unknown("field", name, fields, provider.key_place("fields", name), "fields")


def _in_link_parameters(project: LoadedProject) -> Iterator[Finding]:
    policy, channels = project.settings.policy, project.declared["channel"]
    for channel, parameters in policy.link_parameters.items():
        if channel not in channels:
            yield _unknown("channel", channel, channels, policy.key_place("link_parameters", channel), "channels")
        for parameter, value in parameters.items():
            place = policy.place("link_parameters", channel, parameter)
            for name in set(names_in(value)) - set(NAMES):
                yield _unknown("value", f"{{{name}}}", [f"{{{known}}}" for known in NAMES], place, "values")


def _in_channels(project: LoadedProject, campaign: AuthoredCampaign) -> Iterator[Finding]:
    channels = project.declared["channel"]
    for channel, layout in campaign.channels.items():
        if channel not in channels:
            yield _unknown("channel", channel, channels, campaign.key_place("channels", channel), "channels")
        elif not _is_unread(project, f"templates/{channel}/{layout}."):
            layouts = {
                template.name
                for template in project.templates.values()
                if template.channel == channel and not template.rendition
            }
            if layout not in layouts:
                place = campaign.place("channels", channel)
                yield _unknown("layout", layout, layouts, place, f"layouts of {channel}", f" in the channel {channel}")


def _is_unread(project: LoadedProject, beginning: str) -> bool:
    """Return whether there is a file whose path begins so and that is no text: R01 tells of it."""
    return any(finding.place.path.startswith(beginning) for finding in project.findings.of("R01"))


def _in_slots(project: LoadedProject, campaign: AuthoredCampaign) -> Iterator[Finding]:
    types = project.declared["type"]
    for name, slot in campaign.slots.items():
        if slot.type not in types:
            yield _unknown("component type", slot.type, types, campaign.place("slots", name, "type"), "types")
        if slot.component is not None:
            yield from _of_default(project, name, slot.type, slot.component, campaign.place("slots", name, "default"))


def _in_audience(project: LoadedProject, campaign: AuthoredCampaign) -> Iterator[Finding]:
    for key in ("segments", "stages"):
        for index, name in enumerate(getattr(campaign.audience, key) or ()):
            kind, listing, _ = _NAMED[key]
            if name not in project.declared[kind]:
                finding = _unknown(kind, name, project.declared[kind], campaign.audience.place(key, index), listing)
                if name.lower() in _NOTHING:
                    finding = replace(finding, hint=f"take it out: people in no {kind} are always meant")
                for_all = f"leave {key} out: then the campaign is for all of them"
                yield replace(finding, hint=for_all) if name.lower() in _EVERYONE else finding


def _in_lengths(project: LoadedProject, model: Authored, lengths: Lengths | None) -> Iterator[Finding]:
    """The findings of channels that there are not, by which something says how long it may be."""
    channels = project.declared["channel"]
    for channel, most in lengths.items() if isinstance(lengths, Mapping) else ():
        if channel not in channels:
            finding = _unknown("channel", channel, channels, model.key_place("max_length", channel), "channels")
            for_all = f"write `max_length: {most}`: a number alone is for every channel"
            yield replace(finding, hint=for_all, mend=None) if channel.lower() in _EVERYONE else finding


def _in_field_lengths(project: LoadedProject, specs: Mapping[str, FieldSpec]) -> Iterator[Finding]:
    for spec in specs.values():
        yield from _in_lengths(project, spec, spec.max_length)
        yield from _in_field_lengths(project, spec.records)


def _of_default(project: LoadedProject, slot: str, type_: str, address: str, place: Place) -> Iterator[Finding]:
    if address.lower() in _NOTHING:
        yield Finding(place, f"no component {address!r}", "write empty, where the slot may hold nothing")
    elif address not in project.declared["component"]:
        yield _unknown("component", address, _addresses(project, type_), place, f"components of type {type_}")
    elif type_ in project.declared["type"] and address.partition("/")[0] != type_:
        hint = f"components of type {type_}: {listed(_addresses(project, type_))}"
        yield Finding(place, f"slot {slot!r} takes the type {type_}; {address} is of another", hint)


def _addresses(project: LoadedProject, type_: str) -> list[str]:
    """The addresses of a type's components; all, where there are none."""
    addresses = sorted(project.declared["component"])
    return [address for address in addresses if address.partition("/")[0] == type_] or addresses


def _in_component(
    project: LoadedProject, component: AuthoredComponent, declared: Mapping[str, frozenset[str]]
) -> Iterator[Finding]:
    """The findings of names that the tags of a component hold; `declared` are those that each tag may have."""
    tags = component.tags
    for key, (kind, listing, _) in _NAMED.items():
        known, written = declared[key], getattr(tags, key) or ()
        for index, name in enumerate(written if written != "all" else ()):
            if name not in known:
                finding = _unknown(kind, name, known, tags.place(key, index), listing)
                meant_for_all = name.lower() in _EVERYONE and key in _FOR_ALL
                yield replace(finding, hint=_FOR_ALL[key], mend=None) if meant_for_all else finding
    if not component.ready:
        yield from _unknown_images(project, component)


def _unknown_images(project: LoadedProject, component: AuthoredComponent) -> Iterator[Finding]:
    """The findings of files that a draft or retired component names and assets/ has not; for ready ones that is A01."""
    for file in files_of(component):
        if file.text not in project.assets:
            yield _unknown("image", file.text, project.assets, file.place, "below assets/")


def _in_strings(project: LoadedProject) -> Iterator[Finding]:
    source, locales = project.sources.get(STRINGS_PATH), project.settings.locales
    if source is not None:
        for path in source.keys:
            if len(path) == 1 and path[0] not in locales:
                yield _unknown("locale", str(path[0]), locales, source.key(*path), "locales")


def _in_folders(project: LoadedProject) -> Iterator[Finding]:
    """The findings of folders of templates without a channel, renditions without a type, style sheets that nothing
    reads."""
    channels, types = project.declared["channel"], project.declared["type"]
    strange: set[str] = set()
    for template in project.templates.values():
        place = template.source.at()
        if template.channel not in channels:
            if template.channel not in strange:
                yield _unknown("channel", template.channel, channels, place, "channels")
            strange.add(template.channel)
        elif template.rendition and template.name not in types:
            yield _unknown("component type", template.name, types, place, "types")
    for path, source in project.styles.items():
        if path.rpartition("/")[2] not in _SHEETS or path.count("/") != 2:
            yield _unknown("style sheet", path.removeprefix("templates/"), _SHEETS, source.at(), "each channel has")


def _in_templates(checked: CheckedProject) -> Iterator[Finding]:
    project = checked.project
    slots = frozenset(name for _, name, _ in project.slots())
    for path, syntax in checked.compiled.templates.syntax.items():
        seen = _seen(checked, path)
        for name, place in syntax.names if not _is_of_unread_type(project, path) else ():
            if name not in seen | _SEEN_INSIDE | FUNCTIONS:
                yield _unseen(checked, name, seen, slots if "slot" in seen else frozenset(), place)
        yield from _asked_of_fields(checked, path)
        for call in syntax.slots:
            if call.part is not None and call.part not in PARTS:
                yield _unknown("part", call.part, PARTS, syntax.source.find(call.part, call.place), "parts")


def _is_of_unread_type(project: LoadedProject, path: str) -> bool:
    """Return whether a template renders a type that is there and could not be read: nobody knows its fields."""
    template = project.templates.get(path)
    if template is None or not template.rendition:
        return False
    return template.name in project.declared["type"] - project.types.keys()


def _unseen(checked: CheckedProject, name: str, seen: frozenset[str], slots: frozenset[str], place: Place) -> Finding:
    """The finding of a name that a template does not see; it may mean a slot that can be called there, or a field."""
    finding = _unknown("variable", name, seen, place, "this template sees")
    if name in slots:
        return replace(finding, hint=f'write {{{{ slot("{name}") }}}}', mend=None)
    if name in checked.project.settings.fields:
        return replace(finding, hint=f'write {{{{ field("{name}", default="words") }}}}', mend=None)
    return finding


def _asked_of_fields(checked: CheckedProject, path: str) -> Iterator[Finding]:
    """The findings of what a template asks of fields that have no such thing, in any type that it renders."""
    types = [type_.fields for type_ in _rendered_types(checked, path)]
    for keys, place in checked.compiled.templates.syntax[path].lookups:
        answers = [_lacking(specs, keys, place) for specs in types if keys[0] in specs]
        if answers and None not in answers:
            yield from filter(None, answers[:1])


_Known = FieldSpec | Mapping[str, FieldSpec] | None
"""What some keys lead to: a field, the fields of a record, or nothing that is known."""


def _lacking(specs: Mapping[str, FieldSpec], keys: KeyPath, place: Place) -> Finding | None:
    """The finding that the last of some keys, which lead into these specs, is not there."""
    *above, last = keys
    here, name = _led_to(specs, above), str(last)
    owner = named(keys[:-2] if isinstance(keys[-2], int) else keys[:-1])
    if isinstance(here, FieldSpec) and here.kind == "list":
        field = nearest(name, here.records) or next(iter(here.records), "title")
        hint = f"write {{% for each in {owner} %}}{{{{ each.{field} }}}}{{% endfor %}}"
        return Finding(place, f"{owner} is a list and has no {name!r}; its records have fields", hint)
    known = _known_in(here)
    if not known or name in known:
        return None
    return _unknown("field", name, known, place, f"{owner} has", f" in {owner}")


def _led_to(specs: Mapping[str, FieldSpec], keys: Iterable[str | int]) -> _Known:
    here: _Known = specs
    for key in keys:
        if isinstance(here, FieldSpec):
            here = here.records if here.kind == "list" and isinstance(key, int) else None
        elif here is not None:
            here = here.get(str(key))
    return here


def _known_in(here: _Known) -> Collection[str]:
    """The names of what can be asked of something; none where that is not known."""
    if isinstance(here, FieldSpec):
        return _ASKED.get(here.kind, ())
    return here or ()


def _called_in_renditions(checked: CheckedProject) -> Iterator[Place]:
    """The places of slot calls in templates of components, of which R08 tells."""
    for path, syntax in checked.compiled.templates.syntax.items():
        template = checked.project.templates.get(path)
        if template is not None and template.rendition:
            yield from (call.place for call in syntax.slots)


def _seen(checked: CheckedProject, path: str) -> frozenset[str]:
    """The names that a template sees; one that others include sees what they see, and what they assign."""
    syntax = checked.compiled.templates.syntax
    seen = set(_SEEN_BY_ALL)
    for outer in including(syntax, path):
        seen |= syntax[outer].assigned
        template = checked.project.templates.get(outer)
        if template is None or not template.rendition:
            seen.add("slot")
        else:
            type_ = checked.project.types.get(template.name)
            # The fields of a type that could not be read may be among those of all.
            types = [type_] if type_ else checked.project.types.values()
            seen |= {"body", *(name for known in types for name in known.fields)}
    return frozenset(seen)


def _rendered_types(checked: CheckedProject, path: str) -> Iterator[ComponentType]:
    """The types whose components a template renders, itself or within another."""
    for outer in including(checked.compiled.templates.syntax, path):
        template = checked.project.templates.get(outer)
        type_ = checked.project.types.get(template.name) if template is not None and template.rendition else None
        if type_ is not None:
            yield type_
