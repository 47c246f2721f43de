"""A layout's part is rendered, and no larger than it may be."""

from __future__ import annotations

from assembler.authoring import Project
from assembler.authoring.compile.document_limits import MOST_FINISHED
from assembler.authoring.compile.images import Images
from assembler.authoring.compile.layouts import Layout
from assembler.authoring.compile.renditions import RenderContext, RenderTarget
from assembler.authoring.compile.styles import Inliner
from assembler.authoring.compile.templates import Templates, is_template
from assembler.authoring.compile.tokens import Tokens
from assembler.authoring.diagnostics import Findings
from tests.authoring.builders import project as files

PATH = "templates/email/note.html.j2"
# Each paragraph gets the declaration: what a template writes, and what its style sheet says, are within their limits.
PARAGRAPHS = "<p></p>" * 3_000
INLINER = Inliner(f"p{{font-family:{'x' * 120}}}", "")


def finished(words: int) -> tuple[int, list[str]]:
    """How long a document of so many words is, and what is wrong with it."""
    html = f"<html><head></head><body>{PARAGRAPHS}{'x' * words}</body></html>"
    loaded = Project.from_files({**files(), PATH: html}).loaded
    templates = Templates(source for path, source in loaded.sources.items() if is_template(path))
    context = RenderContext(loaded, templates, Images({}, ""), Tokens(), Findings())
    rendered = Layout(RenderTarget(context, "start", "email", "en"), loaded.templates[PATH], INLINER).render()
    return len(rendered.document) if rendered else 0, [finding.message for finding in context.findings.of("R10")]


def test_characters_of_a_document_with_its_styles() -> None:
    length, _ = finished(0)
    assert finished(MOST_FINISHED - length) == (MOST_FINISHED, [])
    (message,) = finished(MOST_FINISHED - length + 1)[1]
    assert message.endswith(f"a document of more than {MOST_FINISHED:,} characters when its styles are inlined")
