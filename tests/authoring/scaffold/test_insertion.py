"""An entry is put into YAML, and every other byte of it stays."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, strategies as st

from assembler.authoring.scaffold.insertion import with_entry, with_item, written

ENTRY = {"id": "b", "when": "n >= 2"}

LISTS = {
    "missing": "name: x\n",
    "missing, without an end of line": "name: x",
    "empty file": "",
    "nothing": "segments:\nname: x\n",
    "nothing but a comment": "segments:   # audiences\n# more\nname: x\n",
    "empty brackets": "segments: []   # none yet\nname: x\n",
    "brackets": "segments: [{id: a, when: n > 1}]  # one\nname: x\n",
    "brackets on lines": "segments: [\n  {id: a, when: n > 1},\n]\nname: x\n",
    "lines": "segments:\n  - id: a      # first\n    when: n > 1   # much\n\n# between\nname: x\n",
    "lines at the margin": "segments:\n- id: a\n  when: n > 1\nname: x\n",
    "last": "name: x\nsegments:\n    - {id: a, when: n > 1}",
    "a long text": "segments:\n  - id: a\n    when: >\n      n > 1\n\nname: x\n",
    "windows": "segments:\r\n  - id: a\r\n    when: n > 1\r\nname: x\r\n",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_an_entry_comes_last_and_nothing_else_changes(text: str) -> None:
    changed = with_entry(text, "segments", ENTRY)
    before, after = yaml.safe_load(text) or {}, yaml.safe_load(changed)
    assert after.pop("segments") == [*(before.pop("segments", None) or []), ENTRY]
    assert after == before
    rest = iter(changed.replace("[]", "").replace(" ", ""))
    assert all(character in rest for character in text.replace("[]", "").replace(" ", "").rstrip("]\n\r,"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("channels: {email: note}\n", "channels: {email: note, sms: note}\n"),
        ("channels:\n  email: note   # a\n", "channels:\n  email: note   # a\n  sms: note\n"),
        ("a: 1\n", "a: 1\n\nchannels:\n  sms: note\n"),
    ],
)
def test_an_entry_of_a_mapping_has_its_name(text: str, expected: str) -> None:
    assert with_entry(text, "channels", "note", "sms") == expected


@pytest.mark.parametrize(("length", "gap"), [(106, " "), (107, "\n  ")])
def test_what_makes_a_line_longer_than_120_is_on_the_next(length: int, gap: str) -> None:
    first = "x" * length
    assert with_entry(f"a: {{b: {first}}}\n", "a", "d", "c") == f"a: {{b: {first},{gap}c: d}}\n"


def test_an_entry_is_on_one_line_where_the_one_before_it_is() -> None:
    text = "slots:\n  a: {type: a, default: empty}   # one\nend: 1\n"
    entry = {"type": "b", "default": "empty"}
    assert with_entry(text, "slots", entry, "b") == text.replace("# one\n", "# one\n  b: {type: b, default: empty}\n")


def test_a_name_is_put_into_a_list_of_front_matter() -> None:
    text = "---\ncampaigns: [welcome]   # one\nkicker: x\n---\nWords --- and more\n---\n"
    assert with_item(text, "campaigns", "back") == text.replace("[welcome]", "[welcome, back]")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_name_is_put_into_lines_of_front_matter(newline: str) -> None:
    text = "---\ncampaigns:\n  - welcome   # one\n---\nWords\n".replace("\n", newline)
    assert with_item(text, "campaigns", "back") == text.replace("# one", f"# one{newline}  - back")


@given(
    st.recursive(
        st.text(st.characters(exclude_categories=["Cs"])) | st.booleans() | st.integers(),
        lambda below: st.lists(below, max_size=3),
        max_leaves=5,
    )
)
def test_what_is_written_is_read_again(value: object) -> None:
    assert yaml.safe_load(f"key: {written(value)}") == {"key": value}
