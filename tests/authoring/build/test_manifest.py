"""A manifest that is written piece by piece is the one that would be written at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from assembler.authoring.build.manifest import SEPARATOR, ManifestWriter, digests, encoded, is_partial

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


def test_what_is_no_manifest_is_not_that_of_a_part(tmp_path: Path) -> None:
    for text in ("", "{", "[]", '{"schema": 1, "variants": []}'):
        (tmp_path / "manifest.json").write_text(text)
        assert not is_partial(tmp_path / "manifest.json")
    (tmp_path / "manifest.json").write_text('{"select": {"stage": ["none"]}, "variants": []}')
    assert is_partial(tmp_path / "manifest.json")


def test_a_variant_has_another_digest_when_a_part_has(tmp_path: Path) -> None:
    def digest(**parts: str) -> bytes:
        variant = {"key": "a", "parts": {name: {"sha256": value} for name, value in parts.items()}}
        (tmp_path / "manifest.json").write_text(json.dumps({"schema": 1, "variants": [variant]}))
        return digests(tmp_path / "manifest.json")["a"]

    assert digest(html="1", text="2") == digest(text="2", html="1")
    assert len({digest(html="1", text="2"), digest(html="2", text="1"), digest(html="1")}) == 3
