"""A manifest that is written entry by entry is the one that would be written at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from assembler.authoring.build.manifest import manifest_writer, read_head, variant_fingerprints

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(1 << 63), (1 << 63) - 1) | st.text(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(), below, max_size=3),
    max_leaves=8,
)
mappings = st.dictionaries(st.text(), values, max_size=3)


@given(about=st.dictionaries(st.text(), values, min_size=1, max_size=3), entries=st.lists(mappings, max_size=3))
def test_entry_by_entry(
    tmp_path_factory: pytest.TempPathFactory, about: dict[str, object], entries: list[dict[str, object]]
) -> None:
    about.pop("variants", None)
    about["library"] = {"path": "é"}
    path = tmp_path_factory.getbasetemp() / "manifest.json"
    with manifest_writer(path, about) as add:
        for entry in entries:
            add(entry)
    whole = json.dumps({**about, "variants": entries}, ensure_ascii=False, indent=1) + "\n"
    assert path.read_bytes() == whole.encode()


HEAD = {
    "schema": 1,
    "name": "x",
    "as_of": "2026-11-22T00:00:00+00:00",
    "library": {"path": "x.library"},
    "variants": [],
}


@pytest.mark.parametrize("key", HEAD)
def test_what_lacks_a_key_is_no_manifest_of_a_build(tmp_path: Path, key: str) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({name: value for name, value in HEAD.items() if name != key}))
    assert read_head(tmp_path / "manifest.json") is None


@pytest.mark.parametrize("text", ["", "{", "[]", "\xff", '{"name": "Web app", "icons": []}', '{"library": ' * 5000])
def test_what_is_something_else_is_no_manifest_of_a_build(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_bytes(text.encode("latin-1"))
    assert read_head(tmp_path / "manifest.json") is None
    assert read_head(tmp_path / "none.json") is None


@pytest.mark.parametrize(
    ("more", "partial"), [({}, False), ({"select": {"stage": ["none"]}}, True), ({"sample": {"of": None}}, True)]
)
def test_a_part_says_so(tmp_path: Path, more: dict[str, object], partial: bool) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({**HEAD, **more}))
    head = read_head(tmp_path / "manifest.json")
    assert head is not None
    assert (head.library.path, head.is_partial) == ("x.library", partial)


def test_a_variant_has_another_fingerprint_when_a_part_has(tmp_path: Path) -> None:
    def of(**parts: str) -> str:
        variant = {"key": "a", "parts": {name: {"sha256": value} for name, value in parts.items()}}
        (tmp_path / "manifest.json").write_text(json.dumps({"schema": 1, "variants": [variant]}))
        return variant_fingerprints(tmp_path / "manifest.json")["a"]

    assert of(html="1", text="2") == of(text="2", html="1")
    assert len({of(html="1", text="2"), of(html="2", text="1"), of(html="1")}) == 3
