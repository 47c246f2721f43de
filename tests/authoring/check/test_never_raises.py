"""However a project is broken, checking it gives findings: only loading raises, and only `ProjectError`."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings, strategies as st

from assembler.errors import ProjectError
from tests.authoring.builders import MOMENT, in_memory, project
from tests.examples import examples

SAMPLE = {path: text for path, text in project().items() if isinstance(text, str)}
VALUES = (
    "",
    "null",
    "true",
    "0",
    "-1.5",
    "[]",
    "{}",
    "[a, b]",
    "{a: b}",
    "[[]]",
    "text",
    '"{{ x }}"',
    "2027-02-01",
    "all",
)
OTHERS = st.sampled_from(
    [*"{}[]()<>|:#%-\"'\\/&*!@`~\t\n ", "\ufeff", "\x00", "\u202e", "{{", "}}", "{%", "%}", "<table>", "\ud800"]
)


@st.composite
def broken(draw: st.DrawFn) -> dict[str, str | bytes]:
    """The project after up to four accidents."""
    broken_files = project()
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from(sorted(SAMPLE)))
        text = broken_files.get(path)
        if not isinstance(text, str) or not text:
            continue
        accident = draw(st.sampled_from(["line", "character", "value", "swap", "cut", "file", "exchange"]))
        lines = text.split("\n")
        at = draw(st.integers(0, len(lines) - 1))
        where = draw(st.integers(0, len(text) - 1))
        if accident == "line":
            del lines[at]
            text = "\n".join(lines)
        elif accident == "character":
            text = text[:where] + draw(OTHERS) + text[where + draw(st.integers(0, 1)) :]
        elif accident == "value" and ":" in lines[at]:
            lines[at] = lines[at].split(":")[0] + ": " + draw(st.sampled_from(VALUES))
            text = "\n".join(lines)
        elif accident == "swap":
            text = text[: where - 1] + text[where : where + 1] + text[where - 1 : where] + text[where + 1 :]
        elif accident == "cut":
            text = text[:where]
        elif accident == "exchange":
            text = SAMPLE[draw(st.sampled_from(sorted(SAMPLE)))]
        if accident == "file":
            del broken_files[path]
        else:
            broken_files[path] = text
    return broken_files


@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
@given(broken())
def test_checking_a_broken_project_gives_findings_with_places(files: dict[str, str | bytes]) -> None:
    try:
        loaded = in_memory(files)
    except ProjectError as error:
        assert error.diagnostics
        return
    for diagnostic in loaded.check(MOMENT).diagnostics:
        assert diagnostic.path
        assert diagnostic.line >= 1
        assert diagnostic.column >= 1
        assert diagnostic.message
        assert len(diagnostic.message) < 600
