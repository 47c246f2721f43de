"""Coverage in 80 columns: a matrix of segments and stages for each campaign and channel, and what to know beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from assembler.cli.text.columns import WIDTH, fitted, table, width, wrapped
from assembler.cli.text.words import counted, said_day

if TYPE_CHECKING:
    from assembler.authoring.outcomes.coverage import Coverage, CoverageCell, PlanCoverage

_NONE = "(none)"
_WORDS = {"own": "own", "partial": "part", "default": "-"}
_LONGEST = 24


def coverage_text(coverage: Coverage, span: str) -> str:
    """The report. `span` is the one in which endings were followed up, in words."""
    blocks: dict[tuple[str, str, str], list[str]] = {}
    for plan in coverage.plans:
        blocks.setdefault((plan.campaign, plan.channel, _plan(plan, coverage.audience)), []).append(plan.locale)
    plans = [
        f"{', '.join((campaign, channel, *locales))}{text}" for (campaign, channel, text), locales in blocks.items()
    ]
    return "\n\n".join([*plans, _legend(span), *_rest(coverage, span)])


def _plan(plan: PlanCoverage, audience: int | None) -> str:
    cells = {(cell.segment, cell.stage): cell for cell in plan.cells}
    stages = list(dict.fromkeys(cell.stage for cell in plan.cells))
    segments = list(dict.fromkeys(cell.segment for cell in plan.cells))
    rows = {
        _label(segment): {_label(stage): _shown(cells[segment, stage], audience) for stage in stages}
        for segment in segments
    }
    return "\n".join([_summary(plan), *_people(plan, audience), *_matrices(rows)])


def _summary(plan: PlanCoverage) -> str:
    covered = sum(cell.state != "default" for cell in plan.cells)
    count = plan.combinations
    after = "as many" if count.after == count.before else count_text(count.after)
    return (
        f": {covered} of {len(plan.cells)} cells are own or partial ({covered / len(plan.cells):.0%})\n"
        f"  {count_text(count.before)} combination{'s' * (count.before != 1)}, {after} after constraints; "
        f"{plan.variants:,} variant{'s' * (plan.variants != 1)} in these cells"
    )


def count_text(count: int | None) -> str:
    """A count as it is written; None for one that is too large."""
    return "too many to count" if count is None else f"{count:,}"


def _people(plan: PlanCoverage, audience: int | None) -> Iterator[str]:
    if audience and not any(cell.people for cell in plan.cells):
        yield "  people: nobody of them reads this language"
    elif audience:
        shares = (
            f"{state} {sum(cell.people or 0 for cell in plan.cells if cell.state == state) / audience:.1%}"
            for state in _WORDS
        )
        yield f"  of {audience:,} people, before holdouts: " + ", ".join(shares)


def _matrices(rows: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The cells below their stages, in as many tables as there must be for lines to fit."""
    first = max(map(width, rows))
    stages = next(iter(rows.values()))
    sizes = {stage: max(width(stage), *(width(cells[stage]) for cells in rows.values())) for stage in stages}
    group: list[str] = []
    for stage in sizes:
        if group and first + sum(2 + sizes[other] for other in (*group, stage)) > WIDTH:
            yield _matrix(rows, group, sizes, first)
            group = []
        group.append(stage)
    yield _matrix(rows, group, sizes, first)


def _matrix(rows: Mapping[str, Mapping[str, str]], stages: Sequence[str], sizes: Mapping[str, int], first: int) -> str:
    lines = [("", {stage: stage for stage in stages}), *rows.items()]
    return "\n".join(
        (fitted(name, first) + "".join("  " + fitted(cells[stage], sizes[stage]) for stage in stages)).rstrip()
        for name, cells in lines
    )


def _shown(cell: CoverageCell, audience: int | None) -> str:
    word = _WORDS[cell.state] + ("*" if cell.then is not None else "")
    if not audience or not cell.people:
        return word
    share = cell.people / audience
    return f"{word} {share:.0%}" if share >= 0.01 else f"{word} <1%"


def _label(name: str | None) -> str:
    text = _NONE if name is None else name
    return text if width(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _legend(span: str) -> str:
    return table(
        [
            ("cell", "a segment in a stage: a line and a column above"),
            ("own", "every slot that has targeted copy holds some of it"),
            ("part", "some of these slots do"),
            ("-", "none does: the default, or what is for everyone"),
            ("*", f"something in it ends within {span}"),
        ],
        indent="",
    )


def _rest(coverage: Coverage, span: str) -> Iterator[str]:
    endings = [
        (said_day(date.fromisoformat(day)), f"{campaign}, {counted(count, 'cell')}: {_changes(changes)}")
        for (day, campaign, changes), count in coverage.endings().items()
    ]
    yield f"ends within {span}\n{table(endings)}" if endings else f"nothing in these cells ends within {span}"
    by_digits = coverage.served()
    served = [(str(len(addresses)).rjust(4), f"in {_cells(digits)}") for digits, addresses in by_digits.items()]
    ready = len(coverage.components)
    stand = "1 component is ready, and stands" if ready == 1 else f"{ready} components are ready, and stand"
    yield f"{stand}\n{table(served)}"
    if unseen := by_digits.get(0):
        yield wrapped(", ".join(unseen), first="in no cell (tests and unknown facts are not counted): ", rest="  ")
    yield "\n".join(_stages(coverage))


def _cells(digits: int) -> str:
    return f"{10 ** (digits - 1):,} to {10**digits - 1:,} cells" if digits else "no cell"


def _changes(changes: Sequence[tuple[str, str | None, str | None]]) -> str:
    return ", ".join(f"{old or f'empty {slot}'} -> {new or f'empty {slot}'}" for slot, old, new in changes)


def _stages(coverage: Coverage) -> Iterator[str]:
    bare = coverage.bare_stages[None]
    yield wrapped(f"stages that no campaign has anything for: {', '.join(bare) or 'none'}", rest="  ")
    for campaign, stages in coverage.bare_stages.items():
        if campaign is not None and stages:
            yield wrapped(f"{campaign} has nothing for {', '.join(stages)}", first="  ", rest="    ")
