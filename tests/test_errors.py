"""Every error is what it was after it was copied, or sent to another process."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from importlib import import_module
from inspect import signature
from pathlib import Path
from pkgutil import walk_packages

import pytest
from hypothesis import given, strategies as st
from rapidfuzz.distance import Indel

import assembler
from assembler import errors
from assembler.authoring import Project
from assembler.errors import (
    AssemblerError,
    ContextError,
    LibraryError,
    ProjectError,
    UnknownCampaign,
    UnknownChannel,
    listed,
    nearest,
)
from tests.authoring.builders import project as files
from tests.conftest import STARTER_MOMENT


def _of_a_project() -> ProjectError:
    broken = {**files(), "components/title/sweet.md": "---\ncampaigns: [nowhere]\n---\n{{ x }}"}
    with pytest.raises(ProjectError) as caught:
        Project.from_files(broken).compile(STARTER_MOMENT)
    return caught.value


MADE: dict[str, Callable[[], AssemblerError]] = {
    "AssemblerError": lambda: AssemblerError("anything"),
    "ProjectError": _of_a_project,
    "LibraryError": lambda: LibraryError("x.library", "is empty"),
    "ContextError": lambda: ContextError([("signal", "mnths", "unknown_name")], {"signal": ("months",)}),
    "UnknownCampaign": lambda: UnknownCampaign("come_bak", ("welcome", "come_back")),
    "UnknownChannel": lambda: UnknownChannel(None, ()),
}


def test_every_error_has_a_case() -> None:
    classes = {
        name for name, value in vars(errors).items() if isinstance(value, type) and value.__module__ == errors.__name__
    }
    assert set(MADE) == {name for name in classes if not name.startswith("_")}


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))])
@pytest.mark.parametrize("name", MADE)
def test_an_error_that_is_copied_or_pickled_is_the_same(
    name: str, again: Callable[[AssemblerError], AssemblerError]
) -> None:
    error = MADE[name]()
    error.add_note("while testing")
    copied = again(error)
    assert type(copied) is type(error)
    assert (str(copied), repr(copied), vars(copied)) == (str(error), repr(error), vars(error))


def exceptions() -> list[type[Exception]]:
    """Every exception that another module of the package can catch by name."""
    modules = (import_module(module.name) for module in walk_packages(assembler.__path__, "assembler."))
    return [
        value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, Exception)
        and value.__module__ == module.__name__
        and not name.startswith("_")
    ]


ARGUMENTS: dict[str, object] = {
    "int": 7,
    "str": "some text",
    "str | None": "some hint",
    "object": "a name",
    "Path": Path("folder", "file"),
    "Iterable[str]": ("one", "two"),
    "Iterable[Any]": (),
    "Iterable[tuple[int | None, str]]": ((3, "a key twice"), (None, "cannot be read")),
    "Iterable[tuple[str, str | None, str]]": (("signal", "mnths", "unknown_name"),),
    "Mapping[str, tuple[str, ...]]": {"signal": ("months",)},
    "Sequence[int]": (2, 3),
    "Sequence[str]": ("one", "two"),
    "tuple[str, ...]": ("one", "two"),
}


@pytest.mark.parametrize("kind", exceptions(), ids=lambda kind: kind.__name__)
def test_every_exception_can_be_sent_to_another_process(kind: type[Exception]) -> None:
    has_fields = hasattr(kind.__init__, "__annotations__")
    parameters = list(signature(kind).parameters.values()) if has_fields else []
    arguments = [ARGUMENTS[parameter.annotation] for parameter in parameters if parameter.annotation in ARGUMENTS]
    error = kind(*arguments or ["some text"])
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    fields = [parameter.name for parameter in parameters]
    assert (str(again), again.args, vars(again)) == (str(error), error.args, vars(error))
    assert [getattr(again, name, None) for name in fields] == [getattr(error, name, None) for name in fields]


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (LibraryError("x.library", "is empty"), "x.library: is empty"),
        (UnknownCampaign("come_bak", ["welcome", "come_back"]), "no campaign 'come_bak'; did you mean come_back?"),
        (UnknownCampaign("x", ["welcome", "come_back"]), "no campaign 'x'; there is come_back, welcome"),
        (UnknownChannel("x", []), "no channel 'x'; there is none"),
        (UnknownChannel(None, ["email"]), "a channel is named by text; there is email"),
    ],
)
def test_an_error_says_what_to_do(error: AssemblerError, message: str) -> None:
    assert str(error) == message


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("come_bak", ["welcome", "come_back"], "come_back"),
        ("COME_BACK", ["come_back"], "come_back"),
        ("come_back", ["COME_BACK", "come_back"], "COME_BACK"),
        ("abcdef", ["abcdxxx"], "abcdxxx"),
        ("abcdef", ["abcxxx"], None),
        ("abc", ["abcdefg"], None),
        ("a" * 100, ["a" * 99], "a" * 99),
        ("a" * 101, ["a" * 101], None),
        ("come_back", [*map(str, range(4_999)), "come_back"], "come_back"),
        ("come_back", [*map(str, range(5_000)), "come_back"], None),
        ("come_back", [], None),
        ("", [""], None),
    ],
    ids=repr,
)
def test_the_nearest_name(name: str, known: list[str], near: str | None) -> None:
    assert nearest(name, known) == near


@given(name=st.text("abcA", min_size=1, max_size=8), known=st.lists(st.text("abcß", max_size=8), max_size=6))
def test_the_nearest_name_has_the_most_characters_in_common(name: str, known: list[str]) -> None:
    likeness = [Indel.normalized_similarity(name.casefold(), candidate.casefold()) for candidate in known]
    best = max(likeness, default=0.0)
    expected = known[likeness.index(best)] if best > 0.6 else None
    assert nearest(name, known) == expected


@pytest.mark.parametrize(
    ("count", "text"), [(0, "none"), (1, "0"), (12, "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"), (13, "10, 11, ...")]
)
def test_a_hint_lists_twelve_names(count: int, text: str) -> None:
    assert listed(map(str, range(count))).endswith(text)
