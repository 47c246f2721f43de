"""campaigns/ -> the campaigns that can be read."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from assembler.authoring.diagnostics import Findings, Place
from assembler.authoring.failures import guarded
from assembler.authoring.load.model_findings import example_of
from assembler.authoring.load.names import SLUG, campaign_file_hint, report_folder_name, slug_hint
from assembler.authoring.load.project_files import ProjectFiles
from assembler.authoring.load.strict_yaml import read_yaml_file
from assembler.authoring.load.validate import validated
from assembler.authoring.project.campaign import AuthoredCampaign

_CAMPAIGN_FILE: Final = re.compile(r"campaigns/([^/]+)\.yaml")


def load_campaigns(read: ProjectFiles, findings: Findings) -> tuple[dict[str, AuthoredCampaign], frozenset[str]]:
    """Return the campaigns that can be read, by name and sorted, and the names of all that are there."""
    campaigns: dict[str, AuthoredCampaign] = {}
    names = read.unread_names(_CAMPAIGN_FILE)
    for path, text in sorted(read.texts_below("campaigns/").items()):
        place, name = Place(path), path.removeprefix("campaigns/").removesuffix(".yaml")
        names.add(name)
        if not path.endswith(".yaml") or not SLUG.fullmatch(name):
            findings.add("R04", place, "not the path of a campaign", campaign_file_hint(name))
            continue
        report_folder_name("campaign", name, place, findings)
        campaign = guarded(findings, partial(_campaign, path, text, findings), place)
        if campaign is not None:
            campaigns[name] = campaign
    return campaigns, frozenset(names)


def _campaign(path: str, text: str, findings: Findings) -> AuthoredCampaign | None:
    read = read_yaml_file(path, text, findings)
    if read is None:
        return None
    value, source = read
    campaign = validated(AuthoredCampaign, value, source, findings, otherwise={"channels": {}, "slots": {}})
    if campaign is None:
        return None
    for key in ("channels", "slots"):
        if campaign.has_key(key) and not campaign.holds(key):
            place, hint = campaign.place(key), f"write {example_of(AuthoredCampaign, key)}"
            findings.add("R02", place, f"a campaign without {key}", hint)
    for slot in campaign.slots:
        if not SLUG.fullmatch(slot):
            findings.add("R04", source.key("slots", slot), f"{slot!r} is no name for a slot", slug_hint(slot))
    return campaign
