"""What every key of a project's files means: editors show it beside the key, and so does the documentation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_OWNER = "Who answers for it: an address or a name."
_REVIEW_BY = "The day by which somebody looks at it again. Later it is a finding."
_HYPOTHESIS = "Why it should work, in one sentence, so that it can turn out wrong."
_UNTIL = "The last day, in the project's time zone."
_SHARE = "The share of people, such as 5% or 12.5%."
_WHEN = "A rule over signals, on one line, such as `months_since_purchase >= 7`. It matches where it is true."

KEYS: Final[Mapping[str, Mapping[str, str]]] = {
    "Settings": {
        "name": "The project's name, which the library's file is called by.",
        "locales": "The languages, such as `[en, fr]`. The first is the default.",
        "owner": "Who answers for the whole programme: an address or a name.",
        "timezone": "The place whose midnight the project's dates mean, such as Europe/London.",
        "brand": "The look and the facts of the brand: any keys, which templates and CSS read.",
        "theme": "The templates that come with Assembler, instead of files in `templates/`; a file there goes first.",
        "assets": "Where images will be served from.",
        "channels": "The channels by name. Each has a folder of that name in `templates/`.",
        "fields": "The merge fields by name, which copy may use.",
        "signals": "The signals by name, which rules may read.",
        "stages": "The stages in funnel order. A person is at the first whose rule is true.",
        "segments": "The segments in order of priority. A person is in the first whose rule is true.",
        "holdout": "The share of people who get the default in every campaign, to measure the whole programme.",
        "providers": "The e-mail providers by name, for `assembler export`.",
        "unassigned": "What people without an id get: `treat` (rules apply to them) or `default`.",
        "policy": "Limits that the programme sets itself.",
    },
    "Assets": {
        "base_url": "The address below which the images of a build will be served.",
        "font": "A font file below `assets/`, for words that are drawn onto images.",
    },
    "Channel": {
        "envelope": "`email` has a subject, a preheader and a MIME form; `web` is a page; `none` has its parts alone.",
        "unsubscribe": "The merge field of kind `url` where people unsubscribe.",
        "address": "The postal address that stands in each mail.",
        "max_messages": "Of a channel of text alone: the most SMS that a variant may take, merge fields included.",
    },
    "Field": {
        "kind": "`name` (60 characters), `text` (200) or `url` (2000).",
        "example": "A value that previews show.",
        "max_length": "The most characters of a value. A longer one is replaced by the copy's own words.",
    },
    "Provider": {
        "kind": "`customerio`, `braze`, `klaviyo`, `sendgrid`, `iterable`, `sfmc` or `mailchimp`.",
        "attribute": "The attribute that holds a person's token. `{campaign}` and `{channel}` stand for their names.",
        "fields": "By merge field, the attribute that holds its value; or `{verbatim: ...}`, code of the provider.",
    },
    "ProviderField": {
        "attribute": "The attribute that holds the value. It may be written alone: `first_name: asm_first_name`.",
        "verbatim": 'Code of the provider that stands there as it is, such as `"{% unsubscribe_url %}"`.',
    },
    "Signal": {
        "kind": "`integer`, `number`, `boolean`, `text`, `choice` or `date`.",
        "range": "The least and the greatest value. What lies outside is unknown.",
        "values": "The values of a `choice`. Any other is unknown.",
        "source": "The system of your own that writes it.",
        "max_age": "How old an observation may be, such as 35d or 12h; `none` for any age. Older is unknown.",
        "consent": "The purpose that a person must have agreed to; `none` where none is needed.",
        "owner": _OWNER,
        "review_by": _REVIEW_BY,
        "response": "What the programme does with it.",
        "fallback": "What people get of whom it is unknown.",
    },
    "Stage": {"id": "Its name.", "when": _WHEN},
    "Segment": {
        "id": "Its name.",
        "when": _WHEN,
        "owner": _OWNER,
        "hypothesis": _HYPOTHESIS,
        "review_by": _REVIEW_BY,
    },
    "Holdout": {
        "share": _SHARE,
        "salt": "Any word. Another one draws other people.",
        "owner": _OWNER,
        "until": _UNTIL,
    },
    "Policy": {
        "link_hosts": "The hosts that copy may link to. Without it, any.",
        "link_parameters": "By channel, parameters that are added to links of `link_hosts` which lack them.",
        "max_segments": "The most segments.",
        "max_signals": "The most signals.",
        "max_variants": "The most variants that a build writes.",
        "review_grace": "How long a review may be overdue before that is an error.",
        "review": "What has to be approved before a release.",
        "surveillance": "By locale, words that make copy sound as if people were watched, beside the built-in ones.",
        "near_duplicate": "The share of equal words from which two components are too much alike.",
        "near_default": "The share of equal words from which a targeted variant says the same as the default.",
        "rules": "By code, how bad it is what a rule finds, and why this project says so.",
    },
    "Review": {
        "needed": "`defaults`, `components` (those and every other component) or `pairs` (those and every pair).",
        "roles": "The roles that must each approve. Without it, anybody's approval counts.",
        "maximum_age": "How old an approval may be; `none` for any age.",
    },
    "RuleSetting": {
        "severity": "`error`, `warning`, `information` or `off`.",
        "because": "Why. It is printed beside the rule.",
        "except": "The files that are excepted from the rule, by their paths.",
    },
    "Campaign": {
        "channels": "Each channel that the campaign uses, with its layout in it.",
        "slots": "The slots by name. They are filled in this order; the layout says where they stand.",
        "owner": _OWNER,
        "objective": "What it is for, in one sentence.",
        "outcome": "What is measured.",
        "decide_by": "The day on which it is kept, changed or ended.",
        "hypothesis": _HYPOTHESIS,
        "review_by": _REVIEW_BY,
        "audience": "Who it is for. `coverage` and the gallery leave others out; who gets what does not change.",
        "holdout": "The campaign's control group: the share of people who get its default.",
    },
    "Audience": {
        "segments": "The segments that it is for; all, without this line. People in none are always meant.",
        "stages": "The stages that it is for; all, without this line. People at none are always meant.",
    },
    "Outcome": {
        "event": "What people do, such as `purchase`.",
        "within": "How long after the variant it counts, such as 30d.",
        "minimum_lift": "The least difference that is worth having.",
    },
    "ControlGroup": {"share": _SHARE, "owner": _OWNER, "until": _UNTIL},
    "CampaignAudience": {
        "segments": "The segments that it is for. Without it, every one.",
        "stages": "The stages that it is for. Without it, every one.",
    },
    "Slot": {
        "type": "The component type that it takes.",
        "default": "The component that it falls back to, such as `headline/come_back`; or `empty`.",
        "constant": "Whether it always holds its default.",
    },
    "ComponentType": {
        "body": "What the words below the front matter are: `text` (one line) or `markdown`.",
        "max_length": "The most characters of the body: a number, or one for each channel.",
        "fields": "The fields that such a component has beside its body, by name.",
    },
    "FieldSpec": {
        "kind": "`text`, `markdown`, `url`, `asset`, `date` or `list`.",
        "required": "Whether every component has it.",
        "translatable": "Whether a translation has its own. If omitted: text and markdown do, others do not.",
        "max_length": "The most characters: a number, or one for each channel.",
        "links": "Of a `url`: `per_locale` where each language has its own.",
        "most": "Of a `list`: the most records.",
        "of": "Of a `list`: the fields of each record.",
    },
    "Tags": {
        "campaigns": "The campaigns that it is for: a list, or `all`.",
        "segments": "The segments that it is for. Without it, everyone.",
        "stages": "The stages that it is for. Without it, every stage.",
        "channels": "The channels that it is for. Without it, every channel that can show it.",
        "status": "`draft`, `ready` or `retired`. Only what is ready is ever assembled.",
        "learnt": "Of a retired component: why it is retired.",
        "valid_from": "The first day, in the project's time zone.",
        "valid_until": _UNTIL,
        "needs": "Merge fields or signals that must be known.",
        "requires": "Components that must stand in slots filled earlier.",
        "excludes": "Components that must not stand in slots filled earlier.",
        "test": "The test that it is part of.",
        "owner": f"{_OWNER} Without it, that of the campaign.",
        "hypothesis": _HYPOTHESIS,
        "review_by": _REVIEW_BY,
    },
    "TestTag": {
        "id": "The test's name. Components that share it share people among them.",
        "share": "The share of people who get this component.",
    },
    "Context": {
        "id": "Who it is: a text or an integer. Decides holdouts and tests. Without it, a person is unassigned.",
        "locale": "Their language, such as fr-CA.",
        "consent": "The purposes that they have agreed to.",
        "signals": "Values by signal. A bare value counts as observed now; one with `value` has its own `observed_at`.",
        "fields": "Values by merge field, formatted as people read them.",
        "segment": "Their segment, where the caller has decided it; null for none.",
        "stage": "Their stage, where the caller has decided it; null for none.",
    },
    "Manifest": {
        "schema": "The version of this shape.",
        "name": "The project's name.",
        "as_of": "The moment of the build, with the project's offset.",
        "library": "The library's file.",
        "variants": "Every variant that somebody can get, with the cells that get it and the files of its parts.",
        "select": "Of a part: the names that were selected, by kind.",
        "sample": "Of a sample: what it shows, and of how many variants.",
    },
}
"""By what a group of keys is about, and by key."""
