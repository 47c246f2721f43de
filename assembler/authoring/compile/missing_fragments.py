"""The fragments that documents miss, made in as many processes as there is work for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from assembler.authoring.compile.documents import DocumentWriter, SlotPosition
from assembler.authoring.compile.jobs import Progress, job_count, shared
from assembler.authoring.failures import guarded
from assembler.authoring.project.component import AuthoredComponent

_WORTH_SHARING: Final = 1_500
"""So many fragments are worth more than one process."""

_SHARE: Final = 50
"""How many fragments a process makes before it asks for more."""

_Missing = tuple[DocumentWriter, SlotPosition, AuthoredComponent]
"""What can make a fragment, where it stands, and of which component it is."""


def make_fragments(writers: Sequence[DocumentWriter], jobs: int | None, progress: Progress | None) -> None:
    """Make the fragments that documents miss, in at most `jobs` processes; what is faulty is made again in this one."""
    missing = [
        (writer, *fragment) for writer in writers for fragment in guarded(writer.context.findings, writer.missing) or ()
    ]
    shares = [missing[start : start + _SHARE] for start in range(0, len(missing), _SHARE)]
    jobs = job_count(jobs, len(missing), _WORTH_SHARING)
    done = 0
    for share in _make_shares(jobs, shares):
        done += len(share)
        if progress is not None:
            progress(done, len(missing))


def _make_shares(jobs: int, shares: list[list[_Missing]]) -> Iterator[list[_Missing]]:
    if jobs == 1:
        for share in shares:
            for writer, position, component in share:
                writer.make(position, component)
            yield share
        return
    for share, data in shared(shares, _make_share, jobs):
        for (writer, _, _), fragments in zip(share, msgspec.json.decode(data, type=list[msgspec.Raw]), strict=True):
            writer.fragment_set.receive(bytes(fragments))
        yield share


def _make_share(share: list[_Missing]) -> bytes:
    named = [(writer, writer.make(position, component)) for writer, position, component in share]
    return msgspec.json.encode([msgspec.Raw(writer.fragment_set.encoded(name)) for writer, name in named])
