"""What checking costs grows no faster than what is checked.

Seconds tell nothing on a busy machine, and nothing counts what one call of a regular expression does. So there are two
counts. Here it is the calls, the turns of loops and the characters that Python handles or hands to others
(`counting.py`), for projects in which one thing stands once, twice and four times as often: quadratic work makes the
second step four times the first. A pattern that goes back over a text within one call is found in `test_patterns.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.authoring.builders import MOMENT
from tests.growth.counting import Counted
from tests.growth.inputs import BASE, INPUTS, Input

COUNTED = ("assembler", "markdown_it", "mdurl", "jinja2", "html", "_markupbase")
STEEPEST = 2.15
"""Linear work doubles; sorting and searching add a little."""

NEGLIGIBLE = 5_000
"""What the largest input costs more than the next may be of any kind if it is so little."""

Count = Callable[[Mapping[str, str]], int]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def count() -> Iterator[Count]:
    """Counts the work of checking a project with some files of it changed; what is the same was done before."""
    with Counted(COUNTED) as counted:
        from assembler.authoring import Project as Counting
        from assembler.authoring.incremental.build_cache import BuildCache, StoredResults
        from assembler.errors import ProjectError

        def always(result: object) -> bool:
            return True

        class Unchanging(BuildCache):
            """A cache that stores beside new results those of the first check alone, whatever was counted since."""

            def results(self, decoder: Any, *inputs: object, holds: Callable[[Any], bool] = always) -> Any:
                key = self.key(*inputs)
                if key in first:
                    return StoredResults(self, key, first[key], holds)
                keys.append(key)
                return super().results(decoder, *inputs, holds=holds)

        keys: list[str] = []
        first: dict[str, Mapping[str, object]] = {}
        kept = Unchanging()

        def check(changed: Mapping[str, str]) -> None:
            try:
                Counting.from_files({**BASE, **changed}, cache=kept).check(MOMENT)
            except ProjectError as error:
                assert error.diagnostics

        check({})
        first |= {key: kept.memo.get_or_make(key, dict) for key in keys}
        yield lambda changed: counted.of(lambda: check(changed))


@pytest.mark.parametrize("sample", INPUTS.values(), ids=INPUTS.keys())
def test_the_work_doubles_with_the_text(sample: Input, count: Count) -> None:
    """What is worked out once for all of them may hide the first step, but not a second time."""
    tried = []
    quarter = sample.most // 4
    for once in (quarter, quarter + 1):
        work = [count(sample.make(times * once)) for times in (1, 2, 4)]
        tried.append(work)
        if work[2] - work[1] <= max(STEEPEST * (work[1] - work[0]), NEGLIGIBLE):
            return
    pytest.fail(f"{tried}")


SOURCE = """
def rescans(text):
    return [text.count("a") for _ in text]

def grows(text):
    found = ""
    for each in text:
        found = found + each
    return found

def seeks(text):
    return [each in text for each in text.split(" ")]

def walks(text):
    return [each for each in text if each != "b"]

def moves_on(text):
    at = 0
    while (at := text.find("a", at) + 1) > 0:
        pass
"""


@pytest.mark.parametrize(("name", "times"), [("rescans", 4), ("grows", 4), ("seeks", 4), ("walks", 2), ("moves_on", 2)])
def test_the_count_tells_quadratic_work_from_linear(
    name: str, times: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "counted_sample.py").write_text(SOURCE)
    monkeypatch.syspath_prepend(tmp_path)
    with Counted(["counted_sample"]) as counted:
        import counted_sample  # type: ignore[import-not-found]

        work: list[int] = [
            counted.of(lambda text=text: getattr(counted_sample, name)(text))  # type: ignore[misc]
            for text in ("a " * 200, "a " * 400)
        ]
    assert "counted_sample" not in sys.modules
    assert work[1] / work[0] == pytest.approx(times, rel=0.1)
