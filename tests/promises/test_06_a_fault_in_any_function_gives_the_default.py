"""A fault inside any function of the runtime gives the default; an interrupt passes through."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import Any, Never

import pytest

import assembler.library.key
import assembler.library.records
import assembler.runtime
from assembler import Library
from tests.runtime.sample import PERSON, archive, library

THE_FACADE = {
    "Library.assemble", "Library.decide", "Library.explain", "Library.default", "Library._answer", "Library._by_locale",
    "Library._report", "Library._join", "Library._for_nobody", "Library.person", "Library.decide_many",
}  # fmt: skip
"""Their job is to hand out the stored default."""

NOT_IN_A_CALL = {
    "Library.__init__", "Library.open", "Library.save", "Library.channels", "Library.plan", "Library.join",
    "Library._prepare", "Library._prepare_nobody", "Variant.of", "Variant.outcome", "Variant.decision",
}  # fmt: skip


def runtime_modules() -> list[ModuleType]:
    names = [module.name for module in pkgutil.iter_modules(assembler.runtime.__path__)]
    return [
        assembler.library.key,
        assembler.library.records,
        *(importlib.import_module(f"assembler.runtime.{name}") for name in names),
    ]


def runtime_functions() -> list[tuple[Any, str, str]]:
    """Every function and method of the runtime: its owner, its name there, and what to call it."""
    members: list[tuple[Any, str, str]] = []
    for module in runtime_modules():
        for name, value in vars(module).items():
            if getattr(value, "__module__", None) != module.__name__:
                continue
            if isinstance(value, FunctionType):
                members.append((module, name, f"{module.__name__.rpartition('.')[2]}.{name}"))
            elif inspect.isclass(value):
                members += [
                    (value, attribute, f"{value.__name__}.{attribute}")
                    for attribute, member in vars(value).items()
                    if isinstance(member, FunctionType | classmethod | property)
                    and not (attribute.startswith("__") and attribute != "__init__")
                ]
    return [(owner, name, label) for owner, name, label in members if label not in THE_FACADE | NOT_IN_A_CALL]


FUNCTIONS = runtime_functions()


def break_it(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, error: type[BaseException]) -> list[str]:
    """Make a function raise wherever it is known by name; the list tells whether it was reached."""
    reached: list[str] = []

    def broken(*_: object, **__: object) -> Any:
        reached.append(name)
        raise error("injected")

    original = vars(owner)[name]
    replacement: Any = property(broken) if isinstance(original, property) else broken
    monkeypatch.setattr(owner, name, replacement)
    if isinstance(owner, ModuleType):
        for module in [*runtime_modules(), importlib.import_module("assembler.library.format")]:
            for alias, value in list(vars(module).items()):
                if value is original:
                    monkeypatch.setattr(module, alias, broken)
                elif isinstance(value, dict) and original in value.values():
                    monkeypatch.setattr(
                        module, alias, {key: broken if member is original else member for key, member in value.items()}
                    )
    return reached


ASKS: tuple[Callable[[Library], object], ...] = (
    lambda sample: sample.assemble("come_back", channel="email", context=PERSON).decision,
    lambda sample: sample.decide("come_back", channel="email", context=PERSON),
    lambda sample: sample.explain("come_back", channel="email", context=PERSON).decision,
    lambda sample: sample.assemble("come_back", channel="email", context=sample.person(PERSON)).decision,
    lambda sample: sample.explain("come_back", channel="email", context=sample.person(PERSON)).decision,
    lambda sample: sample.decide_many([PERSON], "come_back", channel="email")[0],
)


@pytest.mark.parametrize(
    ("owner", "name", "error"),
    [
        # One error a function tells that it is caught, and the next another: the facade does not ask which it is.
        pytest.param(
            owner, name, error, id=f"{label} {error.__name__}", marks=() if turn == number % 3 else pytest.mark.slow
        )
        for number, (owner, name, label) in enumerate(FUNCTIONS)
        for turn, error in enumerate((RuntimeError, MemoryError, RecursionError))
    ],
)
def test_a_fault_in_any_function_gives_the_default(
    owner: Any, name: str, error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    for ask in ASKS:
        sample = library()
        with monkeypatch.context() as patch:
            reached = break_it(patch, owner, name, error)
            decision: Any = ask(sample)
            was_reached = bool(reached)
            whole = sample.assemble("come_back", channel="email", context=PERSON)
        wanted = ("ERROR", "GENERAL") if was_reached else (decision.reason, None)
        assert (decision.reason, decision.error_code) == wanted
        if whole.decision.error_code is not None:
            stored = sample.default("come_back", channel="email", locale=whole.decision.locale)
            assert (whole.encoded, whole.key) == (stored.encoded, stored.key)


def _broken(*_: object) -> Never:
    raise RuntimeError("injected")


def test_a_fault_after_the_locale_was_worked_out_gives_the_default_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    sample = library()
    monkeypatch.setattr("assembler.runtime.context.ContextReader.read", _broken)
    assert sample.assemble("come_back", channel="email", context=PERSON).decision.locale == "fr"
    monkeypatch.setattr("assembler.runtime.context.ContextReader.locale", _broken)
    assert sample.assemble("come_back", channel="email", context=PERSON).decision.locale == "en"


def test_a_fault_while_the_default_is_asked_for_gives_it_in_the_default_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    content, texts = archive()
    told: list[Exception] = []
    sample = Library(content, texts, on_error=told.append)
    stored = sample.default("come_back", channel="email", locale="en")
    monkeypatch.setattr("assembler.runtime.context.ContextReader.locale", _broken)
    variant = sample.default("come_back", channel="email", locale="fr")
    assert (variant.decision.reason, variant.decision.error_code) == ("ERROR", "GENERAL")
    assert (variant.encoded, variant.key) == (stored.encoded, stored.key)
    assert [str(error) for error in told] == ["injected"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_an_interrupt_passes_through(error: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    sample = library()

    def interrupted(*_: object) -> None:
        raise error

    monkeypatch.setattr("assembler.runtime.context.ContextReader.read", interrupted)
    with pytest.raises(error):
        sample.assemble("come_back", channel="email", context=PERSON)


def test_most_functions_were_reached() -> None:
    reached = 0
    for owner, name, _ in FUNCTIONS:
        with pytest.MonkeyPatch.context() as patch:
            sample = library()
            calls = break_it(patch, owner, name, RuntimeError)
            for ask in ASKS:
                ask(sample)
            reached += bool(calls)
    assert reached > 60
