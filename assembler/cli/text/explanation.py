"""An explanation in words that need no manual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from assembler.cli.text.columns import table, wrapped
from assembler.cli.text.losses import FITS, Losing, lost
from assembler.cli.text.signals import said_reading, said_value, said_with_problem
from assembler.cli.text.words import said_moment

if TYPE_CHECKING:
    from assembler import Decision, Explanation
    from assembler.library.records import Content
    from assembler.runtime.eligibility import Choice
    from assembler.runtime.explain import Bucket, Contender
    from assembler.runtime.person import Note

_WHO = {
    "holdout": "A person in the holdout",
    "control": "A person in the control group of {campaign}",
    "treated": "A treated person",
    "unassigned": "A person without an id, who is never held out or tested",
}
_WHAT = {
    "HOLDOUT": "gets the default variant, so that lift can be measured.",
    "SPLIT": "gets a variant in which a test decided a slot.",
    "TARGETING_MATCH": "gets a variant that holds components for their segment or stage.",
    "DEFAULT": "gets a variant that holds nothing for a segment or stage.",
}
_ORDERS = {"segment": "priority", "stage": "funnel"}
_TRUTHS = {True: "true", False: "false", None: "unknown"}
_NOTES = {
    "missing": "not in the context",
    "blank": "blank",
    "type": "no text",
    "length": "too long",
    "kind": "not fit for its kind",
    "unknown_name": "no such name",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationFormatter:
    """Writes explanations of decisions of one library at one moment, which is in the project's time zone.

    `segment_rules` and `stage_rules` are the conditions of segments and stages as they are written, by id.
    """

    content: Content
    moment: datetime
    segment_rules: Mapping[str, str]
    stage_rules: Mapping[str, str]

    def explained(self, explanation: Explanation, locale: object) -> str:
        """Return the whole explanation, in 80 columns. `locale` is what the context asks for."""
        decision = explanation.decision
        signals = (said_reading(reading, self.content.signals[reading.signal]) for reading in explanation.signals)
        blocks = [
            self._decision(decision, locale),
            _block("Buckets", table(_bucket(bucket, decision) for bucket in explanation.buckets)),
            _block("Signals", table(signals)),
            _block("Noted", table(_note(note) for note in decision.notes if _is_told_apart(note))),
            self._audiences("segment", explanation),
            self._audiences("stage", explanation),
            *(_block(f"Slot {slot}", self._slot(explanation, slot)) for slot in explanation.slots),
        ]
        return "\n\n".join(block for block in blocks if block)

    def signals(self, explanation: Explanation) -> dict[str, str]:
        """Return the value of every signal, and the code of what keeps it from being known."""
        return {reading.signal: said_with_problem(reading) for reading in explanation.signals}

    def losses(self, explanation: Explanation, slot: str) -> dict[str, list[str]]:
        """Return why components lost a slot: sentences, of those that came nearest first, each with the components."""
        decision = explanation.decision
        components = {component.address: component for component in self.content.components}
        defaults = {one.name: one.default for one in self.content.campaigns[decision.campaign].slots}
        losers: dict[str, list[str]] = {}
        for contender in sorted(explanation.slots[slot], key=_nearest):
            if contender.loss is not None:
                losing = Losing(
                    component=components[contender.component],
                    loss=contender.loss,
                    winner=decision.slots[slot],
                    default=defaults[slot],
                    decision=decision,
                    today=self.moment.date(),
                )
                losers.setdefault(lost(losing), []).append(contender.component)
        return losers

    def _decision(self, decision: Decision, locale: object) -> str:
        facts = [
            ("variant", decision.key),
            ("locale", _locale(decision.locale, locale)),
            ("at", said_moment(self.moment)),
        ]
        if decision.reason == "ERROR":
            return f"The default variant, by error: {decision.error_code}.\n{table(facts)}"
        who = _WHO[decision.arm].format(campaign=decision.campaign)
        segment = f"in the segment {decision.segment}" if decision.segment else "in no segment"
        stage = f"at the stage {decision.stage}" if decision.stage else "at no stage"
        asked: dict[str, list[str]] = {}
        for test in decision.tests:
            asked.setdefault(test.test, []).extend([test.component] if test.component else [])
        facts += [("test", f"{name}: {' and '.join(given) or 'outside its shares'}") for name, given in asked.items()]
        if decision.withheld:
            facts.insert(1, ("withheld", f"{decision.withheld}, which they would get if they were treated"))
        return wrapped(f"{who}, {segment} and {stage}, {_WHAT[decision.reason]}") + "\n" + table(facts)

    def _slot(self, explanation: Explanation, slot: str) -> str:
        choice = explanation.decision.slots[slot]
        lines = [wrapped(_won(choice), first=f"  > {choice.component or '(empty)'} won: ", rest="      ")]
        for sentence, addresses in self.losses(explanation, slot).items():
            who = addresses[0] if len(addresses) == 1 else str(len(addresses))
            lines.append(wrapped(f"{who} lost: {sentence}", first="    ", rest="      "))
            if len(addresses) > 1:
                lines.append(wrapped(", ".join(addresses), first="      ", rest="      "))
        return "\n".join(lines)

    def _audiences(self, kind: Literal["segment", "stage"], explanation: Explanation) -> str:
        """Every rule with what it came to, and why it did or did not take the person."""
        is_segment = kind == "segment"
        results = explanation.segments if is_segment else explanation.stages
        chosen = explanation.decision.segment if is_segment else explanation.decision.stage
        rules = self.segment_rules if is_segment else self.stage_rules
        first = next((result.id for result in results if result.result), None)
        title = f"{kind.capitalize()}s, in {_ORDERS[kind]} order: the first that is true"
        if chosen != first:
            title = f"{kind.capitalize()}: the context says {chosen or 'none'}, so no rule decides"
        rows = []
        for result in results:
            why = rules.get(result.id, "")
            if result.result and chosen == first != result.id:
                why += f"; but {first} comes first"
            if result.result is None:
                why += f"; not known: {', '.join(self._unknown(kind, result.id, explanation))}"
            rows.append((f"{'>' if result.id == chosen else ' '} {result.id}", _TRUTHS[result.result], why))
        return _block(title, table(rows))

    def _unknown(self, kind: str, name: str, explanation: Explanation) -> Iterator[str]:
        from assembler.conditions.evaluation import signals_read

        audiences = self.content.segments if kind == "segment" else self.content.stages
        condition = next(audience.condition for audience in audiences if audience.id == name)
        problems = {reading.signal for reading in explanation.signals if reading.problem}
        return (signal for signal in signals_read(condition) if signal in problems)


def _block(title: str, body: str) -> str:
    return f"{title}\n{body}" if body else ""


def _locale(locale: str, asked: object) -> str:
    same = asked is None or str(asked).lower().replace("_", "-") == locale.lower()
    return locale if same else f"{locale}, where {said_value(asked)} was asked for"


def _bucket(bucket: Bucket, decision: Decision) -> tuple[str, str]:
    names = {"holdout": "the holdout", "control": "the control group of {}", "test": "the test {}"}
    takers: dict[tuple[int, int], list[str]] = {}
    for part in bucket.ranges:
        takers.setdefault((part.low, part.high), []).extend([part.component] if part.component else [])
    ranges = [
        (f"{low:,}-{high - 1:,}" if low < high else "none") + (f" for {' and '.join(names)}" if names else "")
        for (low, high), names in takers.items()
    ]
    tested = {choice.component for choice in decision.choices if choice.reason == "SPLIT"}
    decisive = bucket.kind == decision.arm or any(part.component in tested for part in bucket.ranges)
    ended = "; it has ended" if bucket.ended else ""
    name = names[bucket.kind].format(bucket.name)
    return (
        f"{'>' if decisive else ' '} {name}",
        f"buckets {', '.join(ranges)}; this person's is {bucket.bucket:,}{ended}",
    )


def _is_told_apart(note: Note) -> bool:
    return note.kind != "signal" or note.problem == "unknown_name"


def _note(note: Note) -> tuple[str, str]:
    if note.kind in ("segment", "stage"):
        instead = "the rules decide"
    elif note.problem == "unknown_name":
        instead = "it is not looked at"
    else:
        instead = "the default locale stands" if note.kind == "context" else "the copy's fallback stands for it"
    kind = "key" if note.kind == "context" else note.kind
    return f"{kind} {note.name or '(unreadable)'}", f"{_NOTES.get(note.problem, note.problem)}: {instead}"


def _nearest(contender: Contender) -> tuple[int, str]:
    from assembler.runtime.eligibility import ELIGIBILITY_CHECKS

    codes = [check.code for check in reversed(ELIGIBILITY_CHECKS)]
    return (codes.index(contender.reason) if contender.reason else -1), contender.component


def _won(choice: Choice) -> str:
    if choice.reason == "CONSTANT":
        return "the slot is constant and always holds it"
    if choice.reason == "HOLDOUT":
        return f"{FITS[choice.fit]}, as they are held out"
    if choice.reason == "SPLIT":
        return f"{FITS[choice.fit]}; a test includes this person"
    return {
        "default": "the default, as no candidate fits",
        "empty": "no candidate fits, and the slot may be empty",
    }.get(choice.fit, FITS[choice.fit])
