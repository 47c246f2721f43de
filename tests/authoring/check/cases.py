"""Files beside the clean project -> what `check` finds; and cases that are named by the code of their rule.

`pytest tests/authoring/check -k E13` runs the cases of E13, those that fail it and those that pass it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeAlias, TypeVar

import pytest

from assembler.authoring.check.rule import CheckedProject, Rule
from assembler.authoring.check.rules import RULES
from assembler.authoring.check.run import check
from assembler.authoring.diagnostics import Diagnostic
from tests.authoring.builders import KEPT, MOMENT, File, Files, component, component_type, in_memory, project, settings
from tests.authoring.clean import COMPONENTS

_T = TypeVar("_T")
TWO_LOCALES: Files = {**settings(locales=["en", "fr"]), "components/title/plain.fr-CA.md": None}
"""A third costs a third more, and is like the second in all that these cases are about."""

_ENGLISH: Files = {
    **{f"components/{address}.fr.md": None for address in COMPONENTS},
    "components/title/plain.fr-CA.md": None,
    "templates/strings.yaml": "en: {leave: Leave}\n",
}
_ALL_LOCALES = "locales: [en, fr, fr-CA]\n"
Cases: TypeAlias = Mapping[str, _T] | Sequence[_T]


def failing(*families: Cases[tuple[Mapping[str, File], list[str]]]) -> pytest.MarkDecorator:
    """Run a test with the `code`, the `files` and the `expected` findings of each case.

    A case is named by its code and its name, or else by the message of the first finding.
    """
    parameters = []
    for cases in families:
        for name, (files, expected) in (
            cases.items() if isinstance(cases, Mapping) else ((None, case) for case in cases)
        ):
            _, code, message = expected[0].split(" ", 2)
            parameters.append(pytest.param(code, files, expected, id=f"{code} fails: {name or message[:70]}"))
    return pytest.mark.parametrize(("code", "files", "expected"), parameters)


def passing(*families: Cases[tuple[str, Mapping[str, File]]]) -> pytest.MarkDecorator:
    """Run a test with the `code` and the `files` of each case: near misses, in which nothing of this code is found."""
    parameters = [
        pytest.param(code, files, id=f"{code} passes: {name}")
        for cases in families
        for name, (code, files) in (cases.items() if isinstance(cases, Mapping) else enumerate(cases, start=1))
    ]
    return pytest.mark.parametrize(("code", "files"), parameters)


def in_few_locales(code: str, files: Mapping[str, File]) -> Files:
    """The files of a case in English alone, each locale costing as much as the first; unless its rule is about
    languages, or it names locales, or has words in others."""
    asked = files.get("assembler.yaml", settings()["assembler.yaml"])
    spoken = code.startswith("L") or any(".fr" in path for path in files) or "templates/strings.yaml" in files
    if spoken or not isinstance(asked, str) or _ALL_LOCALES not in asked:
        return dict(files)
    return _ENGLISH | dict(files) | {"assembler.yaml": asked.replace(_ALL_LOCALES, "locales: [en]\n")}


def long_story(words: int) -> Files:
    """A story of so many words, more than a type allows."""
    return component("story/away", "New. " * words + "Much is **new**.") | component_type("story", max_length="200000")


def diagnostics(
    files: Mapping[str, File], at: datetime = MOMENT, rules: Sequence[Rule] = RULES
) -> tuple[Diagnostic, ...]:
    """What `check` finds in the clean project with these files, in two locales unless they have settings."""
    sample = in_memory(project(files if "assembler.yaml" in files else TWO_LOCALES | dict(files)))
    checked = CheckedProject(project=sample.loaded, compiled=sample.compiled, moment=at, cache=KEPT)
    return check(checked, rules=rules).diagnostics


def findings(files: Mapping[str, File], code: str | None = None, at: datetime = MOMENT) -> list[str]:
    """What `check` finds, as `path:line:column CODE message`; of one code, where one is named."""
    # Whatever rule fails on a file, that is a finding of R10.
    rules = RULES if code in (None, "R10") else [rule for rule in RULES if rule.code == code]
    return [
        f"{finding.path}:{finding.line}:{finding.column} {finding.code} {finding.message}"
        for finding in diagnostics(files, at, rules)
        if code is None or finding.code == code
    ]


def judged(files: Mapping[str, File], code: str) -> tuple[list[str], set[str]]:
    """What `check` finds of one code, as `findings` says it, and the codes of all errors."""
    everything = diagnostics(files)
    own = [
        f"{finding.path}:{finding.line}:{finding.column} {finding.code} {finding.message}"
        for finding in everything
        if finding.code == code
    ]
    return own, {finding.code for finding in everything if finding.severity == "error"}
