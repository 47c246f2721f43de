"""The description of the service as OpenAPI 3.1 has it, made of the tables by which requests are answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from itertools import chain
from typing import Any, Final

import msgspec

from assembler.delivery.service.answers import ERRORS, ErrorAnswer
from assembler.delivery.service.routes import ROUTES, Route
from assembler.runtime.library import Library

Schema = dict[str, Any]

_REFERENCE: Final = "#/components/schemas/{name}"
_ALWAYS: Final = ("BAD_REQUEST", "TIMEOUT", "TOO_LARGE", "FAULT", "UNAVAILABLE")
_WITH_BODY: Final = ("NOT_JSON", "UNSUPPORTED_MEDIA_TYPE")
_WITH_KEY: Final = ("UNAUTHORIZED", "FORBIDDEN")
_IN_PATH = re.compile(r"\{(\w+)\}")
_SECURITY: Final[Schema] = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
}


def description(library: Library, *, version: str, with_keys: bool) -> bytes:
    """Return the document, as JSON: the names in it are those of the library; keys are wanted, or not."""
    names = _names(library)
    shapes = {shape for route in ROUTES for shape in (route.request, route.shape, *route.refusals.values()) if shape}
    _, schemas = msgspec.json.schema_components(
        [*sorted(shapes, key=lambda shape: shape.__name__), ErrorAnswer], ref_template=_REFERENCE
    )
    for schema in schemas.values():
        for name, values in names.items():
            _list_names(schema, name, values)
    document: Schema = {
        "openapi": "3.1.0",
        "info": {
            "title": f"Assembler: {library.content.name}",
            "version": version,
            "description": "Decisions and variants of one library. Whatever is known of a person, there is a variant.",
        },
        "paths": {route.path: _path(route, names, with_keys=with_keys) for route in ROUTES},
        "components": {"schemas": schemas} | ({"securitySchemes": _SECURITY} if with_keys else {}),
    }
    return msgspec.json.encode(document)


def _names(library: Library) -> Mapping[str, list[str]]:
    """The names that there are, by what they name."""
    content = library.content
    channels = [
        (name, channel) for campaign in content.campaigns.values() for name, channel in campaign.channels.items()
    ]
    documents = [document for _, channel in channels for document in channel.documents.values()]
    return {
        "campaign": [*content.campaigns],
        "channel": [*dict.fromkeys(name for name, _ in channels)],
        "locale": [*content.locales],
        "part": [*dict.fromkeys(chain.from_iterable(documents))],
        "segment": ["", *(segment.id for segment in content.segments)],
        "stage": ["", *(stage.id for stage in content.stages)],
        "slot": [*dict.fromkeys(chain.from_iterable(channel.slots for _, channel in channels))],
    }


def _list_names(schema: Schema, name: str, values: list[str]) -> None:
    """Say in the schema of a request which names a key of it takes."""
    if not schema.get("title", "").endswith("Request"):
        return
    for key, of_key in schema["properties"].items():
        if key == name:
            of_key["enum"] = values
            of_key["examples"] = values[:1]
        elif key == f"{name}s":
            of_key["anyOf"][0]["items"]["enum"] = values
            of_key["examples"] = [values[:1]]


def _path(route: Route, names: Mapping[str, list[str]], *, with_keys: bool) -> Schema:
    return {method.lower(): _operation(route, method, names, with_keys=with_keys) for method in route.methods}


def _operation(route: Route, method: str, names: Mapping[str, list[str]], *, with_keys: bool) -> Schema:
    function = route.answer
    summary, _, rest = (function.__doc__ or "").partition("\n\n")
    operation: Schema = {
        "operationId": f"{method.lower()}_{function.__name__}",
        "summary": _one_line(summary),
        "responses": {str(status): response for status, response in sorted(_responses(route, method, with_keys))},
    }
    if rest:
        operation["description"] = _one_line(rest)
    if parameters := [*_parameters(route, names)]:
        operation["parameters"] = parameters
    if route.request is not None:
        content = {"application/json": {"schema": _reference(route.request)}}
        operation["requestBody"] = {"required": True, "content": content}
    if with_keys and not route.open:
        operation["security"] = [{name: []} for name in _SECURITY]
    return operation


_ONE_SLOT = "A slot of the channel: what stands in that alone is answered, nothing where it is empty."


def _parameters(route: Route, names: Mapping[str, list[str]]) -> Iterator[Schema]:
    for name in _IN_PATH.findall(route.path):
        yield {"name": name, "in": "path", "required": True, "schema": _text(names.get(name))}
    for name in route.query:
        schema = _text(names[name])
        yield {
            "name": name,
            "in": "query",
            "description": _ONE_SLOT if name == "slot" else f"A {name}; blank, or left out beside another, is none.",
            "schema": schema,
        }
    if route.is_conditional:
        yield {"name": "If-None-Match", "in": "header", "schema": {"type": "string"}}


def _text(values: list[str] | None) -> Schema:
    return {"type": "string"} if values is None else {"type": "string", "enum": values}


def _responses(route: Route, method: str, with_keys: bool) -> Iterator[tuple[int, Schema]]:
    schema = {} if route.shape is None else {"schema": _reference(route.shape)}
    content = {} if method == "HEAD" else {"content": dict.fromkeys(route.media, schema)}
    yield 200, {"description": HTTPStatus.OK.phrase, **content}
    if route.is_conditional:
        yield 304, {"description": HTTPStatus.NOT_MODIFIED.phrase}
    by_status: dict[int, list[str]] = {status: [] for status in route.refusals}
    for code in _codes(route, with_keys):
        by_status.setdefault(ERRORS[code].status, []).append(code)
    for status, codes in by_status.items():
        shapes = [route.refusals[status]] if status in route.refusals else []
        yield status, _refusal(status, codes, [*shapes, *[ErrorAnswer][: len(codes)]], method)


def _refusal(status: int, codes: Iterable[str], shapes: list[type[msgspec.Struct]], method: str) -> Schema:
    words = " ".join(f"`{code}`: {ERRORS[code].message}" for code in dict.fromkeys(codes)) or HTTPStatus(status).phrase
    if method == "HEAD":
        return {"description": words}
    references = [*map(_reference, shapes)]
    schema = references[0] if len(references) == 1 else {"anyOf": references}
    return {"description": words, "content": {"application/json": {"schema": schema}}}


def _codes(route: Route, with_keys: bool) -> tuple[str, ...]:
    with_body = () if route.request is None else _WITH_BODY
    return (*route.errors, *_ALWAYS, *with_body, *(_WITH_KEY if with_keys and not route.open else ()))


def _reference(shape: type[msgspec.Struct]) -> Schema:
    return {"$ref": _REFERENCE.format(name=shape.__name__)}


def _one_line(text: str) -> str:
    return " ".join(text.split())
