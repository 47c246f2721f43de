"""No value of one person ever appears in another's variant, in a log, an error, a metric or a decision."""

from __future__ import annotations

import email
import email.policy
import gc
import json
import logging
import pickle
import re
import sys
import traceback
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import pytest
from click.testing import CliRunner

from assembler import Library, UnknownCampaign, UnknownChannel
from assembler.cli.commands import assembler
from tests.authoring.builders import MOMENT, project as files
from tests.cli.conftest import write
from tests.conftest import STARTER_MOMENT
from tests.runtime.sample import SIGNALS, library

CANARY = "Canary-7f3a"
LIBRARY = library()
CHANNELS = [(campaign, channel) for campaign in LIBRARY.campaigns for channel in LIBRARY.channels(campaign)]
PEOPLE = 60


def person(number: int) -> dict[str, Any]:
    """Somebody of whom every value that can be told by its text is a canary of their own."""
    mark = f"Canary{number}x"
    return {
        "id": mark,
        "consent": ["marketing", mark],
        "fields": {
            "first_name": mark,
            "unsubscribe_url": f"https://www.harbourandpine.example/u/{mark}",
            mark.lower(): mark,
        },
        "signals": {"months_since_purchase": number % 13, "spend_last_year": 600, "favours": mark},
    }


def canaries(text: str) -> set[str]:
    return set(re.findall(r"[Cc]anary\d+x", text))


# --- variants --------------------------------------------------------------------------------------------------------


def told_of(starter: Library, number: int) -> tuple[int, str, str]:
    """What is made for somebody, and what is said of it. Each mail is addressed to nobody else."""
    said: list[str] = []
    told: list[str] = []
    for campaign in starter.campaigns:
        for channel in starter.channels(campaign):
            variant = starter.assemble(campaign, channel=channel, context=person(number), at=STARTER_MOMENT)
            explained = starter.explain(campaign, channel=channel, context=person(number), at=STARTER_MOMENT)
            said += variant.parts.values()
            told += [json.dumps(variant.decision.to_dict()), repr(variant.decision), repr(explained.decision)]
            if variant.subject is not None:
                said.append(decoded(addressed(variant, number)))
    return number, "".join(said), "".join(told)


def addressed(variant: Any, number: int) -> bytes:
    message: bytes = variant.message(
        sender="Harbour & Pine <hello@harbourandpine.example>",
        to=f"Canary{number}x <Canary{number}x@people.example>",
        unsubscribe=f"https://www.harbourandpine.example/u/Canary{number}x",
    )
    return message


def decoded(message: bytes) -> str:
    """All headers and bodies of a message, as they are read."""
    parsed = email.message_from_bytes(message, policy=email.policy.default)
    return "".join([*map(str, parsed.values()), *(part.get_content() for part in parsed.iter_parts())])


def require_only_their_own(answer: tuple[int, str, str]) -> None:
    number, said, told = answer
    assert canaries(said) == {f"Canary{number}x"}
    assert canaries(told) <= {f"canary{number}x"}, "the name of a field that nobody declared is noted"


def test_one_person_after_the_other(starter_library: Library) -> None:
    for number in range(10):
        require_only_their_own(told_of(starter_library, number))


def test_people_in_many_threads(starter_library: Library) -> None:
    with ThreadPoolExecutor(8) as pool:
        for answer in pool.map(lambda number: told_of(starter_library, number), range(PEOPLE)):
            require_only_their_own(answer)


def test_a_batch_that_is_kept_until_all_are_made(starter_library: Library) -> None:
    """28,000 mails once went out with one person's address: what was made for a batch is made for each."""
    batch = [
        starter_library.assemble("come_back", channel="email", context=person(number), at=STARTER_MOMENT)
        for number in range(PEOPLE)
    ]
    for number, variant in enumerate(batch):
        assert canaries("".join(variant.parts.values())) == {f"Canary{number}x"}
        assert canaries(decoded(addressed(variant, number))) == {f"Canary{number}x"}


def test_nobody_is_in_what_a_person_gets_of_whom_nothing_is_said(starter_library: Library) -> None:
    for number in range(3):
        told_of(starter_library, number)
        for context in (None, {"id": "1"}, {"fields": {"first_name": ""}}):
            for campaign in starter_library.campaigns:
                for channel in starter_library.channels(campaign):
                    variant = starter_library.assemble(campaign, channel=channel, context=context, at=STARTER_MOMENT)
                    assert canaries("".join(variant.parts.values())) == set()
                    assert canaries("".join(starter_library.default(campaign, channel=channel).parts.values())) == set()


# --- decisions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrap",
    [
        lambda text: text,
        lambda text: f"{text}@x.example",
        lambda text: [text],
        lambda text: {text: text},
        lambda text: {"value": text, "observed_at": text},
        lambda text: {"value": 9, "observed_at": text},
    ],
)
def test_no_value_is_in_a_decision(wrap: Callable[[str], Any]) -> None:
    value = wrap(CANARY)
    context = {
        "id": value,
        "locale": value,
        "consent": value,
        "signals": {**dict.fromkeys(SIGNALS, value), CANARY: value},
        "fields": {**dict.fromkeys(LIBRARY.content.fields, value), CANARY: value},
        "segment": f"{CANARY} of Leeds",
        "stage": f"{CANARY}@x.example",
        CANARY: value,
    }
    for variation in (context, {**context, "segment": "lapsed"}, value):
        for campaign, channel in CHANNELS:
            decision = LIBRARY.decide(campaign, channel=channel, context=variation)
            assert CANARY not in json.dumps(decision.to_dict()) + repr(decision)


# --- errors, logs and warnings ---------------------------------------------------------------------------------------


class Clock:
    """A `tzinfo` that is none."""

    def __repr__(self) -> str:
        return CANARY


SAID: dict[str, object] = {
    "id": CANARY,
    "fields": dict.fromkeys(LIBRARY.content.fields, CANARY),
    "signals": dict.fromkeys(SIGNALS, CANARY),
}


BAD_CALLS: dict[str, Callable[[], object]] = {
    "an unknown campaign": lambda: LIBRARY.assemble("nowhere", channel="email", context=SAID),
    "an unknown channel": lambda: LIBRARY.decide("come_back", channel="nowhere", context=SAID),
    "a moment without an offset": lambda: LIBRARY.explain("come_back", channel="email", context=SAID, at=Clock()),  # type: ignore[arg-type]
    "another's address": lambda: _message(to=f"{CANARY} at people.example"),
    "a name with a header": lambda: _message(to=f"{CANARY}\r\nBcc: x@y.example <a@people.example>"),
    "a long name": lambda: _message(to=f"{CANARY * 30} <a@people.example>"),
    "a link that is none": lambda: _message(unsubscribe=f"http://{CANARY}.example/"),
    "an identity that is none": lambda: _message(message_id=CANARY),
    "a date that is none": lambda: _message(date=Clock()),
    "values of no place": lambda: LIBRARY.join(
        LIBRARY.plan("come_back", channel="email", locale="en"), (), {"first_name": CANARY}
    ),
}


def _message(**changes: Any) -> bytes:
    usual = {"sender": "a@x.example", "to": "b@x.example", "unsubscribe": "https://x.example/u"}
    return LIBRARY.assemble("come_back", channel="email", context=SAID).message(**{**usual, **changes})


@pytest.mark.parametrize("call", BAD_CALLS.values(), ids=BAD_CALLS)
def test_no_value_is_in_an_error(call: Callable[[], object]) -> None:
    with pytest.raises((UnknownCampaign, UnknownChannel, TypeError, ValueError)) as caught:
        call()
    told = "".join(traceback.format_exception_only(caught.value)) + repr(caught.value.args) + repr(vars(caught.value))
    assert CANARY not in told
    error: BaseException | None = caught.value
    while error is not None:
        assert CANARY not in f"{error}{error.args!r}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    assert CANARY.encode() not in pickle.dumps(caught.value.args)


def test_no_value_is_in_a_log_or_printed_or_warned_of(
    starter_library: Library,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    recwarn: pytest.WarningsRecorder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also where a fault of ours keeps the variant from being made: then its class is logged, and none of its words."""
    caplog.set_level(logging.DEBUG)
    told_of(starter_library, 1)

    def broken(*_: object) -> Any:
        raise RuntimeError(f"with {CANARY}")

    monkeypatch.setattr("assembler.runtime.context.ContextReader.read", broken)
    for context in (person(1), CANARY, {CANARY: CANARY}):
        decision = starter_library.decide("come_back", channel="email", context=context, at=STARTER_MOMENT)
        assert decision.reason == "ERROR"
        assert CANARY not in json.dumps(decision.to_dict()) + repr(decision)
    assert [*recwarn.list, *capfd.readouterr()] == ["", ""]
    assert caplog.messages == ["the stored default answers for RuntimeError"] * 2
    assert CANARY not in caplog.text


# --- metrics ---------------------------------------------------------------------------------------------------------

AUDIENCE = "".join(
    json.dumps({"id": f"Canary{number}x", "fields": {"first_name": f"Canary{number}x"}, "segment": f"Canary{number}x"})
    + "\n"
    for number in range(9)
)


@pytest.mark.parametrize(
    ("options", "people", "code"),
    [
        ((), AUDIENCE, 0),
        (("--format", "json", "--full"), AUDIENCE, 0),
        ((), AUDIENCE + '{"id": "Canary9x", "fields": {"first_name": "Canary9x"}\nCanary9x\n["Canary9x"]\n', 2),
    ],
    ids=["text and page", "json", "lines that are none"],
)
def test_no_value_is_in_the_coverage_of_an_audience(
    options: tuple[str, ...], people: str, code: int, tmp_path: Path
) -> None:
    """Only how many people are in each cell."""
    folder, page = write(tmp_path / "sample", files()), tmp_path / "coverage.html"
    arguments = ["coverage", "--audience", "-", "--html", str(page), "--project", str(folder), *options]
    result = CliRunner().invoke(assembler, [*arguments, "--as-of", MOMENT.isoformat()], input=people)
    assert result.exit_code == code, result.output
    told = result.output + (page.read_text(encoding="utf-8") if page.is_file() else "")
    assert canaries(told) == set()
    if "json" in options:
        assert max(cell["people"] for cell in json.loads(result.stdout)["cells"]) == 9


@pytest.mark.parametrize(
    ("command", "broken"),
    [
        ("assemble", '{"id": "Canary9x"'),
        ("why", '"Canary9x" 1'),
        ("why", "{'id': 'Canary9x'}"),
        ("assemble", '{"x": NaN, "y": "Canary9x"}'),
    ],
)
def test_no_value_is_in_the_error_of_a_command(command: str, broken: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "sample", files())
    arguments = [command, "back", "--channel", "page", "--project", str(folder), "--context", "-"]
    result = CliRunner().invoke(assembler, arguments, input=broken)
    assert result.exit_code == 2
    assert "standard input:1:" in result.stderr
    assert canaries(result.output) == set()


# --- nothing is kept -------------------------------------------------------------------------------------------------


_SERVING = re.compile(r"assembler(\.(runtime|library|errors)\b.*)?").fullmatch
"""The modules that a decision service has loaded."""


def namespaces(ours: bool) -> list[dict[str, Any]]:
    """What the modules that serve define, or all others."""
    modules = [(name, module) for name, module in sys.modules.items() if isinstance(module, ModuleType)]
    return [vars(module) for name, module in modules if bool(_SERVING(name)) is ours]


def reachable(root: object) -> Iterator[object]:
    """All that an object holds on to, directly or not; other modules than those that serve, and frames, left out."""
    others = namespaces(ours=False)
    seen, todo = set(map(id, others)), [root]
    while todo:
        reached = todo.pop()
        if id(reached) in seen or isinstance(reached, ModuleType | FrameType):
            continue
        seen.add(id(reached))
        yield reached
        if not (isinstance(reached, type) and not reached.__module__.startswith("assembler")):
            todo += gc.get_referents(reached)
        if isinstance(reached, dict):
            todo += dict.keys(reached)  # keys that are text are no business of the collector


def kept_in(sample: Library, mark: str) -> list[str]:
    """The texts that hold the mark and that the library, or a module of this package, holds on to."""
    texts = [
        reached
        for reached in reachable([sample, *namespaces(ours=True)])
        if isinstance(reached, str | bytes | bytearray)
    ]
    return [repr(text) for text in texts if mark in (text if isinstance(text, str) else text.decode(errors="replace"))]


def test_nothing_that_can_be_reached_holds_a_value() -> None:
    sample, number = library(), "70"
    for _ in range(2):
        mark = f"Canary{number}x"
        fields = {
            "first_name": mark,
            "greeting": f"Hi {mark} & co",
            "account_url": f"https://www.harbourandpine.example/{mark}",
        }
        context = {"id": mark, "consent": [mark], "fields": fields, "signals": {"city": mark}, "locale": mark}
        for campaign in sample.campaigns:
            for channel in sample.channels(campaign):
                variant = sample.assemble(campaign, channel=channel, context=context)
                sample.explain(campaign, channel=channel, context=context)
                if variant.subject is not None:
                    variant.message(
                        sender="a@x.example", to=f"{mark}@x.example", unsubscribe=f"https://x.example/{mark}"
                    )
        assert any(mark in text for text in variant.parts.values())
        del variant
    assert kept_in(sample, f"Canary{number}x") == []


@lru_cache
def remember(text: str) -> int:
    return len(text)


@pytest.mark.parametrize(
    "keep", [lambda sample, mark: sample.__dict__.update(seen=mark), lambda sample, mark: remember(mark)]
)
def test_what_is_kept_would_be_found(keep: Callable[[Library, str], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """In the library, or by a function that remembers."""
    sample, mark = library(), "Canary80x"
    monkeypatch.setattr("assembler.runtime.encode.remember", remember, raising=False)
    keep(sample, mark)
    assert kept_in(sample, mark) == [repr(mark)]


def test_nothing_of_a_context_is_kept_alive() -> None:
    class Kept(str):
        """A text that can be watched."""

    value = Kept("Maya")
    watch = weakref.ref(value)
    variant = LIBRARY.assemble("come_back", channel="page", context={"id": value, "fields": {"first_name": value}})
    assert "Maya" in (variant.html or "")
    del value
    gc.collect()
    assert watch() is None
