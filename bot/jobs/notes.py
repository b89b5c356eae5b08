"""Sends facilitators' notes and answers to single learners, and reports their delivery."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from bot.actions import reminder_schedule
from bot.actions.learner_state import Services
from bot.bot_api.errors import ApiError, classify
from bot.clock import Clock
from bot.i18n import Translator, Translators
from bot.messages import Reply
from bot.outbox.kinds import Prepared, Withheld
from bot.rendering.broadcasts import Recipient
from bot.rendering.notes import delivery_status, note_message
from course.cohorts import notes as notes_rules
from course.cohorts.notes import NoteRecipient, Postponed, Rejected
from course.cohorts.radar import MemberSituation
from course.model import LearnerId
from course.reminders.reasons import ReminderReason
from storage import (
    cohorts,
    memberships,
    notes,
    support_requests,
)
from storage.cohorts import Cohort, CohortState
from storage.facts import History
from storage.memberships import Membership
from storage.notes import SEND_ANYWAY, Note, NoteStatus
from storage.outbox import Delivery
from storage.outbox import DeliveryState as Delivered

log = logging.getLogger(__name__)

ShowMessage = Callable[[LearnerId, int | None, Reply], Awaitable[int]]
"""Edits a message of a chat to show a reply, or sends a new one; returns the message id."""


@dataclass(frozen=True, slots=True)
class NoteSender:
    """Prepares notes, and shows their authors the delivery status."""

    services: Services
    translators: Translators
    clock: Clock
    show_message: ShowMessage
    _status_lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def prepare(self, delivery: Delivery, now: int) -> Prepared | Withheld:
        """Build the message of a note at `now`, or say why it is not sent."""
        store = self.services.store
        note = await notes.fetch_note(store, int(delivery.subject))
        history = await store.fetch_history(LearnerId(delivery.recipient))
        learner = history.learner
        if note is None or learner is None:
            return Withheld("gone")
        membership = await self._load_membership(note)
        cohort = await cohorts.fetch_cohort(store, note.cohort)
        if membership is None or cohort is None or cohort.state is CohortState.ARCHIVED:
            return Withheld("left")
        if delivery.reason == SEND_ANYWAY:
            history = replace(history, learner=replace(learner, proactive_at=None))
        withheld = self._find_refusal(note, history, membership, cohort, now)
        if withheld is not None:
            return withheld
        request = (
            None
            if note.request is None
            else await support_requests.fetch_request(store, note.request)
        )
        reply = note_message(
            self.translators.for_language(learner.language, plain=learner.plain),
            self.services.course,
            note.html,
            Recipient(
                history.progress.with_current_key(self.services.course),
                membership.name,
                cohort.deadline,
                learner.preferences.zone or cohort.zone,
            ),
            None if request is None else request.text,
        )
        return Prepared(reply, lambda at: self._find_refusal(note, history, membership, cohort, at))

    async def follow_up(self, delivery: Delivery) -> None:
        """Show the author the current status."""
        note = await notes.fetch_note(self.services.store, int(delivery.subject))
        if note is not None:
            async with self._status_lock:
                await self._report_status(note)

    async def tick(self) -> None:
        """Show final statuses that were not shown yet, for example after a restart."""
        async with self._status_lock:
            for note, stand in await notes.fetch_notes_to_report(self.services.store):
                if stand.is_final:
                    await self._report_status(note)

    async def _report_status(self, note: Note) -> None:
        store, now = self.services.store, self.clock()
        stand = await notes.fetch_note_status(store, note.id)
        if stand is None or stand.reported_at is not None:
            return
        try:
            await self._show_status(note, stand, now)
        except ApiError as error:
            if not classify(error).kind.is_final:
                log.info("A facilitator waits", extra={"action": "note_waits", "why": str(error)})
                return
            log.info("A facilitator cannot be told", extra={"action": "note_not_told"})
        if stand.is_final:
            await store.write(notes.mark_note_reported(note.id, now))

    async def _show_status(self, note: Note, stand: NoteStatus, now: int) -> None:
        if not note.made_by:  # they had their data deleted
            return
        reply = await self._make_status(note, stand, now)
        message = await self.show_message(note.made_by, note.message, reply)
        if message != note.message:
            await self.services.store.write(notes.set_note_message(note.id, message))
        elif stand.is_final and stand.state is not Delivered.SENT:
            await self.show_message(note.made_by, None, reply)  # an edit alone does not notify

    async def _make_status(self, note: Note, stand: NoteStatus, now: int) -> Reply:
        membership = await self._load_membership(note)
        cohort = await cohorts.fetch_cohort(self.services.store, note.cohort)
        learner = (await self.services.store.fetch_history(note.learner)).learner
        zone = (learner and learner.preferences.zone) or (cohort.zone if cohort else "UTC")
        _ = await self._load_translator(note.made_by)
        called = "" if membership is None else membership.display_name
        return delivery_status(_, called, stand, now, zone, note)

    async def _load_translator(self, person: LearnerId) -> Translator:
        known = (await self.services.store.fetch_history(person)).learner
        return self.translators.for_language(None if known is None else known.language)

    async def _load_membership(self, note: Note) -> Membership | None:
        mine = await memberships.fetch_memberships(self.services.store, note.learner)
        return next((one for one in mine if one.cohort == note.cohort), None)

    def _find_refusal(
        self, note: Note, history: History, membership: Membership, cohort: Cohort, now: int
    ) -> Withheld | None:
        learner, course = history.learner, self.services.course
        assert learner is not None, "the callers looked"
        progress = history.progress.with_current_key(course)
        situation = reminder_schedule.build_situation(learner, progress, now)
        reached = NoteRecipient(
            learner.preferences,
            learner.preferences.zone or cohort.zone,
            situation.active_at,
            learner.proactive_at,
        )
        concern = note.concern
        if concern is None:
            return _to_withheld(notes_rules.check_answer(reached, now))
        began_at = max(membership.joined_at, cohort.starts_at or 0)
        standing = MemberSituation(progress, situation.active_at, began_at, cohort.deadline)
        return _to_withheld(notes_rules.check_note(course, concern, standing, reached, now))


def _to_withheld(why: Postponed | Rejected | None) -> Withheld | None:
    match why:
        case None:
            return None
        case Rejected(ReminderReason.ACTIVE):
            return Withheld("no-longer-fits")
        case Rejected(reason):
            return Withheld(reason.value)
        case Postponed(reason, until):
            return Withheld(reason.value, until)
