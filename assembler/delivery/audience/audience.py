"""A list of people -> a folder with what each of them gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing

import msgspec

from assembler.delivery.audience.folder import Manifest, audience_folder, begun
from assembler.delivery.audience.looking import look_through
from assembler.delivery.audience.pool import made_parts
from assembler.delivery.audience.request import AudienceRequest
from assembler.delivery.audience.target import Target
from assembler.delivery.audience.unknowns import SignalsInUse, Unknown, unknown_of
from assembler.delivery.audience.written_rows import COUNTED, Group

Told = Callable[[int, int], object]
"""Is told how much is done, of how much."""


class DecidedAudience(msgspec.Struct, frozen=True, kw_only=True):
    """A list as it was written. `skipped` parts were there before; `unknown` is by signal and problem, and of rules,
    by signal, those of which more than the share allowed are not known; `lacking` has by variant the people whose token
    the export lacks."""

    manifest: Manifest
    skipped: int
    counts: Mapping[Group, int]
    unknown: Unknown
    too_unknown: Mapping[str, float]
    lacking: Mapping[str, int]

    @property
    def is_good(self) -> bool:
        """Whether nothing was found that speaks against using it."""
        return not (self.too_unknown or self.lacking)

    def by(self, *names: str) -> dict[Group, int]:
        """Return how many rows there are by some of what they are counted by, in order."""
        places = [COUNTED.index(name) for name in names]
        counts: dict[Group, int] = {}
        for group, count in self.counts.items():
            some = tuple(group[place] for place in places)
            counts[some] = counts.get(some, 0) + count
        return dict(sorted(counts.items(), key=lambda counted: [word or "" for word in counted[0]]))


def write_audience(
    request: AudienceRequest, max_unknown: float, looking: Told | None = None, deciding: Told | None = None
) -> DecidedAudience:
    """Write what each person of a list gets, and return what was written, with the signals of rules that are unknown of
    more than a share of them.

    `_SUCCESS` is written last. What is written already by the same request is left as it is.

    Raises `UnknownCampaign` and `UnknownChannel`; `PeopleFilesError` with all that is wrong with the files, before
    anything is written; `UnusableFolder`; `AudienceFault` for faults of ours; and `OSError`.
    """
    target = Target(request.library, request.campaign, request.channel, request.at)
    files, parts = look_through(request.people, request.library.content, request.part_rows, looking)
    with audience_folder(request.output, begun(request, files)) as folder:
        skipped = folder.has
        if deciding is not None:
            deciding(len(skipped), len(parts))
        wanted = [part for part in parts if part.number not in skipped]
        with closing(made_parts(request, files, wanted)) as new_parts:
            for part in new_parts:
                folder.add(part)
                if deciding is not None:
                    deciding(len(folder.has), len(parts))
        audience = _audience(folder.manifest, len(skipped), SignalsInUse(target), max_unknown)
        folder.sweep()
        folder.succeed()
    return audience


def _audience(manifest: Manifest, skipped: int, in_use: SignalsInUse, max_unknown: float) -> DecidedAudience:
    counts: Counter[Group] = Counter()
    unknown: Counter[tuple[str, str]] = Counter()
    lacking: Counter[str] = Counter()
    for part in manifest.parts:
        counts.update(dict(part.groups()))
        unknown.update({(name, problem): count for name, of in part.unknown.items() for problem, count in of.items()})
        lacking.update(part.lacking)
    by_signal = unknown_of(unknown)
    shares = {
        name: sum(problems.values()) / manifest.rows for name, problems in by_signal.items() if name in in_use.of_rules
    }
    return DecidedAudience(
        manifest=manifest,
        skipped=skipped,
        counts=counts,
        unknown=by_signal,
        too_unknown={name: share for name, share in sorted(shares.items()) if share > max_unknown},
        lacking=dict(sorted(lacking.items())),
    )
