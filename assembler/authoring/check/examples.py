"""What fails each rule, and what passes it, as `assembler rule` shows it; tests run every example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import yaml

_EXAMPLES: Final = "examples.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleExample:
    """A piece of a file that fails a rule (None: there is no such file), and what passes in its place."""

    path: str
    bad: str | None
    good: str

    def to_dict(self) -> dict[str, object]:
        """Return the example as `rule --format json` prints it."""
        return {"path": self.path, "fails": self.bad, "passes": self.good}


def rule_examples(package: str = __package__) -> Mapping[str, RuleExample]:
    """Return the example of each rule of a package, by its code."""
    text = files(package).joinpath(_EXAMPLES).read_text(encoding="utf-8")
    return {code: RuleExample(**example) for code, example in yaml.load(text, Loader=yaml.CSafeLoader).items()}
