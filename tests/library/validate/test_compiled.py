"""What `Project.compile` hands out is in order, however far a project goes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from assembler.errors import ProjectError
from assembler.library.format import decode, encode
from tests.authoring.builders import MOMENT, Files, component, in_memory, project, settings as authored
from tests.authoring.check.test_never_raises import broken
from tests.examples import examples

AWAY = "months_away >= 6"
DAYS = (("valid_from", "0001-01-01"), ("valid_until", "9999-12-30"), ("valid_until", "9999-12-31"))
ZONES = ("Pacific/Kiritimati", "Etc/GMT+12", "UTC")
DEEP = f"({AWAY} and " * 49 + AWAY + f" or {AWAY})" * 49
AT_ITS_LIMITS: dict[str, Files] = {
    **{
        f"{key}: {day} in {zone}": authored(timezone=zone, holdout={"until": "9999-12-30"})
        | component("title/sweet", **{key: day})
        for key, day in DAYS
        for zone in ZONES
    },
    "the deepest rule": authored(stages={"away": {"when": DEEP}}),
    "the largest numbers": authored(
        signals={"months_away": {"range": ["-9007199254740992", "9007199254740992"]}},
        stages={"away": {"when": "months_away >= 9007199254740991"}},
    ),
    "the longest value": authored(fields={"first_name": {"max_length": "100000"}}),
    "the shortest value": authored(fields={"first_name": {"max_length": "1"}}),
    "the oldest observation": authored(signals={"months_away": {"max_age": "999999w"}}),
    "everybody held out": authored(holdout={"share": "100%"}),
    "nobody held out": authored(holdout={"share": "0%"}),
    "a channel that no campaign has": authored(channels={"sms": {"envelope": "none"}})
    | component("title/sweet", channels=["sms", "email"]),
    "empty tags": component("title/sweet", needs=[], requires=[], excludes=[]),
    "any host": authored(policy={"link_hosts": None}),
    "a host with a port, in capitals": authored(policy={"link_hosts": "[www.sample.example, 'X.example:8443']"}),
}


def _opened(files: dict[str, str | bytes]) -> bool:
    """Whether a project could be compiled: then its library can be opened."""
    try:
        library = in_memory(files).compile(MOMENT)
    except ProjectError:
        return False
    assert decode(encode(library.content, library.texts)).content == library.content
    return True


@pytest.mark.parametrize("parts", AT_ITS_LIMITS.values(), ids=AT_ITS_LIMITS)
def test_a_project_at_its_limits_makes_a_library_that_opens(parts: Files) -> None:
    assert _opened(project(parts))


@settings(max_examples=examples(30), deadline=None, suppress_health_check=list(HealthCheck))
@given(broken())
def test_whatever_compiles_opens(files: dict[str, str | bytes]) -> None:
    _opened(files)
