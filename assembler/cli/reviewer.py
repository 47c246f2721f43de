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
    if name is None:
        person, address = (_configured(key, folder) for key in ("user.name", "user.email"))
        name = f"{person} <{address}>" if person and address else person or address
    if not name.strip():
        raise Unusable("who reviews? Name them with --reviewer, or set user.name and user.email in git")
    return name.strip()


def _configured(key: str, folder: Path) -> str:
    git = shutil.which("git")
    if git is None:
        return ""
    command = [git, "-C", str(folder), "config", "--get", key]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
