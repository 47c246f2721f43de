"""The hook for the OpenFeature SDK: through its own client, with its real provider and others."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openfeature import api
from openfeature.client import OpenFeatureClient
from openfeature.evaluation_context import EvaluationContext
from openfeature.hook import Hook
from openfeature.provider.in_memory_provider import InMemoryFlag, InMemoryProvider

from assembler.delivery.exposure_hook import ExposureHook
from assembler.delivery.provider import AssemblerProvider
from assembler.measure.exposures import ExposureRecorder, Exposures, pseudonym
from assembler.runtime.decision import Decision
from tests.delivery.test_provider import ATTRIBUTES, SAMPLE, SOMEBODY
from tests.runtime.sample import AT, PERSON

KEY = "0123456789abcdef0123456789abcdef"


class Recorded:
    """Keeps what is put on record."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.calls: list[tuple[Decision, object, datetime]] = []
        self._fault = fault

    def __call__(self, decision: Decision, person_id: object, at: datetime) -> bool:
        self.calls.append((decision, person_id, at))
        if self._fault is not None:
            raise self._fault
        return True


def client_of(*hooks: Hook, domain: str = "exposing") -> OpenFeatureClient:
    api.set_provider_and_wait(AssemblerProvider(SAMPLE), domain=domain)
    client = api.get_client(domain=domain)
    client.add_hooks([*hooks])
    return client


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    yield
    api.clear_providers()


@pytest.mark.parametrize("key", ["come_back.email", "come_back.email.offer", "come_back.email:parts"])
def test_a_flag_that_is_answered_is_put_on_record(key: str) -> None:
    recorded = Recorded()
    client = client_of(ExposureHook(recorded, clock=lambda: AT))
    if ":" in key:
        client.get_object_value(key, {}, SOMEBODY)
    else:
        client.get_string_value(key, "", SOMEBODY)
    decision = SAMPLE.decide("come_back", channel="email", context={**ATTRIBUTES, "id": PERSON["id"]}, at=AT)
    assert recorded.calls == [(decision, PERSON["id"], AT)]


def test_what_is_the_callers_own_default_is_not() -> None:
    recorded = Recorded()
    client = client_of(ExposureHook(recorded))
    assert client.get_string_value("come_back.emial", "mine", SOMEBODY) == "mine"
    assert client.get_boolean_value("come_back.email", True, SOMEBODY)

    class Failing(Hook):
        def after(self, *args: object, **kwargs: object) -> None:
            raise ZeroDivisionError

    client.add_hooks([Failing()])
    assert client.get_string_value("come_back.email", "mine", SOMEBODY) == "mine"
    assert recorded.calls == []


def test_flags_of_other_providers_are_not() -> None:
    recorded = Recorded()
    flag = InMemoryFlag(default_variant="on", variants={"on": "yes"}, flag_metadata={"arm": "treated"})
    api.set_provider_and_wait(InMemoryProvider({"come_back.email": flag}), domain="other")
    client = api.get_client(domain="other")
    client.add_hooks([ExposureHook(recorded)])
    assert client.get_string_value("come_back.email", "", SOMEBODY) == "yes"
    assert recorded.calls == []


def test_the_id_is_the_one_that_was_decided_by() -> None:
    """Also where a hook of somebody else names the person just before."""

    class Naming(Hook):
        def before(self, *args: object, **kwargs: object) -> EvaluationContext:
            return EvaluationContext(targeting_key="c-43")

    recorded = Recorded()
    client_of(ExposureHook(recorded), Naming()).get_string_value("come_back.email", "", None)
    assert [person_id for _, person_id, _ in recorded.calls] == ["c-43"]


def test_nobody_and_nonsense_are_nobody() -> None:
    recorded = Recorded()
    client = client_of(ExposureHook(recorded))
    client.get_string_value("come_back.email", "")
    attributes: Any = 7
    AssemblerProvider(SAMPLE).resolve_string_details("come_back.email", "", EvaluationContext("c-1", attributes))
    assert [(decision.arm, person_id) for decision, person_id, _ in recorded.calls] == [("unassigned", None)]


def test_a_fault_while_recording_does_not_change_the_value() -> None:
    recorded = Recorded(ZeroDivisionError())
    client = client_of(ExposureHook(recorded))
    assert client.get_string_value("come_back.email", "mine", SOMEBODY).startswith("come_back/email/")
    assert len(recorded.calls) == 1


def test_it_writes_lines_without_a_value_of_anybody(tmp_path: Path) -> None:
    client = client_of(ExposureHook(ExposureRecorder(Exposures(tmp_path), KEY)))
    maya = EvaluationContext("canary-id", {"first_name": "Canaryfield", "city": "canarysignal"})
    client.get_string_value("come_back.email", "", maya)
    (file,) = tmp_path.iterdir()
    text = file.read_text(encoding="utf-8")
    assert pseudonym("canary-id", KEY) in text
    assert "anary" not in text


def test_without_the_sdk_the_extra_is_named(tmp_path: Path) -> None:
    script = "import sys; sys.modules['openfeature'] = None\n"
    script += "try:\n    import assembler.delivery.exposure_hook\nexcept ImportError as error:\n    print(error)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60
    )
    told = "assembler.delivery.exposure_hook needs the OpenFeature SDK: pip install 'assembler[openfeature]'\n"
    assert done.stdout == told
