"""Actions of the demo's facilitators: broadcasts, and answers to questions."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import TypeAlias

from bot.actions import (
    audiences,
    broadcast_changes,
    broadcast_drafts,
    rsvps,
    support_answers,
    support_requests,
)
from bot.actions.broadcast_drafts import BroadcastDraft
from bot.actions.broadcasts import send_broadcast
from bot.actions.learner_state import Interaction, Services
from bot.actions.notes import NoteQueued
from bot.demo.sample_broadcasts import SAMPLE_BROADCASTS, SampleBroadcast, broadcast_time
from bot.demo.sample_cohorts import SAMPLE_COHORTS, LearnerStatus
from bot.demo.sample_deliveries import SampleDeliveries
from bot.demo.sample_learners import SampleLearner
from bot.demo.sample_people import SEED
from course.cohorts.audiences import Audience
from course.model import LearnerId
from storage import broadcast_transitions, broadcasts, notes
from storage.broadcasts import BroadcastContent
from storage.facts import History
from storage.outbox import ANSWER, BROADCAST, QUESTION

MakeInteraction: TypeAlias = Callable[[int], Interaction]
"""Makes an interaction of a facilitator, at a time in UTC milliseconds."""

_HOUR = 3_600_000
_ANSWER_PROBABILITY = 0.6
_ANSWER_CHOICES = (0, 0, 0, 1, 2)  # indexes of answers, weighted by repetition
_ANSWERING_STATUSES = (
    LearnerStatus.FINISHED,
    LearnerStatus.UNDER_WAY,
    LearnerStatus.STUCK,
    LearnerStatus.BEHIND,
)


_QUESTIONS = (
    (0, 50, "Can a court order treatment when the person does not agree?"),
    (1, 20, "We have no treatment service in our district. What can I suggest to the court?"),
)
"""Questions from the first cohort: index among its learners under way, hours ago, and text."""

_HOURS_TO_ANSWER = 3
_REPLY = (
    "Good question. Treatment needs the person's informed consent, also when a court offers it"
    " in place of a punishment. Module 3 comes back to this."
)


@dataclass(frozen=True, slots=True)
class Event:
    """An action of a facilitator; all learners are advanced to its time first."""

    at: int
    run: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class SampleFacilitators:
    """The facilitators' actions.

    Attributes:
        interaction_makers: one per cohort, by its index.
        cohort_ids: ids of the cohorts, by index.
    """

    services: Services
    deliveries: SampleDeliveries
    interaction_makers: Sequence[MakeInteraction]
    cohort_ids: Sequence[int]
    learners: Sequence[SampleLearner]

    def plan_events(self, now: int) -> Iterator[Event]:
        """Plan all events up to `now`, earliest first; also adds the learners' questions."""
        found = [*self._plan_broadcasts(now), *self._plan_questions(now)]
        yield from sorted(found, key=lambda event: event.at)

    def _plan_broadcasts(self, now: int) -> Iterator[Event]:
        for broadcast in SAMPLE_BROADCASTS:
            at = min(
                broadcast_time(SAMPLE_COHORTS[broadcast.cohort_index], broadcast.days_ago, now), now
            )
            yield Event(at, partial(self._create_broadcast, broadcast, at))

    async def _create_broadcast(self, broadcast: SampleBroadcast, at: int) -> None:
        services, make_interaction = self.services, self.interaction_makers[broadcast.cohort_index]
        to = Audience(frozenset({self.cohort_ids[broadcast.cohort_index]}), broadcast.narrowed)
        content = BroadcastContent(broadcast.html, buttons=broadcast.buttons)
        made = await broadcast_drafts.start_draft(services, make_interaction(at), content, to)
        assert isinstance(made, BroadcastDraft), "whoever leads may"
        number = made.broadcast.id
        if broadcast.days_ago < 0:
            await broadcast_changes.set_schedule(
                services, make_interaction(at), number, send_at=broadcast.send_at(at), local_hour=9
            )
        draft = await broadcasts.fetch_broadcast(services.store, number)
        assert draft is not None, "it was made"
        await send_broadcast(services, make_interaction(at), number, draft.version)
        if broadcast.days_ago >= 0:
            await self._deliver_broadcast(number, at)

    async def _deliver_broadcast(self, number: int, at: int) -> None:
        """Deliver a broadcast to its audience, and plan some of the answers to it."""
        store = self.services.store
        broadcast = await broadcasts.fetch_broadcast(store, number)
        assert broadcast is not None, "it was sent"
        async for page in audiences.iterate_audience(self.services, broadcast, at):
            await store.write(*audiences.recipient_statements(broadcast, page, at))
        await store.write(*broadcast_transitions.start_sending_broadcast(broadcast, None))
        await self.deliveries.deliver_all(BROADCAST)
        await store.write(broadcast_transitions.finish_broadcast(broadcast))
        if broadcast.content.answers:
            for learner in self.learners:
                _plan_answer(learner, number, at)

    def _plan_questions(self, now: int) -> Iterator[Event]:
        asking_ones = [
            learner for learner in self.learners
            if learner.plan.cohort_index == 0 and learner.plan.status is LearnerStatus.UNDER_WAY
        ]  # fmt: skip
        for which, hours, said in _QUESTIONS[: len(asking_ones)]:
            at = now - hours * _HOUR
            learner = asking_ones[which]
            learner.add_action(at, partial(self._ask, said=said))
            if which == 0:
                answered_at = at + _HOURS_TO_ANSWER * _HOUR
                yield Event(answered_at, partial(self._answer, answered_at))

    async def _ask(self, learner: SampleLearner, _: History, said: str) -> None:
        await support_requests.ask_facilitator(learner.services, learner.make_interaction(), said)
        await self.deliveries.deliver_all(QUESTION)

    async def _answer(self, at: int) -> None:
        services, make_interaction = self.services, self.interaction_makers[0]
        page = await support_answers.fetch_open_requests(
            services, make_interaction(at), self.cohort_ids[0]
        )
        (one,) = page.open_requests
        await support_answers.take_request(services, make_interaction(at), one.request.id)
        written = await support_answers.send_answer(
            services,
            make_interaction(at),
            support_answers.AnswerDraft(one.request.id, _REPLY),
            0,
        )
        assert isinstance(written, NoteQueued), "nobody else has answered"
        await self.deliveries.deliver_all(ANSWER)
        await services.store.write(notes.mark_note_reported(written.note.id, at))


def find_blocking_learners(learners: Sequence[SampleLearner], now: int) -> frozenset[LearnerId]:
    """Find learners whose block is only noticed when the first broadcast to them fails."""
    return frozenset(
        life.plan.learner
        for life in learners
        for letter in SAMPLE_BROADCASTS
        if life.plan.status is LearnerStatus.BLOCKED
        and life.plan.cohort_index == letter.cohort_index
        and life.plan.sessions[-1].starts_at
        < broadcast_time(SAMPLE_COHORTS[letter.cohort_index], letter.days_ago, now)
    )


def _plan_answer(learner: SampleLearner, broadcast: int, at: int) -> None:
    random = Random(f"{SEED}:answers:{learner.plan.learner}")  # noqa: S311 - the same every time
    if learner.plan.status in _ANSWERING_STATUSES and random.random() < _ANSWER_PROBABILITY:
        choice = random.choice(_ANSWER_CHOICES)
        moment = at + random.randrange(2 * 60_000, 5 * _HOUR)
        learner.add_action(moment, partial(_answer_broadcast, broadcast=broadcast, choice=choice))


async def _answer_broadcast(
    learner: SampleLearner, _: History, broadcast: int, choice: int
) -> None:
    await rsvps.answer_broadcast(learner.services, learner.make_interaction(), broadcast, choice)
