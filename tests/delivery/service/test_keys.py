"""Who may ask for what, and files of keys that are not in order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from assembler.delivery.service.keys import Keys, KeysFileError
from tests.delivery.service.servers import ASKED, Running, serving, until

ALL = "decide,explain,metrics"
NOW = {name: value for name, value in ASKED.items() if name != "at"}


def key_file(folder: Path, **scopes: str) -> dict[str, str]:
    """Write a file of keys, and return each key by its name."""
    keys = {name: f"secret-{name}" for name in scopes}
    digests = {name: hashlib.sha256(key.encode()).hexdigest() for name, key in keys.items()}
    file = folder / "keys"
    lines = ["# who may ask", "", *(f"{name}\t{scopes[name]} {digests[name]}  # a key" for name in scopes)]
    file.write_text("\n".join(lines) + "\n")
    file.chmod(0o600)
    return keys


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("keys")
    return folder, key_file(folder, shop="decide", debug="decide,explain", prometheus="metrics", why="explain")


@pytest.fixture(scope="module")
def guarded(library_file: Path, keys: tuple[Path, dict[str, str]]) -> Iterator[Running]:
    folder, _ = keys
    with serving(library_file, "--keys", str(folder / "keys"), folder=folder) as running:
        yield running


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/v1/assemble", {"shop", "debug"}),
        ("POST", "/v1/assemble/html", {"shop", "debug"}),
        ("POST", "/v1/decide", {"shop", "debug"}),
        ("POST", "/v1/explain", {"debug", "why"}),
        ("GET", "/v1/variants/come_back/email/en/html", {"shop", "debug"}),
        ("POST", "/ofrep/v1/evaluate/flags", {"shop", "debug"}),
        ("POST", "/ofrep/v1/evaluate/flags/come_back.email", {"shop", "debug"}),
        ("GET", "/metrics", {"prometheus"}),
        ("GET", "/openapi.json", {"shop", "debug", "prometheus", "why"}),
    ],
)
def test_a_key_allows_what_its_scopes_say(
    method: str, path: str, allowed: set[str], guarded: Running, keys: tuple[Path, dict[str, str]]
) -> None:
    body = {} if "ofrep" in path else NOW
    for name, key in keys[1].items():
        for headers in ({"Authorization": f"Bearer {key}"}, {"Authorization": f"bearer  {key}"}, {"X-API-Key": key}):
            reply = guarded.ask(method, path, body if method == "POST" else None, headers)
            assert reply.status == (200 if name in allowed else 403), name
            if reply.status == 403:
                assert reply.error[1] == "FORBIDDEN"
    for wrong in ({}, {"Authorization": "Basic secret-shop"}, {"Authorization": "Bearer x"}, {"X-API-Key": ""}):
        reply = guarded.ask(method, path, body if method == "POST" else None, wrong)
        assert reply.error == (401, "UNAUTHORIZED", [])
        assert reply.headers["www-authenticate"] == 'Bearer realm="assembler"'


def test_another_moment_is_for_those_who_may_explain(guarded: Running, keys: tuple[Path, dict[str, str]]) -> None:
    for path in ("/v1/decide", "/v1/assemble", "/v1/assemble/html"):
        assert guarded.post(path, ASKED, {"X-API-Key": keys[1]["shop"]}).error == (403, "FORBIDDEN", ["explain"])
        assert guarded.post(path, ASKED, {"X-API-Key": keys[1]["debug"]}).status == 200


def test_probes_need_no_key(guarded: Running) -> None:
    assert guarded.get("/livez").status == guarded.get("/readyz").status == 200


def test_keys_are_taken_anew_and_broken_ones_are_not(library_file: Path, tmp_path: Path) -> None:
    old = key_file(tmp_path, shop="decide")["shop"]
    with serving(library_file, "--keys", str(tmp_path / "keys"), "--watch", "100ms", folder=tmp_path) as running:
        new = key_file(tmp_path, other="decide", more="metrics")["other"]
        until(lambda: running.post("/v1/decide", NOW, {"X-API-Key": new}).status == 200)
        assert running.post("/v1/decide", NOW, {"X-API-Key": old}).status == 401
        (tmp_path / "keys").write_text("nonsense\n")
        until(lambda: running.get("/readyz").json["status"] == "stale")
        assert running.post("/v1/decide", NOW, {"X-API-Key": new}).status == 200
        assert "nonsense" not in running.said.read_text()


DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", [(None, "it holds no key")]),
        ("# none\n\n", [(None, "it holds no key")]),
        (f"shop {DIGEST}\n", [(1, "a line is")]),
        (f"shop decide, explain {DIGEST}\n", [(1, "a line is")]),
        (f"sh/op decide {DIGEST}\n", [(1, "a name has")]),
        (f"shop deside {DIGEST}\n", [(1, "scope 1 is unknown; did you mean decide?")]),
        (f"shop decide,root {DIGEST}\n", [(1, "scope 2 is unknown; there is decide, explain, metrics")]),
        (f"shop decide {DIGEST[:-1]}\n", [(1, "a key is its SHA-256")]),
        (f"shop decide {DIGEST.upper()}\n", [(1, "a key is its SHA-256")]),
        (f"a decide {DIGEST}\na decide {DIGEST[::-1]}\n", [(2, "an earlier line has this name")]),
        (f"a decide {DIGEST}\nb decide {DIGEST}\n", [(2, "an earlier line has this key")]),
        ("x\n\nsh/op all short\n", [(1, "a line is"), (3, "a name has"), (3, "scope 1"), (3, "a key is")]),
    ],
)
def test_a_file_of_keys_tells_every_problem_and_repeats_nothing(
    text: str, problems: list[tuple[int | None, str]], tmp_path: Path
) -> None:
    file = tmp_path / "keys"
    file.write_text(text)
    file.chmod(0o600)
    with pytest.raises(KeysFileError) as raised:
        Keys.open(file)
    assert [number for number, _ in raised.value.problems] == [number for number, _ in problems]
    for (_, said), (_, expected) in zip(raised.value.problems, problems, strict=True):
        assert said.startswith(expected)
    assert DIGEST[:8] not in str(raised.value)


@pytest.mark.parametrize(
    ("mode", "good"), [(0o600, True), (0o400, True), (0o640, True), (0o644, False), (0o620, False)]
)
def test_a_file_of_keys_is_not_for_others(mode: int, good: bool, tmp_path: Path) -> None:
    key_file(tmp_path, shop="decide")
    (tmp_path / "keys").chmod(mode)
    if good:
        Keys.open(tmp_path / "keys")
        return
    with pytest.raises(KeysFileError, match=rf"keys: others may .* \(mode {mode:o}\); run `chmod 600` on it"):
        Keys.open(tmp_path / "keys")


def test_a_file_of_keys_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(KeysFileError, match="cannot be read: No such file"):
        Keys.open(tmp_path / "nowhere")
    with pytest.raises(KeysFileError, match=r"cannot be read: Is a directory"):
        Keys.open(tmp_path)
    large = tmp_path / "large"
    for size, problem in ((1_000_000, "it holds no key"), (1_000_001, "larger than 1,000,000 bytes")):
        large.write_bytes(b"\n" * size)
        large.chmod(0o600)
        with pytest.raises(KeysFileError, match=problem):
            Keys.open(large)
