"""The provider for the OpenFeature SDK: the library's decisions through the SDK's own client."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st
from openfeature import api
from openfeature.client import OpenFeatureClient
from openfeature.evaluation_context import EvaluationContext
from openfeature.event import EventDetails, ProviderEvent
from openfeature.exception import ErrorCode

from assembler import Library
from assembler.delivery.flags import evaluate, flag_keys
from assembler.delivery.provider import AssemblerProvider
from tests.promises.test_01_any_context_of_any_type_returns_a_variant import ANYTHING
from tests.runtime.sample import AT, COMPONENTS, PERSON, archive, library

SAMPLE = library()
ATTRIBUTES: dict[str, Any] = {key: value for key, value in PERSON.items() if key != "id"}
SOMEBODY = EvaluationContext(targeting_key=str(PERSON["id"]), attributes=ATTRIBUTES)


@pytest.fixture
def client() -> Iterator[OpenFeatureClient]:
    api.set_provider_and_wait(AssemblerProvider(SAMPLE), domain="assembler")
    yield api.get_client(domain="assembler")
    api.clear_providers()


def test_the_client_gets_what_the_protocol_answers(client: OpenFeatureClient) -> None:
    for key in flag_keys(SAMPLE):
        answer = evaluate(SAMPLE, key, {"context": {"targetingKey": PERSON["id"], **ATTRIBUTES}})[1]
        if ":" in key:
            details: Any = client.get_object_details(key, {}, SOMEBODY)
        else:
            details = client.get_string_details(key, "no", SOMEBODY)
        assert details.error_code is None
        told = {
            "key": details.flag_key,
            "value": details.value,
            "variant": details.variant,
            "reason": str(details.reason),
            "metadata": details.flag_metadata,
        }
        assert told == answer


@pytest.mark.parametrize("key", ["come_back.email", "come_back.email.offer", "come_back.email:parts"])
def test_a_flag_of_another_type_is_a_mismatch(client: OpenFeatureClient, key: str) -> None:
    asked: list[Any] = [
        client.get_boolean_details(key, True),
        client.get_integer_details(key, 7),
        client.get_float_details(key, 7.5),
        client.get_string_details(key, "seven") if ":" in key else client.get_object_details(key, {"seven": 7}),
    ]
    assert [details.error_code for details in asked] == [ErrorCode.TYPE_MISMATCH] * 4
    assert [details.value for details in asked] == [True, 7, 7.5, "seven" if ":" in key else {"seven": 7}]
    assert {details.error_message for details in asked} == {
        f"the value of this flag is {'an object' if ':' in key else 'text'}"
    }


def test_what_is_no_flag_is_the_callers_default(client: OpenFeatureClient) -> None:
    details = client.get_string_details("come_back.emial", "mine", SOMEBODY)
    assert (details.value, details.error_code, details.reason) == ("mine", ErrorCode.FLAG_NOT_FOUND, "ERROR")
    assert details.error_message == "there is no such flag; did you mean come_back.email?"
    assert client.get_boolean_details("zebra", True).error_code is ErrorCode.FLAG_NOT_FOUND


def test_a_fault_is_the_librarys_default_and_no_error(client: OpenFeatureClient) -> None:
    told: list[Exception] = []
    content, texts = archive()
    faulty = Library(content, texts, clock=lambda: AT.replace(tzinfo=None), on_error=told.append)
    api.set_provider_and_wait(AssemblerProvider(faulty), domain="assembler")
    details = client.get_string_details("come_back.email", "mine", SOMEBODY)
    assert details.value == faulty.default("come_back", channel="email", locale="fr").key
    assert (details.reason, details.error_code, details.flag_metadata["error_code"]) == ("ERROR", None, "GENERAL")
    assert [type(error) for error in told] == [TypeError]


@given(ANYTHING, st.none() | st.text(max_size=5))
def test_whatever_the_attributes_are_the_value_is_the_librarys(attributes: Any, targeting_key: str | None) -> None:
    asked = EvaluationContext(targeting_key=targeting_key, attributes=attributes)
    details = AssemblerProvider(SAMPLE).resolve_string_details(
        flag_key="come_back.email", default_value="mine", evaluation_context=asked
    )
    assert details.error_code is None
    assert details.value.startswith("come_back/email/")


def test_the_keywords_are_those_of_the_sdk() -> None:
    provider = AssemblerProvider(library=SAMPLE)
    asked: dict[str, Any] = {"flag_key": "come_back.email", "evaluation_context": None}
    assert provider.resolve_string_details(default_value="", **asked).reason == "DEFAULT"
    assert provider.resolve_boolean_details(default_value=True, **asked).value is True
    assert provider.resolve_integer_details(default_value=1, **asked).value == 1
    assert provider.resolve_float_details(default_value=1.5, **asked).value == 1.5
    assert provider.resolve_object_details(default_value=[], **asked).value == []
    assert provider.get_metadata().name == "Assembler"


def test_another_library_is_answered_from_and_told_of(client: OpenFeatureClient) -> None:
    events: list[EventDetails] = []
    heard = threading.Event()

    def hear(event: EventDetails) -> None:
        events.append(event)
        heard.set()

    client.add_handler(ProviderEvent.PROVIDER_CONFIGURATION_CHANGED, hear)
    provider: Any = client.provider
    other = library([component for component in COMPONENTS if not component.address.endswith("bold")])
    provider.reload(other)
    assert heard.wait(timeout=10)
    assert [event.flags_changed for event in events] == [sorted(flag_keys(SAMPLE))]
    assert events[0].metadata == {"library": other.digest}
    assert client.get_string_details("come_back.email", "", SOMEBODY).flag_metadata["library"] == other.digest


def test_a_provider_that_nobody_registered_may_be_reloaded() -> None:
    provider = AssemblerProvider(SAMPLE)
    provider.reload(library(unassigned="default"))
    assert provider.resolve_string_details("welcome.page", "").flag_metadata["library"] != SAMPLE.digest


def test_threads_see_one_library_or_the_other() -> None:
    """A reload amid calls: each answer is wholly of one library, and after the last reload all are of that one."""
    libraries = [SAMPLE, library([component for component in COMPONENTS if not component.address.endswith("bold")])]
    provider = AssemblerProvider(SAMPLE)
    expected = {
        own.digest: {
            key: evaluate(own, key, {"context": {"targetingKey": "c-42", **ATTRIBUTES}})[1]["value"]
            for key in flag_keys(own)
        }
        for own in libraries
    }
    assert len(expected) == 2

    def ask(number: int) -> bool:
        if number % 20 == 0:
            provider.reload(libraries[number // 20 % 2])
        key = flag_keys(SAMPLE)[number % len(flag_keys(SAMPLE))]
        details: Any = provider.resolve_object_details(key, {}, SOMEBODY) if ":" in key else None
        details = details or provider.resolve_string_details(key, "", SOMEBODY)
        return bool(details.value == expected[details.flag_metadata["library"]][key])

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(2_000), timeout=timedelta(seconds=60).total_seconds()))


def test_without_the_sdk_the_extra_is_named(tmp_path: Path) -> None:
    """As where it is not installed: a module that is None cannot be imported."""
    script = "import sys; sys.modules['openfeature'] = None\nimport assembler.delivery.flags\n"
    script += "try:\n    import assembler.delivery.provider\nexcept ImportError as error:\n    print(error)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60
    )
    told = "assembler.delivery.provider needs the OpenFeature SDK: pip install 'assembler[openfeature]'\n"
    assert done.stdout == told


def test_flags_need_no_more_than_the_runtime(tmp_path: Path) -> None:
    script = "import sys\nbefore = {*sys.modules}\nimport assembler.delivery.flags\n"
    script += "loaded = {name.partition('.')[0] for name in {*sys.modules} - before}\n"
    script += "print(sorted(loaded - sys.stdlib_module_names - {'typing_extensions'}))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "['assembler', 'msgspec']\n"
