"""A memo does work once for a key, and forgets what nobody asks for."""

from __future__ import annotations

from functools import partial

from assembler.authoring.incremental.memo_cache import MemoCache


def test_work_is_done_once_and_forgotten_when_nobody_asked_since() -> None:
    memo = MemoCache()
    names: list[str] = []
    for asked in ("ab", "a", "ab"):
        for name in asked:
            memo.get_or_make(name, partial(names.append, name))
        memo.forget_unused()
    assert names == ["a", "b", "b"]


def test_a_result_of_nothing_is_a_result() -> None:
    memo = MemoCache()
    names: list[str] = []
    for _ in range(2):
        assert memo.get_or_make("a", partial(names.append, "a")) is None
    assert names == ["a"]


def test_a_result_can_be_replaced() -> None:
    memo = MemoCache()
    assert memo.get_or_make("a", lambda: 1) == 1
    memo.replace("a", 2)
    assert memo.get_or_make("a", lambda: 3) == 2
    memo.forget_unused()
    assert memo.get_or_make("a", lambda: 3) == 2
