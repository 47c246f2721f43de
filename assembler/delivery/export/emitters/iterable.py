"""Iterable: Handlebars with the helper `ifEq`."""

from __future__ import annotations

from assembler.delivery.export.emitters.handlebars import handlebars

ITERABLE = handlebars("ifEq")
