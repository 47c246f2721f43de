"""`assembler new signal`, `stage` and `segment`: entries of assembler.yaml."""

from __future__ import annotations

from typing import Any, Final

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.new.addition import ExtendedProject
from assembler.cli.new.insertion import with_entry
from assembler.cli.new.names import extending, new_name, reviewed, said
from assembler.cli.output import tell
from assembler.cli.parameters import AnyOf, Named

_SETTINGS: Final = "assembler.yaml"
_when = click.option("--when", "rule", metavar="RULE", required=True, help='Who is in it, such as "orders >= 3".')


@click.command()
@click.argument("name", metavar="ID")
@_when
@click.option("--owner", metavar="WHO", type=Named("owner"), help="Who keeps it. Default: the project's owner.")
@click.option("--hypothesis", metavar="TEXT", help="Why words of its own pay. Default: that they bring more to act.")
@extending
def segment(extended: ExtendedProject, name: str, rule: str, owner: str | None, hypothesis: str | None) -> None:
    """Add a segment to assembler.yaml, after all others.

    The first segment whose rule is true takes a person: move it up where it
    matters more.

    For the owner of the programme.
    """
    new_name("segment", name, extended.loaded.declared["segment"])
    entry = {
        "id": name,
        "when": _rule(extended, rule),
        "owner": owner or extended.owner,
        "hypothesis": hypothesis or f"words of their own bring more of the {said(name)} to act than the default does",
        "review_by": reviewed(extended.today),
    }
    _add(extended, "segments", entry)
    tell(f"next: `assembler new component TYPE/ID --segment {name}`")


@click.command()
@click.argument("name", metavar="ID")
@_when
@extending
def stage(extended: ExtendedProject, name: str, rule: str) -> None:
    """Add a stage to assembler.yaml, after all others.

    Stages are in the order of the funnel; the first whose rule is true takes a
    person.

    For the owner of the programme.
    """
    new_name("stage", name, extended.loaded.declared["stage"])
    _add(extended, "stages", {"id": name, "when": _rule(extended, rule)})
    tell(f"next: `assembler new component TYPE/ID --stage {name}`")


@click.command()
@click.argument("name", metavar="ID")
@click.option(
    "--kind",
    metavar="KIND",
    required=True,
    type=AnyOf("integer", "number", "boolean", "text", "choice", "date"),
    help="integer, number, boolean, text, choice or date.",
)
@click.option("--values", metavar="LIST", help="What a choice may be, with commas between, such as new,regular.")
@click.option("--source", metavar="TEXT", required=True, help="The first-party system that writes it.")
@click.option("--max-age", metavar="AGE", default="35d", help="Older is unknown: 12h, 35d, 4w or none. Default: 35d.")
@click.option(
    "--consent",
    metavar="PURPOSE",
    type=Named("purpose", "none"),
    default="marketing",
    help="What it needs, or none. Default: marketing.",
)
@extending
def signal(extended: ExtendedProject, name: str, kind: str, values: str | None, **told: str) -> None:
    """Add a signal to assembler.yaml: one fact that rules may ask.

    Nothing is collected by it: your systems give it in a context.

    For engineers, and whoever keeps the signals.
    """
    declared = extended.loaded.declared
    new_name("signal", name, {*declared["signal"], *declared["field"]})
    if (kind == "choice") != (values is not None):
        raise Unusable("a choice lists its --values" if kind == "choice" else f"--values is for a choice, not a {kind}")
    entry: dict[str, Any] = {
        "kind": kind,
        **({"values": [value.strip() for value in values.split(",")]} if values is not None else {}),
        "source": told["source"],
        "max_age": told["max_age"],
        "consent": told["consent"],
        "owner": extended.owner,
        "review_by": reviewed(extended.today),
        "response": f"people whose {said(name)} is known get words of their own",
        "fallback": "unknown people get the default",
    }
    _add(extended, "signals", entry, name)
    tell("next: `assembler new segment ID --when ...` or `assembler new stage ID --when ...`")


def _rule(extended: ExtendedProject, text: str) -> str:
    """Return a rule that can be read. Raises `Unusable` where it cannot, with the place in it."""
    from assembler.authoring.compile.content import signal_record
    from assembler.conditions.parsing import ConditionError, parse_condition

    signals = {name: signal_record(signal) for name, signal in extended.loaded.settings.signals.items()}
    try:
        parse_condition(text, signals)
    except ConditionError as error:
        hint = f"\n  hint: {error.hint}" if error.hint else ""
        raise Unusable(f"the rule: {error.message}\n  {text}\n  {' ' * error.column}^{hint}") from None
    return text


def _add(extended: ExtendedProject, key: str, entry: dict[str, Any], name: str | None = None) -> None:
    extended.add({}, {_SETTINGS: with_entry(extended.text(_SETTINGS), key, entry, name)})
