"""The fields of a component type: how they are read from front matter, and the values that they have there."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from types import GenericAlias
from typing import Annotated, Any, Final

from pydantic import Field as Constraint, create_model, model_validator

from assembler.authoring.diagnostics import Findings
from assembler.authoring.load.front_matter import ComponentFile
from assembler.authoring.load.lists import limited, matched, translatable
from assembler.authoring.load.names import SLUG, slug_hint
from assembler.authoring.load.strict_yaml import Value
from assembler.authoring.load.validate import validated
from assembler.authoring.project.authored import MAX_TEXT, Authored, Day, Name
from assembler.authoring.project.component import BODY, FieldValue, Tags, Words
from assembler.authoring.project.component_type import ComponentType, FieldSpec
from assembler.authoring.project.source import KeyPath, Source

TAGS = frozenset(Tags.model_fields)
"""The keys of front matter that are no fields."""

MARKUP: Final = 10_000
MARKUP_EACH: Final = 10
"""So many characters more, and so many times as many, a text may have as its type allows: links and such count too."""

MAX_LINES: Final = 5_000
"""The most lines of a text; a list may have as many items."""

_RESERVED = TAGS | {"body", "brand", "campaign", "channel", "locale", "strings", "address", "field", "asset", "slot"}
_Specs = Mapping[str, FieldSpec]


@dataclass(frozen=True, slots=True, eq=False)
class TypeFields:
    """A component type, and the models of its own fields in an original and in a translation."""

    component_type: ComponentType
    original: type[Authored]
    translation: type[Authored]

    @classmethod
    def of(cls, type_: ComponentType, findings: Findings) -> TypeFields:
        """Return the fields of a type; those without a proper name are reported, and left out."""
        for name in [name for name in type_.fields if name in _RESERVED]:
            place = type_.key_place("fields", name)
            findings.add("R04", place, f"{name!r} is no name for a field", "the name is taken")
        _report_names(type_.fields, findings)
        specs = {name: spec for name, spec in type_.fields.items() if name not in _RESERVED}
        # A rule of its own (G05) says that an offer has no terms.
        judged = {"terms"} if type_.name == "offer" else ()
        return cls(type_, _model(specs, judged=judged), _model(specs, translated=True))

    def words(self, file: ComponentFile, findings: Findings) -> Words | None:
        """Return what a component's own file says; None where too little of it can be read."""
        specs = self.component_type.fields
        front = {key: value for key, value in (file.front or {}).items() if key not in TAGS}
        words = self._words(self.original, limited(specs, front, file.source, findings), file, findings)
        if words is None or not all(words.count(name) for name in _lists_to_fill(specs, front)):
            return None
        return words

    def translated_words(self, file: ComponentFile, original: ComponentFile, findings: Findings) -> Words | None:
        """Return what a translation says; what it may not set is reported and left out, as is a blank body."""
        specs = self.component_type.fields
        front = matched(specs, file.front or {}, original.front or {}, file.source, findings)
        own = _without_tags(front, file.source, findings)
        front = translatable(specs, own, original.front or {}, file.source, findings)
        words = self._words(self.translation, front, file, findings)
        if words is None or words.values[BODY].text:
            return words
        values = {path: value for path, value in words.values.items() if path != BODY}
        return Words(source=file.source, values=values, body_place=words.body_place)

    def _words(
        self, model: type[Authored], front: dict[str, Value], file: ComponentFile, findings: Findings
    ) -> Words | None:
        fields = validated(model, front, file.source, findings, known=tuple(sorted(TAGS)))
        if fields is None:
            return None
        values = {value.path: value for value in _values(self.component_type.fields, fields, front, file.source)}
        values[BODY] = _body(self.component_type, file)
        # Every text that is too long is reported, not only the first.
        if [value for value in values.values() if _is_over_long(value, findings)]:
            return None
        words = Words(source=file.source, values=values, body_place=values[BODY].place)
        _report_lines(self.component_type, words, findings)
        return replace(words, values={path: _in_one_line(value) for path, value in values.items()})


# Models


_KINDS: Mapping[str, Any] = {"text": str, "markdown": str, "url": str, "date": Day}


def _report_names(specs: _Specs, findings: Findings) -> None:
    for name, spec in specs.items():
        if not SLUG.fullmatch(name):
            findings.add("R04", spec.key_place(), f"{name!r} is no name for a field", slug_hint(name))
        _report_names(spec.records, findings)


def _model(specs: _Specs, *, translated: bool = False, judged: Container[str] = ()) -> type[Authored]:
    """Return the model of the fields that have a proper name; in a translation none of them is required.

    Nor are those that are `judged` elsewhere. Attributes are numbered, because a field may have any name.
    """
    definitions: dict[str, Any] = {}
    for index, (name, spec) in enumerate(specs.items()):
        if not SLUG.fullmatch(name):
            continue
        kind = _kind(spec, translated=translated)
        required = spec.required and not translated and name not in judged
        shape = (
            (kind, Constraint(alias=name, examples=[_example(spec)]))
            if required
            else (kind | None, Constraint(default=None, alias=name))
        )
        definitions[f"field_{index}"] = shape
    return create_model("Fields", __base__=Authored, **definitions)


def _kind(spec: FieldSpec, *, translated: bool) -> Any:
    """Return the type of a field's value: an asset has no file in a translation, unless that may be translated."""
    if spec.kind == "list":
        return GenericAlias(tuple, (_model(spec.records, translated=translated), ...))
    if spec.kind == "asset":
        return AssetAlt if translated and not spec.translates else AssetRef
    return _KINDS[spec.kind]


_EXAMPLES: Mapping[str, Any] = {
    "text": "some words",
    "markdown": "some words",
    "url": "https://www.example.com/",
    "date": "2027-02-01",
    "asset": {"file": "picture.jpg", "alt": "what it shows"},
}


def _example(spec: FieldSpec) -> Any:
    """Return a value that a field may have, as it is written in YAML."""
    if spec.kind != "list":
        return _EXAMPLES[spec.kind]
    needed = [name for name, field in spec.records.items() if field.required] or [*spec.records][:1]
    return [{name: _example(spec.records[name]) for name in needed}]


def _words_are_alt(value: object) -> object:
    """Words drawn onto an image are its alt text: `alt` need not, and must not, say anything else."""
    if not isinstance(value, dict) or not isinstance(value.get("overlay"), str):
        return value
    words = value["overlay"]
    if value.get("alt", words) != words:
        raise ValueError("the words on an image are its alt text; leave `alt` out")
    if "{{" in words:
        raise ValueError("words on an image are the same for everybody; they hold no merge field")
    return {**value, "alt": words}


class AssetAlt(Authored):
    """What an image shows, where the image itself is inherited."""

    alt: str | None = None
    overlay: str | None = None

    _words = model_validator(mode="before")(_words_are_alt)


class AssetRef(AssetAlt):
    """An image below assets/ and what it shows; an empty `alt` says that it is decorative.

    `overlay` are words to be drawn onto it; they are its `alt` too.
    """

    file: Annotated[Name, Constraint(examples=["picture.jpg"])]


# Values


def _lists_to_fill(specs: _Specs, front: Mapping[str, Value]) -> list[str]:
    """Return the names of the lists that must have a record: those that are required, and those that are begun."""
    lists = [name for name, spec in specs.items() if spec.kind == "list"]
    return [name for name in lists if specs[name].required or front.get(name) not in (None, ())]


def _without_tags(front: Mapping[str, Value], source: Source, findings: Findings) -> dict[str, Value]:
    for key in [key for key in front if key in TAGS]:
        findings.add("L01", source.key(key), f"a translation sets {key!r}, a tag", "remove it: it is inherited")
    return {key: value for key, value in front.items() if key not in TAGS}


def _values(
    specs: _Specs, model: Authored, written: Mapping[str, Any], source: Source, path: KeyPath = ()
) -> Iterator[FieldValue]:
    """Return the values that a model of fields holds; `written` is the front matter, or the record, that it is of."""
    for attribute, info in type(model).model_fields.items():
        name, value = str(info.alias), getattr(model, attribute)
        if value is not None:
            yield from _values_of_field(specs[name], value, written[name], source, (*path, name))


def _values_of_field(spec: FieldSpec, value: Any, written: Any, source: Source, path: KeyPath) -> Iterator[FieldValue]:
    match spec.kind:
        case "list":
            # Of a list in which some record could not be read, nothing is known by its number.
            if len(value) == len(written):
                for index, record in enumerate(value):
                    yield from _values(spec.records, record, written[index], source, (*path, index))
        case "asset":
            for part in ("file", "alt", "overlay"):
                text = getattr(value, part, None)
                if text is not None:
                    yield _value(spec, part, text, source, (*path, part))
        case kind:
            yield _value(spec, kind, value, source, path)


def _value(spec: FieldSpec, kind: Any, value: Any, source: Source, path: KeyPath) -> FieldValue:
    return FieldValue(source=source, path=path, kind=kind, value=value, spec=spec, place=source.value(*path))


def _body(type_: ComponentType, file: ComponentFile) -> FieldValue:
    lead = len(file.body) - len(file.body.lstrip())
    line_start = file.body.rfind("\n", 0, lead) + 1
    return FieldValue(
        source=file.source,
        path=BODY,
        kind=type_.body or "text",
        value=file.body.strip(),
        spec=type_.specs["body"],
        place=file.source.at(file.body_line + file.body.count("\n", 0, lead), lead - line_start + 1),
    )


def _is_over_long(value: FieldValue, findings: Findings) -> bool:
    allowed = value.spec.max_length
    most = min(MAX_TEXT, MARKUP + MARKUP_EACH * allowed) if isinstance(allowed, int) else MAX_TEXT
    for count, limit, unit in ((len(value.text), most, "characters"), (value.text.count("\n") + 1, MAX_LINES, "lines")):
        if count > limit:
            message = f"{value.name} has {count:,} {unit}; with all markup no more than {limit:,} are read"
            findings.add("C05", value.place, message, "split it into several components")
            return True
    return False


def _in_one_line(value: FieldValue) -> FieldValue:
    """Return what is one line as one, so that nothing but R02 tells of another."""
    if value.kind not in ("text", "url") or "\n" not in value.text:
        return value
    return replace(value, value=value.text.replace("\n", " "))


def _report_lines(type_: ComponentType, words: Words, findings: Findings) -> None:
    for value in words.of_kind("text", "url"):
        if "\n" in value.text.strip("\n"):
            place, hint = value.inside(value.text.find("\n") + 1), "text is one line; a type may say `markdown`"
            findings.add("R02", place, f"{value.name} is more than one line", hint)
    if type_.body is None and words.values[BODY].text:
        message = f"the type {type_.name} has no body"
        findings.add("R02", words.body_place, message, "give its _type.yaml `body: text` or `body: markdown`")
