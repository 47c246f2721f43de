"""An image is missing, unreadable, not PNG, JPEG or GIF (WebP: on pages only), or over 16 megapixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assembler.authoring.check.copy import files_of, leaves_assets
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.compile.image_decoding import MAX_BYTES, MAX_FRAMES, MAX_PIXELS, MAX_SIDE
from assembler.authoring.diagnostics import Finding, near_miss


@PROJECT.rule(
    "A01",
    "error",
    __doc__,
    (
        "Put the image below assets/ under the name that is written, saved as PNG, JPEG or GIF: at most "
        f"{MAX_BYTES // 1_000_000} MB, {MAX_SIDE:,} pixels a side, {MAX_PIXELS // 1_000_000} megapixels "
        f"(an animation: all frames together) and {MAX_FRAMES} frames."
    ),
)
def unusable_image(checked: CheckedProject) -> Iterator[Finding]:
    """Find images that compiling could not use, and those of ready components that no template shows yet."""
    findings = {finding.place: finding for finding in checked.reported("A01")}
    for component in checked.ready:
        for file in files_of(component):
            problem = checked.compiled.images.problem(file.text)
            if leaves_assets(file.text):
                findings.pop(file.place, None)  # R06 says it
            elif problem is not None:
                findings.setdefault(file.place, Finding(file.place, problem.message, problem.hint))
            if file.place in findings and file.text not in checked.project.assets:
                mend = near_miss(file.text, checked.project.assets)
                findings[file.place] = replace(findings[file.place], mend=mend)
    yield from findings.values()
