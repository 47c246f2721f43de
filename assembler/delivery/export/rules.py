"""X01 to X08: why an export is refused. Each is explained as the rules of `check` are, and found by exporting."""

from __future__ import annotations

from typing import Final

from assembler.authoring.check.rule import Rule

EXPORT_RULES: Final = tuple(
    Rule(code, "error", summary, fix, ())
    for code, summary, fix in (
        (
            "X01",
            "An export cannot honour what the project asks for.",
            "Export by key, which honours everything; or give up what the hint names, with --without.",
        ),
        (
            "X02",
            "An export by cell ends before the day that it has to hold until.",
            "Name an earlier day with --until and export again then; or export by key.",
        ),
        (
            "X03",
            "A merge field stands in the copy, and the provider has no attribute for it.",
            "Name the attribute under `fields` of the provider in assembler.yaml.",
        ),
        (
            "X04",
            "Words would be taken for code by the provider, where they cannot be written in another way.",
            "Write the words without these characters.",
        ),
        (
            "X05",
            "An export is larger than the provider takes.",
            "Make a slot constant, retire components, export one locale at a time, or export by cell.",
        ),
        (
            "X06",
            "The provider's engine makes something else of an export than the variant.",
            "Report it with the words that the finding shows; nothing was written.",
        ),
        (
            "X07",
            "There is no engine here to prove an export on.",
            "Install the engine that the hint names, or say --unproven.",
        ),
        (
            "X08",
            "A part varies that the provider has the same for everybody.",
            "Make its slots constant; or have it at its default, with --without and the part's name.",
        ),
    )
)
"""The rules in the order of their codes."""
