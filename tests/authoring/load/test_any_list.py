"""Whatever stands in the place of a list: it is read, or found wrong where it stands, and never more than it is."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings, strategies as st

from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.component import AuthoredComponent
from tests.authoring.builders import in_memory, project
from tests.authoring.listed import AWAY, AWAY_FR, listed
from tests.examples import examples

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["", " ", "Pour", "a\nb", "2027-01-02", "x: y", "[", "{}"])
)
PICTURES = st.fixed_dictionaries({}, optional={"file": SCALARS, "alt": SCALARS, "overlay": SCALARS, "fil": SCALARS})
NAMES = ("title", "body", "url", "picture", "day")
RECORDS = st.fixed_dictionaries(
    {},
    optional={**dict.fromkeys(NAMES, SCALARS), "picture": SCALARS | PICTURES, "titel": SCALARS, "campaigns": SCALARS},
)
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
)
LISTS = st.lists(RECORDS | ANYTHING, max_size=6) | ANYTHING


def read(steps: Any, french: Any) -> tuple[AuthoredComponent | None, list[tuple[str, Finding]], dict[str, str]]:
    """The component, if it can be read, what was found in its files, and these."""
    files = project(listed(f"steps: {json.dumps(steps)}\n", f"steps: {json.dumps(french)}\n"))
    loaded = in_memory(files).loaded
    findings = [(code, finding) for code in loaded.findings.codes() for finding in loaded.findings.of(code)]
    own = [(code, finding) for code, finding in findings if finding.place.path in (AWAY, AWAY_FR)]
    return loaded.components.get("story/away"), own, {path: str(files[path]) for path in (AWAY, AWAY_FR)}


@given(steps=LISTS, french=LISTS)
@settings(max_examples=examples(150), deadline=None)
def test_any_list_is_read_or_found_wrong(steps: Any, french: Any) -> None:
    component, findings, texts = read(steps, french)
    assert {code for code, _ in findings} <= {"R01", "R02", "L01", "L03"}
    for _, finding in findings:
        line = texts[finding.place.path].split("\n")[finding.place.line - 1]
        assert 1 <= finding.place.column <= len(line)
    if component is None:
        assert any(finding.place.path == AWAY for _, finding in findings), "what cannot be read is found wrong"
        return
    count = component.original.count("steps")
    assert count <= 4
    for locale, words in component.words.items():
        said = component.in_locale((locale, "en"))
        assert said is not None and said.count("steps") == count, "a translation has no records of its own"
        assert words.count("steps") <= count
        numbers = {path[1] for path in words.values if path[0] == "steps" and len(path) > 2}
        assert all(isinstance(number, int) for number in numbers)
    if isinstance(steps, list) and not any(finding.place.path == AWAY for _, finding in findings):
        titles = [component.original.values["steps", number, "title"].text for number in range(count)]
        assert titles == [record["title"] for record in steps]
