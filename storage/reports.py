"""Mistakes in the course that learners told of: statements that keep and delete them."""

from dataclasses import dataclass

from course.model import LearnerId
from storage.statements import Statement, statement


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody says is wrong with the course.

    Attributes:
        number: by which it is called; grows.
        item: the id of the card or question they were at; "" when they had finished.
        said: their words.
        version: of the course.
        at: in UTC milliseconds.
    """

    number: int
    item: str
    said: str
    version: str
    at: int


def adds(learner: LearnerId, item: str, said: str, version: str, at: int, update: int) -> Statement:
    """Keep a report; one of the same update is kept once."""
    return statement(
        "add_report",
        learner=learner,
        item=item,
        said=said,
        course_version=version,
        at=at,
        update_id=update,
    )


def closes(number: int) -> Statement:
    """Delete a report that was dealt with."""
    return statement("delete_report", update_id=number)
