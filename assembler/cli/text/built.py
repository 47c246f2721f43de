"""What was built, and what has changed since the last build, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from assembler.cli.text.paths import path_text

if TYPE_CHECKING:
    from assembler.authoring.build.output import Built


def built_text(built: Built) -> str:
    """Return what was built, in a few lines."""
    return (
        f"built {built.variants} variant{'s' * (built.variants != 1)}"
        f" and {built.images} image{'s' * (built.images != 1)}, {built.bytes / 1e6:.1f} MB in all\n"
        f"  library   {path_text(built.library)}\n"
        f"  manifest  {path_text(built.manifest)}"
    )


def changes_text(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Return how many variants have changed or gone, from the fingerprint of each variant by its key."""
    changed = sum(before.get(key) != fingerprint for key, fingerprint in after.items())
    gone = len(before.keys() - after.keys())
    return f"{changed} of {len(after)} variants changed" + (f", {gone} are gone" if gone else "")
