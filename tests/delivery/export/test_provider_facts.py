"""The table of providers: each has an emitter, an engine, words for the marketer, and a source for what is said."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

import pytest

from assembler.authoring.project.provider_settings import ProviderKind
from assembler.delivery.export import provider_facts as facts_room
from assembler.delivery.export.emitters import EMITTERS
from assembler.delivery.export.provider_facts import MOST_BYTES, provider_facts
from assembler.library.parts import PARTS
from tests.delivery.export.cases import KINDS

FACTS = provider_facts()


def test_each_kind_is_everywhere() -> None:
    assert {*FACTS} == {*EMITTERS} == {*get_args(ProviderKind)} == {*KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_has_a_source(kind: str) -> None:
    facts = FACTS[kind]
    assert len(facts.sources) >= 3
    assert all(urlsplit(source.url).scheme == "https" and source.says for source in facts.sources)
    assert {*facts.paste} == {*PARTS} - {"json"}
    assert {*facts.same_for_all} <= {*facts.paste}
    assert facts.most_bytes == MOST_BYTES
    assert re.fullmatch(facts.attribute, "ASM")
    assert not re.fullmatch(facts.attribute, "asm-email")


def test_no_page_of_a_provider_is_named_in_code() -> None:
    room = Path(facts_room.__file__).parent
    assert [path.name for path in room.rglob("*.py") if "https://" in path.read_text(encoding="utf-8")] == []
