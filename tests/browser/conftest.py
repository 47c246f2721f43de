"""The tools of node and java, and a page to look at; a test that needs one that is missing is skipped, and says so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assembler.authoring import Project
from tests.browser.viewer import Viewer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MODULES = Path(__file__).parent / "node_modules"


def node_module(path: str) -> Path:
    """A file of an npm package; the test is skipped where it is missing."""
    module = MODULES / path
    if not module.exists():
        pytest.skip(f"tests/browser/node_modules/{path} is missing: run `npm ci` in tests/browser")
    return module


def program(name: str) -> str:
    """The path of a program; the test is skipped where it is missing."""
    executable = shutil.which(name)
    if executable is None:
        pytest.skip(f"{name} is not installed")
    return executable


@pytest.fixture(scope="session")
def viewer(browser: Browser, starter: Project) -> Iterator[Viewer]:
    """A page that shows documents with the starter's images."""
    images = starter.compiled.images
    with Viewer.opened(browser, images.delivered(), images.base_url) as viewer:
        yield viewer
