"""Variants to look at: the default and some cells of each campaign and channel, with images from the build folder."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["write_previews"]

_CELLS = 3


def write_previews(build: Path, folder: Path, *, locale: str, base_url: str) -> list[Path]:
    """Write html files that show a build's variants in one locale, and return their paths.

    Images are read from the build's `assets` instead of `base_url`.
    """
    manifest = json.loads((build / "manifest.json").read_text(encoding="utf-8"))
    images = Path(os.path.relpath(build / "assets", folder)).as_posix() + "/"
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, variant in _picked([each for each in manifest["variants"] if each["locale"] == locale]):
        html = (build / variant["parts"]["html"]["path"]).read_text(encoding="utf-8")
        path = folder / f"{name}.html"
        path.write_text(html.replace(base_url, images) if base_url else html, encoding="utf-8")
        written.append(path)
    return written


def _picked(variants: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The variant of nobody in particular, and those that hold most that is targeted, each with a name."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for variant in variants:
        if variant["cells"] and "html" in variant["parts"]:
            groups.setdefault((variant["campaign"], variant["channel"]), []).append(variant)
    for (campaign, channel), group in groups.items():
        default = next(each for each in group if {"segment": None, "stage": None} in each["cells"])
        yield f"{campaign}-{channel}-default", default
        others = sorted(
            (each for each in group if each is not default), key=lambda each: (-_distance(each, default), each["key"])
        )
        for each in others[:_CELLS]:
            cell = each["cells"][0]
            yield f"{campaign}-{channel}-{cell['segment'] or 'anyone'}-{cell['stage'] or 'anywhere'}", each


def _distance(variant: dict[str, Any], default: dict[str, Any]) -> int:
    return sum(component != default["slots"].get(slot) for slot, component in variant["slots"].items())
