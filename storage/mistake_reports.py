"""Learners' reports of mistakes in the course: statements that add, thank for and delete them."""

from dataclasses import dataclass

from course.model import LearnerId
from storage.statements import Statement, statement


@dataclass(frozen=True, slots=True)
class MistakeReport:
    """A learner's report of a mistake in the course.

    Attributes:
        number: its id, rising.
        item: id of the card or question they were at; "" when they had finished.
        text: the learner's text.
        version: version of the course.
        at: in UTC milliseconds.
    """

    number: int
    item: str
    text: str
    version: str
    at: int


def add_mistake_report(
    learner: LearnerId, item: str, text: str, version: str, at: int, update: int
) -> Statement:
    """Insert a report; no effect if `update` was stored already."""
    return statement(
        "add_mistake_report",
        learner=learner,
        item=item,
        said=text,
        course_version=version,
        at=at,
        update_id=update,
    )


def queue_thanks(number: int, at: int) -> Statement:
    """Queue thanks to who sent a report, once; must run before it is deleted."""
    return statement("queue_thanks", update_id=number, subject=str(number), at=at)


def delete_mistake_report(number: int) -> Statement:
    """Delete a report that was handled."""
    return statement("delete_mistake_report", update_id=number)
