"""What `Project.compile` hands out is in order, however far a project goes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from assembler.authoring import Project
from assembler.errors import ProjectError
from assembler.library.format import decode, encode
from tests.authoring.check.cases import Edit, edited
from tests.authoring.check.test_never_raises import broken
from tests.authoring.sample import MOMENT

SETTINGS = "assembler.yaml"
SWEET = "components/title/sweet.md"
AWAY = "months_away >= 6"
DAYS = ("valid_from: 0001-01-01", "valid_until: 9999-12-30", "valid_until: 9999-12-31")
ZONES = ("Pacific/Kiritimati", "Etc/GMT+12", "UTC")
DEEP = f"({AWAY} and " * 49 + AWAY + f" or {AWAY})" * 49
AT_ITS_LIMITS: dict[str, dict[str, Edit]] = {
    **{
        f"{day} in {zone}": {
            SETTINGS: [("Europe/London", zone), ("2027-06-30", "9999-12-30")],
            SWEET: ("campaigns: [back]", f"campaigns: [back]\n{day}"),
        }
        for day in DAYS
        for zone in ZONES
    },
    "the deepest rule": {
        SETTINGS: (f"when: {AWAY}", f"when: {DEEP}"),
    },
    "the largest numbers": {
        SETTINGS: [("[0, 600]", f"[-{2**53}, {2**53}]"), (f"when: {AWAY}", f"when: months_away >= {2**53 - 1}")],
    },
    "the longest value": {SETTINGS: ("max_length: 20", "max_length: 100000")},
    "the shortest value": {SETTINGS: ("max_length: 20", "max_length: 1")},
    "the oldest observation": {SETTINGS: ("max_age: 35d", "max_age: 999999w")},
    "everybody held out": {SETTINGS: ("share: 5%", "share: 100%")},
    "nobody held out": {SETTINGS: ("share: 5%", "share: 0%")},
    "a channel that no campaign has": {
        SETTINGS: ("  page: {envelope: web}", "  page: {envelope: web}\n  sms: {envelope: none}"),
        SWEET: ("campaigns: [back]", "campaigns: [back]\nchannels: [sms, email]"),
    },
    "empty tags": {SWEET: ("campaigns: [back]", "campaigns: [back]\nneeds: []\nrequires: []\nexcludes: []")},
    "any host": {SETTINGS: ("policy: {link_hosts: [www.sample.example]}", "")},
    "a host with a port, in capitals": {SETTINGS: ("[www.sample.example]", "[www.sample.example, 'X.example:8443']")},
}  # fmt: skip


def _opened(files: dict[str, str | bytes]) -> bool:
    """Whether a project could be compiled: then its library can be opened."""
    try:
        library = Project.from_files(files).compile(MOMENT)
    except ProjectError:
        return False
    assert decode(encode(library.content, library.texts)).content == library.content
    return True


@pytest.mark.parametrize("edits", AT_ITS_LIMITS.values(), ids=AT_ITS_LIMITS)
def test_a_project_at_its_limits_makes_a_library_that_opens(edits: dict[str, Edit]) -> None:
    assert _opened(edited(edits))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(broken())
def test_whatever_compiles_opens(files: dict[str, str | bytes]) -> None:
    _opened(files)
