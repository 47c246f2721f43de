"""Each provider in a file: how it writes a value, a switch, and what comes before them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assembler.delivery.export.emission import Emitter
from assembler.delivery.export.emitters.braze import BRAZE
from assembler.delivery.export.emitters.customerio import CUSTOMERIO
from assembler.delivery.export.emitters.iterable import ITERABLE
from assembler.delivery.export.emitters.klaviyo import KLAVIYO
from assembler.delivery.export.emitters.mailchimp import MAILCHIMP
from assembler.delivery.export.emitters.sendgrid import SENDGRID
from assembler.delivery.export.emitters.sfmc import SFMC

EMITTERS: Final[Mapping[str, Emitter]] = {
    "customerio": CUSTOMERIO,
    "braze": BRAZE,
    "klaviyo": KLAVIYO,
    "sendgrid": SENDGRID,
    "iterable": ITERABLE,
    "sfmc": SFMC,
    "mailchimp": MAILCHIMP,
}
