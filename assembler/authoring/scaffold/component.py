"""Components with the fields that their types ask for, as drafts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from assembler.authoring.load.names import slug_of
from assembler.authoring.project.component_type import FieldSpec
from assembler.authoring.scaffold.extended_project import UNWRITTEN, Addition, ExtendedProject
from assembler.authoring.scaffold.insertion import written
from assembler.authoring.scaffold.names import new_name, reviewed
from assembler.authoring.scaffold.refused import Refused
from assembler.errors import listed, nearest


def new_components(
    extended: ExtendedProject,
    addresses: Iterable[str],
    *,
    campaigns: Sequence[str] | str,
    segments: Sequence[str],
    stages: Sequence[str],
) -> Addition:
    """Return a draft for each address, which is for campaigns (or `all`), segments and stages. Raises `Refused` where
    one cannot have its address."""
    named = [_named(extended, address) for address in dict.fromkeys(addresses)]
    tags: dict[str, Any] = {"campaigns": campaigns, "segments": segments, "stages": stages, "status": "draft"}
    if campaigns == "all":
        tags |= _accountable(extended, targeted=bool(segments or stages))
    return Addition(dict(_files(extended, named, {key: value for key, value in tags.items() if value})))


def _accountable(extended: ExtendedProject, *, targeted: bool) -> Iterator[tuple[str, object]]:
    """Yield what a component inherits from its campaign, where it names one."""
    yield "owner", extended.owner
    if targeted:
        yield "hypothesis", "words of their own bring more of these people to act than the default does"
        yield "review_by", reviewed(extended.today)


def _named(extended: ExtendedProject, address: str) -> tuple[str, str]:
    """Return the type and the id of a component that is to be. Raises `Refused` where it cannot have that address."""
    type_, slash, id_ = address.partition("/")
    if not slash:
        example = f"headline/{slug_of(address) or 'back_loyal'}"
        raise Refused(f"{address[:80]!r} is no address; write it as TYPE/ID, such as {example}")
    types = extended.loaded.types
    if type_ not in types:
        close = nearest(type_, types)
        hint = f"did you mean {close}?" if close else f"there is {listed(types)}"
        raise Refused(f"no component type {type_[:80]!r}; {hint}")
    taken = (
        there.partition("/")[2] for there in extended.loaded.declared["component"] if there.startswith(f"{type_}/")
    )
    return type_, new_name(type_, id_, taken)


def _files(
    extended: ExtendedProject, named: Iterable[tuple[str, str]], tags: Mapping[str, object]
) -> Iterator[tuple[str, str]]:
    """Yield the file of each component by its path."""
    for type_, id_ in named:
        specs = extended.loaded.types[type_].fields
        fields = {name: _smallest(extended, type_, name, spec) for name, spec in specs.items() if spec.required}
        front = "".join(f"{key}: {written(value)}\n" for key, value in {**tags, **fields}.items())
        yield f"components/{type_}/{id_}.md", f"---\n{front}---\n{UNWRITTEN}\n"


def _smallest(extended: ExtendedProject, type_: str, name: str, spec: FieldSpec) -> object:
    """Return the least that a required field may hold: of an address or a picture that of another component."""
    if spec.kind == "url":
        return _of_another(extended, type_, name) or str(extended.loaded.settings.brand.get("url", UNWRITTEN))
    if spec.kind == "asset":
        pictures = iter(sorted(extended.loaded.assets))
        return {"file": _of_another(extended, type_, name) or next(pictures, UNWRITTEN), "alt": UNWRITTEN}
    if spec.kind == "date":
        return reviewed(extended.today)
    if spec.kind == "list":
        return [{key: _smallest(extended, type_, key, below) for key, below in _required(spec.records).items()}]
    return UNWRITTEN


def _required(records: Mapping[str, FieldSpec]) -> dict[str, FieldSpec]:
    """Return the fields that a record must hold; the first, where it may hold any."""
    return {name: spec for name, spec in records.items() if spec.required} or dict(list(records.items())[:1])


def _of_another(extended: ExtendedProject, type_: str, name: str) -> str | None:
    """Return the address, or the file, that another component of the type has in a field."""
    for there in extended.loaded.components.values():
        if there.type == type_:
            for value in there.original.of_kind("url", "file"):
                if value.path[0] == name:
                    return value.text
    return None
