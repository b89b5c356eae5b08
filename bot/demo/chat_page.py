"""What the demo adds to the chat page: first steps for each person, a group, and time that works.

Its words are for whoever tries the bot, not for learners, so they are not translated.
"""

import asyncio
from contextlib import suppress
from dataclasses import replace

from bot.app import RunningBot
from bot.demo.sample_cohorts import SAMPLE_COHORTS
from bot.demo.sample_world import ADMIN, FACILITATOR
from course.model import Course
from simulator.world import World

_AMINA = 1001

# Seconds to wait for what became due in an hour: enough for a broadcast to everybody.
_LONGEST_WORK = 60.0

_TIPS = {
    _AMINA: "Press Start, answer a question or two, then jump to the next reminder.",
    FACILITATOR: "You lead two cohorts: try /cohorts and /radar. In your group, send"
    f" /bind {SAMPLE_COHORTS[0].name}, then let a week pass.",
    ADMIN: "You see all cohorts: try /stats, /status and /audit.",
}
_TIPS_WHEN_EMPTY = _TIPS | {
    FACILITATOR: "Ask Ada for a link: she sends /grant facilitator. Open it, then try /newcohort.",
    ADMIN: "Nobody is here yet: send /grant facilitator, and open the link as Farid.",
}


def prepare_people(world: World, *, empty: bool) -> None:
    """Say what to try as each of the three people, and make a group of Farid and Amina."""
    for person, tip in (_TIPS_WHEN_EMPTY if empty else _TIPS).items():
        world.people[person].tip = tip
    for leader in () if empty else (FACILITATOR, ADMIN):
        world.people[leader].started = True  # weeks ago: what comes for them arrives
    world.group("Colleagues", [FACILITATOR, _AMINA])


def remind_everybody(course: Course) -> Course:
    """The course without a group that gets no reminders: who tries the bot waits for one."""
    return replace(course, rhythm=replace(course.rhythm, hold_out_percent=0))


def connect_time(world: World, tutor: RunningBot) -> None:
    """When the page moves the clock, let the bot do at once what became due."""

    async def work() -> None:
        tutor.scheduler.wake()
        parts = (tutor.scheduler, tutor.inbox)
        with suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST_WORK):
                while world.pending() or any(part.is_busy for part in parts):  # noqa: ASYNC110 - no common event
                    await asyncio.sleep(0.005)

    world.work = work
