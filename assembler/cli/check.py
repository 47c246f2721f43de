"""`assembler check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Container
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assembler.cli.exit_codes import FINDINGS
from assembler.cli.folder import folder_of
from assembler.cli.mending import difference, mended, write_mended
from assembler.cli.opening import Opened, open_project
from assembler.cli.options import AsOf, as_of_option, format_option, jobs_option, project_option
from assembler.cli.output import colourful, put, put_bytes, put_json, tell
from assembler.cli.rule_selection import selected_codes, selection_options
from assembler.cli.text.columns import wrapped
from assembler.cli.text.findings import concise, for_github, render, report_json, summary
from assembler.cli.text.junit import junit
from assembler.cli.text.rules import fixable, policy_json, policy_text, statistics, statistics_text
from assembler.cli.text.sarif import sarif
from assembler.cli.text.variants import variants_json, would_build_text
from assembler.cli.text.words import counted

if TYPE_CHECKING:
    from assembler.authoring.check.report import Report


@click.command()
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option("--all", "everything", is_flag=True, help="Print also what is only for information.")
@selection_options
@click.option("--statistics", "counts", is_flag=True, help="Print how many findings each rule has (text or json).")
@click.option("--fix", is_flag=True, help="Write what has one right answer, then say what is left.")
@click.option("--diff", is_flag=True, help="Show what `--fix` would write, and write nothing; exits with 1 on changes.")
@jobs_option
@project_option
@as_of_option
@format_option("text", "json", "github", "sarif", "junit", "concise")
def check(
    strict: bool,
    everything: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    counts: bool,
    fix: bool,
    diff: bool,
    jobs: int | None,
    folder: Path | None,
    as_of: AsOf | None,
    format_: str,
) -> None:
    """Check a project by every rule.

    Exits with 1 where there are errors. `assembler rule CODE` explains a rule.
    What is only for information is counted, and printed with `--all`. Ends by
    saying how many variants a build would write, and which slots multiply them.

    For everybody who edits a project, and for CI.
    """
    _refuse_together(format_, counts=counts, diff=diff)
    codes = selected_codes(select, ignore)
    if diff:
        _show_difference(folder, as_of, codes, jobs)
        return
    if fix:
        _fix(folder, as_of, codes, jobs)
    opened = open_project(folder, as_of)
    whole = opened.check(jobs)
    report = whole if codes is None else whole.selected(codes)
    _put(report, opened, format_, everything=everything, counts=counts, strict=strict)
    if others := len(whole.diagnostics) - len(report.diagnostics):
        tell(f"{counted(others, 'finding')} of rules that are not selected")
    if report.errors or (strict and report.warnings):
        raise click.exceptions.Exit(FINDINGS)


def _refuse_together(format_: str, *, counts: bool, diff: bool) -> None:
    """Raise `UsageError` for options that ask for two answers."""
    if counts and format_ not in ("text", "json"):
        raise click.UsageError("--statistics prints text or json")
    if diff and (counts or format_ != "text"):
        raise click.UsageError("--diff prints a diff, and takes neither --format nor --statistics")


def _put(report: Report, opened: Opened, format_: str, *, everything: bool, counts: bool, strict: bool) -> None:
    if format_ == "text":
        _put_text(report, opened, everything, counts)
    elif format_ == "json":
        put_json(_json(report, opened, counts))
    else:
        _put_for_programs(report, opened, format_, strict)


def _show_difference(folder: Path | None, as_of: AsOf | None, codes: Container[str] | None, jobs: int | None) -> None:
    changes = mended(folder, as_of, lambda finding: codes is None or finding.code in codes, jobs)
    shown = difference(changes, from_repository(folder_of(folder)))
    if sys.stdout.isatty():
        put(shown.decode("utf-8", "replace"))
    else:
        put_bytes(shown)
    tell(f"{counted(len(changes.gone), 'finding')} would be mended")
    if changes.after:
        raise click.exceptions.Exit(FINDINGS)
    open_project(folder, as_of)  # says so, where it cannot be read


def _fix(folder: Path | None, as_of: AsOf | None, codes: Container[str] | None, jobs: int | None) -> None:
    changes = mended(folder, as_of, lambda finding: codes is None or finding.code in codes, jobs)
    write_mended(folder, changes)
    tell(f"{counted(len(changes.gone), 'finding')} mended in {counted(len(changes.after), 'file')}")


def _put_text(report: Report, opened: Opened, everything: bool, counts: bool) -> None:
    printed = [diagnostic for diagnostic in report.diagnostics if everything or diagnostic.severity != "information"]
    if counts:
        put("\n".join(filter(None, (statistics_text(report), summary(report.diagnostics)))))
    else:
        findings = render(printed, colour=colourful(), of=report.diagnostics)
        put(findings or summary(report.diagnostics), styled=True)
    if count := fixable(report.diagnostics):
        put(wrapped(f"`assembler check --fix` mends {count} of them; `--diff` shows how"))
    if report.set_rules:
        put(policy_text(report))
    put(wrapped(would_build_text(report.variants, _as_of(opened)), rest="  "))


def _put_for_programs(report: Report, opened: Opened, format_: str, strict: bool) -> None:
    way = from_repository(opened.folder)
    if format_ == "sarif":
        put_json(sarif(report, folder=way))
    elif format_ == "junit":
        put(junit(report, folder=way, strict=strict))
    else:
        lines = for_github(report.diagnostics, folder=way) if format_ == "github" else concise(report.diagnostics)
        if lines:
            put(lines)
    tell(summary(report.diagnostics))


def _json(report: Report, opened: Opened, counts: bool) -> dict[str, object]:
    about = report_json(report.diagnostics)
    if counts:
        about = {key: about[key] for key in ("errors", "warnings")} | {"statistics": statistics(report)}
    return {
        **about,
        "rules": policy_json(report),
        "as_of": _as_of(opened).isoformat(),
        "variants": variants_json(report.variants, opened.project.settings.policy.max_variants),
    }


def _as_of(opened: Opened) -> datetime:
    return opened.moment.astimezone(opened.project.settings.zone)


def from_repository(folder: Path) -> str:
    """Return the way from the repository (the working directory, outside of a workflow) to the project, or nothing."""
    way = Path(os.path.relpath(folder, os.environ.get("GITHUB_WORKSPACE") or Path.cwd())).as_posix()
    return "" if way == "." else way
