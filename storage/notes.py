"""What facilitators write to one learner: of their own accord, or to answer a request."""

from dataclasses import dataclass

from course.model import LearnerId
from course.radar import Concern
from storage import deliveries
from storage.deliveries import State
from storage.statements import Row, Statement, statement
from storage.store import Store

_REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Note:
    """One message to one learner.

    Attributes:
        id: the update that made it; the subject of its delivery.
        about: what for, and the how many-th of its kind; see `about_concern`, `about_request`.
        html: as Telegram wrote it of what its maker typed, placeholders included.
        message: in which message of their chat its maker reads how it goes.
    """

    id: int
    learner: LearnerId
    cohort: int
    about: str
    html: str
    made_by: LearnerId
    made_at: int
    message: int | None = None

    @property
    def concern(self) -> Concern | None:
        """Why it was written; `None` for the answer to a request."""
        what = self.about.partition(":")[0]
        return None if what == _REQUEST else Concern(what)

    @property
    def request(self) -> int | None:
        """Which request it answers; `None` when it answers none."""
        what, _colon, number = self.about.partition(":")
        return int(number) if what == _REQUEST else None

    @property
    def kind(self) -> str:
        """The kind of its delivery."""
        return deliveries.NOTE if self.request is None else deliveries.ANSWER


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a note stands.

    Attributes:
        reason: in the outbox's words; `None` when there is none.
        due_at: when it is or was to be sent at the earliest, in UTC milliseconds.
        told_at: when its maker heard the end; `None` for not yet.
    """

    state: State
    reason: str | None
    due_at: int
    told_at: int | None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will become of it."""
        return self.state not in (State.QUEUED, State.CLAIMED, State.SENDING)


def about_concern(concern: Concern, number: int) -> str:
    """What the note number `number`, from 0, for a concern about a member is about."""
    return f"{concern.value}:{number}"


def about_request(request: int) -> str:
    """What the answer to a request is about."""
    return f"{_REQUEST}:{request}"


async def of(store: Store, note: int) -> Note | None:
    """The note of this id; `None` when there is none."""
    rows = await store.rows(statement("note", note=note))
    return _note(rows[0]) if rows else None


async def number(store: Store, learner: LearnerId, cohort: int, concern: Concern) -> int:
    """How many notes a member got for one kind of concern."""
    wanted = statement("notes_about", learner=learner, cohort=cohort, about=f"{concern.value}:%")
    ((count,),) = await store.rows(wanted)
    return int(count)


async def stand(store: Store, note: int) -> Stand | None:
    """Where a note stands; `None` when there is none."""
    rows = await store.rows(statement("state_of_note", note=note))
    return _stand(rows[0]) if rows else None


async def to_tell(store: Store) -> tuple[tuple[Note, Stand], ...]:
    """Notes of which their makers have not heard the end, the oldest first."""
    rows = await store.rows(statement("notes_to_tell"))
    return tuple((_note(row[:8]), _stand(row[8:])) for row in rows)


def writes(note: Note) -> tuple[Statement, ...]:
    """Keep a note and put it into the outbox, unless there is one for the same thing."""
    return (
        statement(
            "add_note",
            note=note.id,
            learner=note.learner,
            cohort=note.cohort,
            about=note.about,
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


def shown(note: int, message: int) -> Statement:
    """Its maker reads in this message how it goes."""
    return statement("note_shown", note=note, message=message)


def told(note: int, at: int) -> Statement:
    """Its maker has heard the end."""
    return statement("note_told", note=note, at=at)


def _note(row: Row) -> Note:
    number, learner, cohort, about, html, made_by, made_at, message = row
    return Note(
        number, LearnerId(learner), cohort, about, html, LearnerId(made_by), made_at, message
    )


def _stand(row: Row) -> Stand:
    state, reason, due_at, told_at = row
    return Stand(State(state), reason, due_at, told_at)
