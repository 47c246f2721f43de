"""What stands for an id."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import pytest

from assembler.measure.exposures import pseudonym

KEY = "0123456789abcdef0123456789abcdef"


def test_it_is_hmac_of_sha_256() -> None:
    assert pseudonym("c-42", KEY) == hmac.new(KEY.encode(), b"c-42", hashlib.sha256).hexdigest()[:32]
    assert pseudonym("c-42", KEY.encode()) == pseudonym("c-42", KEY)


def test_an_id_is_what_a_context_has() -> None:
    assert pseudonym(42, KEY) == pseudonym("42", KEY) == pseudonym(42.0, KEY)
    assert pseudonym("İ", KEY) != pseudonym("I\u0307", KEY)
    assert len({pseudonym(name, KEY) for name in ("c-42", "C-42", " c-42", "c-42 ")}) == 4


@pytest.mark.parametrize("id_", [None, "", " ", "\u200b", True, [], "x" * 513, "\ud800", float("nan")])
def test_what_is_no_id_has_no_pseudonym(id_: Any) -> None:
    with pytest.raises(ValueError, match="this is no id"):
        pseudonym(id_, KEY)


@pytest.mark.parametrize("key", ["", " ", b"", b"\t\n"])
def test_a_blank_key_is_none(key: str | bytes) -> None:
    with pytest.raises(ValueError, match="blank"):
        pseudonym("c-42", key)


def test_another_key_gives_another_name() -> None:
    assert pseudonym("c-42", KEY) != pseudonym("c-42", KEY[::-1])
