"""`assembler build --watch`: built again whenever something in the project changes."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from assembler.cli.exit_codes import tell_errors
from assembler.cli.opening import cache_for, moment_of
from assembler.cli.options import AsOf
from assembler.cli.output import tell
from assembler.cli.stopping import until_stopped
from assembler.cli.text.variants import built_text, changes_text
from assembler.errors import ProjectError

if TYPE_CHECKING:
    from assembler.authoring.build.output import Built
    from assembler.authoring.build.selection import Selection


def watch(root: Path, output: Path, as_of: AsOf | None, selection: Selection, jobs: int | None) -> None:
    """Build what is selected of a project, and again after every change of it, until Ctrl-C.

    Each time no more of it is built than what has changed, and it is said what that was. Where the project has errors,
    they are printed, and the last build stays. Raises as `Project.build` does for anything else.
    """
    from assembler.authoring import Project
    from assembler.authoring.build.manifest import variant_fingerprints
    from assembler.authoring.load.changes import changes
    from assembler.authoring.load.files import Folder

    cache = cache_for(root)

    def build() -> Built:
        project = Project.load(root, cache=cache)
        moment = moment_of(as_of, project)
        project.check(moment, jobs=jobs)
        built = project.build(output, moment, selection=selection)
        cache.memo.forget_unused()
        return built

    def build_and_tell(before: Mapping[str, str] | None) -> Mapping[str, str] | None:
        """Return the fingerprints of the variants that are built now, those before where there are errors."""
        start = perf_counter()
        try:
            built = build()
        except ProjectError as error:
            tell_errors(error)
            tell("nothing is built; the next change is tried again")
            return before
        finally:
            # What is cached is large, and need not be searched for garbage during the next build.
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        after = variant_fingerprints(built.manifest)
        words = built_text(built) if before is None else changes_text(before, after)
        tell(f"{words} ({perf_counter() - start:.1f} s)")
        return after

    with until_stopped():
        fingerprints = Folder(root).fingerprints
        variants = build_and_tell(None)
        tell("Watching for changes. Ctrl-C ends.")
        for _ in changes(root):
            before, fingerprints = fingerprints, Folder(root).fingerprints
            if fingerprints != before:
                variants = build_and_tell(variants)
