"""Sends facilitators' notes and answers to single learners, and reports their delivery."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.actions import reminder_schedule
from bot.actions.learner_state import Services
from bot.clock import Clock
from bot.i18n import Voice, Voices
from bot.messages import Reply
from bot.outbox.outbox import Ready, Refused
from bot.rendering.notes import message, status
from course.cohorts import notes as notes_rules
from course.cohorts.notes import Never, Reached, Waits
from course.cohorts.radar import Standing
from course.model import LearnerId
from course.reminders.reasons import Reason
from storage import (
    cohorts,
    memberships,
    notes,
    support_requests,
)
from storage.cohorts import Cohort, State
from storage.facts import History
from storage.memberships import Membership
from storage.notes import Note, Stand
from storage.outbox import Delivery
from storage.outbox import State as Delivered

log = logging.getLogger(__name__)

Show = Callable[[LearnerId, int | None, Reply], Awaitable[int]]
"""Edits a message of a chat to show a reply, or sends a new one; returns the message id."""


@dataclass(frozen=True, slots=True)
class Personal:
    """Prepares notes, and shows their authors the delivery status."""

    services: Services
    voices: Voices
    clock: Clock
    show: Show
    _telling: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def prepare(self, delivery: Delivery, now: int) -> Ready | Refused:
        """Build the message of a note at `now`, or say why it is not sent."""
        store = self.services.store
        note = await notes.of(store, int(delivery.subject))
        history = await store.history(delivery.learner)
        if note is None or history.learner is None:
            return Refused("gone")
        by = await self._membership(note)
        cohort = await cohorts.of(store, note.cohort)
        if by is None or cohort is None or cohort.state is State.ARCHIVED:
            return Refused("left")
        refused = self._hindered(note, history, by, cohort, now)
        if refused is not None:
            return refused
        asked = None if note.request is None else await support_requests.of(store, note.request)
        reply = message(
            self.voices.of(history.learner.language, plain=history.learner.plain),
            self.services.course,
            note.html,
            history.progress.credited(self.services.course),
            by.name,
            cohort.deadline,
            history.learner.wishes.zone or cohort.zone,
            None if asked is None else asked.said,
        )
        return Ready(reply, lambda at: self._hindered(note, history, by, cohort, at))

    async def after(self, delivery: Delivery) -> None:
        """Show the author the current status."""
        note = await notes.of(self.services.store, int(delivery.subject))
        if note is not None:
            async with self._telling:
                await self._tell(note)

    async def tick(self) -> None:
        """Show final statuses that were not shown yet, for example after a restart."""
        async with self._telling:
            for note, stand in await notes.to_tell(self.services.store):
                if stand.is_over:
                    await self._tell(note)

    async def _tell(self, note: Note) -> None:
        store, now = self.services.store, self.clock()
        stand = await notes.stand(store, note.id)
        if stand is None or stand.told_at is not None:
            return
        try:
            await self._show(note, stand, now)
        except (BadRequest, Forbidden):  # the author blocked the bot
            log.info("A facilitator cannot be told", extra={"action": "note_not_told"})
        except TelegramError as error:
            log.info("A facilitator waits", extra={"action": "note_waits", "why": str(error)})
            return
        if stand.is_over:
            await store.write(notes.told(note.id, now))

    async def _show(self, note: Note, stand: Stand, now: int) -> None:
        if not note.made_by:  # they had their data deleted
            return
        reply = await self._status(note, stand, now)
        message = await self.show(note.made_by, note.message, reply)
        if message != note.message:
            await self.services.store.write(notes.shown(note.id, message))
        elif stand.is_over and stand.state is not Delivered.SENT:
            await self.show(note.made_by, None, reply)  # an edit alone does not notify

    async def _status(self, note: Note, stand: Stand, now: int) -> Reply:
        by = await self._membership(note)
        cohort = await cohorts.of(self.services.store, note.cohort)
        learner = (await self.services.store.history(note.learner)).learner
        zone = (learner and learner.wishes.zone) or (cohort.zone if cohort else "UTC")
        _ = await self._voice(note.made_by)
        called = by.called if by is not None else _("somebody who has left the cohort")
        return status(_, called, stand, now, zone)

    async def _voice(self, person: LearnerId) -> Voice:
        known = (await self.services.store.history(person)).learner
        return self.voices.of(None if known is None else known.language)

    async def _membership(self, note: Note) -> Membership | None:
        mine = await memberships.of(self.services.store, note.learner)
        return next((one for one in mine if one.cohort == note.cohort), None)

    def _hindered(
        self, note: Note, history: History, by: Membership, cohort: Cohort, now: int
    ) -> Refused | None:
        learner, course = history.learner, self.services.course
        assert learner is not None, "the callers looked"
        progress = history.progress.credited(course)
        situation = reminder_schedule.situation(learner, progress, now)
        reached = Reached(
            learner.wishes,
            learner.wishes.zone or cohort.zone,
            situation.active_at,
            learner.proactive_at,
        )
        concern = note.concern
        if concern is None:
            return _refused(notes_rules.answer(reached, now))
        began_at = max(by.joined_at, cohort.starts_at or 0)
        standing = Standing(progress, situation.active_at, began_at, cohort.deadline)
        return _refused(notes_rules.note(course, concern, standing, reached, now))


def _refused(why: Waits | Never | None) -> Refused | None:
    match why:
        case None:
            return None
        case Never(Reason.ACTIVE):
            return Refused("no-longer-fits")
        case Never(reason):
            return Refused(reason.value)
        case Waits(reason, until):
            return Refused(reason.value, until)
