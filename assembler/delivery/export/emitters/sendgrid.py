"""SendGrid: Handlebars with the helper `equals`."""

from __future__ import annotations

from assembler.delivery.export.emitters.handlebars import handlebars

SENDGRID = handlebars("equals")
