"""A manifest that is written piece by piece is the one that would be written at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from assembler.authoring.build.manifest import SEPARATOR, BuildHead, ManifestWriter, digests, encoded, read_head

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(1 << 63), (1 << 63) - 1) | st.text(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(), below, max_size=3),
    max_leaves=8,
)
mappings = st.dictionaries(st.text(), values, max_size=3)


@given(about=st.dictionaries(st.text(), values, min_size=1, max_size=3), entries=st.lists(mappings, max_size=3))
def test_piece_by_piece(
    tmp_path_factory: pytest.TempPathFactory, about: dict[str, object], entries: list[dict[str, object]]
) -> None:
    about.pop("variants", None)
    about["library"] = {"path": "é"}
    path = tmp_path_factory.getbasetemp() / "manifest.json"
    with ManifestWriter(path, about) as manifest:
        places = [manifest.add(b""), *(manifest.add(encoded(each)) for each in entries[:1])]
        places.append(manifest.add(SEPARATOR.join(map(encoded, entries[1:]))))
    whole = json.dumps({**about, "variants": entries}, ensure_ascii=False, indent=1) + "\n"
    assert path.read_bytes() == whole.encode()
    written = (path.read_bytes()[start:end] for start, end in places)
    assert SEPARATOR.join(filter(None, written)) == SEPARATOR.join(map(encoded, entries))


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
    assert read_head(tmp_path / "manifest.json") == BuildHead("x.library", partial)


def test_a_variant_has_another_digest_when_a_part_has(tmp_path: Path) -> None:
    def digest(**parts: str) -> bytes:
        variant = {"key": "a", "parts": {name: {"sha256": value} for name, value in parts.items()}}
        (tmp_path / "manifest.json").write_text(json.dumps({"schema": 1, "variants": [variant]}))
        return digests(tmp_path / "manifest.json")["a"]

    assert digest(html="1", text="2") == digest(text="2", html="1")
    assert len({digest(html="1", text="2"), digest(html="2", text="1"), digest(html="1")}) == 3
