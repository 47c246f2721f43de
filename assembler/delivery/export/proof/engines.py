"""The engine of a provider."""

from __future__ import annotations

from pathlib import Path

from assembler.delivery.export.proof.django import DjangoEngine
from assembler.delivery.export.proof.engine import Engine
from assembler.delivery.export.proof.handlebars import HandlebarsEngine
from assembler.delivery.export.proof.liquid import LiquidEngine
from assembler.delivery.export.proof.own_readers.mailchimp import MailchimpReader
from assembler.delivery.export.proof.own_readers.sfmc import AmpscriptReader


def engine_for(kind: str, packages: Path | None) -> Engine:
    """Return the engine of a kind of provider; packages of node are those of a folder, or those installed for all.

    Raises `EngineMissing` where it is not here.
    """
    match kind:
        case "customerio":
            return LiquidEngine("customer")
        case "braze":
            return LiquidEngine("custom_attribute")
        case "klaviyo":
            return DjangoEngine()
        case "sfmc":
            return AmpscriptReader()
        case "mailchimp":
            return MailchimpReader()
    return HandlebarsEngine(packages)
