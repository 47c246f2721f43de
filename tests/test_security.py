"""The limits that SECURITY.md names are those of the code."""

from __future__ import annotations

import importlib
import importlib.util
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from assembler.authoring.check.rules import RULES

ROOT = Path(__file__).parents[1]
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
ROWS: list[tuple[str, str, str, str]] = re.findall(
    r"^\| (?!\*\*|What)([^|]+) \| ([^|]+) \| ([^|]+) \| `([^|]+)` \|$", SECURITY, re.MULTILINE
)
"""What is limited, to how much, what happens beyond it, and the constant's name below `assembler`."""

LIMITS = {constant: at_most for _, at_most, _, constant in ROWS}


def constant_of(name: str) -> Any:
    """The value of a constant: `module.NAME`, `module.NAME[key]` for one of several, or a field of `module.Class`."""
    match = re.fullmatch(r"(?P<module>[a-z_.]+)\.(?P<name>_?[A-Z]\w+)(?:\[(?P<key>\w+)\]|\.(?P<field>\w+))?", name)
    assert match, name
    value = getattr(importlib.import_module(f"assembler.{match['module']}"), match["name"])
    if match["field"] is not None:
        value = getattr(value(), match["field"])
    return value if match["key"] is None else value[match["key"]]


def number(text: str) -> int:
    """What a limit is: `512`, `20,000`, `2^2000`."""
    base, _, power = text.partition("^")
    return int(base) ** int(power) if power else int(text.replace(",", ""))


@pytest.mark.parametrize("constant", LIMITS)
def test_a_limit_is_what_it_is_said_to_be(constant: str) -> None:
    value = constant_of(constant)
    if isinstance(value, timedelta):
        value = abs(value) / timedelta(minutes=1)
    assert number(LIMITS[constant]) == value


def test_every_row_is_read_and_each_says_what_happens() -> None:
    body = SECURITY.partition("## Limits")[2].partition("## Reporting")[0]
    rows = [line for line in body.splitlines() if line.startswith("| ") and "**" not in line]
    assert len(rows) == len(ROWS) + 1 == len(LIMITS) + 1
    assert all(beyond.strip() for _, _, beyond, _ in ROWS)


WHOLE = (
    "runtime/context", "runtime/signals", "runtime/fields", "runtime/recognise", "runtime/library", "runtime/message",
    "authoring/project/project_limits", "authoring/compile/rendering_budget", "authoring/compile/document_limits",
)  # fmt: skip
"""Modules of which every limit is told."""

_DEFINED = re.compile(r"^((?:MOST|MAX|_MOST|_LONGEST|LARGEST)(?:_[A-Z]+)*)(?:: Final)? = ", re.MULTILINE)


@pytest.mark.parametrize("module", WHOLE)
def test_no_limit_is_left_out(module: str) -> None:
    source = (ROOT / "assembler" / f"{module}.py").read_text(encoding="utf-8")
    assert {f"{module.replace('/', '.')}.{name}" for name in _DEFINED.findall(source)} <= LIMITS.keys()


def test_no_limit_that_a_rule_prints_is_left_out() -> None:
    printed = {rule.code: re.findall(r"\d[\d,]*", rule.fix) for rule in RULES if rule.code == "R10"}
    assert set(printed["R10"]) <= set(LIMITS.values())


def test_the_readme_leads_there() -> None:
    assert "(SECURITY.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_what_it_leads_to_is_there() -> None:
    for path in re.findall(r"`(tests/[\w/]+)", SECURITY):
        assert (ROOT / path).exists()
    for module in re.findall(r"python -m ([\w.]+)", SECURITY):
        assert importlib.util.find_spec(module)
