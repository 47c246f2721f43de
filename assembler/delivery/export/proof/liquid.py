"""Customer.io and Braze, on python-liquid. What is undefined is an error there, unless a default stands for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.metadata import version

from assembler.delivery.export.proof.engine import EngineError, EngineMissing, Person

_BRAZE = re.compile(r"\{\{(custom_attribute)\.\$\{(\w+)\}\}\}")


class LiquidEngine:
    """Liquid in which the attributes of a person are those of a variable."""

    def __init__(self, variable: str) -> None:
        """Raises `EngineMissing`."""
        try:
            from liquid import Environment, StrictDefaultUndefined
        except ImportError:
            raise EngineMissing("`pip install 'assembler[export]'`") from None
        self._environment = Environment(undefined=StrictDefaultUndefined)
        self._variable = variable

    @property
    def name(self) -> str:
        return f"python-liquid {version('python-liquid')}"

    def render(self, template: str, people: Sequence[Person]) -> list[str]:
        """Braze's braces around an attribute are taken away first, as Braze does."""
        from liquid.exceptions import LiquidError

        try:
            parsed = self._environment.from_string(_BRAZE.sub(r"\1.\2", template))
            return [parsed.render(**{self._variable: person}) for person in people]
        except LiquidError as error:
            raise EngineError(str(error)) from error
