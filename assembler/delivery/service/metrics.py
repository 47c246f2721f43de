"""What a service counts, as Prometheus reads it. No label holds a value or an id of anybody."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import Final

from assembler.delivery.service.counters import DROPPED, Counters

CONTENT_TYPE: Final = b"text/plain; version=0.0.4; charset=utf-8"
NOWHERE: Final = "none"
"""The label of what is at no path of ours."""

_CACHED: Final = 4_096
_BOUNDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_REQUESTS: Final = "assembler_requests_total"
_SECONDS: Final = "assembler_request_seconds"
_DECISIONS: Final = "assembler_decisions_total"
_EXPOSURES: Final = "assembler_exposures_total"
_RELOADS: Final = "assembler_reloads_total"
_INFO: Final = "assembler_library_info"
_STALE: Final = "assembler_library_stale"
_FAMILIES: Final = {
    _REQUESTS: ("counter", "Requests that were answered, by route and status."),
    _SECONDS: ("histogram", "Seconds from the head of a request to its answer, by route."),
    _DECISIONS: ("counter", "Decisions, by campaign, channel, arm and reason."),
    _EXPOSURES: ("counter", "Exposures, by whether they were written or lost."),
    _RELOADS: ("counter", "Files that were opened again, by whether they were taken."),
    _INFO: ("gauge", "Processes that serve a library, by its digest."),
    _STALE: ("gauge", "Processes that go on with the last good file, since a newer one was refused."),
    DROPPED: ("counter", "Additions to series for which there was no room."),
}
"""Every family of series: its type, and what it says."""


class Metrics:
    """Counts for one process, and tells the sums of all."""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters
        self._timed = lru_cache(_CACHED)(self._places_of_answer)
        self._decided = lru_cache(_CACHED)(self._place_of_decision)
        for family in (_INFO, _STALE):
            counters.reset(family)

    def count(self, route: str, status: int, seconds: float) -> None:
        """Count an answer, and how long it took."""
        add = self._counters.add
        requests, total, buckets = self._timed(route, status)
        add(requests)
        add(total, seconds)
        add(buckets[bisect_left(_BOUNDS, seconds)])

    def count_refusal(self, status: int) -> None:
        """Count what was answered before there was a request."""
        self._counters.add(self._counters.place(_requests(NOWHERE, status)))

    def count_decision(self, campaign: str, channel: str, arm: str, reason: str) -> None:
        """Count a decision."""
        self._counters.add(self._decided(campaign, channel, arm, reason))

    def count_exposure(self, *, is_written: bool) -> None:
        """Count an exposure that was to be put on record."""
        outcome = "written" if is_written else "lost"
        self._counters.add(self._counters.place(f'{_EXPOSURES}{{outcome="{outcome}"}}'))

    def count_reload(self, outcome: str) -> None:
        """Count a file that was opened again."""
        self._counters.add(self._counters.place(f'{_RELOADS}{{outcome="{outcome}"}}'))

    def serves(self, digest: str, *, stale: bool) -> None:
        """Note which library is served, and whether a newer one was refused."""
        self._counters.reset(_INFO)
        self._counters.set(f'{_INFO}{{library="{digest}"}}', 1)
        self._counters.set(_STALE, stale)

    def _places_of_answer(self, route: str, status: int) -> tuple[int, int, tuple[int, ...]]:
        """Where an answer is counted: requests, seconds, and how many took up to each bound or longer."""
        place = self._counters.place
        buckets = (place(f'{_SECONDS}_bucket{{route="{route}",le="{bound}"}}') for bound in (*_BOUNDS, "+Inf"))
        return place(_requests(route, status)), place(f'{_SECONDS}_sum{{route="{route}"}}'), tuple(buckets)

    def _place_of_decision(self, campaign: str, channel: str, arm: str, reason: str) -> int:
        labels = f'campaign="{campaign}",channel="{channel}",arm="{arm}",reason="{reason}"'
        return self._counters.place(f"{_DECISIONS}{{{labels}}}")

    def written(self) -> bytes:
        """Return the sums of all processes."""
        sums = self._counters.sums()
        lines: list[str] = []
        for family, (kind, words) in _FAMILIES.items():
            of_family = {name: value for name, value in sums.items() if _is_of(name, family)}
            lines += [f"# HELP {family} {words}", f"# TYPE {family} {kind}"]
            if kind == "histogram":
                lines += _histogram(family, of_family)
            else:
                kept = kind == "counter" or family == _STALE
                lines += [f"{name} {value:.15g}" for name, value in sorted(of_family.items()) if value or kept]
        return "\n".join([*lines, ""]).encode()


def _is_of(series: str, family: str) -> bool:
    rest = series.removeprefix(family)
    return rest != series and rest[:1] in ("", "{", "_")


def _requests(route: str, status: int) -> str:
    return f'{_REQUESTS}{{route="{route}",status="{status}"}}'


def _histogram(family: str, values: dict[str, float]) -> list[str]:
    """The lines of a histogram: what was counted for each bound alone, added up from bound to bound."""
    lines: list[str] = []
    labels = sorted(name.removeprefix(f"{family}_sum") for name in values if name.startswith(f"{family}_sum"))
    for label in labels:
        inner = label[1:-1]
        count = 0.0
        for bound in (*_BOUNDS, "+Inf"):
            series = f'{family}_bucket{{{inner},le="{bound}"}}'
            count += values.get(series, 0)
            lines.append(f"{series} {count:.0f}")
        lines += [f"{family}_sum{label} {values[f'{family}_sum{label}']:.6f}", f"{family}_count{label} {count:.0f}"]
    return lines
