"""`assembler review`: the gallery served, the plan, the gate, and decisions from elsewhere."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from assembler.cli.check import from_repository
from assembler.cli.exit_codes import FINDINGS, Unusable
from assembler.cli.gallery import against_option
from assembler.cli.opening import Opened, with_project
from assembler.cli.options import as_of_option, format_option, known, project_option
from assembler.cli.output import put, put_json, tell
from assembler.cli.parameters import AnyOf
from assembler.cli.reviewer import reviewer_of
from assembler.cli.text.words import path_text

if TYPE_CHECKING:
    from assembler.review.approvals.decision import Verdict


def _fitting(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """Return an option's value, which has to fit into a decision."""
    from assembler.review.approvals.decision import MOST_CHARACTERS

    most = MOST_CHARACTERS[str(option.name)]
    if value is not None and len(value) > most:
        raise click.BadParameter(f"{len(value):,} characters; at most {most:,}")
    return value


_reviewer_option = click.option(
    "--reviewer",
    metavar="NAME",
    callback=_fitting,
    help="Who decides, such as `Maya Lind <maya@...>`. Default: the identity that git knows.",
)
_role_option = click.option("--role", metavar="ROLE", callback=_fitting, help="The role in which decisions are made.")


@click.group(invoke_without_command=True)
@click.option(
    "--port",
    metavar="PORT",
    type=click.IntRange(1024, 65535),
    help="Where to listen, on 127.0.0.1. Default: any port that is free.",
)
@click.option(
    "--open/--no-open",
    "opens",
    default=None,
    help="Open the pages in a browser, or only print their address. Default: open them when run at a terminal.",
)
@against_option
@_reviewer_option
@_role_option
@project_option
@as_of_option
@click.pass_context
def review(ctx: click.Context, /, opens: bool | None, port: int | None, **options: Any) -> None:
    """Look at every variant that matters, and sign it off.

    Without a command, opens the pages that `assembler gallery` writes, served
    on this machine alone: what you decide there is saved at once, and what
    changes in the project shows.

    Decisions are files in reviews/. They are about what was looked at: they
    outlast renamed files and rewritten history, and a changed word asks again
    for exactly what holds it.

    For creative teams, and whoever signs off.
    """
    if ctx.invoked_subcommand is None:
        from assembler.cli.serving import serve

        serve(port=port or 0, opens=sys.stdout.isatty() if opens is None else opens, **options)
    elif given := [name for name in ctx.params if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE]:
        option = next(parameter.opts[0] for parameter in ctx.command.params if parameter.name == given[0])
        raise click.UsageError(f"{option} belongs behind the command: assembler review {ctx.invoked_subcommand} ...")


@review.command()
@click.option("--all", "everything", is_flag=True, help="List also what can never stand together, with the reason.")
@with_project
@format_option("text", "json")
def plan(opened: Opened, everything: bool, format_: str) -> None:
    """Print what to look at: the fewest variants that show everything.

    These are every default, what each segment gets at each stage, the longest
    and the shortest copy, and then what it takes to see every two components
    together that somebody can get together. What was approved is kept. Pairs
    that can never stand together are counted; in JSON they are listed.

    For whoever shares out what there is to look at.
    """
    from assembler.cli.text.review_plan import plan_text

    review_round = opened.review()
    if format_ == "json":
        put_json(review_round.plan.to_dict())
    else:
        put(plan_text(review_round.plan, everything=everything))
    for file in review_round.unreadable:
        tell(f"not a decision: {file}")


@review.command("check")
@click.option("--all", "everything", is_flag=True, help="List all that lacks an approval, however much that is.")
@with_project
@format_option("text", "json", "junit", "github")
def check_command(opened: Opened, everything: bool, format_: str) -> None:
    """Check that everything is approved that the policy wants approved.

    Exits with 1 where something lacks an approval, and lists it. Of more than
    ten, it counts them by campaign and channel, and lists the first; the other
    formats have all of them. The policy is `policy: {review: ...}` in
    assembler.yaml.

    For CI, before a release.
    """
    from assembler.cli.text.approvals import gate_annotations, gate_json, gate_junit, gate_summary, gate_text

    result = opened.review().gate()
    if format_ == "json":
        put_json(gate_json(result))
    elif format_ == "junit":
        put(gate_junit(result))
    else:
        text = gate_text(result, everything=everything)
        if format_ == "github":
            text = gate_annotations(result, opened.project.loaded, from_repository(opened.folder))
        if text:
            put(text)
        tell(gate_summary(result))
    if not result.passes:
        raise click.exceptions.Exit(FINDINGS)


@review.command()
@click.argument("verdict", type=AnyOf("approve", "changes", "withdraw"))
@click.argument("key")
@click.option("--comment", metavar="TEXT", default="", help="Why. A request for changes needs one.")
@click.option("--slot", metavar="SLOT", help="The slot that a request for changes is about.")
@click.option("--quote", metavar="TEXT", help="The words that it is about.")
@_role_option
@click.option("--withdraws", metavar="NAME", help="With withdraw: whose decision, if it is not your own.")
@_reviewer_option
@with_project
def record(
    opened: Opened,
    verdict: Verdict,
    key: str,
    comment: str,
    slot: str | None,
    quote: str | None,
    role: str | None,
    withdraws: str | None,
    reviewer: str | None,
) -> None:
    """Write down a decision about one variant that was looked at.

    VERDICT is approve, changes or withdraw; KEY is one that `assembler review
    plan` prints, such as come_back/email/en/9f2c41d07ab3.

    For tools, and for what was decided elsewhere.
    """
    from assembler import __version__
    from assembler.review.approvals.decision import Viewing, decision_about
    from assembler.review.approvals.inbox import receive

    name = reviewer_of(reviewer, opened.folder)
    review_round = opened.review()
    cards = {planned.card.key: planned.card for planned in review_round.plan.cards}
    now = datetime.now(UTC)
    decision = decision_about(
        cards[known("card", key, cards)],
        verdict,
        reviewer=name,
        time=now,
        tool=f"assembler {__version__}",
        viewing=Viewing(how="single"),
        role=role,
        comment=comment,
        slot=slot,
        quote=quote,
        withdraws=withdraws,
    )
    received = receive(review_round.library, opened.folder, [decision], now=now)
    for _, problem in received.refused:
        raise Unusable(problem)
    for path in received.written:
        put(path_text(path))


@review.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_reviewer_option
@with_project
@format_option("text", "json")
def import_command(opened: Opened, file: Path, reviewer: str | None, format_: str) -> None:
    """Take in the decisions that a gallery handed out as one file.

    A decision about something that has changed since is refused, and the
    command exits with 1. Where the file cannot be read, none is taken.

    For whoever is sent the file that a reviewer downloaded.
    """
    from assembler.review.approvals.decision import InvalidDecision
    from assembler.review.approvals.inbox import parse_download, receive

    name = reviewer_of(reviewer, opened.folder)
    try:
        decisions = parse_download(file.read_bytes(), reviewer=name)
    except InvalidDecision as error:
        raise Unusable(f"{path_text(file)}: {error}") from None
    received = receive(opened.compile(), opened.folder, decisions, now=datetime.now(UTC))
    if format_ == "json":
        refused = [
            {"subject": decision.subject, "slots": decision.slots, "reason": problem}
            for decision, problem in received.refused
        ]
        put_json({"written": [path_text(path) for path in received.written], "refused": refused})
    else:
        for decision, problem in received.refused:
            put(f"refused: {'/'.join(decision.place)} {decision.subject[:12]}: {problem}")
        already = len(decisions) - len(received.written) - len(received.refused)
        tell(f"{len(received.written)} taken, {len(received.refused)} refused, {already} there already")
    if received.refused:
        raise click.exceptions.Exit(FINDINGS)
