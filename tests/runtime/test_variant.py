"""A variant is joined when it is first looked at: the same for whoever looks, whatever happens."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from assembler import Library, Variant
from assembler.runtime.assemble import joined
from tests.runtime.sample import AT, PERSON, archive, library

LIBRARY = library()
LOOKS: dict[str, Callable[[Variant], object]] = {
    "decision": lambda variant: variant.decision,
    "key": lambda variant: variant.key,
    "encoded": lambda variant: variant.encoded["html"],
    "parts": lambda variant: variant.parts,
    "subject": lambda variant: variant.subject,
    "repr": repr,
    "hash": hash,
    "equality": lambda variant: variant == variant,
    "pickle": pickle.dumps,
    "copy": lambda variant: copy.copy(variant).decision,
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("error", [RuntimeError, MemoryError, RecursionError])
def test_a_fault_while_it_is_joined_gives_the_whole_default(
    look: Callable[[Variant], object], error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Exception] = []
    sample = Library(*archive(), clock=lambda: AT, on_error=told.append)

    def broken(*_: object) -> Any:
        raise error("injected")

    variant = sample.assemble("come_back", channel="email", context=PERSON)
    with monkeypatch.context() as patch:
        patch.setattr("assembler.runtime.library.joined", broken)
        look(variant)
    stored = sample.default("come_back", channel="email", locale="fr")
    assert (variant.decision.reason, variant.decision.error_code) == ("ERROR", "GENERAL")
    assert (variant.encoded, variant.key, variant.subject) == (stored.encoded, stored.key, stored.subject)
    assert [type(told_) for told_ in told] == [error]


def test_an_interrupt_passes_through_and_it_can_be_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> Any:
        raise KeyboardInterrupt

    variant = LIBRARY.assemble("come_back", channel="email", context=PERSON)
    with monkeypatch.context() as patch:
        patch.setattr("assembler.runtime.library.joined", interrupted)
        with pytest.raises(KeyboardInterrupt):
            _ = variant.html
    assert variant == LIBRARY.assemble("come_back", channel="email", context=PERSON)


def test_threads_that_look_at_once_see_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where joining fails for every second of them."""
    calls: list[int] = []

    def flaky(*of: Any) -> Any:
        calls.append(1)
        if len(calls) % 2:
            raise MemoryError
        return joined(*of)

    monkeypatch.setattr("assembler.runtime.library.joined", flaky)
    with ThreadPoolExecutor(8) as pool:
        for _ in range(50):
            variant = LIBRARY.assemble("come_back", channel="email", context=PERSON)
            seen = [*pool.map(lambda _, variant=variant: (variant.decision, variant.contents), range(8))]
            assert all(one == seen[0] for one in seen)


def test_variants_that_are_equal_do_not_differ() -> None:
    one, other = (LIBRARY.assemble("come_back", channel="email", context=PERSON) for _ in range(2))
    default = LIBRARY.default("come_back", channel="email")
    assert one == other
    assert (one != other) is False
    assert one != default
    assert one != "a variant"


def test_it_is_shown_in_one_line_without_its_words() -> None:
    variant = LIBRARY.assemble("come_back", channel="email", context=PERSON)
    assert repr(variant) == f"<Variant {variant.key} {variant.decision.reason} (subject, preheader, html, text)>"
    assert repr(LIBRARY) == f"<Library sample {LIBRARY.digest[:19]}>"


def a_clock() -> datetime:
    return AT


@pytest.mark.parametrize("again", [lambda one: pickle.loads(pickle.dumps(one)), copy.copy, copy.deepcopy])
def test_a_library_that_is_pickled_or_copied_is_the_same(again: Callable[[Library], Library], tmp_path: Path) -> None:
    for strict in (False, True):
        sample = Library(*archive(), clock=a_clock, strict=strict)
        sample.assemble("come_back", channel="email", context=None)
        other = again(sample)
        assert (other.digest, other.campaigns, other.locales) == (sample.digest, sample.campaigns, sample.locales)
        for context in (None, {"segment": "lapsed", "id": "c-7"}):
            for ask in ("assemble", "decide", "explain"):
                theirs, ours = (
                    getattr(one, ask)("come_back", channel="email", context=context) for one in (other, sample)
                )
                assert theirs == ours
        other.save(tmp_path / "other.library")
        assert Library.open(tmp_path / "other.library").digest == sample.digest
