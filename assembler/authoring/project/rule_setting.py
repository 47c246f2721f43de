"""What a team says of a rule in `policy.rules`: how bad its findings are, where it has exceptions, and why."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field as Constraint

from assembler.authoring.project.authored import Authored, Name, Visible

SEVERITIES: Final = ("error", "warning", "information", "off")
"""How bad a rule may be said to be."""


class RuleSetting(Authored):
    """How bad what a rule finds is for this project; `off`: it does not matter. `paths` are files that are excepted."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": ["severity"], "properties": {"severity": {"type": "string"}}},
                {"required": ["except"], "properties": {"except": {"minItems": 1}}},
            ]
        }
    )

    severity: Literal["error", "warning", "information", "off"] | None = None
    because: Annotated[Visible, Constraint(examples=["our subjects are tested at 70 characters"])]
    paths: tuple[Name, ...] = Constraint(default=(), alias="except")
