"""The inbox table: received updates, and for a week the marks of those that are finished."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.statements import Row, Statement, statement


@dataclass(frozen=True, slots=True)
class ReceivedUpdate:
    """An update in the inbox.

    Attributes:
        update: Telegram's update_id.
        learner: Telegram user id of its sender, whose updates are handled in order; `None` when
            it has no sender.
        body: the update as JSON.
        at: when it was received, in UTC milliseconds.
        tries: number of failed attempts to handle it.
        is_flood: whether its sender sent too much: they are told so instead of an answer.
    """

    update: int
    learner: int | None
    body: str
    at: int
    tries: int = 0
    is_flood: bool = False


@dataclass(frozen=True, slots=True)
class SetAsideUpdate:
    """An update that failed too often and waits for the operator.

    Attributes:
        at: when it was received, in UTC milliseconds.
        error: name of the error of its last try.
    """

    update: int
    at: int
    tries: int
    error: str | None


def receive_update(received: ReceivedUpdate) -> Statement:
    """Insert an update; no effect if it is there already."""
    return statement(
        "receive_update",
        update_id=received.update,
        learner=received.learner,
        body=received.body,
        received_at=received.at,
        is_flood=int(received.is_flood),
    )


def write_probe(now: int) -> Statement:
    """Write a row that is never read, to test whether the database accepts writes."""
    return statement("acquire_lease", lease="probe", holder="inbox", now=now, until=now)


def mark_update_applied(update: int, at: int) -> Statement:
    """Mark an update as applied, in the transaction of its facts."""
    return statement("mark_update_applied", update_id=update, at=at)


def finish_update(update: int, at: int) -> Statement:
    """Mark an update as finished, and erase its body."""
    return statement("finish_update", update_id=update, at=at)


def erase_received_updates(learner: int, update: int, at: int) -> Statement:
    """Erase the received updates of `learner` up to `update`, and mark them as finished.

    For the request to delete all data. Its own reply is no longer on disk: a kill before it is
    sent loses the reply rather than keeping the person's data.
    """
    return statement("erase_received_updates", learner=learner, update_id=update, at=at)


def fail_update(update: int, error: str) -> Statement:
    """Count a failed try, with its error."""
    return statement("fail_update", update_id=update, error=error)


def set_update_aside(update: int, error: str, at: int, tries: int) -> Statement:
    """Store the number of an update that cannot be read or stored, as failed `tries` times."""
    return statement("set_update_aside", update_id=update, error=error, received_at=at, tries=tries)


def retry_set_aside_updates() -> Statement:
    """Reset the tries of updates that were set aside; the next start handles them again."""
    return statement("retry_set_aside_updates")


def delete_finished_updates(at: int, tries: int) -> Statement:
    """Delete updates finished before `at` (UTC milliseconds) or received then and set aside."""
    return statement("delete_finished_updates", deadline=at, tries=tries)


def updates_from_rows(rows: Sequence[Row]) -> tuple[ReceivedUpdate, ...]:
    """Parse the rows of the query `fetch_pending_updates`, oldest first."""
    return tuple(
        ReceivedUpdate(update, learner, body, at, tries, bool(is_flood))
        for update, learner, body, at, tries, is_flood in rows
    )
