"""The gate: everything that a policy wants approved, and what of it lacks an approval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assembler.authoring.project.settings import ReviewSettings
from assembler.review.approvals.decisions import Fault, ReviewDecision
from assembler.review.approvals.standing import Standing, Status
from assembler.review.sampling.plan import Group, ReviewPlan
from assembler.review.subjects import Digest

__all__ = ["Gate", "Kind", "Reviewed", "gate"]

Kind = Literal["layout", "component", "pair", "request"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A subject, where it first stands, and its status. A `request` is a card about which changes are asked for."""

    kind: Kind
    digest: Digest
    campaign: str
    channel: str
    layout: str
    locale: str
    slots: Mapping[str, str | None]
    status: Status
    detail: str

    @property
    def components(self) -> tuple[str, ...]:
        """The addresses of its components, each once."""
        return tuple(dict.fromkeys(each for each in self.slots.values() if each is not None))

    def to_dict(self) -> dict[str, object]:
        """The subject as JSON has it."""
        where = {"campaign": self.campaign, "channel": self.channel, "layout": self.layout, "locale": self.locale}
        about = {"slots": dict(self.slots), "status": self.status, "detail": self.detail}
        return {"kind": self.kind, "digest": self.digest, **where, **about}


@dataclass(frozen=True)
class Gate:
    """What was reviewed. Subjects that stand in several places are there once."""

    subjects: tuple[Reviewed, ...]
    faults: tuple[Fault, ...]

    @cached_property
    def lacking(self) -> tuple[Reviewed, ...]:
        """What lacks an approval."""
        return tuple(each for each in self.subjects if each.status != "approved")

    @property
    def is_open(self) -> bool:
        """Whether nothing lacks an approval, and every file of decisions can be read."""
        return not self.lacking and not self.faults

    def counts(self) -> dict[Kind, tuple[int, int]]:
        """Of each kind how many are approved, and how many there are."""
        found: dict[Kind, tuple[int, int]] = {}
        for each in self.subjects:
            done, all_ = found.get(each.kind, (0, 0))
            found[each.kind] = done + (each.status == "approved"), all_ + 1
        return found

    def to_dict(self) -> dict[str, object]:
        """The gate as JSON has it."""
        return {
            "approved": len(self.subjects) - len(self.lacking),
            "needed": len(self.subjects),
            "lacking": [each.to_dict() for each in self.lacking],
            "faults": [{"path": each.path, "problem": each.problem} for each in self.faults],
        }


def gate(plan: ReviewPlan, standing: Standing, policy: ReviewSettings, faults: Iterable[Fault] = ()) -> Gate:
    """Everything in the plan that the policy wants approved, and every request for changes that is still to be met."""
    found: dict[tuple[Kind, Digest], Reviewed] = {}
    for group in plan.groups:
        for each in (*_needed(group, standing, policy), *_requested(group, standing)):
            found.setdefault((each.kind, each.digest), each)
    return Gate(tuple(found.values()), tuple(faults))


def _needed(group: Group, standing: Standing, policy: ReviewSettings) -> Iterator[Reviewed]:
    for kind, slots, digest in group.needed():
        is_default = all(group.sheet.defaults[slot] == component for slot, component in slots.items())
        if policy.needed == "pairs" or is_default or (policy.needed, kind) == ("components", "component"):
            status = standing.of(digest)
            yield _reviewed(group, kind, slots, digest, status, _detail(status, digest, standing))


def _requested(group: Group, standing: Standing) -> Iterator[Reviewed]:
    """Cards that somebody wants changed, and that are still as they were then."""
    for decision in standing.decisions:
        if decision.verdict == "changes" and _is_of(group, decision):
            row = group.outcomes.row_with(decision.slots)
            if row is not None and group.sheet.card(group.outcomes.slots_of(row)).digest == decision.subject:
                detail = f"{decision.reviewer}: {' '.join(decision.comment.split())}"
                yield _reviewed(group, "request", decision.slots, decision.subject, "changes", detail)


def _is_of(group: Group, decision: ReviewDecision) -> bool:
    sheet = group.sheet
    return (decision.campaign, decision.channel, decision.locale) == (sheet.campaign, sheet.channel, sheet.locale)


def _detail(status: Status, digest: Digest, standing: Standing) -> str:
    if status == "changes":
        return "changes are asked for"
    if status == "expired":
        return "approved too long ago"
    roles = standing.missing_roles(digest)
    if status == "waiting" and roles:
        return "not approved by " + ", ".join(roles)
    return "" if status == "approved" else "not approved"


def _reviewed(
    group: Group, kind: Kind, slots: Mapping[str, str | None], digest: Digest, status: Status, detail: str
) -> Reviewed:
    sheet = group.sheet
    return Reviewed(
        kind=kind,
        digest=digest,
        campaign=sheet.campaign,
        channel=sheet.channel,
        layout=sheet.layout_name,
        locale=sheet.locale,
        slots=dict(slots),
        status=status,
        detail=detail,
    )
