"""Every error is what it was after it was copied, or sent to another process."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable

import pytest

from assembler import errors
from assembler.authoring import Project
from assembler.errors import AssemblerError, LibraryError, ProjectError, UnknownCampaign, UnknownChannel
from tests.authoring.sample import files
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
    "UnknownCampaign": lambda: UnknownCampaign("come_bak", ("welcome", "come_back")),
    "UnknownChannel": lambda: UnknownChannel(None, ()),
}


def test_every_error_has_a_case() -> None:
    assert set(MADE) == {name for name in errors.__all__ if isinstance(getattr(errors, name), type)}


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))])
@pytest.mark.parametrize("name", MADE)
def test_an_error_that_is_copied_or_pickled_is_the_same(
    name: str, again: Callable[[AssemblerError], AssemblerError]
) -> None:
    error = MADE[name]()
    error.add_note("while testing")
    found = again(error)
    assert type(found) is type(error)
    assert (str(found), repr(found), vars(found)) == (str(error), repr(error), vars(error))


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
