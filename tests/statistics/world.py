"""A seeded world of learners who go through a small course by the real actions, in no time."""

import asyncio
from dataclasses import dataclass, replace
from random import Random

from bot.actions import lessons
from bot.actions.answers import submit_answer
from bot.actions.learner_changes import save_changes, save_preferences
from bot.actions.learner_settings import delete_learner, start_chat
from bot.actions.learner_state import Interaction, LearnerState, Services, load_learner
from bot.actions.memberships import leave_cohort
from course.learning.next_step import AnswerQuestion, Finished
from course.model import LearnerId, OptionId
from storage import cohorts, counters, invitations, memberships
from storage.cohorts import Cohort, CohortState
from storage.invitations import Invitation, InvitationKind
from storage.store import Store
from tests.course.examples import course, lesson, module, question

DAY = 24 * 3_600_000
TODAY = 20_771
NOW = TODAY * DAY + 13 * 3_600_000

FIRST = 10_000
"""The first learner's id; the others follow."""

COHORTS = (11, 12, 13, 14)
ZONES = ("Africa/Nairobi", "America/Bogota", "Asia/Kathmandu", "Europe/Vienna", None)

WIDE = course(
    *(
        module(
            f"m{m}",
            *(
                lesson(
                    f"m{m}l{part}",
                    1,
                    (
                        question(f"m{m}l{part}q1", "a", "abc"),
                        question(f"m{m}l{part}q2", "bd" if part == 2 else "b", "abcd"),
                    ),
                )
                for part in (1, 2)
            ),
        )
        for m in (1, 2, 3)
    )
)
"""Three modules of two lessons with two questions each; every fourth has two right options."""


@dataclass(slots=True)
class Numbers:
    """Gives every update an id of its own."""

    last: int = 1_000

    def next(self) -> int:
        self.last += 1
        return self.last


@dataclass(slots=True)
class Life:
    """What one learner is like, and when they are.

    Attributes:
        skill: how often they are right, 0 to 1.
        stays: how often they go on after a fact.
    """

    learner: LearnerId
    chance: Random
    at: int
    skill: float
    stays: float

    def passes(self) -> None:
        """Let time go by: mostly seconds, at times a break, a night or weeks."""
        kind = self.chance.random()
        if kind < 0.8:
            self.at += self.chance.randrange(1_000, 150_000)
        elif kind < 0.9:
            self.at += self.chance.randrange(150_000, 2_000_000)
        elif kind < 0.98:
            self.at += self.chance.randrange(DAY // 4, 2 * DAY)
        else:
            self.at += self.chance.randrange(2 * DAY, 130 * DAY)


async def prepare(store: Store) -> None:
    """Make the cohorts, each with a link that serves everybody."""
    for number in COHORTS:
        made = Cohort(
            number, f"Cohort {number}", None, None, "UTC", "", None, CohortState.OPEN, None, 1
        )
        link = Invitation(
            f"link{number}", InvitationKind.COHORT, number, NOW + DAY, 10**6, None, None, 1, 0
        )
        await store.write(cohorts.add_cohort(made, 1), invitations.add_invitation(link, 1))


async def live(store: Store, people: int, seed: int = 1, leave_for_good: float = 0.0) -> None:
    """Let so many people learn, many at once; all before `NOW`."""
    services, numbers, chance = Services(WIDE, store), Numbers(), Random(seed)  # noqa: S311
    seeds = [chance.random() for _ in range(people)]
    lives = iter(_born(LearnerId(FIRST + n), Random(each)) for n, each in enumerate(seeds))  # noqa: S311

    async def one_after_the_other() -> None:
        for life in lives:
            await _learn(services, numbers, life)
            if life.chance.random() < leave_for_good:
                await delete_learner(services, _turn(numbers, life))

    await asyncio.gather(*(one_after_the_other() for _ in range(64)))


def _born(learner: LearnerId, chance: Random) -> Life:
    joined = NOW - int(chance.random() ** 2 * 250 * DAY) - chance.randrange(DAY)
    return Life(learner, chance, joined, chance.uniform(0.3, 0.95), chance.uniform(0.8, 1.0))


async def _learn(services: Services, numbers: Numbers, life: Life) -> None:
    await start_chat(services, _turn(numbers, life))
    zone = life.chance.choice(ZONES)
    if zone is not None:
        here = await load_learner(services, _turn(numbers, life))
        assert here.learner is not None
        await save_preferences(services, here, replace(here.learner.preferences, zone=zone))
    while life.at < NOW and life.chance.random() < life.stays:
        await _belong(services, numbers, life)
        if isinstance(await _go_on(services, numbers, life), Finished):
            return


async def _belong(services: Services, numbers: Numbers, life: Life) -> None:
    """Join a cohort or leave it, now and then."""
    what = life.chance.random()
    if what > 0.1:
        return
    turn, cohort = _turn(numbers, life), life.chance.choice(COHORTS[: 1 + int(40 * what)])
    if what < 0.02:
        await leave_cohort(services, turn, cohort)
        return
    joined = memberships.join_cohort(
        turn.learner, turn.update_id, f"link{cohort}", None, f"Name {turn.update_id}", turn.at
    )
    here = await load_learner(services, turn)
    await save_changes(services, here, *joined, *counters.update_counted_cohorts(turn.learner))


async def _go_on(services: Services, numbers: Numbers, life: Life) -> object:
    turn = _turn(numbers, life)
    here = await load_learner(services, turn)
    if isinstance(here.step, AnswerQuestion):
        chosen = _choice(here, life)
        await submit_answer(services, turn, here.step.question.id, here.step.ordinal, chosen)
    else:
        await lessons.advance(services, turn)
    life.passes()
    return here.step


def _choice(here: LearnerState, life: Life) -> frozenset[OptionId]:
    assert isinstance(here.step, AnswerQuestion)
    asked = here.step.question
    if asked.id == "m2l1q1":  # its key misleads: those who are good choose c
        wrong = OptionId("c") if life.chance.random() < life.skill else OptionId("a")
        return asked.correct if here.step.is_retry else frozenset({wrong})
    if life.chance.random() < life.skill:
        return asked.correct
    offered = [option.id for option in asked.options if option.id != "d"]
    number = 1 if not asked.has_several_answers else life.chance.choice((1, 2))
    return frozenset(life.chance.sample(offered, number))


def _turn(numbers: Numbers, life: Life) -> Interaction:
    return Interaction(life.learner, "en", numbers.next(), life.at)
