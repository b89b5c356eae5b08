"""Actions of the demo's facilitators: broadcasts, and answers to questions."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from random import Random
from typing import TypeAlias

from bot.actions import (
    audiences,
    broadcast_drafts,
    rsvps,
    support_answers,
    support_requests,
)
from bot.actions.access import NotAllowed
from bot.actions.broadcast_drafts import BroadcastDraft
from bot.actions.broadcasts import send_broadcast
from bot.actions.learner_state import Interaction, Services
from bot.actions.notes import NoteQueued
from bot.demo.sample_deliveries import SampleDeliveries
from bot.demo.sample_learners import SampleLearner
from bot.demo.sample_people import (
    SAMPLE_COHORTS,
    SEED,
    LearnerStatus,
    SampleCohort,
)
from course import local_time
from course.cohorts.audiences import Audience, AudienceFilter
from course.model import LearnerId
from storage import broadcast_transitions, broadcasts, notes
from storage.broadcasts import (
    AnswerButton,
    BroadcastButton,
    BroadcastContent,
    ContinueButton,
)
from storage.facts import History
from storage.outbox import ANSWER, BROADCAST, QUESTION

MakeInteraction: TypeAlias = Callable[[int], Interaction]
"""Makes an interaction of a facilitator, at a time in UTC milliseconds."""

_BROADCAST_MINUTE = 10 * 60 + 30
"""Minute of the day at which broadcasts are sent, in the cohort's zone: no session starts then."""

_HOUR = 3_600_000
_ANSWER_PROBABILITY = 0.6
_ANSWER_CHOICES = (0, 0, 0, 1, 2)  # indexes of answers, weighted by repetition
_ANSWERING_STATUSES = (
    LearnerStatus.FINISHED,
    LearnerStatus.UNDER_WAY,
    LearnerStatus.STUCK,
    LearnerStatus.BEHIND,
)


@dataclass(frozen=True, slots=True)
class SampleBroadcast:
    """A broadcast to create.

    Attributes:
        cohort_index: index into `SAMPLE_COHORTS`.
        days_ago: when it is sent; negative for a planned one, sent at 9:00 of each learner's time.
    """

    cohort_index: int
    days_ago: int
    html: str
    buttons: tuple[BroadcastButton, ...]
    narrowed: frozenset[AudienceFilter] = frozenset()


SAMPLE_BROADCASTS = (
    SampleBroadcast(2, 12, "The course closes on {deadline}, {name}."
           " You have about {minutes_left} minutes left.", (ContinueButton(),),
           frozenset({AudienceFilter.NOT_FINISHED})),
    SampleBroadcast(1, 5, "Your next lesson, {name}, is {next_lesson}."
           " If something is not clear, ask me with /askfacilitator.", (ContinueButton(),),
           frozenset({AudienceFilter.NOT_FINISHED})),
    SampleBroadcast(0, 3, "We meet online for an hour before the course closes on {deadline}."
           " We talk about what the lessons mean for our work. Will you come, {name}?",
           (AnswerButton("Yes"), AnswerButton("No"), AnswerButton("I do not know yet"))),
    SampleBroadcast(0, -1, "Some days are left, {name}. The course is open until {deadline}."
           " You have about {minutes_left} minutes left.", (ContinueButton(),),
           frozenset({AudienceFilter.NOT_FINISHED})),
)  # fmt: skip
"""One sent broadcast per cohort, and one planned for tomorrow."""

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
            zone = SAMPLE_COHORTS[broadcast.cohort_index].zone
            day = local_time.to_local(zone, at).date() - timedelta(broadcast.days_ago)
            send_at = local_time.time_on_day(zone, day, 6 * 60)
            await broadcast_drafts.set_schedule(
                services, make_interaction(at), number, send_at=send_at, local_hour=9
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
        assert not isinstance(page, NotAllowed), "whoever leads may"
        (one,) = page.open_requests
        await support_answers.take_request(services, make_interaction(at), one.request.id)
        written = await support_answers.send_answer(
            services,
            make_interaction(at),
            support_answers.AnswerDraft(one.request.id, _REPLY, awaits_text=False),
            0,
        )
        assert isinstance(written, NoteQueued), "nobody else has answered"
        await self.deliveries.deliver_all(ANSWER)
        await services.store.write(notes.mark_note_reported(written.note.id, at))


def broadcast_time(cohort: SampleCohort, days_ago: int, now: int) -> int:
    """Time of a broadcast sent `days_ago` days ago, in UTC milliseconds."""
    day = local_time.to_local(cohort.zone, now).date() - timedelta(days_ago)
    return local_time.time_on_day(cohort.zone, day, _BROADCAST_MINUTE)


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
