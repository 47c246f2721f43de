"""The gate: everything that a policy wants approved, and what of it lacks an approval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assembler.review.approvals.decision import ReviewDecision
from assembler.review.approvals.decision_files import UnreadableDecision
from assembler.review.approvals.status import Approvals, ApprovalStatus
from assembler.review.sampling.digests import Digest, Place, Slots, SubjectKind
from assembler.review.sampling.plan import PlanGroup, ReviewPlan

GateKind = SubjectKind | Literal["request"]
"""A `request` is a card about which changes are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredSubject:
    """A subject, where it first stands, and its status.

    `missing_roles` are those that have not approved it. `request` is the decision, where the subject is one.
    """

    kind: GateKind
    digest: Digest
    place: Place
    layout: str
    slots: Slots
    status: ApprovalStatus
    missing_roles: tuple[str, ...] = ()
    request: ReviewDecision | None = None

    @property
    def components(self) -> tuple[str, ...]:
        """The addresses of its components, each once."""
        return tuple(dict.fromkeys(component for component in self.slots.values() if component is not None))


@dataclass(frozen=True)
class Gate:
    """Everything that the policy wants approved, and whether it is. A subject in several places is there once."""

    subjects: tuple[RequiredSubject, ...]
    unreadable: tuple[UnreadableDecision, ...]

    @cached_property
    def lacking(self) -> tuple[RequiredSubject, ...]:
        """What lacks an approval."""
        return tuple(subject for subject in self.subjects if subject.status != "approved")

    @property
    def passes(self) -> bool:
        """Whether nothing lacks an approval, and every file of decisions can be read."""
        return not self.lacking and not self.unreadable

    def counts(self) -> dict[GateKind, tuple[int, int]]:
        """Return of each kind how many are approved, and how many there are."""
        lacking = Counter(subject.kind for subject in self.lacking)
        counts = Counter(subject.kind for subject in self.subjects)
        return {kind: (count - lacking[kind], count) for kind, count in counts.items()}


def gate(plan: ReviewPlan, status: Approvals, unreadable: Iterable[UnreadableDecision] = ()) -> Gate:
    """Return everything in the plan that the policy wants approved, and every request for changes that is still to be
    met."""
    subjects: dict[tuple[GateKind, Digest], RequiredSubject] = {}
    for group in plan.groups:
        for subject in (*_wanted(group, status), *_requested(group, status)):
            subjects.setdefault((subject.kind, subject.digest), subject)
    return Gate(tuple(subjects.values()), tuple(unreadable))


def _wanted(group: PlanGroup, status: Approvals) -> Iterator[RequiredSubject]:
    digests, needed = group.digests, status.policy.needed
    for subject in group.subjects():
        is_wanted = needed == "pairs" or (needed == "components" and subject.kind == "component")
        # What stands in a default variant, every policy wants.
        if is_wanted or subject.slots.items() <= digests.defaults.items():
            yield RequiredSubject(
                kind=subject.kind,
                digest=subject.digest,
                place=digests.place,
                layout=digests.layout,
                slots=subject.slots,
                status=status.status_of(subject.digest),
                missing_roles=status.missing_roles(subject.digest),
            )


def _requested(group: PlanGroup, status: Approvals) -> Iterator[RequiredSubject]:
    """Cards that somebody wants changed, and that are still as they were then."""
    digests = group.digests
    for request in status.requests:
        card = digests.card_if_possible(request.slots) if request.place == digests.place else None
        if card is not None and card.digest == request.subject:
            yield RequiredSubject(
                kind="request",
                digest=card.digest,
                place=card.place,
                layout=card.layout,
                slots=request.slots,
                status="changes",
                request=request,
            )
