"""What there is to see at one time, and what of it is news to a page."""

from __future__ import annotations

from dataclasses import dataclass

from assembler.review.gallery.decision_data import decisions_by_card, status_letters
from assembler.review.gallery.gallery import Gallery
from assembler.review.round import ReviewRound


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What there is to see at one time; times are numbered from 1.

    `compiled` is the number of that in which the project was last compiled. Where it cannot be compiled as it is on
    disk, `problem` says in a line why, and the contents are those of the last time that it could.
    """

    number: int
    compiled: int
    review: ReviewRound
    gallery: Gallery
    problem: str = ""

    @property
    def contents(self) -> dict[str, object]:
        """The contents of the page, with the decisions that there are."""
        contents = self.gallery.contents
        decisions = decisions_by_card(self.review.decisions)
        cards = [{**card, "decisions": decisions.get(card["digest"], [])} for card in contents["cards"]]
        return {**contents, "subjects": {**contents["subjects"], "status": self._status}, "cards": cards}

    @property
    def page_number(self) -> int:
        """The number that a page with these contents is at. Where there is a problem, it has still to hear of it."""
        return self.compiled if self.problem else self.number

    def news(self, number: int) -> dict[str, object]:
        """Return what a page that is at a number does not know; empty where it knows everything."""
        if number == self.number:
            return {}
        news: dict[str, object] = {"revision": self.number}
        if self.problem:
            return {**news, "problem": self.problem}
        if self.compiled <= number < self.number:
            return {**news, "status": self._status, "decisions": decisions_by_card(self.review.decisions)}
        return {**news, "contents": self.contents, "images": self.gallery.images}

    @property
    def _status(self) -> str:
        return status_letters(self.review.approval_status, self.gallery.contents["digests"])
