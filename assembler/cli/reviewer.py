"""Who reviews: the name that is given, or the identity that git knows."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from assembler.cli.exit_codes import Unusable


def reviewer_of(name: str | None, folder: Path) -> str:
    """Return the reviewer: the name given, else `name <address>` as git has it for a folder.

    Raises `Unusable` where there is none.
    """
    reviewer = name if name is not None else _identity(folder)
    if not reviewer.strip():
        raise Unusable("who reviews? Name them with --reviewer, or set user.name and user.email in git")
    return reviewer.strip()


def _identity(folder: Path) -> str:
    name, address = (_configured(key, folder) for key in ("user.name", "user.email"))
    return f"{name} <{address}>" if name and address else name or address


def _configured(key: str, folder: Path) -> str:
    git = shutil.which("git")
    if git is None:
        return ""
    asked = subprocess.run(
        [git, "-C", str(folder), "config", "--get", key], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip()
