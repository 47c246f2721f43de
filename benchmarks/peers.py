"""What else decides and renders: each decides by the same segments, and renders the same bytes.

A peer that is not installed is left out; `pip install --group benchmarks` installs them all. Peers check neither
consent nor freshness, and give no reasons for slots. They get their attributes flat, made beforehand.
"""

from __future__ import annotations

import atexit
import importlib.util
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from assembler import Library
from assembler.library.records import Document, Encoder
from benchmarks.mail import CAMPAIGN, CHANNEL, Condition, Person

__all__ = [
    "HELD",
    "NOBODY",
    "PEERS",
    "Decide",
    "Render",
    "attributes",
    "decider",
    "deciders",
    "installed",
    "renderers",
]

Segments = Mapping[str, tuple[Condition, ...]]
Decide = Callable[[Person], str]
"""Attributes of a person -> a segment, `NOBODY` or `HELD`."""

Render = Callable[[str, Mapping[str, str]], dict[str, bytes]]
"""A segment and the fields -> the parts."""

Documents = Mapping[str, Document]
"""Of each part."""

HELD, NOBODY = "held", "nobody"
PEERS = {
    "GrowthBook": "growthbook",
    "flagd": "openfeature.contrib.tools.flagd.core",
    "OpenFeature + flagd": "openfeature.contrib.provider.flagd",
    "Unleash": "yggdrasil_engine",
    "Jinja2": "jinja2",
    "minijinja": "minijinja",
    "MJML (mrml)": "mrml",
    "FastAPI": "fastapi",
}
_COMPARED = {"==": "$eq", "<": "$lt", "<=": "$lte", ">=": "$gte", "in": "$in"}
_NUMBERS = {"<": "NUM_LT", "<=": "NUM_LTE", ">=": "NUM_GTE"}


def attributes(person: Person) -> Person:
    """What peers are told about a person."""
    signals = {name: raw["value"] if isinstance(raw, dict) else raw for name, raw in person["signals"].items()}
    return {"id": person["id"], **signals}


def installed(peer: str) -> bool:
    """Whether a peer is there."""
    try:
        return importlib.util.find_spec(PEERS[peer]) is not None
    except ModuleNotFoundError:
        return False


def decider(name: str, segments: Segments, share: float = 0.1) -> Decide:
    """A peer that decides among the segments, and holds out a share, which GrowthBook alone takes."""
    return _growthbook(segments, share) if name == "GrowthBook" else _DECIDERS[name](segments)


def deciders(segments: Segments) -> dict[str, Decide]:
    """Every peer that decides, if it is there."""
    return {name: make(segments) for name, make in _DECIDERS.items() if installed(name)}


def _growthbook(segments: Segments, share: float = 0.1) -> Decide:
    from growthbook.common_types import EvaluationContext, Feature, GlobalContext, Options, StackContext, UserContext
    from growthbook.core import eval_feature

    def condition(conditions: tuple[Condition, ...]) -> dict[str, dict[str, object]]:
        by_signal: dict[str, dict[str, object]] = {}
        for signal, operator, literal in conditions:
            by_signal.setdefault(signal, {})[_COMPARED[operator]] = literal
        return by_signal

    held = {"force": HELD, "coverage": share, "hashAttribute": "id", "seed": CAMPAIGN}
    rules: list[Any] = [held] if share else []
    rules += [{"condition": condition(conditions), "force": name} for name, conditions in segments.items()]
    everything = GlobalContext(options=Options(), features={"segment": Feature(NOBODY, rules)})

    def decide(person: Person) -> str:
        user = UserContext(attributes=person)
        context = EvaluationContext(user=user, global_ctx=everything, stack=StackContext())
        return str(eval_feature("segment", context).value)

    return decide


def _flags(segments: Segments) -> dict[str, Any]:
    """The segments as flagd has them."""
    branches: list[object] = [{"==": [{"fractional": [[HELD, 10], ["treated", 90]]}, HELD]}, HELD]
    for name, conditions in segments.items():
        tests = [{operator: [{"var": signal}, literal]} for signal, operator, literal in conditions]
        branches += [{"and": tests}, name]
    flag = {
        "state": "ENABLED",
        "variants": {name: name for name in (HELD, NOBODY, *segments)},
        "defaultVariant": NOBODY,
        "targeting": {"if": [*branches, NOBODY]},
    }
    return {"flags": {"segment": flag}}


def _flagd(segments: Segments) -> Decide:
    from openfeature.contrib.tools.flagd.core import FlagdCore
    from openfeature.evaluation_context import EvaluationContext

    core = FlagdCore()
    core.set_flags(json.dumps(_flags(segments)))

    def decide(person: Person) -> str:
        return str(core.resolve_string_value("segment", NOBODY, EvaluationContext(person["id"], person)).value)

    return decide


def _openfeature(segments: Segments) -> Decide:
    from openfeature import api
    from openfeature.contrib.provider.flagd import FlagdProvider
    from openfeature.contrib.provider.flagd.config import ResolverType
    from openfeature.evaluation_context import EvaluationContext

    folder = tempfile.TemporaryDirectory()  # the provider watches its file
    path = Path(folder.name) / "flags.json"
    path.write_text(json.dumps(_flags(segments)), encoding="utf-8")
    api.set_provider_and_wait(FlagdProvider(resolver_type=ResolverType.FILE, offline_flag_source_path=str(path)))
    client = api.get_client()

    def stop() -> None:
        api.shutdown()
        folder.cleanup()

    atexit.register(stop)

    def decide(person: Person) -> str:
        return str(client.get_string_details("segment", NOBODY, EvaluationContext(person["id"], person)).value)

    return decide


def _unleash(segments: Segments) -> Decide:
    from yggdrasil_engine.engine import UnleashEngine

    def strategy(name: str, share: int, constraints: Sequence[dict[str, object]]) -> dict[str, object]:
        parameters = {"rollout": str(share), "stickiness": "userId", "groupId": CAMPAIGN}
        variants = [{"name": name, "weight": 1000, "weightType": "fix", "stickiness": "default"}]
        return {
            "name": "flexibleRollout", "parameters": parameters, "constraints": constraints, "variants": variants,
        }  # fmt: skip

    def constraint(condition: Condition) -> dict[str, object]:
        signal, operator, literal = condition
        if operator in _NUMBERS:
            return {"contextName": signal, "operator": _NUMBERS[operator], "value": str(literal)}
        values = literal if isinstance(literal, list) else [literal]
        return {"contextName": signal, "operator": "IN", "values": [_said(value) for value in values]}

    strategies = [
        strategy(HELD, 10, []),
        *(
            strategy(name, 100, [constraint(condition) for condition in conditions])
            for name, conditions in segments.items()
        ),
        strategy(NOBODY, 100, []),
    ]
    engine = UnleashEngine()
    toggle = {"name": "segment", "enabled": True, "type": "release", "project": "default", "strategies": strategies}
    engine.take_state(json.dumps({"version": 2, "features": [toggle]}))

    def decide(person: Person) -> str:
        said = {name: _said(value) for name, value in person.items() if name != "id"}
        return str(engine.get_variant("segment", {"userId": person["id"], "properties": said}).variant.name)

    return decide


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


_DECIDERS: Final[dict[str, Callable[[Segments], Decide]]] = {
    "GrowthBook": _growthbook,
    "flagd": _flagd,
    "OpenFeature + flagd": _openfeature,
    "Unleash": _unleash,
}


def renderers(
    library: Library,
    chosen: Mapping[str, Mapping[str, str | None]],
    campaign: str = CAMPAIGN,
    parts: Sequence[str] | None = None,
) -> Iterator[tuple[str, Render]]:
    """Every peer that renders some parts, or all; `chosen` has the component of each slot for each segment."""
    whole = library.content.campaigns[campaign].channels[CHANNEL].documents[library.locales[0]]
    documents = {part: document for part, document in whole.items() if parts is None or part in parts}
    if installed("minijinja"):
        yield "minijinja, a template per variant", _minijinja(library, documents, chosen)
    if installed("Jinja2"):
        yield "Jinja2, a template per variant", _jinja(library, documents, chosen)
        yield "Jinja2, an include per slot", _included(library, documents, chosen)


def _source(library: Library, numbers: Sequence[int], marked_safe: Sequence[Encoder] = ()) -> str:
    """A fragment as a template: merge fields in braces."""
    words: list[str] = []
    for number in numbers:
        if number >= 0:
            text = library.texts[number].decode()
            if "{{" in text or "{%" in text or "{#" in text:
                raise ValueError("a text that a template would take for its own")
            words.append(text)
        else:
            placeholder = library.content.placeholders[-1 - number]
            words.append(f"{{{{ {placeholder.field}{'|safe' if placeholder.encoder in marked_safe else ''} }}}}")
    return "".join(words)


def _whole(library: Library, document: Document, slots: Mapping[str, str | None]) -> list[int]:
    numbers = list(document.segments[0])
    for call, segment in zip(document.calls, document.segments[1:], strict=True):
        component = slots[call.slot]
        numbers += () if component is None else call.fragments[component]
        numbers += segment
    return numbers


def _jinja(library: Library, documents: Documents, chosen: Mapping[str, Mapping[str, str | None]]) -> Render:
    from jinja2 import Environment

    environments = {escaped: Environment(autoescape=escaped, keep_trailing_newline=True) for escaped in (False, True)}
    templates = {
        segment: [
            (part, environments[part == "html"].from_string(_source(library, _whole(library, document, slots))))
            for part, document in documents.items()
        ]
        for segment, slots in chosen.items()
    }

    def render(segment: str, fields: Mapping[str, str]) -> dict[str, bytes]:
        return {part: template.render(fields).encode() for part, template in templates[segment]}

    return render


def _included(library: Library, documents: Documents, chosen: Mapping[str, Mapping[str, str | None]]) -> Render:
    from jinja2 import DictLoader, Environment

    files: dict[str, str] = {}
    for part, document in documents.items():
        layout = [_source(library, document.segments[0])]
        for number, (call, segment) in enumerate(zip(document.calls, document.segments[1:], strict=True)):
            for component, fragment in call.fragments.items():
                files[f"{part}/{number}/{component}"] = _source(library, fragment)
            layout += [f'{{% include "{part}/{number}/" ~ slots.{call.slot} %}}', _source(library, segment)]
        files[part] = "".join(layout)
    loader = DictLoader(files)
    parts = list(documents)
    environments = {
        part: Environment(autoescape=part == "html", loader=loader, keep_trailing_newline=True, auto_reload=False)
        for part in parts
    }

    def render(segment: str, fields: Mapping[str, str]) -> dict[str, bytes]:
        slots = chosen[segment]
        return {part: environments[part].get_template(part).render(fields, slots=slots).encode() for part in parts}

    return render


def _minijinja(library: Library, documents: Documents, chosen: Mapping[str, Mapping[str, str | None]]) -> Render:
    """It escapes `/` as well, which would be other bytes, so links are marked as safe: a little less work for it."""
    from minijinja import Environment

    files = {
        f"{segment}.{'html' if part == 'html' else part + '.txt'}": _source(
            library, _whole(library, document, slots), ("url",)
        )
        for segment, slots in chosen.items()
        for part, document in documents.items()
    }
    environment = Environment(templates=files, keep_trailing_newline=True)
    parts = {part: ".html" if part == "html" else f".{part}.txt" for part in documents}

    def render(segment: str, fields: Mapping[str, str]) -> dict[str, bytes]:
        return {
            part: environment.render_template(segment + suffix, **fields).encode() for part, suffix in parts.items()
        }

    return render
