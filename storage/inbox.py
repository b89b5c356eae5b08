"""The inbox table: updates that Telegram handed over and that are not done yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.statements import Row, Statement, statement


@dataclass(frozen=True, slots=True)
class Received:
    """An update as it lies in the inbox.

    Attributes:
        update: Telegram's update_id.
        learner: whose turn it waits for, a Telegram user id; `None` when it belongs to nobody.
        body: the update as JSON.
        at: when it was received, in UTC milliseconds.
        tries: how often handling it has failed.
    """

    update: int
    learner: int | None
    body: str
    at: int
    tries: int = 0


@dataclass(frozen=True, slots=True)
class SetAside:
    """An update that failed too often and waits for an operator.

    Attributes:
        at: when it was received, in UTC milliseconds.
        error: the name of the error of its last try.
    """

    update: int
    at: int
    tries: int
    error: str | None


def receives(received: Received) -> Statement:
    """Put an update on disk; one that is there already stays as it is."""
    return statement(
        "receive_update",
        update_id=received.update,
        learner=received.learner,
        body=received.body,
        received_at=received.at,
    )


def probes(now: int) -> Statement:
    """Write a row that nobody reads: only whether it can be written is of interest."""
    return statement("take_lease", lease="probe", holder="inbox", now=now, until=now)


def applies(update: int, at: int) -> Statement:
    """Mark, in the transaction with its facts, that an update had its effect."""
    return statement("apply_update", update_id=update, at=at)


def finishes(update: int, at: int) -> Statement:
    """Mark that nothing is owed any more, and drop what the person wrote."""
    return statement("finish_update", update_id=update, at=at)


def forgets(learner: int, update: int, at: int) -> Statement:
    """Forget what `learner` sent up to `update`, which asks for that: it counts as done at once.

    Its reply is owed by this process only; a kill before it is sent leaves the person without
    the reply rather than the database with their data.
    """
    return statement("forget_received", learner=learner, update_id=update, at=at)


def fails(update: int, error: str) -> Statement:
    """Count a try that failed."""
    return statement("fail_update", update_id=update, error=error)


def retries() -> Statement:
    """Let everything that was set aside be tried again at the next start."""
    return statement("retry_updates")


def forgets_before(at: int, tries: int) -> Statement:
    """Drop what was done before `at` (UTC milliseconds), and what came then and was set aside."""
    return statement("forget_done_updates", deadline=at, tries=tries)


def owed(rows: Sequence[Row]) -> tuple[Received, ...]:
    """The rows of the query `owed_updates`, oldest first."""
    return tuple(
        Received(update, learner, body, at, tries) for update, learner, body, at, tries in rows
    )
