"""`assembler assemble`."""

from __future__ import annotations

import email
import email.policy
import json
from pathlib import Path

import pytest

from tests.authoring.builders import MOMENT, in_memory, project as files
from tests.cli.conftest import AS_OF, Run
from tests.cli.test_exit_codes import process


def test_one_part_is_printed_byte_for_byte(project: Path) -> None:
    variant = in_memory(files()).compile(MOMENT).assemble("back", channel="email", at=MOMENT)
    for part, data in variant.encoded.items():
        done = process("assemble", "back", "--channel", "email", "--part", part, "--as-of", AS_OF, cwd=project)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.encode() == data


def test_html_unless_another_part_is_named(run: Run) -> None:
    assert run("assemble", "back", "--channel", "page").stdout.startswith("<!DOCTYPE html>")


def test_the_first_part_where_there_is_no_html(run: Run, project: Path) -> None:
    for part in ("html", "preheader"):
        (project / "templates" / "email" / f"note.{part}.j2").unlink()
    assert "Good to see you" in run("assemble", "back", "--channel", "email").stdout


def test_json_holds_the_decision_and_every_part(run: Run) -> None:
    result = run("assemble", "back", "--channel", "email", "--format", "json")
    printed = json.loads(result.stdout)
    assert list(printed) == ["decision", "parts"]
    assert set(printed["parts"]) == {"subject", "preheader", "html", "text"}
    assert printed["decision"]["reason"] == "DEFAULT"
    assert run("assemble", "back", "--channel", "email", "--part", "all", "--format", "json").stdout == result.stdout


def test_json_of_one_part(run: Run) -> None:
    printed = json.loads(run("assemble", "back", "--channel", "email", "--part", "text", "--format", "json").stdout)
    assert set(printed["parts"]) == {"text"}


def test_all_parts_need_json(run: Run) -> None:
    result = run("assemble", "back", "--channel", "email", "--part", "all")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--format json" in result.stderr


def test_a_context_in_options(run: Run) -> None:
    options = ["--signal", "taste=sweet", "--field", "first_name=Maya", "--locale", "fr_CA", "--id", "x"]
    result = run("assemble", "back", "--channel", "email", *options, "--format", "json")
    decision = json.loads(result.stdout)["decision"]
    assert (decision["segment"], decision["locale"], decision["arm"]) == ("sweet_tooth", "fr-CA", "treated")
    assert "Maya" in json.loads(result.stdout)["parts"]["html"]


def test_a_value_that_was_not_used_is_spoken_of(run: Run) -> None:
    result = run("assemble", "back", "--channel", "email", "--signal", "taste=bitter", "--field", "first_name=null")
    assert result.exit_code == 0
    assert result.stderr == "signal taste: range\nfield first_name: kind\n"


@pytest.mark.parametrize("context", ["[1]", '"text"', "3", "true"])
def test_a_context_that_is_no_object_gives_the_default(context: str, run: Run) -> None:
    result = run("assemble", "back", "--channel", "page", "--context", "-", stdin=context)
    assert result.exit_code == 0
    assert result.stdout.startswith("<!DOCTYPE html>")
    assert result.stderr == "the default variant, by error: INVALID_CONTEXT\n"


def test_a_message_as_a_mail_server_takes_it(project: Path) -> None:
    options = ["--field", "unsubscribe_url=https://www.sample.example/u/7", "--as-of", AS_OF]
    done = process("assemble", "back", "--channel", "email", "--part", "eml", *options, cwd=project)
    message = email.message_from_string(done.stdout, policy=email.policy.default)
    assert message["From"] == "Sample & Sons <growth@sample.example>"
    assert message["List-Unsubscribe"] == "<https://www.sample.example/u/7>"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--to", "nobody"], "to holds no e-mail address"),
        (["--from", "a\nBcc: b@x.example <a@x.example>"], "sender holds control characters"),
        (["--unsubscribe", "http://x.example/"], "unsubscribe must be an https URL"),
        (["--format", "json"], "`--part eml` needs `--format text`"),
    ],
)
def test_a_message_that_cannot_be_made(run: Run, options: list[str], words: str) -> None:
    result = run("assemble", "back", "--channel", "email", "--part", "eml", *options)
    assert (result.exit_code, "Subject: " in result.stdout) == (2, False)
    assert words in " ".join(result.stderr.split())


def test_a_page_is_no_message(run: Run) -> None:
    result = run("assemble", "back", "--channel", "page", "--part", "eml")
    assert "no part 'eml'; there is html" in result.stderr
