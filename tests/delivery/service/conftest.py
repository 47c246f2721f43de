"""One service for many cases, and the library that it serves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assembler import Library
from tests.cli.conftest import project, remembered, run  # noqa: F401  # fixtures
from tests.delivery.service.servers import Running, serving


@pytest.fixture(scope="session")
def library_file(starter_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter's library, as a file."""
    path = tmp_path_factory.mktemp("library") / "starter.library"
    starter_library.save(path)
    return path


@pytest.fixture(scope="session")
def service(library_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service without keys."""
    with serving(library_file, folder=tmp_path_factory.mktemp("service")) as running:
        yield running
