"""`assembler why`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from assembler.cli.contexts import STDIN, ContextOptions, context_file, context_options, read_context
from assembler.cli.exit_codes import Unusable
from assembler.cli.opening import Opened, with_project
from assembler.cli.options import format_option
from assembler.cli.output import put, put_json
from assembler.cli.parameters import Named, a_file
from assembler.cli.text.columns import table
from assembler.cli.text.measured import measured_text

if TYPE_CHECKING:
    from assembler import Library
    from assembler.cli.text.explanation import ExplanationFormatter
    from assembler.runtime.decision import Decision


@click.command()
@click.argument("campaign", type=Named("campaign"))
@click.option("--channel", required=True, metavar="CHANNEL", type=Named("channel"), help="The channel to decide for.")
@context_options
@click.option(
    "--diff",
    "other",
    metavar="FILE",
    shell_complete=a_file,
    help="Another context, as a JSON file (`-`: standard input): show what makes the difference.",
)
@with_project
@format_option("text", "json")
def why(
    opened: Opened,
    campaign: str,
    channel: str,
    other: str | None,
    format_: str,
    **context: Unpack[ContextOptions],
) -> None:
    """Explain a decision: every signal, every candidate, every reason.

    With --diff, two decisions: where they differ, and the fewest entries of a
    context (a signal, a consent) that make all the difference. In JSON, those
    are `carried_by`.

    For engineers, and for whoever is asked why somebody got this.
    """
    library = opened.compile_unchecked()
    library.default(campaign, channel=channel)  # an unknown campaign or channel is said before standard input is read
    if other == context["context"] == STDIN:
        raise Unusable("only one of the two contexts can be read from standard input")
    read = read_context(library, context)
    if other is not None:
        _compare(library, opened, campaign, channel, read, other, format_)
        return
    explanation = library.explain(campaign, channel=channel, context=read, at=opened.moment)
    if format_ == "json":
        put_json(explanation.to_dict())
    else:
        told = _formatter(library, opened).explained(
            explanation, read.get("locale") if isinstance(read, dict) else None
        )
        put(told + _measured(opened, explanation.decision))


def _compare(
    library: Library, opened: Opened, campaign: str, channel: str, context: object, path: str, format_: str
) -> None:
    from assembler.authoring.outcomes.difference import difference
    from assembler.cli.text.difference import differing

    other = context_file(path)
    differences = difference(library, campaign, channel=channel, context=context, other=other, at=opened.moment)
    if format_ == "json":
        put_json(differences.to_dict())
        return
    explained, theirs = (
        library.explain(campaign, channel=channel, context=one, at=opened.moment) for one in (context, other)
    )
    put(differing(differences, explained, theirs, _formatter(library, opened)))


def _formatter(library: Library, opened: Opened) -> ExplanationFormatter:
    from assembler.cli.text.explanation import ExplanationFormatter

    settings = opened.project.settings
    return ExplanationFormatter(
        content=library.content,
        moment=opened.moment.astimezone(settings.zone),
        segment_rules={segment.id: segment.when for segment in settings.segments},
        stage_rules={stage.id: stage.when for stage in settings.stages},
    )


def _measured(opened: Opened, decision: Decision) -> str:
    """What was measured in the campaign of what a decision is about: a block after the explanation, or nothing."""
    asked = [("campaign", decision.campaign), ("segment", decision.segment), ("stage", decision.stage)]
    asked += [("component", choice.component) for choice in decision.choices]
    measurements = opened.measurements()
    rows = [
        (name, measured_text(answer.to_dict()))
        for family, name in dict.fromkeys(asked)
        if name is not None
        for answer in measurements.about(family, name)
        if answer.campaign == decision.campaign
    ]
    return f"\n\nMeasured\n{table(rows)}" if rows else ""
