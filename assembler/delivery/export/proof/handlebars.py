"""SendGrid and Iterable, on handlebars in node."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from assembler.delivery.export.proof.engine import EngineError, EngineMissing, Person

_INSTALL: Final = "install node, and `npm install -g handlebars`"
MOST_SECONDS: Final = 120
"""What takes longer than this does not end."""


class HandlebarsEngine:
    """The npm package handlebars: the one that is installed for everybody, or that of a folder which is trusted."""

    def __init__(self, packages: Path | None) -> None:
        """Raises `EngineMissing`."""
        node = shutil.which("node")
        if node is None:
            raise EngineMissing(_INSTALL)
        self._command = (node, "-e", files(__package__).joinpath("handlebars.cjs").read_text(encoding="utf-8"))
        self._packages = None if packages is None else str(packages.absolute())
        self._version = self._run("", [])["version"]

    @property
    def name(self) -> str:
        return f"handlebars {self._version}"

    def render(self, template: str, people: Sequence[Person]) -> list[str]:
        return [str(text) for text in self._run(template, people)["rendered"]]

    def _run(self, template: str, people: Sequence[Person]) -> Any:
        asked = json.dumps({"template": template, "people": people, "packages": self._packages})
        try:
            done = subprocess.run(
                self._command, input=asked.encode(), capture_output=True, check=True, timeout=MOST_SECONDS
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise EngineError(f"node ends with {type(error).__name__}") from error
        answer = json.loads(done.stdout)
        if "missing" in answer:
            raise EngineMissing(_INSTALL)
        if "error" in answer:
            raise EngineError(answer["error"])
        return answer
