"""A context from a file and from options, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from assembler import Library
from assembler.cli.contexts import ContextOptions, read_context
from assembler.cli.exit_codes import Unusable
from tests.authoring.builders import MOMENT, in_memory, project, settings
from tests.authoring.clean import Value
from tests.cli.conftest import Run

ABOUT = {
    "source": "till",
    "max_age": "none",
    "consent": "none",
    "owner": "a@b.example",
    "review_by": "2027-06-01",
    "response": "x",
    "fallback": "y",
}
KINDS = {"spend": "number", "member": "boolean", "born": "date", "note": "text"}
SIGNALS: dict[str, Value] = {name: {"kind": kind, **ABOUT} for name, kind in KINDS.items()}


@pytest.fixture(scope="module")
def library() -> Library:
    compiled = in_memory(project(settings(signals=SIGNALS))).compiled
    return Library(compiled.content, compiled.texts)


def options(**given: Any) -> ContextOptions:
    empty: ContextOptions = {
        "context": None,
        "person": None,
        "locale": None,
        "consent": (),
        "signal": (),
        "field": (),
        "segment": None,
        "stage": None,
    }
    return {**empty, **given}  # type: ignore[typeddict-item]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("months_away=9", 9),
        ("months_away=-9", -9),
        ("months_away=9.5", 9.5),
        ("months_away=nine", "nine"),
        ("months_away=", ""),
        ("months_away=NaN", "NaN"),
        ("months_away=1_000", "1_000"),
        ("months_away=٩", "٩"),
        ("months_away=" + "9" * 5000, float("inf")),
        ("spend=640.5", 640.5),
        ("spend=1e400", float("inf")),
        ("spend=007", "007"),
        ("member=true", True),
        ("member=false", False),
        ("member=True", "True"),
        ("member=1", "1"),
        ("born=2001-02-03", "2001-02-03"),
        ("note=true", "true"),
        ("note=12", "12"),
        ("note=a=b", "a=b"),
        ("taste=sweet", "sweet"),
        (
            'months_away={"value": 9, "observed_at": "2026-11-20T08:00:00Z"}',
            {"value": 9, "observed_at": "2026-11-20T08:00:00Z"},
        ),
    ],
)
def test_a_signal_is_read_by_its_kind(written: str, value: object, library: Library) -> None:
    name = written.partition("=")[0]
    context = read_context(library, options(signal=(written,)))
    assert context == {"signals": {name: value}}
    assert isinstance(context, dict)
    assert type(context["signals"][name]) is type(value)


def test_options_override_the_keys_of_the_file(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "context.json"
    kept = {"id": "c-1", "consent": ["marketing"], "signals": {"taste": "salty", "spend": 3}, "locale": "en"}
    path.write_text(json.dumps({**kept, "segment": "salty_tooth", "fields": {"first_name": "A"}}))
    context = read_context(
        library,
        options(
            context=str(path),
            locale="fr",
            signal=("taste=sweet", "taste=salty", "taste=sweet"),
            consent=("news", "post"),
            segment="none",
            stage="away",
        ),
    )
    assert context == {
        "id": "c-1",
        "locale": "fr",
        "consent": ["news", "post"],
        "signals": {"taste": "sweet", "spend": 3},
        "fields": {"first_name": "A"},
        "segment": None,
        "stage": "away",
    }


def test_signals_of_the_file_that_are_no_object_give_way(library: Library, tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text('{"signals": [1]}')
    context = read_context(library, options(context=str(tmp_path / "c.json"), signal=("taste=sweet",)))
    assert context == {"signals": {"taste": "sweet"}}


def test_options_cannot_be_added_to_what_is_no_object(library: Library, tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text("[]")
    with pytest.raises(Unusable, match="no JSON object"):
        read_context(library, options(context=str(tmp_path / "c.json"), person="c-1"))


def test_without_options_the_context_is_empty(library: Library) -> None:
    assert read_context(library, options()) == {}


@pytest.mark.parametrize(
    ("context", "said"),
    [
        (b"", "standard input:1:1: not JSON: expecting value"),
        (b'{"id": 1\n "x": 2}', "standard input:2:2: not JSON: expecting ',' delimiter"),
        (b'{"id": "NaN",\n  "x": NaN}', "standard input:2:8: not JSON: NaN is no number there"),
        (b'{"x": -Infinity}', "standard input:1:7: not JSON: -Infinity is no number there"),
        (b'{"x": "\xff"}', "standard input:1:8: not UTF-8"),
        ('{"é": "è" x}'.encode(), "standard input:1:11: not JSON"),
        (b"[" * 100_000, "standard input:1:1: nested too deeply"),
        (b"{} {}", "standard input:1:4: not JSON: extra data"),
        (b"{'id': 1}", "standard input:1:2: not JSON"),
        (b'{"x": "\x1b[2J}', "not JSON"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(context: bytes, said: str, run: Run) -> None:
    result = run("why", "back", "--channel", "page", "--context", "-", stdin=context)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert "\x1b" not in result.stderr
    assert all(len(line) <= 80 for line in result.stderr.splitlines())


def test_a_signal_that_begins_an_object_and_is_none_is_refused(run: Run) -> None:
    result = run("why", "back", "--channel", "page", "--signal", "taste={sweet}")
    assert result.exit_code == 2
    assert "--signal taste:1:2: not JSON" in result.stderr


@pytest.mark.parametrize("path", ["nowhere.json", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_refused(path: str, run: Run) -> None:
    result = run("why", "back", "--channel", "page", "--context", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot be read" in result.stderr


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=5), below, max_size=3),
    max_leaves=10,
)


@given(value=JSON)
def test_any_json_is_a_context_and_has_an_answer(
    value: object, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps(value))
    context = read_context(library, options(context=str(path)))
    assert context == value
    assert library.assemble("back", channel="email", context=context, at=MOMENT).html
