"""The Nu checker and html-validate, on the default of every campaign, channel and locale."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from assembler import Library
from tests.browser.conftest import node_module, program
from tests.browser.documents import defaults, distinct

HERE = Path(__file__).parent

pytestmark = pytest.mark.slow

ALLOWED_IN_MAILS = {
    r"The “(border|width|cellpadding|cellspacing)” attribute on the “table” element": "E03: Outlook needs them",
    r"The “bgcolor” attribute on the “td” element is obsolete": "E09: the button's ground where styles are dropped",
    r"CSS: “mso-padding-alt”: Property “mso-padding-alt” doesn't exist": "Outlook for Windows pads cells and not links",
    r'Attribute "(width|cellpadding|cellspacing)" is deprecated on <table> element': "E03, as above",
    r'Attribute "bgcolor" is deprecated on <td> element': "E09, as above",
}
"""What a checker of web pages may say of an e-mail, and why it is so. Of pages it may say nothing."""


def written(library: Library, channel: str, folder: Path) -> list[Path]:
    """The distinct defaults of a channel as files."""
    paths = []
    for index, document in enumerate(
        distinct(document for document in defaults(library) if document.channel == channel)
    ):
        path = folder / f"{index}-{re.sub(r'[^a-z]+', '-', document.name)}.html"
        path.write_text(document.html, encoding="utf-8")
        paths.append(path)
    return paths


def nu(files: list[Path]) -> list[str]:
    """What the Nu checker says: errors, warnings and everything else."""
    jar = node_module("vnu-jar/build/dist/vnu.jar")
    command = [program("java"), "-Xss1m", "-jar", str(jar), "--format", "json", "--exit-zero-always", *map(str, files)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    return [f"{Path(message['url']).stem}: {message['message']}" for message in json.loads(done.stderr)["messages"]]


def html_validate(files: list[Path], channel: str) -> list[str]:
    """What html-validate says by its recommended rules, less those that the channel's configuration puts aside."""
    script = node_module("html-validate/bin/html-validate.mjs")
    config = HERE / f"{'mail' if channel == 'email' else 'page'}.htmlvalidate.json"
    report = files[0].with_suffix(".json")
    command = [program("node"), str(script), "--config", str(config), "--formatter", f"json={report}", *map(str, files)]
    subprocess.run(command, check=False, capture_output=True, timeout=120)
    results = json.loads(report.read_text(encoding="utf-8"))
    return [
        f"{Path(result['filePath']).stem}: {message['message']}" for result in results for message in result["messages"]
    ]


def unexplained(channel: str, messages: list[str]) -> list[str]:
    """The messages for which there is no reason."""
    allowed = ALLOWED_IN_MAILS if channel == "email" else {}
    return [message for message in messages if not any(re.search(pattern, message) for pattern in allowed)]


@pytest.mark.parametrize("channel", ["email", "page"])
def test_the_nu_checker_finds_nothing_unexplained(starter_library: Library, channel: str, tmp_path: Path) -> None:
    files = written(starter_library, channel, tmp_path)
    assert len(files) >= 4
    assert unexplained(channel, nu(files)) == []


@pytest.mark.parametrize("channel", ["email", "page"])
def test_html_validate_finds_nothing_unexplained(starter_library: Library, channel: str, tmp_path: Path) -> None:
    assert unexplained(channel, html_validate(written(starter_library, channel, tmp_path), channel)) == []


def test_planted_faults_are_seen(starter_library: Library, tmp_path: Path) -> None:
    html = starter_library.default("come_back", channel="page", locale="en").html or ""
    path = tmp_path / "planted.html"
    path.write_text(html.replace("<main ", "<p><div></div></p><main role=main "), encoding="utf-8")
    assert any("No “p” element in scope" in message for message in nu([path]))
    assert html_validate([path], "page")


def test_the_list_of_reasons_has_no_idle_entry(starter_library: Library, tmp_path: Path) -> None:
    files = written(starter_library, "email", tmp_path)
    messages = nu(files) + html_validate(files, "email")
    assert [
        pattern for pattern in ALLOWED_IN_MAILS if not any(re.search(pattern, message) for message in messages)
    ] == []
