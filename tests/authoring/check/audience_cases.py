"""Campaigns that are for some people only: R03, R07, G08, T03, V03."""

from __future__ import annotations

from tests.authoring.builders import Files, campaign, component, rules

SWEET = {"segments": ["sweet_tooth"]}
_AWAY = {"stages": ["away"]}
BOTH_TASTES = rules(salty_tooth="known(taste)")


def both(**audience: list[str]) -> Files:
    """Both campaigns with this audience."""
    return campaign("back", audience=audience) | campaign("start", audience=audience)


CASES: dict[str, tuple[Files, list[str]]] = {
    "an unknown segment": (
        campaign("back", audience={"segments": ["sweet_tooth", "sweet_toot"]}),
        ["campaigns/back.yaml:14:36 R03 no segment 'sweet_toot'"],
    ),
    "an unknown stage": (
        campaign("back", audience={"stages": ["awy"]}),
        ["campaigns/back.yaml:14:21 R03 no stage 'awy'"],
    ),
    "everyone by name": (
        campaign("back", audience={"segments": ["everyone"]}),
        ["campaigns/back.yaml:14:23 R03 no segment 'everyone'"],
    ),
    "a component for segments that its campaign is not for": (
        campaign("back", audience=SWEET),
        [
            "components/title/test_a.md:3:1 R07 no campaign is for the segments of title/test_a: salty_tooth",
            "components/title/test_b.md:3:1 R07 no campaign is for the segments of title/test_b: salty_tooth",
        ],
    ),
    "a component for stages that its campaign is not for": (
        campaign("back", audience={"stages": ["here"]}),
        [
            "components/story/away.md:3:1 R07 no campaign is for the stages of story/away: away",
            "components/title/sweet_away.md:4:1 R07 no campaign is for the stages of title/sweet_away: away",
        ],
    ),
    "a component for all campaigns, none of which is for its segments": (
        both(segments=["salty_tooth"]) | component("title/sweet", segments=["salty_tooth"], test=None),
        [
            "components/offer/tea.md:3:1 R07 no campaign is for the segments of offer/tea: sweet_tooth",
            "components/title/sweet_away.md:3:1 R07 no campaign is for the segments of title/sweet_away: sweet_tooth",
        ],
    ),
    "a stage for which only a campaign has something that is not for it": (
        campaign("start", audience=_AWAY),
        ["assembler.yaml:37:9 G08 no campaign has a component for the stage 'here'"],
    ),
}
NEAR_MISSES: dict[str, tuple[str, Files]] = {
    "an audience of all": ("R03", both(segments=["sweet_tooth", "salty_tooth"], stages=["away", "here"])),
    "one campaign that is for the segment": ("R07", campaign("start", audience={"segments": ["salty_tooth"]})),
    "one segment of two": (
        "R07",
        campaign("back", audience=SWEET)
        | component("title/test_a", segments=["salty_tooth", "sweet_tooth"])
        | component("title/test_b", segments=["salty_tooth", "sweet_tooth"]),
    ),
    "a segment that no campaign can be for": ("R07", campaign("back", audience={"segments": ["sweet_toot"]})),
    "a stage that no campaign is for": ("G08", both(stages=["away"])),
    "segments that overlap, and of which one is not meant": (
        "T03",
        campaign("back", audience=SWEET) | BOTH_TASTES,
    ),
}
