"""The rules, one a file, in the order of their codes."""

from __future__ import annotations

from assembler.authoring.check.rule import Rule
from assembler.authoring.check.rules.audience_never_matches import audience_never_matches
from assembler.authoring.check.rules.bad_id import bad_id
from assembler.authoring.check.rules.blank_copy import blank_copy
from assembler.authoring.check.rules.broken_condition import broken_condition
from assembler.authoring.check.rules.campaign_without_decision import campaign_without_decision
from assembler.authoring.check.rules.condition_without_effect import condition_without_effect
from assembler.authoring.check.rules.default_lacks_field import default_lacks_field
from assembler.authoring.check.rules.default_not_for_everyone import default_not_for_everyone
from assembler.authoring.check.rules.default_not_ready import default_not_ready
from assembler.authoring.check.rules.default_not_renderable import default_not_renderable
from assembler.authoring.check.rules.default_not_translated import default_not_translated
from assembler.authoring.check.rules.default_that_expires import default_that_expires
from assembler.authoring.check.rules.default_with_dependencies import default_with_dependencies
from assembler.authoring.check.rules.drawn_too_large import drawn_too_large
from assembler.authoring.check.rules.ended_holdout import ended_holdout
from assembler.authoring.check.rules.expired_component import expired_component
from assembler.authoring.check.rules.file_not_judged import file_not_judged
from assembler.authoring.check.rules.forbidden_construct import forbidden_construct
from assembler.authoring.check.rules.foreign_markup import foreign_markup
from assembler.authoring.check.rules.headings_out_of_order import headings_out_of_order
from assembler.authoring.check.rules.heavy_images import heavy_images
from assembler.authoring.check.rules.hidden_characters import hidden_characters
from assembler.authoring.check.rules.ids_alike import ids_alike
from assembler.authoring.check.rules.image_incomplete import image_incomplete
from assembler.authoring.check.rules.image_without_alt import image_without_alt
from assembler.authoring.check.rules.json_not_parsed import json_not_parsed
from assembler.authoring.check.rules.leftover_in_mail import leftover_in_mail
from assembler.authoring.check.rules.leftovers import leftovers
from assembler.authoring.check.rules.link_says_nothing import link_says_nothing
from assembler.authoring.check.rules.looks_like_secret import looks_like_secret
from assembler.authoring.check.rules.low_contrast import low_contrast
from assembler.authoring.check.rules.mail_document_incomplete import mail_document_incomplete
from assembler.authoring.check.rules.mail_too_heavy import mail_too_heavy
from assembler.authoring.check.rules.merge_field_in_unsafe_place import merge_field_in_unsafe_place
from assembler.authoring.check.rules.merge_field_without_fallback import merge_field_without_fallback
from assembler.authoring.check.rules.misleading_subject import misleading_subject
from assembler.authoring.check.rules.missing_hypothesis import missing_hypothesis
from assembler.authoring.check.rules.missing_owner import missing_owner
from assembler.authoring.check.rules.missing_rendition import missing_rendition
from assembler.authoring.check.rules.near_duplicate import near_duplicate
from assembler.authoring.check.rules.needs_javascript import needs_javascript
from assembler.authoring.check.rules.never_wins import never_wins
from assembler.authoring.check.rules.no_campaign import no_campaign
from assembler.authoring.check.rules.no_clear_action import no_clear_action
from assembler.authoring.check.rules.no_dark_mode import no_dark_mode
from assembler.authoring.check.rules.no_unsubscribe_or_address import no_unsubscribe_or_address
from assembler.authoring.check.rules.not_compiled_by_slot import not_compiled_by_slot
from assembler.authoring.check.rules.not_mobile_first import not_mobile_first
from assembler.authoring.check.rules.offer_not_structured import offer_not_structured
from assembler.authoring.check.rules.overlapping_segments import overlapping_segments
from assembler.authoring.check.rules.page_head_incomplete import page_head_incomplete
from assembler.authoring.check.rules.page_low_contrast import page_low_contrast
from assembler.authoring.check.rules.page_too_heavy import page_too_heavy
from assembler.authoring.check.rules.page_without_landmarks import page_without_landmarks
from assembler.authoring.check.rules.path_outside import path_outside
from assembler.authoring.check.rules.personalisation_theatre import personalisation_theatre
from assembler.authoring.check.rules.poor_button import poor_button
from assembler.authoring.check.rules.poor_preheader import poor_preheader
from assembler.authoring.check.rules.poor_subject import poor_subject
from assembler.authoring.check.rules.requires_later_slot import requires_later_slot
from assembler.authoring.check.rules.retired_without_lesson import retired_without_lesson
from assembler.authoring.check.rules.review_due import review_due
from assembler.authoring.check.rules.review_overdue import review_overdue
from assembler.authoring.check.rules.same_content import same_content
from assembler.authoring.check.rules.signal_without_origin import signal_without_origin
from assembler.authoring.check.rules.slot_and_layout import slot_and_layout
from assembler.authoring.check.rules.slot_never_varies import slot_never_varies
from assembler.authoring.check.rules.slot_without_default import slot_without_default
from assembler.authoring.check.rules.small_text import small_text
from assembler.authoring.check.rules.sounds_like_surveillance import sounds_like_surveillance
from assembler.authoring.check.rules.stage_without_component import stage_without_component
from assembler.authoring.check.rules.string_missing import string_missing
from assembler.authoring.check.rules.style_that_programs_drop import style_that_programs_drop
from assembler.authoring.check.rules.table_read_as_data import table_read_as_data
from assembler.authoring.check.rules.targeted_in_constant import targeted_in_constant
from assembler.authoring.check.rules.targeted_not_translated import targeted_not_translated
from assembler.authoring.check.rules.terms_or_end_missing import terms_or_end_missing
from assembler.authoring.check.rules.text_part_incomplete import text_part_incomplete
from assembler.authoring.check.rules.tie import tie
from assembler.authoring.check.rules.title_not_subject import title_not_subject
from assembler.authoring.check.rules.too_long import too_long
from assembler.authoring.check.rules.too_many_messages import too_many_messages
from assembler.authoring.check.rules.too_many_segments_or_signals import too_many_segments_or_signals
from assembler.authoring.check.rules.too_many_variants import too_many_variants
from assembler.authoring.check.rules.translation_differs import translation_differs
from assembler.authoring.check.rules.translation_sets_tag import translation_sets_tag
from assembler.authoring.check.rules.unfair_test import unfair_test
from assembler.authoring.check.rules.unknown_name import unknown_name
from assembler.authoring.check.rules.unreadable_file import unreadable_file
from assembler.authoring.check.rules.unsafe_link import unsafe_link
from assembler.authoring.check.rules.unsupported_in_mail import unsupported_in_mail
from assembler.authoring.check.rules.unusable_component import unusable_component
from assembler.authoring.check.rules.unusable_image import unusable_image
from assembler.authoring.check.rules.unused_name import unused_name
from assembler.authoring.check.rules.vanishes_in_the_dark import vanishes_in_the_dark
from assembler.authoring.check.rules.width_not_held import width_not_held
from assembler.authoring.check.rules.words_cut_off import words_cut_off
from assembler.authoring.check.rules.wrong_shape import wrong_shape

RULES: tuple[Rule, ...] = (
    unreadable_file, wrong_shape, unknown_name, bad_id, missing_rendition, path_outside, unusable_component,
    slot_and_layout, not_compiled_by_slot, file_not_judged, no_campaign, json_not_parsed,
    slot_without_default, default_not_for_everyone, default_that_expires, default_not_ready, default_not_translated,
    default_not_renderable, default_with_dependencies, default_lacks_field, too_many_variants,
    broken_condition, audience_never_matches, overlapping_segments, condition_without_effect, tie, never_wins,
    unfair_test, requires_later_slot, too_many_segments_or_signals, ids_alike, unused_name, ended_holdout,
    missing_owner, missing_hypothesis, review_overdue, review_due, terms_or_end_missing, expired_component,
    signal_without_origin, stage_without_component, campaign_without_decision, retired_without_lesson,
    merge_field_without_fallback, foreign_markup, leftovers, sounds_like_surveillance, too_long, link_says_nothing,
    blank_copy, hidden_characters, words_cut_off, too_many_messages,
    same_content, near_duplicate, personalisation_theatre, slot_never_varies, targeted_in_constant,
    translation_sets_tag, targeted_not_translated, translation_differs, string_missing,
    unusable_image, image_without_alt, heavy_images, drawn_too_large, vanishes_in_the_dark,
    unsafe_link, merge_field_in_unsafe_place, forbidden_construct, looks_like_secret,
    mail_document_incomplete, title_not_subject, table_read_as_data, headings_out_of_order, width_not_held,
    style_that_programs_drop, mail_too_heavy, unsupported_in_mail, poor_button, low_contrast, no_dark_mode,
    image_incomplete, poor_preheader, poor_subject, text_part_incomplete, no_unsubscribe_or_address, leftover_in_mail,
    small_text, misleading_subject,
    page_head_incomplete, page_without_landmarks, needs_javascript, not_mobile_first, page_low_contrast,
    page_too_heavy, offer_not_structured, no_clear_action,
)  # fmt: skip
