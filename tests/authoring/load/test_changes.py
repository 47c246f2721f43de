"""When to look at a project again."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from assembler.authoring.load.changes import changes


def test_an_edit_and_a_while_are_reasons_to_look_and_a_link_is_none(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "components").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "campaigns").mkdir()
    stop = Event()
    looks = changes(tmp_path, besides=["reviews"], stop=stop, every=60)
    assert not next(looks), "nothing has changed, but a while is over"
    (tmp_path / "elsewhere" / "new.md").write_text("x")
    (tmp_path / "build").mkdir()
    assert not next(looks)
    (tmp_path / "campaigns" / "new.yaml").write_text("x")
    assert any(next(looks) for _ in range(20))
    stop.set()
    assert list(looks) == []
