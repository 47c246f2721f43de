"""`providers` in assembler.yaml: the e-mail providers for which there are exports, and what they call things."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field as Constraint

from assembler.authoring.project.authored import SEEN, Authored
from assembler.authoring.project.project_limits import MOST_FACTS
from assembler.authoring.project.value_hints import Unfit
from assembler.library.values import is_blank

ProviderKind = Literal["customerio", "braze", "klaviyo", "sendgrid", "iterable", "sfmc", "mailchimp"]
"""The e-mail providers for whose template language there is an export."""

_IN_ATTRIBUTE = re.compile(r"\{(campaign|channel)\}")
_ATTRIBUTE = "^[A-Za-z][A-Za-z0-9_]{0,99}$"
_PATTERN = r"^(?:[A-Za-z]|\{(?:campaign|channel)\})(?:[A-Za-z0-9_]|\{(?:campaign|channel)\}){0,99}$"
"""Names of attributes, and names in which those of a campaign and channel have a place."""


def _attribute_pattern(name: str) -> str:
    if re.search("[{}]", _IN_ATTRIBUTE.sub("", name)):
        message = f"{name[:60]!r} has braces around something else than campaign or channel"
        raise Unfit(message, "write asm_{campaign}_{channel}, or a name without braces")
    return _fitting(name, _PATTERN)


def _fitting(name: str, pattern: str = _ATTRIBUTE) -> str:
    if not re.match(pattern, name) or "\n" in name:
        hint = "an attribute has letters, digits and _, and begins with a letter, such as asm_first_name"
        raise Unfit(f"{name[:60]!r} is no name for an attribute", hint)
    return name


def _verbatim(code: str) -> str:
    if is_blank(code) or "\n" in code or "\r" in code:
        raise Unfit("code on one line", 'write it as the provider has it, such as verbatim: "{% unsubscribe_url %}"')
    return code


_EITHER: Final[dict[str, Any]] = {
    "oneOf": [{"required": [key], "properties": {key: {"type": "string"}}} for key in ("attribute", "verbatim")]
}


class ProviderField(Authored):
    """What stands for a merge field in a provider's templates: the value of an attribute, or code of the provider."""

    model_config = ConfigDict(json_schema_extra=_EITHER)

    attribute: (
        Annotated[str, AfterValidator(_fitting), Constraint(json_schema_extra={"pattern": _ATTRIBUTE})] | None
    ) = None
    verbatim: (
        Annotated[
            str, AfterValidator(_verbatim), Constraint(json_schema_extra={**SEEN, "not": {"pattern": "[\\n\\r]"}})
        ]
        | None
    ) = None


def _short(value: Any) -> Any:
    """An attribute's name alone stands for the field with that attribute."""
    return {"attribute": value} if isinstance(value, str) else value


class ProviderSettings(Authored):
    """An e-mail provider: its kind, and what it calls a person's token and the values of merge fields.

    In `attribute`, `{campaign}` and `{channel}` stand for the names of these.
    """

    kind: ProviderKind
    attribute: Annotated[
        str, AfterValidator(_attribute_pattern), Constraint(json_schema_extra={"pattern": _PATTERN})
    ] = "asm_{campaign}_{channel}"
    fields: dict[str, Annotated[ProviderField, BeforeValidator(_short, json_schema_input_type=str | ProviderField)]] = (
        Constraint(default_factory=dict, max_length=MOST_FACTS)
    )

    def attribute_for(self, campaign: str, channel: str) -> str:
        """Return the attribute of people's tokens for a campaign in a channel."""
        names = {"campaign": campaign, "channel": channel}
        return _IN_ATTRIBUTE.sub(lambda match: names[match[1]], self.attribute)
