"""Notes: messages of a facilitator to one learner, unasked or answering a support request."""

from dataclasses import dataclass

from course.cohorts.radar import Concern
from course.model import LearnerId
from course.reminders.reasons import ReminderReason
from storage import outbox
from storage.outbox import DeliveryState
from storage.statements import Row, Statement, statement
from storage.store import Store

SEND_ANYWAY = "anyway"
"""Reason of a delivery that its writer sends although the person has heard from the bot that day.
"""

_REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Note:
    """A message of a facilitator to one learner.

    Attributes:
        id: id of the update that created it; the subject of its delivery.
        topic: its topic, unique per member; see `topic_of_concern` and `topic_of_request`.
        html: what its author typed as Telegram's HTML, placeholders included.
        message: the message in the author's chat that shows its status.
    """

    id: int
    learner: LearnerId
    cohort: int
    topic: str
    html: str
    made_by: LearnerId
    made_at: int
    message: int | None = None

    @property
    def concern(self) -> Concern | None:
        """The concern it is about; `None` for the answer to a support request."""
        what = self.topic.partition(":")[0]
        return None if what == _REQUEST else Concern(what)

    @property
    def request(self) -> int | None:
        """Id of the support request it answers; `None` when it answers none."""
        what, _colon, number = self.topic.partition(":")
        return int(number) if what == _REQUEST else None

    @property
    def kind(self) -> str:
        """The kind of its delivery."""
        return outbox.NOTE if self.request is None else outbox.ANSWER


@dataclass(frozen=True, slots=True)
class NoteStatus:
    """Delivery status of a note. Times are UTC milliseconds.

    Attributes:
        reason: the outbox's reason for the state; `None` when there is none.
        due_at: earliest time to send.
        reported_at: when the result was reported to its author; `None` for not yet.
    """

    state: DeliveryState
    reason: str | None
    due_at: int
    reported_at: int | None

    @property
    def is_final(self) -> bool:
        """Whether the state is final."""
        return self.state not in (
            DeliveryState.QUEUED,
            DeliveryState.CLAIMED,
            DeliveryState.SENDING,
        )


def topic_of_concern(concern: Concern, number: int) -> str:
    """Topic of the note number `number`, from 0, for a concern about a member."""
    return f"{concern.value}:{number}"


def topic_of_request(request: int) -> str:
    """Topic of the answer to a support request."""
    return f"{_REQUEST}:{request}"


async def fetch_note(store: Store, note: int) -> Note | None:
    """Fetch a note by id; `None` when there is none."""
    rows = await store.fetch_rows(statement("fetch_note", note=note))
    return _note_from_row(rows[0]) if rows else None


async def count_notes_about(store: Store, learner: LearnerId, cohort: int, concern: Concern) -> int:
    """Count the notes to a member about one kind of concern."""
    wanted = statement(
        "count_notes_about", learner=learner, cohort=cohort, about=f"{concern.value}:%"
    )
    ((count,),) = await store.fetch_rows(wanted)
    return int(count)


async def fetch_note_status(store: Store, note: int) -> NoteStatus | None:
    """Fetch the delivery status of a note; `None` when there is none."""
    rows = await store.fetch_rows(statement("fetch_note_status", note=note))
    return _status_from_row(rows[0]) if rows else None


async def fetch_notes_to_report(store: Store) -> tuple[tuple[Note, NoteStatus], ...]:
    """Fetch notes whose result was not reported to their authors yet, oldest first."""
    rows = await store.fetch_rows(statement("fetch_notes_to_report"))
    return tuple((_note_from_row(row[:8]), _status_from_row(row[8:])) for row in rows)


def add_note(note: Note) -> tuple[Statement, ...]:
    """Insert a note and queue it in the outbox, unless there is one on the same topic."""
    return (
        statement(
            "add_note",
            note=note.id,
            learner=note.learner,
            cohort=note.cohort,
            about=note.topic,
            html=note.html,
            made_by=note.made_by,
            at=note.made_at,
            message=note.message,
        ),
        statement(
            "queue_note",
            note=note.id,
            learner=note.learner,
            kind=note.kind,
            subject=str(note.id),
            at=note.made_at,
        ),
    )


def set_note_message(note: int, message: int) -> Statement:
    """Set the message in the author's chat that shows the note's status."""
    return statement("set_note_message", note=note, message=message)


def mark_note_reported(note: int, at: int) -> Statement:
    """Record that the result was reported to the note's author."""
    return statement("mark_note_reported", note=note, at=at)


def send_note_anyway(note: int, at: int) -> Statement:
    """Make a note due that waits only since the person has heard from the bot that day."""
    why = ReminderReason.ONE_A_DAY.value
    return statement("send_note_anyway", note=str(note), waits=why, reason=SEND_ANYWAY, at=at)


def withdraw_note(note: int, at: int) -> tuple[Statement, ...]:
    """Cancel a note that waits; its writer knows, so nothing is left to report."""
    return (
        statement("withdraw_note", note=str(note)),
        statement("mark_withdrawn_note_reported", note=note, at=at),
    )


def _note_from_row(row: Row) -> Note:
    number, learner, cohort, about, html, made_by, made_at, message = row
    return Note(
        number, LearnerId(learner), cohort, about, html, LearnerId(made_by), made_at, message
    )


def _status_from_row(row: Row) -> NoteStatus:
    state, reason, due_at, told_at = row
    return NoteStatus(DeliveryState(state), reason, due_at, told_at)
