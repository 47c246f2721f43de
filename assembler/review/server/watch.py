"""Looks at a project's folder whenever something changes in it."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from assembler.authoring.load.changes import changes
from assembler.review.approvals.decision_files import FOLDER
from assembler.review.server.session import Session


def follow(session: Session, folder: Path, stop: Event | None = None, every: int = 2000) -> None:
    """Refresh a session whenever the project in a folder may have changed, until told to stop, or `KeyboardInterrupt`.

    It is looked at after `every` so many milliseconds at the latest.
    """
    for _ in changes(folder, besides=[FOLDER], stop=stop, every=every):
        session.refresh()
