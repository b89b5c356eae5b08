"""Notes from a facilitator to one learner: about a radar concern, or to answer a request."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.actions import dialogues, radar
from bot.actions.access import NotAllowedError, write_audited, write_unaudited
from bot.actions.cohorts import fetch_facilitated_cohort
from bot.actions.learner_state import Interaction, Services
from bot.actions.radar import RadarEntry
from course.cohorts.radar import Concern
from course.learning.progress import Progress
from course.model import LearnerId
from storage import memberships, notes, roles
from storage.cohorts import Cohort
from storage.notes import Note, NoteStatus
from storage.statements import Statement

NOTE_DIALOGUE = "note"
"""The kind of the dialogue about a note."""


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A note that is not sent yet.

    Attributes:
        membership: of the learner it is for.
        concern: why it is written.
        number: how many notes to them about this concern came before.
        html: its text; "" for the suggested text of the concern.
    """

    membership: int
    concern: Concern
    number: int
    html: str = ""


@dataclass(frozen=True, slots=True)
class NotePreview:
    """A note as shown to its writer before it is sent.

    Attributes:
        progress: the learner's; it fills the placeholders.
        zone: the time zone in which the deadline is shown.
    """

    draft: NoteDraft
    cohort: Cohort
    entry: RadarEntry
    progress: Progress
    zone: str
    now: int


@dataclass(frozen=True, slots=True)
class AlreadyHandled:
    """Somebody has handled the concern already, or it no longer exists."""


@dataclass(frozen=True, slots=True)
class NoteQueued:
    """A note is in the outbox.

    Attributes:
        is_own_press: whether this very press sent it; false if somebody else was faster.
    """

    note: Note
    display_name: str
    is_own_press: bool
    status: NoteStatus | None


async def begin_note(
    services: Services, interaction: Interaction, membership: int, *, again: bool = False
) -> NotePreview | AlreadyHandled:
    """Begin a note to a person on the radar.

    Args:
        again: also when a facilitator has handled the concern already.
    """
    found = await radar.fetch_entry(services, interaction, membership)
    if found is None or not found[1].can_be_messaged:
        return AlreadyHandled()
    cohort, shown = found
    if not again and await radar.is_handled(services, cohort.id, shown):
        return AlreadyHandled()
    number = await notes.count_notes_about(services.store, shown.learner, cohort.id, shown.concern)
    writing = NoteDraft(membership, shown.concern, number)
    await write_unaudited(services, interaction, _keep_open(interaction, writing))
    return await _build_preview(services, interaction, writing, cohort, shown)


async def fetch_preview(
    services: Services, interaction: Interaction, draft: NoteDraft
) -> NotePreview | AlreadyHandled:
    """Load the preview of the note in the open dialogue."""
    found = await radar.fetch_entry(services, interaction, draft.membership)
    if found is None:
        return AlreadyHandled()
    return await _build_preview(services, interaction, draft, *found)


async def set_note_text(
    services: Services, interaction: Interaction, draft: NoteDraft, html: str
) -> NotePreview | AlreadyHandled:
    """Set the text of a note."""
    after = replace(draft, html=html)
    await write_unaudited(services, interaction, _keep_open(interaction, after))
    return await fetch_preview(services, interaction, after)


async def cancel_note(services: Services, interaction: Interaction) -> None:
    """Cancel the note; ends the dialogue."""
    await write_unaudited(services, interaction, dialogues.close(interaction))


async def send_note(
    services: Services, interaction: Interaction, draft: NoteDraft, html: str, message: int
) -> NoteQueued | AlreadyHandled:
    """Queue a note; if two people write about the same concern, the first one's is sent.

    Args:
        html: its text, with the suggested text filled in.
        message: the message in the writer's chat that shows the delivery status.
    """
    found = await radar.fetch_entry(services, interaction, draft.membership)
    if found is None or not found[1].can_be_messaged:
        return AlreadyHandled()
    cohort, shown = found
    about = notes.topic_of_concern(draft.concern, draft.number)
    note = make_note(interaction, shown.learner, cohort.id, about, html, message)
    handled = radar.mark_concerns_handled(cohort.id, shown, interaction.at)
    return await queue_note(
        services, interaction, note, draft.membership, shown.display_name, *handled
    )


def make_note(
    interaction: Interaction, learner: LearnerId, cohort: int, topic: str, html: str, message: int
) -> Note:
    """A note by the person of this interaction; `message` shows them the delivery status."""
    update, writer, at = interaction.update_id, interaction.learner, interaction.at
    return Note(update, learner, cohort, topic, html, writer, at, message)


async def queue_note(
    services: Services,
    interaction: Interaction,
    note: Note,
    membership: int,
    display_name: str,
    *changes: Statement,
) -> NoteQueued:
    """Put a note into the outbox, with further changes and an audit entry; ends the dialogue."""
    detail, noted = note.topic.partition(":")[0], roles.add_audit_entry_of_note
    changes = (*notes.add_note(note), *changes, dialogues.close(interaction))
    await write_audited(
        services, interaction, "write-note", membership, detail, *changes, noted=noted
    )
    kept = await notes.fetch_note(services.store, note.id)
    stand = await notes.fetch_note_status(services.store, note.id)
    return NoteQueued(kept or note, display_name, kept is not None, stand)


async def decide_waiting_note(
    services: Services, interaction: Interaction, note: int, *, sends: bool
) -> tuple[NoteQueued, Cohort]:
    """Send a note that waits for another day now, or never; no effect if it waits no more.

    Raises:
        NotAllowedError: this person did not write it, or leads the cohort no more.
    """
    known = await notes.fetch_note(services.store, note)
    if known is None or known.made_by != interaction.learner:
        raise NotAllowedError
    cohort = await fetch_facilitated_cohort(services, interaction, known.cohort)
    decided = (
        (notes.send_note_anyway(note, interaction.at),)
        if sends
        else notes.withdraw_note(note, interaction.at)
    )
    await write_unaudited(services, interaction, *decided)
    theirs = await memberships.fetch_memberships(services.store, known.learner)
    name = next((one.display_name for one in theirs if one.cohort == known.cohort), "")
    stand = await notes.fetch_note_status(services.store, note)
    return NoteQueued(known, name, True, stand), cohort


def note_from_body(body: Mapping[str, Any]) -> NoteDraft | None:
    """The note in a dialogue's body; `None` when the dialogue is about an answer to a request."""
    if "membership" not in body:
        return None
    return NoteDraft(body["membership"], Concern(body["concern"]), body["number"], body["html"])


async def fetch_open_note(services: Services, interaction: Interaction) -> NoteDraft | None:
    """Load the note that the person of this interaction is writing."""
    draft = await dialogues.fetch_open_dialogue(services, interaction, NOTE_DIALOGUE)
    return None if draft is None else note_from_body(draft.body)


def _keep_open(interaction: Interaction, draft: NoteDraft) -> Statement:
    body = {
        "membership": draft.membership,
        "concern": draft.concern.value,
        "number": draft.number,
        "html": draft.html,
    }
    return dialogues.keep_open(interaction, NOTE_DIALOGUE, body)


async def _build_preview(
    services: Services,
    interaction: Interaction,
    draft: NoteDraft,
    cohort: Cohort,
    entry: RadarEntry,
) -> NotePreview:
    history = await services.store.fetch_history(LearnerId(entry.learner))
    zone = cohort.zone
    if history.learner is not None and history.learner.preferences.zone is not None:
        zone = history.learner.preferences.zone
    progress = history.progress.with_current_key(services.course)
    return NotePreview(draft, cohort, entry, progress, zone, interaction.at)
