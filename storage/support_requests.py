"""Support requests, i.e. learners' questions to their facilitators: reads and statements."""

from dataclasses import dataclass

from course.model import LearnerId
from storage import outbox
from storage.statements import Row, Statement, statement
from storage.store import Store

MOST_WAITING = 3
"""Most unanswered requests of one learner (our judgement: so that nobody floods a facilitator)."""


@dataclass(frozen=True, slots=True)
class Request:
    """A member's question to the facilitators of their cohort. Times are UTC milliseconds.

    Attributes:
        id: id of the update that created it.
        item: id of the card, question or module they were at; "" for the end of the course.
        said: the learner's text; not escaped.
        taken_by: the facilitator who is answering; `None` for nobody yet.
        answered_at: `None` until it is answered.
        called: the name they chose, or their pseudonym; not escaped.
    """

    id: int
    learner: LearnerId
    cohort: int
    item: str
    said: str
    at: int
    taken_by: int | None
    answered_at: int | None
    membership: int
    called: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Number of a cohort's unanswered requests, and how many of them are new."""

    count: int
    fresh: int


async def of(store: Store, request: int) -> Request | None:
    """Fetch a request by id; `None` when there is none or its learner has left the cohort."""
    rows = await store.rows(statement("request", request=request))
    return _request(rows[0]) if rows else None


async def waiting(store: Store, cohort: int, skip: int, most: int) -> tuple[Request, ...]:
    """Fetch a page of a cohort's unanswered requests, oldest first."""
    wanted = statement("requests_waiting", cohort=cohort, skip=skip, most=most)
    return tuple(map(_request, await store.rows(wanted)))


async def count(store: Store, cohort: int, since: int = 0) -> Waiting:
    """Count a cohort's unanswered requests, and those of them that came after `since`."""
    ((number, fresh),) = await store.rows(statement("tell_requests", cohort=cohort, since=since))
    return Waiting(int(number), int(fresh))


def asks(request: int, learner: LearnerId, cohort: int, item: str, said: str, at: int) -> Statement:
    """Insert a request; no effect if the learner has too many open or is no member."""
    return statement(
        "add_request",
        request=request,
        learner=learner,
        cohort=cohort,
        item=item,
        said=said,
        at=at,
        most=MOST_WAITING,
    )


def tells(request: int, person: LearnerId, at: int) -> Statement:
    """Queue the notification of `person` about a request, once, if `add_request` stored it."""
    subject = outbox.about_question(request, person)
    return statement("queue_question", request=request, subject=subject, at=at)


def takes(request: int, person: LearnerId, *, anew: bool = False) -> Statement:
    """Assign a request to `person`; with `anew` even if another facilitator has taken it."""
    return statement("take_request", request=request, person=person, anew=int(anew))


def leaves(request: int, person: LearnerId) -> Statement:
    """Release a request that `person` has taken."""
    return statement("leave_request", request=request, person=person)


def answers(request: int, note: int, at: int) -> Statement:
    """Mark a request as answered by a note, if the note was stored."""
    return statement("answer_request", request=request, note=note, at=at)


def shows(chat: int, message: int, request: int, at: int) -> Statement:
    """Keep in which message of a facilitator's chat a request can be read; sent at `at`."""
    return statement("show_question", chat=chat, message_id=message, request=request, at=at)


async def to_erase(store: Store, since: int, most: int) -> tuple[tuple[int, int], ...]:
    """Messages after `since` that show what somebody asked whose data was deleted.

    Returns:
        Chat and number in it, at most `most`.
    """
    rows = await store.rows(statement("questions_to_erase", since=since, most=most))
    return tuple((chat, message) for chat, message in rows)


def erased(chat: int, message: int) -> Statement:
    """The message is gone, or cannot be deleted."""
    return statement("erase_shown", chat=chat, message_id=message)


def drops_shown_before(at: int) -> Statement:
    """Forget messages that were sent before `at`."""
    return statement("drop_shown", until=at)


def forgets_shown(person: LearnerId) -> Statement:
    """Forget which messages in somebody's chat show what others asked."""
    return statement("forget_shown", chat=person)


def _request(row: Row) -> Request:
    request, learner, cohort, item, said, at, taken_by, answered_at, membership, *names = row
    name, pseudonym = names
    return Request(
        request,
        LearnerId(learner),
        cohort,
        item,
        said,
        at,
        taken_by,
        answered_at,
        membership,
        name or pseudonym,
    )
