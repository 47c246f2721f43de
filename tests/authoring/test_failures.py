"""The boundary: a failure becomes one finding, at the file that the failing step was on."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from assembler.authoring.diagnostics import Findings, Place
from assembler.authoring.failures import Failure, attempt, guarded
from assembler.authoring.project.source import Source
from assembler.errors import ProjectError

HERE = Source("components/title/a.md", "x")


def raising(error: BaseException) -> Callable[[], object]:
    def work() -> object:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (RecursionError("maximum recursion depth exceeded"), "it is nested too deeply"),
        (MemoryError(), "it needs too much memory"),
        (KeyError("x"), "KeyError: 'x'"),
        (IndexError(), "IndexError"),
        (ValueError("one\n  two"), "ValueError: one two"),
        (AssertionError("y" * 300), "AssertionError: " + "y" * 200),
        (UnicodeError("\ud800"), "UnicodeError: ?"),
    ],
)
def test_a_failure_says_what_ended_it_in_a_line(error: Exception, message: str) -> None:
    findings = Findings()
    assert guarded(findings, raising(error), Place("a.md", 2, 3)) is None
    told = [(finding.place, finding.message) for finding in findings.of("R10")]
    assert told == [(Place("a.md", 2, 3), f"this file could not be judged: {message}")]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(1), ProjectError("no project")])
def test_what_is_raised_on_purpose_passes_through(error: BaseException) -> None:
    with pytest.raises(type(error)):
        attempt(raising(error), Place("a.md"))


def test_a_step_that_does_not_fail_gives_what_it_gives() -> None:
    findings = Findings()
    assert guarded(findings, lambda: 7) == 7
    assert list(findings.codes()) == []


def test_the_place_is_that_of_the_innermost_step_that_was_on_a_file() -> None:
    def inner(source: Source, number: int) -> object:
        return number / 0

    def outer(other: Source) -> object:
        first, here = other, HERE
        return inner(here, len(first.text))

    failure = attempt(lambda: outer(Source("assembler.yaml", "y")))
    assert isinstance(failure, Failure)
    assert failure.place == Place("components/title/a.md")


def test_of_a_step_s_variables_the_last_one_counts() -> None:
    def step(first: Source) -> object:
        for source in (HERE, Source("b.md", "")):
            if source.path == "b.md":
                raise ValueError
        return first

    failure = attempt(lambda: step(Source("assembler.yaml", "")))
    assert isinstance(failure, Failure)
    assert failure.place == Place("b.md")


def test_a_failure_on_no_file_stays_an_exception() -> None:
    findings = Findings()
    with pytest.raises(ZeroDivisionError):
        guarded(findings, lambda: SimpleNamespace(source=HERE, number=1 / 0))
    assert list(findings.codes()) == []
