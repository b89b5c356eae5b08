"""Prepares the messages of broadcasts, and rechecks each recipient before sending."""

from collections import OrderedDict
from dataclasses import dataclass, field, replace

from bot.actions.audiences import active, chosen
from bot.actions.learner_state import Services
from bot.i18n import Voices, read_tag
from bot.outbox.outbox import Ready, Refused
from bot.rendering.broadcasts import message
from course.cohorts import audiences
from course.cohorts.audiences import Person
from course.learning.progress import Progress
from storage import broadcasts, recipients
from storage.broadcasts import Broadcast
from storage.learners import Learner
from storage.outbox import Delivery
from storage.recipients import Belonging

# Broadcasts kept in memory, so that they are not read again for each message.
_REMEMBERED = 16


@dataclass(slots=True)
class Posting:
    """Prepares messages of broadcasts."""

    services: Services
    voices: Voices
    _known: "OrderedDict[str, Broadcast]" = field(default_factory=OrderedDict)

    async def prepare(self, delivery: Delivery, now: int) -> Ready | Refused:
        """Build the message for one recipient at `now`, or say why it is not sent."""
        known = await self._broadcast(delivery.subject)
        history = await self.services.store.history(delivery.learner)
        if known is None or history.learner is None:
            return Refused("gone")
        by = chosen(known, await recipients.belonging(self.services.store, delivery.learner))
        if by is None and known.audience.cohorts is not None:
            return Refused("left")
        progress = history.progress.credited(self.services.course)
        person = _person(history.learner, by, progress)
        refused = self._hindered(known, person, progress, now)
        if refused is not None:
            return refused
        reply = message(
            self.voices.of(history.learner.language, plain=history.learner.plain),
            self.services.course,
            known,
            progress,
            None if by is None else by.name,
            person.deadline,
            person.zone,
        )
        return Ready(reply, lambda at: self._hindered(known, person, progress, at))

    async def _broadcast(self, subject: str) -> Broadcast | None:
        """Load a broadcast, cached: a started one does not change, except for its state."""
        if subject not in self._known:
            found = await broadcasts.of(self.services.store, int(subject))
            if found is None:
                return None
            self._known[subject] = found
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return self._known[subject]

    def _hindered(
        self, known: Broadcast, person: Person, progress: Progress, now: int
    ) -> Refused | None:
        why = audiences.left_out(person, now, urgent=known.urgent)
        if why is not None:
            return Refused(why.value)
        if not audiences.belongs(known.audience, person, self.services.course, progress, now):
            return Refused("no-longer-fits")
        opens = audiences.opens_at(person, now, urgent=known.urgent)
        return Refused("quiet", opens) if opens > now else None


def _person(known: Learner, by: Belonging | None, progress: Progress) -> Person:
    """Make the recipient as the rules of audiences need it."""
    person = Person(
        known.id,
        known.wishes,
        read_tag(known.language),
        active(known.active_at or known.joined_at, progress),
        known.proactive_at,
        known.joined_at,
    )
    if by is None:
        return person
    began_at = max(by.joined_at, by.starts_at or 0)
    return replace(person, began_at=began_at, deadline=by.deadline, cohort_zone=by.zone)
