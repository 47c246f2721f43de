"""Braze: Liquid; a custom attribute stands in braces of its own, within a tag as well."""

from __future__ import annotations

from assembler.delivery.export.emitters.liquid import liquid

BRAZE = liquid("{{{{custom_attribute.${{{}}}}}}}".format)
