"""A camera; each test that needs one is skipped where there is no browser, and says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from assembler.authoring import Project
from assembler.review.pictures.camera import Camera
from assembler.review.pictures.chromium import NoBrowser


@pytest.fixture(scope="session")
def images(starter: Project) -> Mapping[str, bytes]:
    """The starter's images by their address."""
    images = starter.compiled.images
    return {images.base_url + name: data for name, data in images.delivered().items()}


@pytest.fixture(scope="session")
def camera(images: Mapping[str, bytes]) -> Iterator[Camera]:
    """A camera that has the starter's images."""
    try:
        camera = Camera(images).__enter__()
    except NoBrowser as error:
        pytest.skip(str(error))
    yield camera
    camera.__exit__()
