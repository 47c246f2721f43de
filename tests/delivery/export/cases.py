"""The starter and the sample project with e-mail providers, and what is asked of an export of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assembler.authoring import Project
from assembler.delivery.export.export import export
from assembler.delivery.export.manifest import Exported
from assembler.delivery.export.outcomes import Period
from assembler.delivery.export.request import ExportRequest
from tests.authoring.builders import MOMENT, Files, project as files, settings
from tests.authoring.clean import Value

KINDS = ("customerio", "braze", "klaviyo", "sendgrid", "iterable", "sfmc", "mailchimp")
ENGINES = Path(__file__).parents[2] / "engines"
"""Where the npm packages of engines are."""

NO_NODE = "tests/engines/node_modules is missing: run `npm ci` in tests/engines"


def provider(kind: str, **changes: Value) -> Mapping[str, Value]:
    """A provider of a kind that has an attribute for the first name."""
    short: dict[str, Value] = {"attribute": "ASM", "fields": {"first_name": "FNAME"}} if kind == "mailchimp" else {}
    return {"kind": kind, "fields": {"first_name": "asm_first_name"}, **short, **changes}


def providers(**changes: Value) -> Files:
    """The settings of the sample project with a provider of each kind, named by it."""
    return settings(providers={kind: provider(kind) for kind in KINDS} | changes)


def sample(*parts: Files) -> Project:
    """The sample project with providers."""
    return Project.from_files(files(providers(), *parts))


def request(project: Project, provider: str, campaign: str = "back", **changes: Any) -> ExportRequest:
    """What is asked: everything, by key, from the sample's moment on."""
    library = project.compile(MOMENT)
    asked: dict[str, Any] = {
        "campaign": campaign,
        "provider": provider,
        "settings": project.settings.providers[provider],
        "period": Period(start=MOMENT),
        "channels": library.channels(campaign),
        "locales": library.locales,
        "without": frozenset({"subject", "preheader"} if provider == "mailchimp" else ()),
    }
    return ExportRequest(**(asked | changes))


def exported(project: Project, folder: Path, provider: str, campaign: str = "back", **changes: Any) -> Exported:
    """An export into a folder."""
    return export(project, request(project, provider, campaign, **changes), folder / "out", packages=ENGINES)


def until(year: int, month: int, day: int) -> Period:
    """From the sample's moment to the beginning of a day."""
    return Period(start=MOMENT, until=datetime(year, month, day, tzinfo=UTC))
