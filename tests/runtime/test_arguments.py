"""What is no good call: names that are no names. They never raise anything else, whatever they are."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pytest

from assembler import UnknownCampaign, UnknownChannel
from tests.runtime.sample import library

LIBRARY = library()


class Name(StrEnum):
    WELCOME = "welcome"
    EMAIL = "email"


class Raising:
    """Raises whatever it was made with, whatever is asked of it."""

    def __init__(self, error: BaseException) -> None:
        object.__setattr__(self, "error", error)

    def _raise(self, *_: object) -> Any:
        raise object.__getattribute__(self, "error")

    __hash__ = __eq__ = __str__ = __repr__ = __len__ = __bool__ = __iter__ = _raise
    __class__ = property(_raise)


class Text(str):
    """A name whose methods raise."""

    __slots__ = ()

    def _raise(self, *_: object) -> Any:
        raise RuntimeError("text")

    __hash__ = __eq__ = __str__ = __repr__ = __len__ = __iter__ = __getitem__ = __format__ = _raise


class Twin(str):
    """Says that it is anything."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash("welcome")


NO_NAMES: list[Any] = [
    None, 7, 7.5, True, b"welcome", [], {}, ["welcome"], ("welcome",), {"welcome"}, frozenset({"welcome"}), object(),
    len, Raising(RuntimeError()), Raising(KeyError()), Raising(TypeError()), Raising(MemoryError()),
    Raising(RecursionError()), Raising(KeyboardInterrupt()),
]  # fmt: skip
WRONG_NAMES: list[Any] = ["", "Welcome", "welcome ", "\ud800", "x" * 10_000_000, Text("wellcome"), Twin("x")]
ASKS = (LIBRARY.assemble, LIBRARY.decide, LIBRARY.explain, LIBRARY.default)


@pytest.mark.parametrize("number", range(len(NO_NAMES) + len(WRONG_NAMES)))
def test_a_campaign_or_channel_that_is_none_raises_that_and_nothing_else(number: int) -> None:
    name = [*NO_NAMES, *WRONG_NAMES][number]
    for ask in ASKS:
        with pytest.raises(UnknownCampaign) as campaign:
            ask(name, channel="email")
        with pytest.raises(UnknownCampaign):
            ask(name, channel=name)
        with pytest.raises(UnknownChannel) as channel:
            ask("welcome", channel=name)
        assert campaign.value.known == ("come_back", "welcome")
        assert channel.value.known == ("email", "page")
        assert max(len(str(campaign.value)), len(str(channel.value))) < 700
    with pytest.raises(UnknownCampaign):
        LIBRARY.channels(name)


@pytest.mark.parametrize("number", range(len(NO_NAMES)))
def test_what_is_no_text_is_told_so(number: int) -> None:
    name = NO_NAMES[number]
    with pytest.raises(UnknownCampaign, match="a campaign is named by text; there is come_back, welcome"):
        LIBRARY.decide(name, channel="email")
    with pytest.raises(UnknownChannel, match="a channel is named by text; there is email, page"):
        LIBRARY.decide("welcome", channel=name)


def test_a_name_that_is_nearly_right_is_told_which() -> None:
    with pytest.raises(UnknownCampaign, match="no campaign 'wellcome'; did you mean welcome"):
        LIBRARY.decide("wellcome", channel="email")
    with pytest.raises(UnknownChannel, match="no channel 'e-mail'; did you mean email"):
        LIBRARY.decide("welcome", channel="e-mail")


def test_any_class_of_text_is_a_name() -> None:
    pairs: list[Any] = [(Name.WELCOME, Name.EMAIL), (Text("welcome"), "email"), ("welcome", Text("email"))]
    for campaign, channel in pairs:
        for ask in ASKS:
            assert ask(campaign, channel=channel) is not None
        assert LIBRARY.decide(campaign, channel=channel) == LIBRARY.decide("welcome", channel="email")
        assert LIBRARY.channels(campaign) == ("email", "page")
