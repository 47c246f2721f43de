"""`assembler review` by itself: the gallery served on this machine."""

from __future__ import annotations

import webbrowser
from functools import partial
from pathlib import Path

from assembler.cli.exit_codes import Unusable
from assembler.cli.gallery import older_of
from assembler.cli.opening import cache_for, moment_of, open_project
from assembler.cli.options import AsOf
from assembler.cli.output import put, tell
from assembler.cli.reviewer import reviewer_of
from assembler.cli.stopping import until_stopped


def serve(
    folder: Path | None,
    as_of: AsOf | None,
    *,
    port: int,
    opens: bool,
    reviewer: str | None,
    role: str | None,
    against: Path | None,
) -> None:
    """Serve the gallery of a project until Ctrl-C, and write decisions that come in into its folder.

    Raises `Unusable` where the port is taken.
    """
    from assembler import __version__
    from assembler.review.server.server import ReviewServer
    from assembler.review.server.session import Session

    opened = open_project(folder, as_of)
    name = reviewer_of(reviewer, opened.folder)
    session = Session(
        opened.folder,
        moment=partial(moment_of, as_of),
        reviewer=name,
        role=role,
        tool=f"assembler {__version__}",
        older=older_of(against, opened),
        cache=cache_for(opened.folder),
    )
    for file in session.revision.review.unreadable:
        tell(f"not a decision: {file}")
    try:
        server = ReviewServer(session, port=port)
    except OSError as error:
        raise Unusable(f"port {port}: {error.strerror}; omit --port to take any that is free") from None
    with until_stopped(), server:
        put(server.address)
        tell(f"Decisions are written down as those of {name}. Ctrl-C ends.")
        if opens:
            webbrowser.open(server.address)
        session.follow()
