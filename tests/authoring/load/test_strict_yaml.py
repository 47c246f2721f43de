"""YAML is read strictly, and every refusal says where and how to mend it."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given, settings, strategies as st

from assembler.authoring.load.quoting import quoted
from assembler.authoring.load.strict_yaml import MAX_BYTES, Value, read_yaml
from assembler.authoring.load.yaml_fault import YamlFault
from tests.examples import examples


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
    with pytest.raises(YamlFault) as caught:
        read_yaml("x.yaml", text)
    assert (caught.value.line, caught.value.column, caught.value.message) == (line, column, message)


def test_a_large_file_is_refused() -> None:
    with pytest.raises(YamlFault) as caught:
        read_yaml("x.yaml", "a: " + "x" * MAX_BYTES)
    assert caught.value.message == "the file is larger than 256 kB"


def test_every_key_and_value_has_its_place() -> None:
    _, source = read_yaml("x.yaml", "a:\n  - b: é\n    cé: 1\n")
    assert (source.value("a", 0, "cé").line, source.value("a", 0, "cé").column) == (3, 9)
    assert (source.key("a", 0, "b").line, source.key("a", 0, "b").column) == (2, 5)
    assert source.value("a", 0, "nothing", "below") == source.value("a", 0)


VALUES = {
    "*New* in": (4, 'k: "*New* in"'),
    "** New": (4, 'k: "** New"'),
    "*New": (4, 'k: "*New"'),
    "& Pine": (4, 'k: "& Pine"'),
    "&Pine & Co": (4, 'k: "&Pine & Co"'),
    "- 20 %": (4, 'k: "- 20 %"'),
    "? why": (4, 'k: "? why"'),
    "| x": (6, 'k: "| x"'),
    "> 50 kg": (6, 'k: "> 50 kg"'),
    "%name": (4, 'k: "%name"'),
    "@us": (4, 'k: "@us"'),
    "!Now on": (4, 'k: "!Now on"'),
    "`x`": (4, 'k: "`x`"'),
    ", x": (4, 'k: ", x"'),
    "] x": (4, 'k: "] x"'),
    "Note: now": (8, 'k: "Note: now"'),
    "See here:": (12, 'k: "See here:"'),
    "“Note: now”": (9, 'k: "Note: now"'),
    "'It's on us'": (8, 'k: "It\'s on us"'),
    '"Our" best': (10, "k: '\"Our\" best'"),
    '"x \\d"': (7, "k: 'x \\d'"),
    "[New] in": (10, 'k: "[New] in"'),
    '{{ first_name | default: "you" }}, hi': (5, "k: '{{ first_name | default: \"you\" }}, hi'"),
    'Hi {{ first_name | default: "you" }}': (30, "k: 'Hi {{ first_name | default: \"you\" }}'"),
    "Our #1\n  promise": (8, 'k: "Our #1 promise"'),
    "{file: x, alt: Our #1 shop}": (23, 'alt: "Our #1 shop"'),
}


@pytest.mark.parametrize(("value", "column", "mended"), [(value, *rest) for value, rest in VALUES.items()], ids=VALUES)
def test_a_value_that_needs_quotes_is_shown_with_them(value: str, column: int, mended: str) -> None:
    with pytest.raises(YamlFault) as caught:
        read_yaml("x.yaml", f"k: {value}\nb: c")
    assert (caught.value.line, caught.value.column) == (1, column)
    assert str(caught.value.hint).endswith(f"write {mended}")


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("a: b\nk:Good\nc: d", 2, "write k: Good, with a blank after the colon"),
        ("k:Good\nc: d", 2, "write k: Good, with a blank after the colon"),
        ("a: b\nwords\nc: d", 2, "write `key: value`, with a blank; a value that goes on is indented"),
        ("k: |\nwords\nc: d", 2, "indent the text below | or >"),
        ("a: b\n  c: d", 2, "align keys of one level; a colon has a blank after it, on the line above too"),
        ("a: [b\nc: d", 1, "close the bracket, or put the value in quotes"),
        ("  a: b\nc: d", 2, "align keys of one level"),
        ("a: b\u2028c", 1, "remove the control character"),
        ("a: b\nc: d\x85e", 2, "remove the control character"),
    ],
)
def test_the_line_that_is_at_fault_is_named(text: str, line: int, hint: str) -> None:
    with pytest.raises(YamlFault) as caught:
        read_yaml("x.yaml", text)
    assert (caught.value.line, caught.value.hint) == (line, hint)


@pytest.mark.parametrize(
    ("text", "comments", "strays"),
    [
        ("k: Our #1 shop", {("k",): (1, 8)}, {}),
        ("k: #1 shop", {("k",): (1, 4)}, {}),
        ("k: Our\n  best #1 shop", {("k",): (2, 8)}, {}),
        ("k: Our\n  #1 shop", {("k",): (2, 3)}, {}),
        ("k: > # x\n  y", {("k",): (1, 6)}, {}),
        ("k: [a] # b\nl: 'x' # y\nm: # n\n  o: p#q\n# r\ns: t", {}, {}),
        ("k:\n  - a # b", {("k", 0): (2, 7)}, {}),
        ("k: {l: a, b c, d, e: f}", {}, {("k", "b c"): ("k", "l"), ("k", "d"): ("k", "l")}),
        ("k: {l: 'a', b: , c: d}", {}, {}),
    ],
)
def test_where_words_without_quotes_end_is_noted(text: str, comments: object, strays: object) -> None:
    source = read_yaml("x.yaml", text)[1]
    assert (source.comments, source.strays) == (comments, strays)


@settings(max_examples=examples(500))
@given(st.text(alphabet=" #:*&!|>-?%@`'\"{}[],ab“”\\", min_size=1, max_size=12))
@example("a #b")
@example("{{ a }} #1")
def test_words_are_read_as_they_are_written_or_there_is_a_problem_whose_hint_mends_it(words: str) -> None:
    words = words.strip()
    assume(words)
    try:
        value, source = read_yaml("x.yaml", f"k: {words}\nb: c")
    except YamlFault as problem:
        mended = re.search(r"write (k: .*)", problem.hint or "")
        if mended:
            again = read_yaml("x.yaml", f"{mended[1]}\nb: c")[0]
            assert isinstance(again, dict)
            assert str(again["k"]).strip("'\"“”") == re.sub(
                "^'(.*)'$", lambda all_: all_[1].replace("''", "'"), words
            ).strip("'\"“”")
        return
    assert isinstance(value, dict)
    if re.fullmatch("[|>][-+]?", words):
        return  # the text of a block, which has none
    as_written = value["k"] == words or words[0] in "'\"[{"
    assert as_written or ("k",) in source.comments


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=20))
def test_quoted_text_is_that_text(text: str) -> None:
    assume(not re.search("[\ufeff\ufffe\uffff\ud800-\udfff]", text))
    assert read_yaml("x.yaml", f"k: {quoted(text)}")[0] == {"k": text}
