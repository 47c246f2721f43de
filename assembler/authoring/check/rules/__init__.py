"""The rules, one a file, in the order of their codes."""

from __future__ import annotations

from assembler.authoring.check.rule import Rule
from assembler.authoring.check.rules import (
    bad_id,
    broken_rule,
    forbidden_construct,
    image_without_alt,
    missing_rendition,
    missing_word,
    not_local,
    path_outside,
    secret,
    slot_and_layout,
    slot_without_default,
    translation_differs,
    translation_sets_tag,
    unknown_name,
    unreadable_file,
    unsafe_link,
    unsafe_place,
    unusable_component,
    unusable_image,
    wrong_shape,
)

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    unreadable_file.RULE,
    wrong_shape.RULE,
    unknown_name.RULE,
    bad_id.RULE,
    missing_rendition.RULE,
    path_outside.RULE,
    unusable_component.RULE,
    slot_and_layout.RULE,
    not_local.RULE,
    slot_without_default.RULE,
    broken_rule.RULE,
    translation_sets_tag.RULE,
    translation_differs.RULE,
    missing_word.RULE,
    unusable_image.RULE,
    image_without_alt.RULE,
    unsafe_link.RULE,
    unsafe_place.RULE,
    forbidden_construct.RULE,
    secret.RULE,
)
