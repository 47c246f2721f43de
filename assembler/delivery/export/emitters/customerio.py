"""Customer.io: Liquid; the attributes of a person are those of `customer`."""

from __future__ import annotations

from assembler.delivery.export.emitters.liquid import liquid

CUSTOMERIO = liquid("customer.{}".format)
