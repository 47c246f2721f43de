"""The key of a variant."""

from __future__ import annotations

from hashlib import sha256

from assembler.library.key import variant_key


def test_a_key_is_the_hash_of_the_components_by_slot() -> None:
    canonical = '{"headline":"headline/loyal","offer":null}'
    key = variant_key("come_back", "email", "fr", {"offer": None, "headline": "headline/loyal"})
    assert key == f"come_back/email/fr/{sha256(canonical.encode()).hexdigest()[:12]}"


def test_the_order_of_slots_does_not_matter() -> None:
    slots = {"b": "x/y", "a": None}
    assert variant_key("c", "email", "en", slots) == variant_key("c", "email", "en", dict(reversed(slots.items())))


def test_the_slot_that_a_component_stands_in_does() -> None:
    assert variant_key("c", "e", "en", {"a": "x/y", "b": None}) != variant_key("c", "e", "en", {"a": None, "b": "x/y"})
