"""What keeps a service from starting: an exit code, and a line that says what to do."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from assembler.delivery.service.settings import ServiceSettings
from tests.cli.conftest import Run
from tests.cli.test_exit_codes import process
from tests.delivery.service.servers import serving
from tests.delivery.service.test_keys import key_file


def test_a_port_that_is_taken(library_file: Path, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        for workers in ("1", "2"):
            done = process("serve", str(library_file), "--port", port, "--workers", workers, cwd=tmp_path)
            assert (done.returncode, done.stdout) == (2, "")
            said = " ".join(done.stderr.split())
            assert said == (
                f"Error: 127.0.0.1, port {port}: Address already in use; name another with --host or --port"
            )


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid", "a..b"])
def test_an_address_that_is_none_of_this_machine(host: str, library_file: Path, tmp_path: Path) -> None:
    key_file(tmp_path, shop="decide")
    done = process("serve", str(library_file), "--host", host, "--port", "0", "--keys", "keys", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Error: {host}, port 0: ")


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("how", ["missing", "none", "cut"])
def test_a_library_that_cannot_be_read(how: str, workers: str, library_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.library"
    if how != "missing":
        path.write_bytes(b"nonsense" if how == "none" else library_file.read_bytes()[:-1])
    done = process("serve", path.name, "--port", "0", "--workers", workers, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: mine.library: ")
    assert "`assembler build`" in " ".join(done.stderr.split())


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_others_may_not_ask_without_keys(host: str, run: Run, library_file: Path) -> None:
    result = run("serve", str(library_file), "--host", host)
    assert result.exit_code == 2
    assert f"--host {host} is reached from other machines: say with --keys FILE who may ask" in " ".join(
        result.stderr.split()
    )


@pytest.mark.parametrize(
    ("host", "local"), [("localhost", True), ("127.0.0.2", True), ("::1", True), ("::", False), ("", False)]
)
def test_which_addresses_are_of_this_machine_alone(host: str, local: bool, library_file: Path) -> None:
    assert ServiceSettings(library=library_file, host=host).is_local is local


def test_a_name_of_this_machine_will_do(library_file: Path, tmp_path: Path) -> None:
    with serving(library_file, "--host", "localhost", folder=tmp_path) as running:
        assert running.get("/livez").status == 200


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--max-body", "64 parsecs"], "is no size, such as 64kB"),
        (["--max-body", "0"], "is no size"),
        (["--max-body", "-5"], "is no size"),
        (["--watch", "sometimes"], "is no time, such as 5s, 500ms or 1m, or `off`"),
        (["--watch", "1ms"], "is too short; the least is 100ms"),
        (["--drain", "off"], "is no time, such as 5s, 500ms or 1m"),
        (["--header-timeout", "0s"], "is too short"),
        (["--port", "65536"], "65536 is not in the range"),
        (["--workers", "0"], "0 is not in the range"),
        (["--max-connections", "0"], "0 is not in the range"),
        (["--wathc", "1s"], "--watch"),
    ],
    ids=" ".join,
)
def test_an_option_that_cannot_be_read(options: list[str], said: str, run: Run, library_file: Path) -> None:
    result = run("serve", str(library_file), *options)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_every_problem_of_the_keys_is_told(run: Run, library_file: Path, words: SnapshotAssertion) -> None:
    keys = Path("keys")  # in the folder where the command runs
    keys.write_text(f"shop deside {'0' * 64}\nno\nshop2 decide,root abc\n")
    keys.chmod(0o600)
    result = run("serve", str(library_file), "--keys", "keys")
    assert result.exit_code == 2
    assert result.stderr == words


def test_without_the_extra_a_line_names_it(library_file: Path, tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "class Absent:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in ('uvicorn', 'httptools', 'uvloop'):\n"
        "            raise ModuleNotFoundError(name=name)\n"
        "sys.meta_path.insert(0, Absent())\n"
        "from assembler.cli import main\n"
        f"main(['serve', {str(library_file)!r}])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert " ".join(done.stderr.split()) == (
        "Error: `assembler serve` needs the extra `serve`: pip install 'assembler[serve]'"
    )


def test_help_and_refusals_load_no_server(library_file: Path) -> None:
    for arguments in (["serve", "--help"], ["serve", str(library_file), "--host", "0.0.0.0"]):
        script = (
            "import sys\n"
            "from assembler.cli import main\n"
            "try:\n"
            f"    main({arguments!r})\n"
            "finally:\n"
            "    heavy = {'uvicorn', 'httptools', 'uvloop', 'asyncio', 'assembler.runtime.library'}\n"
            "    assert not heavy & sys.modules.keys()\n"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)
        assert "AssertionError" not in done.stderr, done.stderr
