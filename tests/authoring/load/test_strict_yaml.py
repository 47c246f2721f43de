"""YAML is read strictly, and every refusal says where and how to mend it."""

from __future__ import annotations

import pytest

from assembler.authoring.load.strict_yaml import MAX_BYTES, Problem, Value, read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no\nb: yes\nc: on\nd: True", {"a": "no", "b": "yes", "c": "on", "d": "True"}),
        ("a: true\nb: false\nc: null\nd: ~\ne:", {"a": True, "b": False, "c": None, "d": None, "e": None}),
        (
            "a: 12:30\nb: 0777\nc: 0x1F\nd: 1_000\ne: 1e3",
            {"a": "12:30", "b": "0777", "c": "0x1F", "d": "1_000", "e": "1e3"},
        ),
        ("a: 7\nb: -7\nc: 7.50\nd: '7'", {"a": 7, "b": -7, "c": 7.5, "d": "7"}),
        ("a: 2026-11-01\nb: 5%", {"a": "2026-11-01", "b": "5%"}),
        ("a: [x, {b: 1}]\nc: |\n  d\n  e\n", {"a": ("x", {"b": 1}), "c": "d\ne\n"}),
        ("<<: {a: 1}", {"<<": {"a": 1}}),
        ("", None),
    ],
)
def test_values_mean_what_they_seem_to(text: str, value: Value) -> None:
    assert read_yaml("x.yaml", text)[0] == value


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a: 1\na: 2", 2, 1, "the key 'a' stands twice"),
        ("a: *b", 1, 4, "an alias, *b"),
        ("a: &b 1", 1, 4, "an anchor, &b"),
        ("a: !!python/object:os.system x", 1, 4, "a tag, tag:yaml.org,2002:python/object:os.system"),
        ("a: 1\n---\nb: 2", 2, 1, "a second document in one file"),
        ("a:\n\tb: 1", 2, 1, "a tab in the indentation"),
        ("kicker: Save: now", 1, 13, "a colon where a value goes on"),
        ("a: 'x\nb: 1\n", 1, 4, "a quoted text that never ends"),
        ("a: @x", 1, 4, "YAML cannot start a value with this character"),
        ("a: x\x07y", 1, 5, "a character that YAML does not allow"),
        ("{a: 1}: 2", 1, 1, "a key that is a list or a mapping"),
        ("[" * 30, 1, 21, "more than 20 levels deep"),
    ],
)
def test_what_is_refused_has_its_place(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(Problem) as caught:
        read_yaml("x.yaml", text)
    assert (caught.value.line, caught.value.column, caught.value.message) == (line, column, message)


def test_a_large_file_is_refused() -> None:
    with pytest.raises(Problem) as caught:
        read_yaml("x.yaml", "a: " + "x" * MAX_BYTES)
    assert caught.value.message == "the file is larger than 256 kB"


def test_every_key_and_value_has_its_place() -> None:
    _, source = read_yaml("x.yaml", "a:\n  - b: é\n    cé: 1\n")
    assert (source.value("a", 0, "cé").line, source.value("a", 0, "cé").column) == (3, 9)
    assert (source.key("a", 0, "b").line, source.key("a", 0, "b").column) == (2, 5)
    assert source.value("a", 0, "nothing", "below") == source.value("a", 0)
