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
from bot.actions.broadcast_drafts import Composed
from bot.actions.broadcasts import send
from bot.actions.learner_state import Services, Turn
from bot.actions.notes import Written
from bot.demo.sample_deliveries import Past
from bot.demo.sample_learners import Life
from bot.demo.sample_people import (
    GROUPS,
    SEED,
    Fate,
    Group,
)
from course import local_time
from course.cohorts.audiences import Audience, Narrowing
from course.model import LearnerId
from storage import broadcast_transitions, broadcasts, notes
from storage.broadcasts import KIND as BROADCAST
from storage.broadcasts import Answer, Button, Content, GoOn
from storage.facts import History
from storage.outbox import ANSWER, QUESTION

Hand: TypeAlias = Callable[[int], Turn]
"""Makes an interaction of a facilitator, at a time in UTC milliseconds."""

_MORNING = 10 * 60 + 30
"""Minute of the day at which broadcasts are sent, in the cohort's zone: no session starts then."""

_HOUR = 3_600_000
_ANSWERING = 0.6
_ANSWERS = (0, 0, 0, 1, 2)  # indexes of answers, weighted by repetition
_WHO_ANSWER = (Fate.FINISHED, Fate.UNDER_WAY, Fate.STUCK, Fate.BEHIND)


@dataclass(frozen=True, slots=True)
class Letter:
    """A broadcast to create.

    Attributes:
        cohort_index: index into `SAMPLE_COHORTS`.
        days_ago: when it is sent; negative for a planned one, sent at 9:00 of each learner's time.
    """

    group: int
    ago: int
    html: str
    buttons: tuple[Button, ...]
    narrowed: frozenset[Narrowing] = frozenset()


LETTERS = (
    Letter(2, 12, "The course closes on {deadline}, {name}."
           " You have about {minutes_left} minutes left.", (GoOn(),),
           frozenset({Narrowing.NOT_FINISHED})),
    Letter(1, 5, "Your next lesson, {name}, is {next_lesson}."
           " If something is not clear, ask me with /askfacilitator.", (GoOn(),),
           frozenset({Narrowing.NOT_FINISHED})),
    Letter(0, 3, "We meet online for an hour before the course closes on {deadline}."
           " We talk about what the lessons mean for our work. Will you come, {name}?",
           (Answer("Yes"), Answer("No"), Answer("I do not know yet"))),
    Letter(0, -1, "Some days are left, {name}. The course is open until {deadline}."
           " You have about {minutes_left} minutes left.", (GoOn(),),
           frozenset({Narrowing.NOT_FINISHED})),
)  # fmt: skip
"""One sent broadcast per cohort, and one planned for tomorrow."""

_ASKED = (
    (0, 50, "Can a court order treatment when the person does not agree?"),
    (1, 20, "We have no treatment service in our district. What can I suggest to the court?"),
)
"""Questions from the first cohort: index among its learners under way, hours ago, and text."""

_ANSWERED_AFTER = 3
_REPLY = (
    "Good question. Treatment needs the person's informed consent, also when a court offers it"
    " in place of a punishment. Module 3 comes back to this."
)


@dataclass(frozen=True, slots=True)
class Event:
    """An action of a facilitator; all learners are advanced to its time first."""

    at: int
    happens: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Leaders:
    """The facilitators' actions.

    Attributes:
        interaction_makers: one per cohort, by its index.
        cohort_ids: ids of the cohorts, by index.
    """

    services: Services
    past: Past
    hands: Sequence[Hand]
    cohorts: Sequence[int]
    lives: Sequence[Life]

    def events(self, now: int) -> Iterator[Event]:
        """Plan all events up to `now`, earliest first; also adds the learners' questions."""
        found = [*self._letters(now), *self._questions(now)]
        yield from sorted(found, key=lambda event: event.at)

    def _letters(self, now: int) -> Iterator[Event]:
        for letter in LETTERS:
            at = min(morning(GROUPS[letter.group], letter.ago, now), now)
            yield Event(at, partial(self._write, letter, at))

    async def _write(self, letter: Letter, at: int) -> None:
        services, hand = self.services, self.hands[letter.group]
        to = Audience(frozenset({self.cohorts[letter.group]}), letter.narrowed)
        content = Content(letter.html, buttons=letter.buttons)
        made = await broadcast_drafts.begin(services, hand(at), content, to)
        assert isinstance(made, Composed), "whoever leads may"
        number = made.broadcast.id
        if letter.ago < 0:
            zone = GROUPS[letter.group].zone
            day = local_time.local(zone, at).date() - timedelta(letter.ago)
            send_at = local_time.at_minute(zone, day, 6 * 60)
            await broadcast_drafts.times(services, hand(at), number, send_at=send_at, local_hour=9)
        draft = await broadcasts.of(services.store, number)
        assert draft is not None, "it was made"
        await send(services, hand(at), number, draft.version)
        if letter.ago >= 0:
            await self._goes(number, at)

    async def _goes(self, number: int, at: int) -> None:
        """Deliver a broadcast to its audience, and plan some of the answers to it."""
        store = self.services.store
        known = await broadcasts.of(store, number)
        assert known is not None, "it was sent"
        async for page in audiences.walk(self.services, known, at):
            await store.write(*audiences.rows(known, page, at))
        await store.write(*broadcast_transitions.begins(known, None))
        await self.past.deliver(BROADCAST)
        await store.write(broadcast_transitions.ends(known))
        if known.content.answers:
            for life in self.lives:
                _will_answer(life, number, at)

    def _questions(self, now: int) -> Iterator[Event]:
        asking_ones = [
            life for life in self.lives
            if life.plan.group == 0 and life.plan.fate is Fate.UNDER_WAY
        ]  # fmt: skip
        for which, hours, said in _ASKED[: len(asking_ones)]:
            at = now - hours * _HOUR
            life = asking_ones[which]
            life.will(at, partial(self._ask, said=said))
            if which == 0:
                answered_at = at + _ANSWERED_AFTER * _HOUR
                yield Event(answered_at, partial(self._answer, answered_at))

    async def _ask(self, life: Life, _: History, said: str) -> None:
        await support_requests.ask(life.services, life.turn(), said)
        await self.past.deliver(QUESTION)

    async def _answer(self, at: int) -> None:
        services, hand = self.services, self.hands[0]
        page = await support_answers.page(services, hand(at), self.cohorts[0])
        assert not isinstance(page, NotAllowed), "whoever leads may"
        (one,) = page.waiting
        await support_answers.take(services, hand(at), one.request.id)
        written = await support_answers.send(
            services, hand(at), support_answers.Answering(one.request.id, _REPLY, waits=False), 0
        )
        assert isinstance(written, Written), "nobody else has answered"
        await self.past.deliver(ANSWER)
        await services.store.write(notes.told(written.note.id, at))


def morning(group: Group, ago: int, now: int) -> int:
    """Time of a broadcast sent `days_ago` days ago, in UTC milliseconds."""
    day = local_time.local(group.zone, now).date() - timedelta(ago)
    return local_time.at_minute(group.zone, day, _MORNING)


def learners_gone(lives: Sequence[Life], now: int) -> frozenset[LearnerId]:
    """Find learners whose block is only noticed when the first broadcast to them fails."""
    return frozenset(
        life.plan.learner
        for life in lives
        for letter in LETTERS
        if life.plan.fate is Fate.BLOCKED and life.plan.group == letter.group
        and life.plan.sessions[-1].at < morning(GROUPS[letter.group], letter.ago, now)
    )  # fmt: skip


def _will_answer(life: Life, broadcast: int, at: int) -> None:
    chance = Random(f"{SEED}:answers:{life.plan.learner}")  # noqa: S311 - the same every time
    if life.plan.fate in _WHO_ANSWER and chance.random() < _ANSWERING:
        choice = chance.choice(_ANSWERS)
        moment = at + chance.randrange(2 * 60_000, 5 * _HOUR)
        life.will(moment, partial(_say_so, broadcast=broadcast, choice=choice))


async def _say_so(life: Life, _: History, broadcast: int, choice: int) -> None:
    await rsvps.answer(life.services, life.turn(), broadcast, choice)
