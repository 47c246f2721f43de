"""Results are stored together by name; what is damaged, or no longer holds, is not there."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, strategies as st

from assembler.authoring.incremental.build_cache import BuildCache, StoredResults
from assembler.authoring.incremental.disk_cache import DiskCache, InMemoryCache

DECODER = msgspec.json.Decoder(dict[str, list[int]])


def results(disk: DiskCache, *inputs: object) -> StoredResults[list[int]]:
    """Results as another process finds them."""
    return BuildCache(disk=disk).results(DECODER, "numbers", *inputs)


def stored(disk: DiskCache, **numbers: list[int]) -> None:
    group = results(disk)
    for name, number in numbers.items():
        group.put(name, number)
    group.save()


def test_what_was_saved_is_there_for_the_next_process() -> None:
    disk = InMemoryCache()
    stored(disk, one=[1], none=[])
    group = results(disk)
    assert [group.get(name) for name in ("one", "none", "two")] == [[1], [], None]


def test_what_was_saved_is_there_for_the_next_build_of_this_process() -> None:
    cache = BuildCache()
    for number in range(3):
        group = cache.results(DECODER, "numbers")
        assert group.get("n") == ([number] if number else None)
        group.put("n", [number + 1])
        group.save()
        cache.memo.forget_unused()


def test_what_was_not_saved_is_not_there() -> None:
    disk = InMemoryCache()
    results(disk).put("one", [1])
    assert results(disk).get("one") is None


@pytest.mark.parametrize("inputs", [("more",), (None,), ([],)])
def test_what_was_saved_under_other_inputs_is_not_there(inputs: tuple[object, ...]) -> None:
    disk = InMemoryCache()
    stored(disk, one=[1])
    assert results(disk, *inputs).get("one") is None


def test_what_no_longer_holds_is_not_there() -> None:
    disk = InMemoryCache()
    stored(disk, one=[1], two=[2])
    group = BuildCache(disk=disk).results(DECODER, "numbers", holds=lambda result: result == [2])
    assert [group.get("one"), group.get("two")] == [None, [2]]


HOSTILE = {
    "empty": b"", "cut": b'{"one": [1', "no JSON": b"\x00\x01", "no UTF-8": b'{"one\xff": [1]}', "a list": b"[]",
    "null": b"null", "another type": b'{"one": "1"}', "one of another type": b'{"two": [2], "one": {}}',
    "deep": b'{"one": ' + b"[" * 100_000, "many digits": b'{"one": [' + b"9" * 5_000 + b"]}",
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_damaged_is_a_miss_and_mended_by_the_next(kind: str) -> None:
    disk = InMemoryCache()
    stored(disk, one=[1])
    disk.entries = dict.fromkeys(disk.entries, HOSTILE[kind])
    assert results(disk).get("one") is None
    stored(disk, one=[1])
    assert results(disk).get("one") == [1]


@given(data=st.binary(max_size=40))
def test_no_bytes_are_an_error(data: bytes) -> None:
    disk = InMemoryCache()
    stored(disk, one=[1])
    disk.entries = dict.fromkeys(disk.entries, data)
    results(disk).get("one")


@pytest.mark.parametrize(("in_use", "left"), [(1, ["b"]), (2, ["a", "b"]), (3, ["a", "b"])])
def test_as_many_others_stay_as_are_in_use_the_last_ones_first(in_use: int, left: list[str]) -> None:
    disk = InMemoryCache()
    stored(disk, a=[1])
    stored(disk, b=[1])
    stored(disk, **{f"new{number}": [number] for number in range(in_use)})
    group = results(disk)
    assert [name for name in ("a", "b") if group.get(name) is not None] == left


class CountingCache(InMemoryCache):
    """Counts what is put."""

    puts = 0

    def put(self, key: str, data: bytes) -> None:
        self.puts += 1
        super().put(key, data)


def test_what_is_the_same_is_not_written_again() -> None:
    disk = CountingCache()
    for numbers, puts in (({"a": [1]}, 1), ({"a": [1]}, 1), ({"a": [2]}, 2), ({}, 2), ({"b": [1]}, 3)):
        stored(disk, **numbers)
        assert disk.puts == puts


def test_what_another_process_made_is_at_hand_and_saved_when_used() -> None:
    disk = InMemoryCache()
    group = results(disk)
    group.receive({"one": [1], "two": [2]})
    assert group.get("one") == [1]
    group.save()
    group = results(disk)
    assert [group.get("one"), group.get("two")] == [[1], None]


def test_a_result_that_cannot_be_written_is_there_for_this_process_alone() -> None:
    cache = BuildCache()
    decoder = msgspec.json.Decoder(dict[str, str])
    group = cache.results(decoder, "texts")
    group.put("one", "\udcff")
    group.save()
    assert cache.results(decoder, "texts").get("one") == "\udcff"
    assert BuildCache(disk=cache.disk).results(decoder, "texts").get("one") is None
