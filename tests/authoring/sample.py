"""The clean project, for tests that take it as it is."""

from __future__ import annotations

from tests.authoring.builders import MOMENT, image, project as files

__all__ = ["MOMENT", "files", "image"]
