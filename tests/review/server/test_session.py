"""Decisions that are handed in at once, and a project that changes meanwhile."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Never

import pytest

from assembler.review.approvals.decision import ReviewDecision, Verdict, Viewing
from assembler.review.approvals.decision_files import write_decision
from assembler.review.gallery.gallery import Gallery
from assembler.review.round import ReviewRound
from assembler.review.sampling.digests import Card
from assembler.review.server.connections import ServerLimits
from assembler.review.server.server import ReviewServer
from tests.authoring.builders import MOMENT, settings as project_settings
from tests.cli.test_check import change
from tests.review.conftest import verdict_on
from tests.review.server.conftest import REVIEWER, ROLE, SWEET, Desk, watched

OTHER = "Jo Byrne <jo@sample.example>"


def now(card: Card, verdict: Verdict = "approve", *, later: float = 0, **about: Any) -> ReviewDecision:
    """A decision made now."""
    return verdict_on(card, verdict, time=datetime.now(UTC) + timedelta(seconds=later), **about)


@pytest.fixture
def card(desk: Desk) -> Card:
    """A card with the component that the tests edit."""
    return next(card for card in desk.cards.values() if "title/sweet" in card.slots.values())


def test_a_decision_is_written_in_the_reviewers_name(desk: Desk, card: Card) -> None:
    reply = desk.hand_in(now(card))
    assert reply.status == 200
    assert reply.json["refused"] == []
    assert [(decision["reviewer"], decision["subject"], decision["verdict"]) for decision in desk.written()] == [
        (REVIEWER, card.digest, "approve")
    ]


def test_nobody_decides_in_another_name(desk: Desk, card: Card) -> None:
    forged = verdict_on(card, reviewer=OTHER, time=datetime.now(UTC))
    desk.session.receive([forged])
    assert [decision["reviewer"] for decision in desk.written()] == [REVIEWER]


def test_the_answer_holds_what_the_page_shows_now(desk: Desk, card: Card) -> None:
    """Told of decisions alone, a page is where one is that is loaded anew."""
    reply = desk.hand_in(now(card)).json
    assert set(reply) == {"refused", "revision", "status", "decisions"}
    review = ReviewRound.begin(desk.session.revision.review.project, desk.folder, MOMENT)
    contents = Gallery.of(review, tool="assembler 0.0.0").contents
    assert reply["status"] == contents["subjects"]["status"]
    cards = desk.session.revision.contents["cards"]
    assert isinstance(cards, list)
    assert {card["digest"]: card["decisions"] for card in cards if card["decisions"]} == reply["decisions"]
    assert [decision["verdict"] for decision in reply["decisions"][card.digest]] == ["approve"]


def test_undo_takes_the_last_decision_back(desk: Desk, card: Card) -> None:
    desk.hand_in(now(card, "changes", comment="Shorter, please."))
    assert [request.subject for request in desk.session.revision.review.approval_status.requests] == [card.digest]
    assert desk.hand_in(now(card, "withdraw", later=1)).json["refused"] == []
    assert desk.session.revision.review.approval_status.requests == ()
    again = desk.hand_in(now(card, "withdraw", later=2)).json["refused"]
    assert [decision["subject"] for decision in again] == [card.digest]
    assert "has decided nothing about this that could be withdrawn" in again[0]["reason"]
    assert [decision["verdict"] for decision in desk.written()] == ["changes", "withdraw"]


def test_an_edit_a_moment_before_counts(desk: Desk, card: Card) -> None:
    """The project is judged as it is on disk, whether or not anybody has noticed yet; nothing is watched here."""
    other = next(card for card in desk.cards.values() if "title/sweet" not in card.slots.values())
    change(desk.folder / SWEET, "Something sweet", "Something swell")
    reply = desk.hand_in(now(card), now(other)).json
    assert reply["refused"] == [{"subject": card.digest, "reason": "it has changed since: look at it again (title)"}]
    assert [decision["subject"] for decision in desk.written()] == [other.digest]
    digests = {card["digest"] for card in reply["contents"]["cards"]}
    assert (card.digest in digests, other.digest in digests) == (False, True)


def test_nothing_is_taken_while_the_project_is_broken(desk: Desk, card: Card) -> None:
    number = desk.number
    change(desk.folder / SWEET, "Something sweet", "Something {{ sweet }}")
    reply = desk.hand_in(now(card))
    assert reply.status == 409
    assert reply.json["problem"].startswith(f"Nothing was taken. The project cannot be compiled: {SWEET}:")
    assert desk.written() == []
    assert desk.news(number).json.keys() == {"revision", "problem"}
    page = desk.ask("GET", f"/?token={desk.token}").body.decode()
    shown = int(page.partition('"revision":')[2].partition("}")[0])
    assert desk.news(shown).json.keys() == {"revision", "problem"}, "a page that is loaded meanwhile is told as well"
    change(desk.folder / SWEET, "Something {{ sweet }}", "Something sweet")
    assert desk.hand_in(now(card)).json["refused"] == []


def test_a_disk_that_refuses_is_told(desk: Desk, card: Card) -> None:
    (desk.folder / "reviews").write_text("not a folder")
    reply = desk.hand_in(now(card))
    assert (reply.status, reply.json) == (500, {"problem": "Not everything could be written: Not a directory."})


def test_news_are_as_little_as_a_page_needs(desk: Desk, card: Card) -> None:
    number = desk.number
    desk.session.receive([now(card)])
    assert desk.news(number).json.keys() == {"revision", "status", "decisions"}
    change(desk.folder / SWEET, "Something sweet", "Something sweeter")
    desk.session.refresh()
    for seen in (number, number + 1, "", "x", "-1", "9" * 5000):
        assert desk.news(seen).json.keys() == {"revision", "contents", "images"}


def test_without_news_the_page_waits_a_while(calm: Desk) -> None:
    with ReviewServer(calm.session, limits=ServerLimits(news=0.05)) as server:
        reply = Desk(calm.folder, calm.session, server).news(calm.number)
    assert (reply.status, reply.body) == (204, b"")


def test_a_watched_project_is_compiled_again(desk: Desk, card: Card) -> None:
    with watched(desk), ThreadPoolExecutor() as pool:
        waiting = [pool.submit(desk.news, desk.number) for _ in range(3)]
        time.sleep(0.3)
        assert not any(future.done() for future in waiting)
        change(desk.folder / SWEET, "Something sweet", "Something sweeter")
        for future in waiting:
            news = future.result(timeout=10).json
            assert any("Something sweeter" in text for text in news["contents"]["texts"])
            assert card.digest not in {card["digest"] for card in news["contents"]["cards"]}


def test_decisions_that_come_by_git_are_seen(desk: Desk, card: Card) -> None:
    before = desk.session.revision
    with watched(desk, every=100):
        write_decision(desk.folder, verdict_on(card, reviewer=OTHER))
        came = desk.session.wait(before.number, 10)
        shutil.rmtree(desk.folder / "reviews")
        gone = desk.session.wait(came.number, 10)
    assert [decision.reviewer for decision in came.review.decisions] == [OTHER]
    assert gone.review.decisions == ()
    assert gone.compiled == came.compiled == before.compiled, "nothing is compiled for a decision"


def test_a_project_may_be_away_for_a_while(desk: Desk) -> None:
    """As when another branch is checked out."""
    away = desk.folder.with_name("away")
    with watched(desk, every=100):
        number = desk.number
        shutil.move(desk.folder, away)
        gone = desk.session.wait(number, 10)
        shutil.move(away, desk.folder)
        back = desk.session.wait(gone.number, 10)
    assert gone.problem == f"The project cannot be compiled: {desk.folder}:1: R01 there is no such folder"
    assert back.problem == ""


def test_a_file_that_goes_while_it_is_read_is_looked_for_again(
    desk: Desk, card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: Path) -> Never:
        raise FileNotFoundError(2, "No such file or directory", "reviews/x")

    write_decision(desk.folder, verdict_on(card))
    with monkeypatch.context() as patch:
        patch.setattr("assembler.review.round.read_decisions", gone)
        desk.session.refresh()
        assert "No such file or directory" in desk.session.revision.problem
    desk.session.refresh()
    assert desk.session.revision.problem == ""
    assert len(desk.session.revision.review.decisions) == 1


def test_decisions_come_from_several_pages_at_once(desk: Desk) -> None:
    """Each is written once, while the project is edited and followed."""
    cards = list(desk.cards.values())[:4]
    decisions = [now(cards[0])] * 3 + [now(card) for card in cards[1:]]
    with watched(desk), ThreadPoolExecutor(8) as pool:
        replies = pool.map(desk.hand_in, decisions)
        edited = desk.folder / "edited"
        edited.write_text(str(project_settings(name="sampled")["assembler.yaml"]))
        edited.replace(desk.folder / "assembler.yaml")
    assert [(reply.status, reply.json["refused"]) for reply in replies] == [(200, [])] * len(decisions)
    assert sorted(decision["subject"] for decision in desk.written()) == sorted(card.digest for card in cards)


def test_a_role_is_filled_in(desk: Desk, card: Card) -> None:
    desk.session.receive([now(card), now(card, later=1, role="legal")])
    assert [decision["role"] for decision in desk.written()] == [ROLE, "legal"]


@pytest.mark.parametrize("number", [600, 2000])
def test_many_decisions_are_taken_at_once(desk: Desk, number: int) -> None:
    cards = list(desk.cards.values())
    decisions = [now(cards[place % len(cards)], later=-place) for place in range(number)]
    reply = desk.hand_in(*decisions)
    assert (reply.status, reply.json["refused"]) == (200, [])
    assert len(desk.written()) == number


def test_a_batch_says_so(desk: Desk) -> None:
    batch = [
        verdict_on(card, time=datetime.now(UTC), viewing=Viewing(how="batch", of=3, opened=1))
        for card in list(desk.cards.values())[:3]
    ]
    assert desk.hand_in(*batch).json["refused"] == []
    assert [decision["shown"] for decision in desk.written()] == [{"how": "batch", "of": 3, "opened": 1}] * 3
