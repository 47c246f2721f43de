"""What TAB completes: asked by click's protocol, and typed in real shells."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import given, strategies as st
from syrupy.assertion import SnapshotAssertion

from assembler.authoring.check.rules import RULES
from assembler.cli.commands import assembler
from assembler.cli.every_rule import every_rule
from assembler.cli.project_names import project_names, rule_codes, signal_values
from tests.cli.conftest import Run
from tests.conftest import ROOT

Ask = Callable[[str], list[str]]

BREAKS = " \t\n\"'><=;|&(:"
CODES = [rule.code for rule in RULES]
KINDS = "campaign channel component field locale owner purpose segment signal stage type".split()


@pytest.fixture
def ask(project: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Asks, in the sample project, what bash would put behind the last break of a line that is not finished."""
    monkeypatch.chdir(project)

    def ask(line: str) -> list[str]:
        env = {"_ASSEMBLER_COMPLETE": "bash_complete", "COMP_LINE": line, "COMP_WORDBREAKS": BREAKS}
        result = CliRunner().invoke(assembler, env=env)
        assert (result.exit_code, result.stderr) == (0, "")
        return [answer.partition(",")[2] or answer for answer in result.stdout.splitlines() if answer]

    return ask


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("assembler wh", ["why"]),
        ("assembler why --chan", ["--channel"]),
        ("assembler why ", ["back", "start"]),
        ("assembler why back --channel ", ["email", "page"]),
        ("assembler why back --channel=e", ["email"]),
        ("assembler why back --locale ", ["en", "fr", "fr-CA"]),
        ("assembler why back --consent ", ["marketing"]),
        ("assembler why back --segment ", ["sweet_tooth", "salty_tooth", "none"]),
        ("assembler why back --stage a", ["away"]),
        ("assembler why back --signal months", ["months_away="]),
        ("assembler why back --signal=months", ["months_away="]),
        ("assembler why back --signal taste=sw", ["sweet"]),
        ("assembler why back --signal=taste=sw", ["sweet"]),
        ("assembler why back --field fir", ["first_name="]),
        ("assembler why back --context ", ["file,"]),
        ("assembler why --project /nowhere ", []),
        ("assembler assemble back --part s", ["subject"]),
        ("assembler build --select s", ["segment:", "stage:"]),
        ("assembler build --select segment:", ["sweet_tooth", "salty_tooth", "none"]),
        ("assembler build --select locale:n", []),
        ("assembler build --select nothing:", []),
        ("assembler build --select channel:email,seg", ["email,segment:"]),
        ("assembler build --sample ", ["pairs"]),
        ("assembler gallery --campaign b", ["back"]),
        ("assembler check --format g", ["github"]),
        ("assembler due --owner c", ["crm@sample.example"]),
        ("assembler ls s", ["segments", "signals"]),
        ("assembler rule T0", [code for code in CODES if code[:2] == "T0"]),
        ("assembler check --select C01,E0", [f"C01,{code}" for code in CODES if code[:2] == "E0"]),
        ("assembler check --format s", ["sarif"]),
        ("assembler schema s", ["settings", "strings"]),
        ("assembler review re", ["record"]),
        ("assembler review record w", ["withdraw"]),
        ("assembler completion ", ["bash", "zsh", "fish"]),
        ("assembler new component ti", ["title/"]),
        ("assembler new component title/x --campaign s", ["start"]),
        ("assembler new campaign other --like b", ["back"]),
        ("assembler new signal other --consent ", ["marketing", "none"]),
        ("assembler 'why", ["why"]),
    ],
)
def test_what_is_offered(ask: Ask, line: str, expected: list[str]) -> None:
    assert ask(line) == expected


FREE = {
    *"ADDRESS AGE DATE HEX HOST HOST:PORT ID KEY LIST N NAME PERCENT PORT ROLE RULE SIZE SLOT SPAN TEXT TIME".split(),
    *("PART,...", "URL", "WHAT,...", "WORD"),
}
"""What an option or argument takes that nobody but its writer knows."""


def parameters(command: click.Command) -> Iterator[click.Parameter]:
    yield from command.params
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from parameters(below)


def test_whatever_has_a_name_is_completed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    context = click.Context(assembler)
    silent = {
        parameter.make_metavar(context).strip("[]")
        for parameter in parameters(assembler)
        if not (isinstance(parameter, click.Option) and parameter.is_flag) and not parameter.shell_complete(context, "")
    }
    assert silent <= FREE


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_the_script(name: str, run: Run, words: SnapshotAssertion) -> None:
    result = run("completion", name)
    assert result.exit_code == 0
    assert result.stdout == words


def test_a_shell_that_is_not_known_gets_a_hint_or_nothing(run: Run) -> None:
    result = run("completion", "fsh")
    assert result.exit_code == 2
    assert "did you mean fish?" in result.stderr
    asked = CliRunner().invoke(assembler, env={"_ASSEMBLER_COMPLETE": "tcsh_complete"})
    assert (asked.exit_code, asked.output) == (0, "")


BROKEN = {
    "cut off": (b"locales: [en, fr]\nchannels:\n  email: {envelope: email}\n  page: {envelo", ["email", "page"]),
    "unclosed": (b'channels:\n  email: {}\nname: "never closed\n', ["email"]),
    "of another shape": (b"channels: [email, {page: 1}]\n", ["email", "page"]),
    "a text": (b"channels\n", []),
    "empty": (b"", []),
    "no text": (b"\xff\xfe\x00channels:\n", []),
    "deep": (b"channels: " + b"[" * 5000, []),
    "too large": (b"channels: {email: 1}\n" + b"#" * 300_000, []),
    "hostile": (b'channels: {"$(touch x)": 1, "a b": 1, "a\\nplain,b": 1, "`x`": 1, "*": 1, ok: 1}\n', ["ok"]),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_project_offers_what_can_be_read_and_says_nothing(ask: Ask, project: Path, fault: str) -> None:
    data, expected = BROKEN[fault]
    (project / "assembler.yaml").write_bytes(data)
    assert ask("assembler why back --channel ") == expected
    assert not (project / "x").exists()


def test_a_folder_or_a_pipe_in_the_place_of_a_file_offers_nothing(ask: Ask, project: Path) -> None:
    (project / "assembler.yaml").unlink()
    os.mkfifo(project / "assembler.yaml")
    shutil.rmtree(project / "campaigns")
    (project / "campaigns").write_text("a file")
    assert ask(f"assembler why --project {project} --channel ") == []
    assert ask(f"assembler why --project {project} c") == []


def test_a_folder_that_is_gone_or_closed_offers_what_needs_no_project(
    ask: Ask, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_file", closed)
    assert (ask("assembler check --format g"), ask("assembler why --channel ")) == (["github"], [])
    shutil.rmtree(project)
    assert (ask("assembler check --format g"), ask("assembler why --channel ")) == (["github"], [])


def test_the_components_and_types_of_a_project(project: Path) -> None:
    assert "title/sweet_away" in project_names(project, "component")
    assert not any("." in name or "_type" in name for name in project_names(project, "component"))
    assert "title" in project_names(project, "type")
    assert signal_values(project, "months_away") == []


def test_the_codes_are_those_of_the_rules() -> None:
    assert rule_codes(("check",)) == CODES
    assert rule_codes(("check", "export")) == list(every_rule())


@given(st.text() | st.text(alphabet=":-[]{}, \n#'\"&*!|>%a1"))
def test_any_text_can_be_settings(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "assembler.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
        offers = [offer for kind in KINDS for offer in project_names(Path(folder), kind)]
    assert not any(set(offer) & set("\n\t $`'\"*?;|&<>(){}[]\\,:=") for offer in offers)


@pytest.fixture
def shell_environment(tmp_path: Path, project: Path) -> dict[str, str]:
    """What a shell needs to find `assembler`, and nothing of whoever runs this."""
    program = tmp_path / "bin" / "assembler"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m assembler "$@"\n')
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "TERM": "dumb", "LC_ALL": "C.UTF-8"}


TYPED = {
    "assembler wh\t": "assembler why",
    "assembler why ba\t--chan\tem\t": "assembler why back --channel email",
    "assembler why ba\t--channel=em\t": "assembler why back --channel=email",
    "assembler why ba\t--signal ta\tsw\t": "assembler why back --signal taste=sweet",
    "assembler build --select seg\tsalty\t": "assembler build --select segment:salty_tooth",
    "assembler build --select channel:email,seg\tsalty\t": "assembler build --select channel:email,segment:salty_tooth",
    "assembler why back --context revi\t": "assembler why back --context reviewed.json",
    "assembler schema --hel\t": "assembler schema --help",
    "assembler review --against revi\t": "assembler review --against reviewed.json",
}


def typed(command: list[str], keys: str, environment: dict[str, str], folder: Path) -> str:
    """Type keys into a shell at a terminal, and return what it prints until it ends; a minute at most."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execvpe(command[0], command, environment)
    os.write(terminal, keys.encode())
    said, until = b"", time.monotonic() + 60
    try:
        while select.select([terminal], [], [], max(until - time.monotonic(), 0))[0]:
            said += os.read(terminal, 65536)
    except OSError:  # the shell has gone
        pass
    finally:
        os.close(terminal)
        os.waitpid(child, 0)
    return said.decode(errors="replace")


SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], 'eval "$(assembler completion bash)"'),
    "zsh": (["zsh", "-f", "-i"], 'autoload -Uz compinit && compinit -D; eval "$(assembler completion zsh)"'),
}


@pytest.mark.parametrize("name", SHELLS)
def test_typed_in_a_shell(name: str, shell_environment: dict[str, str], project: Path) -> None:
    command, setup = SHELLS[name]
    if shutil.which(name) is None:
        pytest.skip(f"no {name} is installed")
    (project / "reviewed.json").write_text("{}")
    to_the_front = "\x01echo 'typed:' \n"
    keys = setup + "\n" + "".join(keys + to_the_front for keys in TYPED) + "exit\n"
    said = typed(command, keys, shell_environment, project)
    printed = [line.strip() for line in said.splitlines() if line.startswith("typed: ")]
    assert printed == [f"typed: {line}" for line in TYPED.values()]


def offered_by_fish(line: str, environment: dict[str, str], folder: Path) -> Iterator[str]:
    script = f"assembler completion fish | source; complete -C '{line}'"
    done = subprocess.run(
        ["fish", "--no-config", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == ""
    yield from (offer.split("\t")[0] for offer in done.stdout.splitlines())


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish is installed")
@pytest.mark.parametrize("keys", TYPED)
def test_offered_by_fish(keys: str, shell_environment: dict[str, str], project: Path) -> None:
    (project / "reviewed.json").write_text("{}")
    words = TYPED[keys].rsplit(" ", 1)[1]
    start = f"{TYPED[keys].rsplit(' ', 1)[0]} {words[:-2]}"
    assert words in list(offered_by_fish(start, shell_environment, project))
