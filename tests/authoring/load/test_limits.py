"""What a file, a text and a list may hold: each limit has a case on it and one past it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assembler.authoring.diagnostics import Findings, Place
from assembler.authoring.load.files import InMemory
from assembler.authoring.load.project_files import read_files
from assembler.authoring.load.strict_yaml import MAX_BYTES, MAX_DEPTH, MOST_NUMBER, Value, read_yaml
from assembler.authoring.load.validate import validated
from assembler.authoring.load.yaml_fault import YamlFault
from assembler.authoring.project.authored import MAX_TEXT, Authored
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.component import Tags
from assembler.authoring.project.project_limits import (
    MOST_CHANNELS,
    MOST_FACTS,
    MOST_LOCALES,
    MOST_NEEDS,
    MOST_PROVIDERS,
    MOST_SEGMENTS,
    MOST_SLOTS,
    MOST_STAGES,
)
from assembler.authoring.project.settings import Settings
from assembler.authoring.project.source import Source


def read(text: str) -> str | None:
    """What is wrong with a YAML text, if anything."""
    try:
        read_yaml("x.yaml", text)
    except YamlFault as fault:
        return fault.message
    return None


def test_bytes_of_a_yaml_text() -> None:
    fits = "a: " + "é" * ((MAX_BYTES - 4) // 2) + "x"
    assert (len(fits.encode()), read(fits)) == (MAX_BYTES, None)
    assert read(fits + "x") == "the file is larger than 256 kB"


def test_levels_of_a_yaml_text() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH) is None
    assert read("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == f"more than {MAX_DEPTH} levels deep"


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize(("past", "on"), [(MOST_NUMBER + 1, MOST_NUMBER), ("9007199254740994.0", "9007199254740992.0")])
def test_numbers(sign: str, past: object, on: object) -> None:
    assert read(f"a: {sign}{on}") is None
    assert read(f"a: {sign}{past}") == f"a number beyond {MOST_NUMBER:,}"


@pytest.mark.parametrize("path", ["campaigns/back.yaml", "components/title/here.md", "templates/page/x.html.j2"])
def test_bytes_of_a_file(path: str) -> None:
    findings = Findings()
    on, past = (read_files(InMemory({path: b"x" * count}), findings) for count in (MAX_BYTES, MAX_BYTES + 1))
    assert (set(on.texts), on.unread, set(past.texts), past.unread) == ({path}, set(), set(), {path})
    (finding,) = findings.of("R01")
    assert (finding.place, finding.message) == (Place(path), "the file is larger than 256 kB")


def test_an_asset_is_no_text_and_has_no_such_limit() -> None:
    files = read_files(InMemory({"assets/a/b.png": b"x" * (MAX_BYTES + 1)}), Findings())
    assert set(files.assets) == {"a/b.png"}


SETTINGS: Mapping[str, Value] = {"name": "sample", "locales": ("en",)}
CHANNEL: Mapping[str, Value] = {"envelope": "none"}
CAMPAIGN: Mapping[str, Value] = {"channels": {"email": "promo"}, "slots": {"title": {"type": "title"}}}


def some(count: int, value: Value) -> Value:
    return {f"k{index}": value for index in range(count)}


def audiences(count: int) -> Value:
    return tuple({"id": f"a{index}", "when": "x == 1"} for index in range(count))


def texts(count: int) -> Value:
    return tuple(f"t{index}" for index in range(count))


LIMITS: Mapping[str, tuple[type[Authored], Mapping[str, Value], str, int]] = {
    "locales": (Settings, SETTINGS, "locales", MOST_LOCALES),
    "channels": (Settings, SETTINGS, "channels", MOST_CHANNELS),
    "fields": (Settings, SETTINGS, "fields", MOST_FACTS),
    "providers": (Settings, SETTINGS, "providers", MOST_PROVIDERS),
    "signals": (Settings, SETTINGS, "signals", MOST_FACTS),
    "segments": (Settings, SETTINGS, "segments", MOST_SEGMENTS),
    "stages": (Settings, SETTINGS, "stages", MOST_STAGES),
    "channels of a campaign": (AuthoredCampaign, CAMPAIGN, "channels", MOST_CHANNELS),
    "slots": (AuthoredCampaign, CAMPAIGN, "slots", MOST_SLOTS),
    "needs": (Tags, {"campaigns": "all"}, "needs", MOST_NEEDS),
    "requires": (Tags, {"campaigns": "all"}, "requires", MOST_SLOTS),
}
MANY = {
    "locales": texts,
    "channels": lambda count: some(count, dict(CHANNEL)),
    "fields": lambda count: some(count, {"kind": "text"}),
    "providers": lambda count: some(count, {"kind": "braze"}),
    "signals": lambda count: some(count, {"kind": "boolean"}),
    "segments": audiences,
    "stages": audiences,
    "channels of a campaign": lambda count: some(count, "promo"),
    "slots": lambda count: some(count, {"type": "title"}),
    "needs": texts,
    "requires": texts,
}


def messages(model: type[Authored], value: Mapping[str, Value]) -> list[str]:
    findings = Findings()
    validated(model, dict(value), Source("x.yaml", ""), findings)
    return [finding.message for finding in findings.of("R02")]


@pytest.mark.parametrize("limited", LIMITS)
def test_how_many_of_a_kind(limited: str) -> None:
    model, base, key, most = LIMITS[limited]
    assert messages(model, {**base, key: MANY[limited](most)}) == []
    assert messages(model, {**base, key: MANY[limited](most + 1)}) == [f"{most + 1:,} of them; at most {most:,}"]


def test_characters_of_a_text() -> None:
    assert messages(AuthoredCampaign, {**CAMPAIGN, "objective": "x" * MAX_TEXT}) == []
    assert messages(AuthoredCampaign, {**CAMPAIGN, "objective": "x" * (MAX_TEXT + 1)}) == [
        f"a text of {MAX_TEXT + 1:,} characters; at most {MAX_TEXT:,} are allowed"
    ]
