"""assembler.yaml: who owns the programme, and what every campaign shares."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Annotated, Any, Final, Literal, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field as Constraint

from assembler.authoring.project.authored import (
    FILE_SLUG_SCHEMA,
    SLUG_SCHEMA,
    Authored,
    Day,
    Microseconds,
    Name,
    Share,
    Visible,
    VisibleName,
)
from assembler.authoring.project.locales import LOCALE, LONGEST_LOCALE, lineage
from assembler.authoring.project.project_limits import (
    MOST_CHANNELS,
    MOST_FACTS,
    MOST_LOCALES,
    MOST_PROVIDERS,
    MOST_SEGMENTS,
    MOST_STAGES,
)
from assembler.authoring.project.provider_settings import ProviderSettings
from assembler.authoring.project.rule_setting import RuleSetting
from assembler.authoring.project.value_hints import Unfit, pair_meant, zone_meant
from assembler.errors import nearest
from assembler.library.validate.content import LONGEST_VALUE

# Longest values by kind of merge field: contract, assembler.yaml.
_MAX_LENGTH = {"name": 60, "text": 200, "url": 2000}


Model = TypeVar("Model")
_Named = Annotated[dict[str, Model], Constraint(json_schema_extra={"propertyNames": SLUG_SCHEMA})]
"""Things of one kind by their names."""

RULE_WORDS: Final = frozenset({"and", "or", "not", "in", "true", "false", "known", "days_since"})
"""The words of the rule language: a signal of that name could never be read (R04)."""

_CHANNEL_NAMES: dict[str, Any] = {"propertyNames": FILE_SLUG_SCHEMA}
_SIGNAL_NAMES: dict[str, Any] = {"propertyNames": {**SLUG_SCHEMA, "not": {"enum": sorted(RULE_WORDS)}}}


def _only_where(key: str, least: dict[str, Any], then: dict[str, Any]) -> dict[str, Any]:
    """Return JSON Schema for what must hold where a key is more than nothing."""
    return {"if": {"properties": {key: least}, "required": [key]}, "then": then}


# What the models cannot say to JSON Schema, because it is about two keys; a rule (R02) tells of it.
_MESSAGES = _only_where("max_messages", {"type": "integer"}, {"properties": {"envelope": {"const": "none"}}})
_PARAMETERS = _only_where(
    "link_parameters",
    {"minProperties": 1},
    {"required": ["link_hosts"], "properties": {"link_hosts": {"type": "array", "minItems": 1}}},
)
_CHOICES: dict[str, Any] = {
    "if": {"properties": {"kind": {"const": "choice"}}, "required": ["kind"]},
    "then": {"required": ["values"], "properties": {"values": {"type": "array", "minItems": 1}}},
    "else": {"properties": {"values": {"type": "null"}}},
}
_RANGES: dict[str, Any] = {
    "if": {"properties": {"kind": {"enum": ["integer", "number"]}}, "required": ["kind"]},
    "else": {"properties": {"range": {"type": "null"}}},
}


class ChannelSettings(Authored):
    """Where variants go: `email` has a subject, a preheader and a MIME form, `web` is a page, `none` only its parts.

    `max_messages` is how many SMS a variant of text alone may take; no more than 255 can be put together (3GPP TS
    23.040, 9.2.3.24.1).
    """

    model_config = ConfigDict(json_schema_extra=_MESSAGES)

    envelope: Annotated[
        Literal["email", "web", "none"],
        Constraint(
            description="what is around the words: email is a mail, web a page, none is for SMS, push and the like"
        ),
    ]
    unsubscribe: str | None = None
    address: str | None = None
    max_messages: Annotated[Annotated[int, Constraint(gt=0, le=255)] | None, Constraint(examples=[2])] = None


class FieldSettings(Authored):
    """A merge field that copy may use."""

    kind: Literal["name", "text", "url"]
    example: str | None = None
    max_length: Annotated[Annotated[int, Constraint(gt=0, le=LONGEST_VALUE)] | None, Constraint(examples=[60])] = None

    @property
    def limit(self) -> int:
        """The most characters a value may have."""
        return self.max_length or _MAX_LENGTH[self.kind]


def _range(value: Any) -> Any:
    numbers = isinstance(value, tuple) and [type(number) for number in value if type(number) in (int, float)]
    if value is not None and (not numbers or len(numbers) != 2 or len(value) != 2):
        raise Unfit("a range is a list of two numbers, such as [0, 600]", pair_meant(value))
    return value


class SignalSettings(Authored):
    """One first-party fact about a person. `max_age` is in microseconds, 0 for `none`."""

    model_config = ConfigDict(json_schema_extra={"allOf": [_CHOICES, _RANGES]})

    kind: Literal["integer", "number", "boolean", "text", "choice", "date"]
    range: Annotated[tuple[int | float, int | float] | None, BeforeValidator(_range)] = None
    values: Annotated[tuple[VisibleName, ...], Constraint(json_schema_extra={"uniqueItems": True})] | None = None
    source_name: str | None = Constraint(default=None, alias="source")
    max_age: Microseconds | None = None
    consent: Name | None = None
    owner: Name | None = None
    review_by: Day | None = None
    response: str | None = None
    fallback: str | None = None


_Rule = Annotated[str, Constraint(examples=["months_since_purchase >= 7"])]


class Stage(Authored):
    """A place in the funnel: the first whose rule is true."""

    id: Annotated[str, Constraint(examples=["win_back"], json_schema_extra=SLUG_SCHEMA)]
    when: _Rule


class Segment(Authored):
    """A named audience: the first whose rule is true."""

    id: Annotated[str, Constraint(examples=["lapsed_loyal"], json_schema_extra=SLUG_SCHEMA)]
    when: _Rule
    owner: Name | None = None
    hypothesis: str | None = None
    review_by: Day | None = None


class HoldoutSettings(Authored):
    """The share, in buckets of a ten-thousandth, that gets the default in every campaign."""

    share: Share
    salt: Annotated[Visible, Constraint(examples=["2027q1"])]
    owner: Name | None = None
    until: Day | None = None


class ReviewSettings(Authored):
    """What creative teams approve before a release, and whose approval counts.

    `needed` are the subjects that need an approval: `defaults` (layouts with their default components), `components`
    (those, and every other component), or `pairs` (those, and every feasible pair). A default always needs somebody who
    looked at it by itself. `roles`, where there are any, must each approve. `maximum_age` is in microseconds, none or 0
    for any age.
    """

    needed: Literal["defaults", "components", "pairs"] = "pairs"
    roles: tuple[VisibleName, ...] = ()
    maximum_age: Microseconds | None = None


_PARAMETER: Final = r"^[A-Za-z0-9._~-]+$"
_PARAMETER_VALUE: Final = r"^(?=.*\S)([^{}]|\{[^{}]*\})*$"


def _parameter_name(name: str) -> str:
    if not re.fullmatch(_PARAMETER, name):
        raise ValueError(f"{name[:60]!r} is no name for a parameter; it has letters, digits, `.`, `_`, `~` and `-`")
    return name


def _parameter_value(value: str) -> str:
    if not value.strip():
        raise ValueError("a parameter has a value")
    if re.search("[{}]", re.sub(r"\{[^{}]*\}", "", value)):
        raise ValueError("a brace without the other; write a name in braces, such as {campaign}")
    return value


LinkParameters = Annotated[
    dict[
        Annotated[str, AfterValidator(_parameter_name)],
        Annotated[str, AfterValidator(_parameter_value), Constraint(json_schema_extra={"pattern": _PARAMETER_VALUE})],
    ],
    Constraint(json_schema_extra={"propertyNames": {"pattern": _PARAMETER}}),
]


class Policy(Authored):
    """Limits that a programme sets itself. Without `link_hosts`, copy may link to any host. `link_parameters` are added
    to links of these hosts, by channel.

    A build writes `max_variants` at most. `near_duplicate` and `near_default` are the shares of equal words from which
    two components, or a targeted variant and the default, are too much alike. `rules` are set by their codes.
    """

    model_config = ConfigDict(json_schema_extra=_PARAMETERS)

    link_hosts: tuple[str, ...] | None = None
    link_parameters: dict[str, LinkParameters] = Constraint(default_factory=dict)
    max_segments: Annotated[Annotated[int, Constraint(ge=0)] | None, Constraint(examples=[8])] = None
    max_signals: Annotated[Annotated[int, Constraint(ge=0)] | None, Constraint(examples=[5])] = None
    max_variants: Annotated[int, Constraint(ge=1, examples=[50_000])] = 20_000
    review_grace: Microseconds = 90 * 86_400 * 1_000_000
    review: ReviewSettings = Constraint(default_factory=ReviewSettings)
    surveillance: dict[str, tuple[Name, ...]] = Constraint(default_factory=dict)
    near_duplicate: Share = 6_000
    near_default: Share = 8_000
    rules: dict[str, RuleSetting] = Constraint(
        default_factory=dict, examples=[{"E14": {"severity": "warning", "because": "we test our subjects"}}]
    )


class Assets(Authored):
    """Where images will be served from, and the font (a file below assets/) of words that are drawn onto them."""

    base_url: Annotated[str, Constraint(examples=["https://cdn.example.com/"])]
    font: Name | None = None


@cache
def time_zones() -> tuple[str, ...]:
    """Return the time zones that this machine knows, in alphabetical order. Hundreds of files are opened for that."""
    return tuple(sorted(available_timezones()))


def _timezone(name: str) -> str:
    zones = time_zones()
    if name not in zones:
        close = zone_meant(name, zones) or (nearest(name, zones) if "/" in name[2:] else None)
        hint = f"write {close}" if close else "write a place, such as Europe/London: it knows when its clocks change"
        raise Unfit(f"no time zone {name!r}", hint)
    return name


class Settings(Authored):
    """The whole of assembler.yaml.

    The templates of a `theme` come with Assembler: a project has them without a file of its own, and whatever it has
    below templates/ stands for the one with that path.
    """

    name: Annotated[str, Constraint(examples=["harbour_pine"], json_schema_extra=FILE_SLUG_SCHEMA)]
    locales: Annotated[
        tuple[Annotated[str, Constraint(json_schema_extra={"pattern": LOCALE, "maxLength": LONGEST_LOCALE})], ...],
        Constraint(
            min_length=1, max_length=MOST_LOCALES, examples=[["en", "fr"]], json_schema_extra={"uniqueItems": True}
        ),
    ]
    owner: Name | None = None
    timezone: Annotated[str, AfterValidator(_timezone)] = "UTC"
    brand: dict[str, Any] = Constraint(default_factory=dict)
    theme: Literal["starter"] | None = None
    assets: Assets | None = None
    channels: dict[str, ChannelSettings] = Constraint(
        default_factory=dict, max_length=MOST_CHANNELS, json_schema_extra=_CHANNEL_NAMES
    )
    fields: _Named[FieldSettings] = Constraint(default_factory=dict, max_length=MOST_FACTS)
    signals: dict[str, SignalSettings] = Constraint(
        default_factory=dict, max_length=MOST_FACTS, json_schema_extra=_SIGNAL_NAMES
    )
    stages: Annotated[tuple[Stage, ...], Constraint(max_length=MOST_STAGES)] = ()
    segments: Annotated[tuple[Segment, ...], Constraint(max_length=MOST_SEGMENTS)] = ()
    holdout: HoldoutSettings | None = None
    unassigned: Literal["treat", "default"] = "treat"
    providers: _Named[ProviderSettings] = Constraint(default_factory=dict, max_length=MOST_PROVIDERS)
    policy: Policy = Constraint(default_factory=Policy)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone whose midnight the project's dates mean."""
        return ZoneInfo(self.timezone)

    @property
    def default_locale(self) -> str:
        """The locale that components are written in first."""
        return self.locales[0]

    @cached_property
    def _lineages(self) -> dict[str, tuple[str, ...]]:
        return {locale: lineage(locale, self.locales) for locale in self.locales}

    def lineage(self, locale: str) -> tuple[str, ...]:
        """Return the locale and its parents that the project has, nearest first: fr-CA, fr."""
        return self._lineages.get(locale) or lineage(locale, self.locales)
