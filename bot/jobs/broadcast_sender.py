"""Prepares the messages of broadcasts, and rechecks each recipient before sending."""

from collections import OrderedDict
from dataclasses import dataclass, field, replace

from bot.actions.audiences import find_learner_cohort, last_active_at
from bot.actions.learner_state import Services
from bot.i18n import Translators, parse_language_tag
from bot.outbox.kinds import Prepared, Withheld
from bot.rendering.broadcasts import Recipient, broadcast_message
from course.cohorts import audiences
from course.cohorts.audiences import Person
from course.learning.progress import Progress
from course.model import LearnerId
from storage import broadcasts, recipients
from storage.broadcasts import Broadcast
from storage.learners import Learner
from storage.outbox import Delivery
from storage.recipients import LearnerCohort

# Broadcasts kept in memory, so that they are not read again for each message.
_MAX_CACHED = 16


@dataclass(slots=True)
class BroadcastSender:
    """Prepares messages of broadcasts."""

    services: Services
    translators: Translators
    _cache: "OrderedDict[str, Broadcast]" = field(default_factory=OrderedDict)

    async def prepare(self, delivery: Delivery, now: int) -> Prepared | Withheld:
        """Build the message for one recipient at `now`, or say why it is not sent."""
        learner = LearnerId(delivery.recipient)
        broadcast = await self._load_broadcast(delivery.subject)
        history = await self.services.store.fetch_history(learner)
        if broadcast is None or history.learner is None:
            return Withheld("gone")
        membership = find_learner_cohort(
            broadcast, await recipients.fetch_learner_cohorts(self.services.store, learner)
        )
        if membership is None and broadcast.audience.cohorts is not None:
            return Withheld("left")
        progress = history.progress.with_current_key(self.services.course)
        person = _make_person(history.learner, membership, progress)
        withheld = self._find_refusal(broadcast, person, progress, now)
        if withheld is not None:
            return withheld
        reply = broadcast_message(
            self.translators.for_language(history.learner.language, plain=history.learner.plain),
            self.services.course,
            broadcast,
            Recipient(
                progress,
                None if membership is None else membership.name,
                person.deadline,
                person.time_zone,
            ),
        )
        return Prepared(reply, lambda at: self._find_refusal(broadcast, person, progress, at))

    async def _load_broadcast(self, subject: str) -> Broadcast | None:
        """Load a broadcast, cached: a started one does not change, except for its state."""
        if subject not in self._cache:
            found = await broadcasts.fetch_broadcast(self.services.store, int(subject))
            if found is None:
                return None
            self._cache[subject] = found
            if len(self._cache) > _MAX_CACHED:
                self._cache.popitem(last=False)
        return self._cache[subject]

    def _find_refusal(
        self, broadcast: Broadcast, person: Person, progress: Progress, now: int
    ) -> Withheld | None:
        reason = audiences.exclusion_reason(person, now, urgent=broadcast.urgent)
        if reason is not None:
            return Withheld(reason.value)
        if not audiences.matches_audience(
            broadcast.audience, person, self.services.course, progress, now
        ):
            return Withheld("no-longer-fits")
        allowed_at = audiences.next_time_outside_quiet_hours(person, now, urgent=broadcast.urgent)
        return Withheld("quiet", allowed_at) if allowed_at > now else None


def _make_person(learner: Learner, membership: LearnerCohort | None, progress: Progress) -> Person:
    """Make the recipient as the rules of audiences need it."""
    person = Person(
        learner.id,
        learner.preferences,
        parse_language_tag(learner.language),
        last_active_at(learner.active_at or learner.joined_at, progress),
        learner.proactive_at,
        learner.joined_at,
    )
    if membership is None:
        return person
    began_at = max(membership.joined_at, membership.starts_at or 0)
    return replace(
        person, started_at=began_at, deadline=membership.deadline, cohort_zone=membership.zone
    )
