"""How time passes, and how somebody comes to be in Nairobi."""

from dataclasses import replace
from datetime import UTC, datetime

from course.model import LearnerId
from course.reminders.preferences import Preferences
from course.reminders.rhythm import Rhythm
from storage import learners
from tests.conversations.people import Careful
from tests.course.examples import SMALL
from tests.support.running import Stage

AMINA = LearnerId(1001)


DAY, HOUR, MINUTE = 86_400, 3_600, 60


ALL_SENT = replace(SMALL, rhythm=Rhythm(hold_out_percent=0))


ALL_HELD = replace(SMALL, rhythm=Rhythm(hold_out_percent=100))


async def arrived(on: Stage) -> Careful:
    person = Careful(on)
    await person.says("/start")
    await person.taps("Start")
    now = round(on.simulator.world.clock.now() * 1000)
    await on.store.write(learners.save_preferences(AMINA, Preferences(zone="Africa/Nairobi"), now))
    return person


async def passes(stage: Stage, seconds: float, step: float = 5 * MINUTE) -> None:
    """Let time pass, with a tick every few minutes; each second would show nothing more."""
    for _ in range(round(seconds / step)):
        stage.simulator.world.clock.advance(step)
        await stage.ticks()


def local(stage: Stage) -> str:
    """What clocks show in Nairobi, three hours ahead of UTC all year."""
    moment = stage.simulator.world.clock.now() + 3 * HOUR
    return datetime.fromtimestamp(moment, UTC).strftime("%a %d %H:%M")
