"""50,000 reminders due at once, at Telegram's rate, while people get answers.

Run by `python -m tests.year.crowd`: the real rule, store, outbox and lanes before the simulated
Telegram, in real time. Watches the first minutes; the rest goes on in the same way.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from telegram.ext import ExtBot

from bot.actions.learner_state import Services
from bot.bot_api.rate_limiter import BulkSend, RateLimiter
from bot.bot_api.rate_limits import Lane
from bot.bot_api.sending import deliver_reply
from bot.bot_api.transport import AiohttpRequest
from bot.i18n import Translators
from bot.jobs.reminders import ReminderSender
from bot.messages import Reply
from bot.outbox.kinds import OutboxKind
from bot.outbox.lease import Lease
from bot.outbox.outbox import Outbox
from course.model import LearnerId
from course.reminders.preferences import Preferences
from simulator.server import Simulator
from storage import learners
from storage.outbox import REMINDER
from storage.store import Store
from tests.year.lives import DAY, HOUR
from tests.year.working import COURSE

_AT_A_TIME = 500
_TICK = 60.0
_ASKS = 200  # people who are answered; they have ids of their own


@dataclass(slots=True)
class Crowd:
    """A crowd that waits, and a few who ask.

    Attributes:
        late: since when each is due, in UTC milliseconds.
        sent: who got theirs, in order, and when, in seconds of the loop.
        answers: seconds that each answer took.
    """

    store: Store
    simulator: Simulator
    bot: ExtBot[Any]
    late: dict[int, int] = field(default_factory=dict)
    sent: list[tuple[int, float]] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)

    def now(self) -> int:
        return round(self.simulator.world.clock.now() * 1000)

    async def gathers(self, number: int) -> None:
        """Have `number` people whose reminder is due since some time of the last ten hours."""
        random = Random("crowd")  # noqa: S311 - lateness, not secrets
        begin, wishes = self.now(), Preferences(zone="UTC", quiet_from=0, quiet_to=0)
        for person in range(_ASKS):
            self._starts(1 + person)
        ids = list(range(100_000, 100_000 + number))
        random.shuffle(ids)
        for some in (ids[at : at + _AT_A_TIME] for at in range(0, number, _AT_A_TIME)):
            await asyncio.gather(*(self._waits(one, wishes, begin, random) for one in some))

    async def _waits(self, person: int, wishes: Preferences, begin: int, random: Random) -> None:
        self._starts(person)
        learner = LearnerId(person)
        self.late[person] = due = begin - random.randrange(10 * HOUR)
        await self.store.write(
            learners.add_learner(learner, begin - 5 * DAY, "en"),
            learners.save_preferences(learner, wishes, begin - 5 * DAY),
            learners.schedule_reminder_check(learner, due),
        )

    def _starts(self, person: int) -> None:
        self.simulator.world.person(person, "Somebody")
        self.simulator.world.people[person].started = True

    async def send(self, learner: int, reply: Reply, bulk: BulkSend) -> int:
        message = await deliver_reply(self.bot, learner, reply, bulk)
        self.sent.append((learner, asyncio.get_running_loop().time()))
        return message

    async def asks(self, seconds: float, each: float) -> None:
        """Somebody is answered every `each` seconds."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end:
            person = 1 + len(self.answers) % _ASKS
            begun = loop.time()
            await self.bot.send_message(person, "Right.")
            self.answers.append(loop.time() - begun)
            await asyncio.sleep(each)


async def _watched(crowd: Crowd, seconds: float) -> list[str]:
    loop = asyncio.get_running_loop()
    services = Services(COURSE, crowd.store)
    nudging = ReminderSender(services, Translators.load(), crowd.now)
    errands = {REMINDER: OutboxKind(Lane.NUDGE, nudging.prepare)}
    lease = Lease(crowd.store, crowd.now, "run-one")
    outbox = Outbox(crowd.store, crowd.now, crowd.send, errands, lease)
    await crowd.asks(10, 0.2)
    quiet, crowd.answers = crowd.answers, []
    asking = asyncio.create_task(crowd.asks(seconds, 0.2))
    outbox.start()
    begun, took = loop.time(), []
    while loop.time() < begun + seconds:
        ticked = loop.time()
        await nudging.tick()
        outbox.wake()
        took.append(loop.time() - ticked)
        await asyncio.sleep(max(0.0, min(ticked + _TICK, begun + seconds) - loop.time()))
    await asking
    await outbox.close(within=5)
    return _told(crowd, quiet, took)


def _told(crowd: Crowd, quiet: list[float], took: list[float]) -> list[str]:
    times = [at for _, at in crowd.sent]
    span = times[-1] - times[0]
    order = sorted((person for person, _ in crowd.sent), key=crowd.late.__getitem__)
    place = {person: number for number, person in enumerate(order)}
    apart = max(abs(place[person] - number) for number, (person, _) in enumerate(crowd.sent))
    rate = (len(times) - 1) / span
    fullest = max(sum(at <= other < at + 1 for other in times) for at in times[::10])
    refused = sum(call.status == 429 for call in crowd.simulator.world.calls)
    first = (
        f"{len(crowd.late):,} due at once; {span:.0f} s watched: {len(times):,} sent, {rate:.1f}"
        f" a second, at most {fullest} in any second, {refused} refused (429)."
    )
    return [
        first,
        f"All of them take {len(crowd.late) / rate / 60:.0f} minutes.",
        f"Order of lateness: nobody was more than {apart} places from their own.",
        f"Answers before: {_spread(quiet)}; meanwhile: {_spread(crowd.answers)}.",
        f"Ticks took {', '.join(f'{one:.1f}' for one in took)} s.",
    ]


def _spread(found: list[float]) -> str:
    half, longest = statistics.median(found), max(found)
    return f"half within {1000 * half:.0f} ms, the longest of {len(found)} {1000 * longest:.0f} ms"


async def main(number: int, seconds: float) -> None:
    """Watch it and say what was seen."""
    with tempfile.TemporaryDirectory(prefix="tutorbot-crowd-") as folder:
        async with Simulator() as simulator:
            store = await Store.open(f"sqlite:///{Path(folder) / 'crowd.db'}", 0)
            bot: ExtBot[Any] = ExtBot(
                simulator.token,
                base_url=f"{simulator.url}/bot",
                request=AiohttpRequest(),
                get_updates_request=AiohttpRequest(),
                rate_limiter=RateLimiter(),
            )
            async with bot:
                crowd = Crowd(store, simulator, bot)
                await crowd.gathers(number)
                for line in await _watched(crowd, seconds):
                    sys.stdout.write(f"{line}\n")
            await store.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=50_000)
    parser.add_argument("--seconds", type=float, default=150)
    given = parser.parse_args()
    asyncio.run(main(given.learners, given.seconds))
