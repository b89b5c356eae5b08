"""Support requests, i.e. learners' questions to their facilitators: reads and statements."""

from dataclasses import dataclass

from course.model import LearnerId
from storage.statements import Row, Statement, statement
from storage.store import Store

MAX_WAITING = 3
"""Most unanswered requests of one learner (our judgement: so that nobody floods a facilitator)."""


@dataclass(frozen=True, slots=True)
class SupportRequest:
    """A member's question to the facilitators of their cohort. Times are UTC milliseconds.

    Attributes:
        id: id of the update that created it.
        item: id of the card, question or module they were at; "" for the end of the course.
        text: the learner's text; not escaped.
        taken_by: the facilitator who is answering; `None` for nobody yet.
        answered_at: `None` until it is answered.
        display_name: the name they chose, or their pseudonym; not escaped.
    """

    id: int
    learner: LearnerId
    cohort: int
    item: str
    text: str
    at: int
    taken_by: int | None
    answered_at: int | None
    membership: int
    display_name: str


@dataclass(frozen=True, slots=True)
class WaitingCount:
    """Number of a cohort's unanswered requests, and how many of them are new."""

    count: int
    fresh: int


async def fetch_request(store: Store, request: int) -> SupportRequest | None:
    """Fetch a request by id; `None` when there is none or its learner has left the cohort."""
    rows = await store.fetch_rows(statement("fetch_request", request=request))
    return _request_from_row(rows[0]) if rows else None


async def fetch_waiting_requests(
    store: Store, cohort: int, offset: int, limit: int
) -> tuple[SupportRequest, ...]:
    """Fetch a page of a cohort's unanswered requests, oldest first."""
    wanted = statement("fetch_waiting_requests", cohort=cohort, skip=offset, most=limit)
    return tuple(map(_request_from_row, await store.fetch_rows(wanted)))


async def count_waiting_requests(store: Store, cohort: int, since: int = 0) -> WaitingCount:
    """Count a cohort's unanswered requests, and those of them that came after `since`."""
    ((number, fresh),) = await store.fetch_rows(
        statement("count_waiting_requests", cohort=cohort, since=since)
    )
    return WaitingCount(int(number), int(fresh))


def add_request(
    request: int, learner: LearnerId, cohort: int, item: str, text: str, at: int
) -> Statement:
    """Insert a request; no effect if the learner has too many open or is no member."""
    return statement(
        "add_request",
        request=request,
        learner=learner,
        cohort=cohort,
        item=item,
        said=text,
        at=at,
        most=MAX_WAITING,
    )


def queue_request_notification(request: int, person: LearnerId, at: int) -> Statement:
    """Queue the notification of `person` about a request, once, if `add_request` stored it."""
    return statement(
        "queue_request_notification",
        request=request,
        recipient=person,
        subject=str(request),
        at=at,
    )


def take_request(request: int, person: LearnerId, *, reassign: bool = False) -> Statement:
    """Assign a request to `person`; with `reassign` even if another facilitator has taken it."""
    return statement("take_request", request=request, person=person, anew=int(reassign))


def release_request(request: int, person: LearnerId) -> Statement:
    """Release a request that `person` has taken."""
    return statement("release_request", request=request, person=person)


def mark_request_answered(request: int, note: int, at: int) -> Statement:
    """Mark a request as answered by a note, if the note was stored."""
    return statement("mark_request_answered", request=request, note=note, at=at)


def add_shown_message(chat: int, message: int, request: int, at: int) -> Statement:
    """Keep in which message of a facilitator's chat a request can be read; sent at `at`."""
    return statement("add_shown_message", chat=chat, message_id=message, request=request, at=at)


async def fetch_messages_to_erase(
    store: Store, since: int, limit: int
) -> tuple[tuple[int, int], ...]:
    """Messages after `since` that show what somebody asked whose data was deleted.

    Returns:
        Chat and number in it, at most `most`.
    """
    rows = await store.fetch_rows(statement("fetch_messages_to_erase", since=since, most=limit))
    return tuple((chat, message) for chat, message in rows)


def delete_shown_message(chat: int, message: int) -> Statement:
    """The message is gone, or cannot be deleted."""
    return statement("delete_shown_message", chat=chat, message_id=message)


def delete_shown_messages_before(at: int) -> Statement:
    """Forget messages that were sent before `at`."""
    return statement("delete_shown_messages_before", until=at)


def delete_shown_messages_in_chat(person: LearnerId) -> Statement:
    """Forget which messages in somebody's chat show what others asked."""
    return statement("delete_shown_messages_in_chat", chat=person)


def _request_from_row(row: Row) -> SupportRequest:
    request, learner, cohort, item, said, at, taken_by, answered_at, membership, *names = row
    name, pseudonym = names
    return SupportRequest(
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
