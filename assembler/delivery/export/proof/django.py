"""Klaviyo, on the templates of Django, with Klaviyo's filter `lookup`."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from assembler.delivery.export.proof.engine import EngineError, EngineMissing, Person


class DjangoEngine:
    """Django's templates, without its settings."""

    def __init__(self) -> None:
        """Raises `EngineMissing`."""
        try:
            from django.template import Engine, Library
        except ImportError:
            raise EngineMissing("`pip install 'assembler[export]'`") from None
        filters = Library()
        filters.filter("lookup", lambda person, name: person.get(name, ""))
        self._engine = Engine()
        self._engine.template_builtins.append(filters)

    @property
    def name(self) -> str:
        return f"Django {version('Django')}"

    def render(self, template: str, people: Sequence[Person]) -> list[str]:
        from django.template import Context, TemplateSyntaxError

        try:
            parsed = self._engine.from_string(template)
        except TemplateSyntaxError as error:
            raise EngineError(str(error)) from error
        return [str(parsed.render(Context({"person": person}, use_l10n=False, use_tz=False))) for person in people]
