"""Writes facts, joins, leaves and deletions without end and says which are acknowledged.

Made to be killed; run as `python -m tests.statistics.writing URL SEED`.
"""

import asyncio
import os
import sys
from random import Random

from course.learning.progress import Attempt, Reading
from course.model import LearnerId, OptionId, QuestionId
from course.statistics.counters import DAY, ENROLMENT, ActivityKind, AnswerDetails, Milestone
from storage import counters, facts, learners, memberships
from storage.statements import Statement
from storage.store import Store
from tests.statistics.world import COHORTS, NOW

WRITERS = 8


def anything(learner: LearnerId, update: int, chance: Random) -> tuple[Statement, ...]:
    """The statements of one thing that happens to a learner, who may be new."""
    at = NOW + chance.randrange(-20, 20) * DAY
    added = (
        learners.add_learner(learner, at, None),
        *counters.add_milestones(learner, at, [ENROLMENT]),
    )
    match chance.choice(("answer", "answer", "answer", "read", "join", "leave", "delete")):
        case "answer":
            question = QuestionId(f"q{chance.randrange(20)}")
            chosen = frozenset({OptionId(chance.choice("ab"))})
            attempt = Attempt(question, chance.choice((1, 2)), chosen, False, at, update)
            return (
                *added,
                *facts.add_attempt(learner, attempt, "1", AnswerDetails(5, 6, 7)),
                *counters.add_visits(learner, at, ActivityKind.FIRST_ANSWER_WITH_HOUR),
                *counters.add_milestones(learner, at, [Milestone("lesson", 3)]),
            )
        case "read":
            reading = Reading(f"card{chance.randrange(20)}", at, update)
            return *added, *facts.add_reading(learner, reading)
        case "join":
            link, name = f"link{chance.choice(COHORTS)}", f"Name {update}"
            joins = memberships.join_cohort(learner, update, link, None, name, at)
            return *added, *joins, *counters.update_counted_cohorts(learner)
        case "leave":
            left = memberships.leave_cohort(learner, chance.choice(COHORTS), at)
            return *added, left, *counters.update_counted_cohorts(learner)
        case _:
            return counters.keep_counts_of_deleted(learner), learners.delete_learner(learner)


async def main(url: str, seed: int) -> None:
    """Write until killed, for learners of its own; `seed` tells them from those of others."""
    store = await Store.open(url, NOW)

    async def write(number: int) -> None:
        chance = Random(f"{seed} {number}")  # noqa: S311 - repeatable, not secret
        for count in range(1_000_000):
            learner = LearnerId(seed * 1000 + number * 10 + chance.randrange(4))
            update = (seed * 100 + number) * 1_000_000 + count
            await store.write(*anything(learner, update, chance))
            os.write(1, b"%d\n" % update)

    await asyncio.gather(*map(write, range(WRITERS)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
