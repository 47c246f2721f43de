"""Coverage as one page that needs no other file and no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape

from assembler.authoring.outcomes.coverage import Coverage, CoverageCell, PlanCoverage
from assembler.cli.text.coverage import count_text

# Every pair of colours has a contrast of 4.5 or more; states are written out as well.
_STYLE = """
:root { color-scheme: light dark; --ink: #1b1f23; --paper: #ffffff; --line: #6e7781; --own: #c4ebd0; --partial: #fbe7b2;
  --default: #f0f1f3; }
@media (prefers-color-scheme: dark) { :root { --ink: #f0f3f6; --paper: #14181d; --line: #8b949e; --own: #12492b;
  --partial: #5a4300; --default: #262c33; } }
body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 0.5rem 0 2rem; }
caption { text-align: left; font-weight: 600; padding: 0.25rem 0; }
th, td { border: 1px solid var(--line); padding: 0.375rem 0.625rem; text-align: left; vertical-align: top; }
td.own { background: var(--own); } td.partial { background: var(--partial); } td.default { background: var(--default); }
td small { display: block; }
summary { cursor: pointer; }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
"""


def coverage_page(coverage: Coverage, name: str, at: datetime, span: str) -> str:
    """The page, in HTML. `span` is the one in which endings were followed up, in words."""
    title = f"Coverage of {escape(name)}"
    parts = [
        f"<h1>{title}</h1>",
        f'<p>As of <time datetime="{at.isoformat()}">{at:%Y-%m-%d %H:%M %Z}</time>. A cell is <b>own</b> where every'
        " slot that has targeted copy holds some of it, <b>partial</b> where some of these slots do, else"
        " <b>default</b>; for a treated person outside every test, of whom all that is needed is known.</p>",
        _summary(coverage),
        *(_matrix(plan, coverage.audience) for plan in coverage.plans),
        _endings(coverage, span),
        _components(coverage),
        _stages(coverage),
    ]
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>{head}<title>{title}</title>\n<style>{_STYLE}</style></head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _table(caption: str, header: Iterable[str], rows: Iterable[str]) -> str:
    """A table that scrolls by itself; header and rows are HTML."""
    columns = "".join(f'<th scope="col">{column}</th>' for column in header)
    body = "\n".join(rows)
    return (
        f'<div class="wide" role="region" aria-label="{caption}" tabindex="0"><table>\n<caption>{caption}</caption>\n'
        f"<thead><tr>{columns}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>"
    )


def _row(first: str, *others: str) -> str:
    cells = "".join(f"<td>{cell}</td>" for cell in others)
    return f'<tr><th scope="row">{first}</th>{cells}</tr>'


def _summary(coverage: Coverage) -> str:
    rows = (
        _row(
            f"{escape(plan.campaign)}, {escape(plan.channel)}, {escape(plan.locale)}",
            _percent(sum(cell.state != "default" for cell in plan.cells), len(plan.cells)),
            f"{plan.variants:,}",
            count_text(plan.combinations.before),
            count_text(plan.combinations.after),
        )
        for plan in coverage.plans
    )
    header = ("Campaign", "Cells that are own or partial", "Variants", "Combinations", "After constraints")
    return "<h2>At a glance</h2>\n" + _table("Campaigns, channels and locales", header, rows)


def _matrix(plan: PlanCoverage, audience: int | None) -> str:
    cells = {(cell.segment, cell.stage): cell for cell in plan.cells}
    stages = list(dict.fromkeys(cell.stage for cell in plan.cells))
    rows = (
        f'<tr><th scope="row">{_name(segment, "no segment")}</th>'
        + "".join(_cell(cells[segment, stage], audience) for stage in stages)
        + "</tr>"
        for segment in dict.fromkeys(cell.segment for cell in plan.cells)
    )
    name = f"{escape(plan.campaign)}, {escape(plan.channel)}, {escape(plan.locale)}"
    header = ("Segment", *(_name(stage, "no stage") for stage in stages))
    return f"<h2>{name}</h2>\n" + _table(f"Segments and stages of {name}", header, rows)


def _cell(cell: CoverageCell, audience: int | None) -> str:
    notes = []
    if audience:
        notes.append(f"{_percent(cell.people or 0, audience)} of people")
    if cell.then is not None:
        notes.append(f"ends {escape(cell.expires or '')}")
    small = "".join(f"<small>{note}</small>" for note in notes)
    slots = "".join(f"<li>{escape(slot)}: {_name(component, 'empty')}</li>" for slot, component in cell.slots.items())
    return f'<td class="{cell.state}"><details><summary>{cell.state}</summary><ul>{slots}</ul></details>{small}</td>'


def _endings(coverage: Coverage, span: str) -> str:
    rows = [
        _row(
            escape(day),
            escape(campaign),
            str(count),
            "<br>".join(
                f"{escape(slot)}: {_name(old, 'empty')} becomes {_name(new, 'empty')}" for slot, old, new in changes
            ),
        )
        for (day, campaign, changes), count in coverage.endings().items()
    ]
    heading = f"<h2>Ends within {escape(span)}</h2>\n"
    if not rows:
        return heading + "<p>Nothing in these cells does.</p>"
    return heading + _table("What ends, and what appears then", ("Last day", "Campaign", "Cells", "Change"), rows)


def _components(coverage: Coverage) -> str:
    ordered = sorted(coverage.components.items(), key=lambda served: (served[1], served[0]))
    rows = (_row(escape(address), f"{count:,}") for address, count in ordered)
    return (
        f"<h2>Components</h2>\n<p>{len(ordered)} {'is' if len(ordered) == 1 else 'are'} ready."
        " Who stands in no cell may still be in a test, or be what people get of whom less is known.</p>\n"
        "<details><summary>In how many cells each stands</summary>\n"
        + _table("Components and cells", ("Component", "Cells"), rows)
        + "</details>"
    )


def _stages(coverage: Coverage) -> str:
    return "<h2>Stages with nothing of their own</h2>\n<ul>" + "".join(_bare(coverage)) + "</ul>"


def _bare(coverage: Coverage) -> Iterator[str]:
    for campaign, stages in coverage.bare_stages.items():
        where = "in any campaign" if campaign is None else f"in {escape(campaign)}"
        yield f"<li>{where}: {escape(', '.join(stages)) or 'none'}</li>"


def _name(name: str | None, otherwise: str) -> str:
    return f"<i>{otherwise}</i>" if name is None else escape(name)


def _percent(count: int, total: int) -> str:
    return f"{count / total:.1%}" if total else "none"
