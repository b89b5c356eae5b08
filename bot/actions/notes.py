"""Notes from a facilitator to one learner: about a radar concern, or to answer a request."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.actions import dialogues, radar
from bot.actions.access import NotAllowed, record, write
from bot.actions.learner_state import Services, Turn
from bot.actions.radar import Shown
from course.cohorts.radar import Concern
from course.learning.progress import Progress
from course.model import LearnerId
from storage import notes, roles
from storage.cohorts import Cohort
from storage.dialogues import closes
from storage.notes import Note, Stand
from storage.statements import Statement

DRAFT = "note"
"""The kind of the dialogue about a note."""


@dataclass(frozen=True, slots=True)
class Writing:
    """A note that is not sent yet.

    Attributes:
        membership: of the learner it is for.
        concern: why it is written.
        number: how many notes to them about this concern came before.
        html: its text; "" for the suggested text of the concern.
        awaits_text: whether the next message is its text.
    """

    membership: int
    concern: Concern
    number: int
    html: str = ""
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """A note as shown to its writer before it is sent.

    Attributes:
        progress: the learner's; it fills the placeholders.
        zone: the time zone in which the deadline is shown.
    """

    writing: Writing
    cohort: Cohort
    shown: Shown
    progress: Progress
    zone: str
    now: int


@dataclass(frozen=True, slots=True)
class DealtWith:
    """Somebody has handled the concern already, or it no longer exists."""


@dataclass(frozen=True, slots=True)
class Written:
    """A note is in the outbox.

    Attributes:
        is_own_press: whether this very press sent it; false if somebody else was faster.
    """

    note: Note
    called: str
    is_mine: bool
    stand: Stand | None


async def begin(
    services: Services, turn: Turn, membership: int, *, again: bool = False
) -> Preview | DealtWith | NotAllowed:
    """Begin a note to a person on the radar.

    Args:
        again: also when a facilitator has handled the concern already.
    """
    found = await radar.one(services, turn, membership)
    if isinstance(found, NotAllowed):
        off = await radar.member(services, turn, membership)
        return off if isinstance(off, NotAllowed) else DealtWith()
    cohort, shown = found
    if not shown.can_be_told:
        return DealtWith()
    if not again and await radar.is_dealt_with(services, cohort.id, shown):
        return DealtWith()
    number = await notes.number(services.store, shown.learner, cohort.id, shown.concern)
    writing = Writing(membership, shown.concern, number)
    await write(services, turn, _goes_on(turn, writing))
    return await _preview(services, turn, writing, cohort, shown)


async def look(
    services: Services, turn: Turn, writing: Writing
) -> Preview | DealtWith | NotAllowed:
    """Load the preview of the note in the open dialogue."""
    found = await radar.one(services, turn, writing.membership)
    if isinstance(found, NotAllowed):
        off = await radar.member(services, turn, writing.membership)
        return off if isinstance(off, NotAllowed) else DealtWith()
    return await _preview(services, turn, writing, *found)


async def says(
    services: Services, turn: Turn, writing: Writing, html: str
) -> Preview | DealtWith | NotAllowed:
    """Set the text of a note."""
    after = replace(writing, html=html, waits=False)
    await write(services, turn, _goes_on(turn, after))
    return await look(services, turn, after)


async def wait(services: Services, turn: Turn, writing: Writing) -> None:
    """Treat the person's next message as the note's text."""
    await write(services, turn, _goes_on(turn, replace(writing, waits=True)))


async def cancel(services: Services, turn: Turn) -> None:
    """Cancel the note; ends the dialogue."""
    await write(services, turn, closes(turn.learner, turn.update))


async def send(
    services: Services, turn: Turn, writing: Writing, html: str, message: int
) -> Written | DealtWith | NotAllowed:
    """Queue a note; if two people write about the same concern, the first one's is sent.

    Args:
        html: its text, with the suggested text filled in.
        message: the message in the writer's chat that shows the delivery status.
    """
    found = await radar.one(services, turn, writing.membership)
    if isinstance(found, NotAllowed):
        off = await radar.member(services, turn, writing.membership)
        return off if isinstance(off, NotAllowed) else DealtWith()
    cohort, shown = found
    if not shown.can_be_told:
        return DealtWith()
    about = notes.about_concern(writing.concern, writing.number)
    note = Note(turn.update, shown.learner, cohort.id, about, html, turn.learner, turn.at, message)
    changes = (*radar.sees(cohort.id, shown, turn.at), closes(turn.learner, turn.update))
    return await sent(services, turn, note, writing.membership, shown.called, *changes)


async def sent(
    services: Services,
    turn: Turn,
    note: Note,
    membership: int,
    called: str,
    *changes: Statement,
) -> Written:
    """Put a note into the outbox, with further changes and an audit entry."""
    detail = note.about.partition(":")[0]
    changes = (*notes.writes(note), *changes)
    await record(services, turn, "write-note", membership, detail, *changes, noted=roles.notes_note)
    kept = await notes.of(services.store, note.id)
    stand = await notes.stand(services.store, note.id)
    return Written(kept or note, called, kept is not None, stand)


def of_draft(body: Mapping[str, Any]) -> Writing | None:
    """The note in a dialogue's body; `None` when the dialogue is about an answer to a request."""
    if "membership" not in body:
        return None
    return Writing(
        body["membership"], Concern(body["concern"]), body["number"], body["html"], body["waits"]
    )


async def open_one(services: Services, turn: Turn) -> Writing | None:
    """Load the note that the person of this interaction is writing."""
    draft = await dialogues.draft(services, turn)
    return of_draft(draft.body) if draft is not None and draft.kind == DRAFT else None


def _goes_on(turn: Turn, writing: Writing) -> Statement:
    body = {
        "membership": writing.membership,
        "concern": writing.concern.value,
        "number": writing.number,
        "html": writing.html,
        "waits": writing.waits,
    }
    return dialogues.going_on(turn, DRAFT, body)


async def _preview(
    services: Services, turn: Turn, writing: Writing, cohort: Cohort, shown: Shown
) -> Preview:
    history = await services.store.history(LearnerId(shown.learner))
    zone = cohort.zone
    if history.learner is not None and history.learner.wishes.zone is not None:
        zone = history.learner.wishes.zone
    progress = history.progress.credited(services.course)
    return Preview(writing, cohort, shown, progress, zone, turn.at)
