"""What is joined of pieces that are quoted once is what an encoder writes of the whole."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, strategies as st

from assembler import Library, Reason
from assembler.delivery.service.quoting import VariantWriter

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
WRITER = VariantWriter()
VALUES = st.text(alphabet=st.sampled_from("ab \"\\&<>'=?{}\n\t\x00\x01\x02é漢\u2028\U0001f600"), max_size=12)
FIELDS = st.fixed_dictionaries({}, optional={"first_name": VALUES, "unsubscribe_url": VALUES})


def naive(library: Library, context: Any, names: list[str] | None) -> Any:
    variant = library.assemble("come_back", channel="email", context=context, at=AT)
    parts = {name: variant.parts[name] for name in names or variant.parts}
    return {"key": variant.key, "decision": variant.decision.to_dict(), "parts": parts}


@given(fields=FIELDS, names=st.one_of(st.none(), st.lists(st.sampled_from(["subject", "html", "text"]), min_size=1)))
def test_any_values(fields: dict[str, str], names: list[str] | None, starter_library: Library) -> None:
    context = {"id": "c-42", "fields": fields, "segment": None}
    variant = starter_library.assemble("come_back", channel="email", context=context, at=AT)
    decision, body = WRITER.whole(variant, names and dict.fromkeys(names))
    assert json.loads(body) == naive(starter_library, context, names)
    assert msgspec.json.decode(body)["key"] == decision.key


def test_a_stored_default_and_one_that_was_looked_at_are_written_too(starter_library: Library) -> None:
    default = starter_library.default("come_back", channel="email", locale="fr")
    assert json.loads(WRITER.whole(default, None)[1])["parts"] == dict(default.parts)
    variant = starter_library.assemble("come_back", channel="email", context={"fields": {"first_name": 'M"a'}})
    before = dict(variant.parts)
    assert json.loads(WRITER.whole(variant, None)[1])["parts"] == before


def test_a_fault_gives_the_stored_default_as_ever(starter_library: Library) -> None:
    variant = starter_library.assemble("come_back", channel="email", context={"fields": {"first_name": "Maya"}})
    broken = msgspec.structs.replace(variant, values=[], outcomes=[])
    decision, body = WRITER.whole(broken, ["subject"])
    default = starter_library.default("come_back", channel="email", locale="en")
    assert decision.reason is Reason.ERROR
    assert json.loads(body)["parts"] == {"subject": default.subject}


def test_a_part_that_there_is_not(starter_library: Library) -> None:
    variant = starter_library.assemble("come_back", channel="page")
    for names in (["text"], ["html", "text"]):
        with pytest.raises(KeyError):
            WRITER.whole(variant, names)
    assert json.loads(WRITER.whole(variant, [])[1])["parts"] == {}
