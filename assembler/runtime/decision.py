"""What was decided for somebody, and why."""

from __future__ import annotations

import msgspec

from assembler.runtime.choose import AskedTest
from assembler.runtime.eligibility import Choice
from assembler.runtime.person import Note
from assembler.runtime.reasons import Arm, ErrorCode, Reason


class Salts(msgspec.Struct, frozen=True, gc=False):
    """The salts by which people are held out, by arm; None where nobody is."""

    holdout: str | None
    control: str | None


class Treatment(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What somebody would get as treated, which is what lift is measured by: of the held-out, what was withheld; of
    everybody else, what they get.

    `is_default` says that this is the default variant, so that holding it back makes no difference.
    """

    key: str
    choices: tuple[Choice, ...]
    is_default: bool
    salts: Salts


class Decision(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Which component fills each slot, and why. It holds no value of a person."""

    campaign: str
    channel: str
    locale: str
    segment: str | None = None
    stage: str | None = None
    arm: Arm = Arm.UNASSIGNED
    reason: Reason
    error_code: ErrorCode | None = None
    library: str
    key: str
    withheld: str | None = None
    choices: tuple[Choice, ...]
    tests: tuple[AskedTest, ...] = ()
    notes: tuple[Note, ...] = ()
    treatment: Treatment

    @property
    def slots(self) -> dict[str, Choice]:
        """The choice for each slot, in the order in which slots are filled."""
        return {choice.slot: choice for choice in self.choices}

    def to_dict(self) -> dict[str, object]:
        """The decision as JSON has it, in plain dictionaries and lists."""
        fields = msgspec.structs.asdict(self)
        del fields["choices"], fields["tests"], fields["notes"], fields["treatment"]
        slots = {
            choice.slot: {"component": choice.component, "reason": choice.reason, "fit": choice.fit}
            for choice in self.choices
        }
        tests = [msgspec.structs.asdict(test) for test in self.tests]
        return {**fields, "slots": slots, "tests": tests, "notes": [note.to_dict() for note in self.notes]}
