"""`assembler check`."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assembler.cli.exit_codes import FINDINGS
from assembler.cli.opening import Opened, with_project
from assembler.cli.options import format_option, jobs_option
from assembler.cli.output import colourful, put, put_json, tell
from assembler.cli.text.columns import wrapped
from assembler.cli.text.findings import for_github, render, report_json, summary
from assembler.cli.text.rules import policy_json, policy_text
from assembler.cli.text.variants import variants_json, would_build_text

if TYPE_CHECKING:
    from assembler.authoring.check.run import Report


@click.command()
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option("--all", "everything", is_flag=True, help="Print also what is only for information.")
@jobs_option
@with_project
@format_option("text", "json", "github")
def check(opened: Opened, strict: bool, everything: bool, jobs: int | None, format_: str) -> None:
    """Check a project by every rule.

    Exits with 1 where there are errors. `assembler rule CODE` explains a rule.
    What is only for information is counted, and printed with `--all`. Ends by
    saying how many variants a build would write, and which slots multiply them.

    For everybody who edits a project, and for CI.
    """
    report = opened.check(jobs)
    settings = opened.project.settings
    as_of = opened.moment.astimezone(settings.zone)
    if format_ == "json":
        put_json(_json(report, as_of, settings.policy.max_variants))
    elif format_ == "github":
        if report.diagnostics:
            put(for_github(report.diagnostics, folder=from_repository(opened.folder)))
        tell(summary(report.diagnostics))
    else:
        _put_text(report, as_of, everything)
    if report.errors or (strict and report.warnings):
        raise click.exceptions.Exit(FINDINGS)


def _put_text(report: Report, as_of: datetime, everything: bool) -> None:
    printed = (diagnostic for diagnostic in report.diagnostics if everything or diagnostic.severity != "information")
    findings = render(printed, colour=colourful(), of=report.diagnostics)
    put(findings or summary(report.diagnostics), styled=True)
    if report.set_rules:
        put(policy_text(report))
    put(wrapped(would_build_text(report.variants, as_of), rest="  "))


def _json(report: Report, as_of: datetime, most: int) -> dict[str, object]:
    return {
        **report_json(report.diagnostics),
        "rules": policy_json(report),
        "as_of": as_of.isoformat(),
        "variants": variants_json(report.variants, most),
    }


def from_repository(folder: Path) -> str:
    """Return the way from the repository (the working directory, outside of a workflow) to the project, or nothing."""
    way = Path(os.path.relpath(folder, os.environ.get("GITHUB_WORKSPACE") or Path.cwd())).as_posix()
    return "" if way == "." else way
