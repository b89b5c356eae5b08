"""A broadcast to many while the bot is killed and its calls fail: who gets it, and how often."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bot import clock
from bot.actions.deliveries import DeliveryReport, build_report
from bot.actions.learner_state import Services
from course.model import Course, LearnerId
from simulator.messages import Message
from simulator.server import Simulator
from simulator.world import World
from storage import broadcasts, learners, outbox, recipients
from storage.broadcasts import Broadcast
from storage.broadcasts import BroadcastState as Stage
from storage.outbox import DeliveryState
from storage.statements import statement
from storage.store import Store
from tests.faults.process import BotProcess

TEXT = "The new lesson is open."
ADA = 3001

# Learners get ids from here on.
_FIRST = 100_001

# Learners that are written in one transaction.
_AT_ONCE = 500

_TROUBLES: tuple[tuple[str, Mapping[str, float]], ...] = (
    ("retry_after", {"seconds": 1}),
    ("html_502", {}),
    ("drop_before", {}),
    ("drop_after", {}),
    ("truncated", {}),
)
# Of these the message arrived, and nobody was told.
_ARRIVED = ("drop_after", "truncated")


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a broadcast.

    Attributes:
        kills: how often the process was killed.
        faults: how many calls were made to fail.
        first: how many stood in which state when it was done the first time.
        last: the same after those of whom nobody knew were sent it again.
        forgotten: who got it not at all.
        twice: who got it twice.
        worse: who got it more often.
        seconds: from the press of "Send now" to the end, without the second time.
        problems: what must not be.
    """

    recipients: int
    kills: int
    faults: int
    first: Counter[DeliveryState]
    last: Counter[DeliveryState]
    forgotten: int
    twice: int
    worse: int
    seconds: float
    problems: tuple[str, ...]


@dataclass(slots=True)
class Newsroom:
    """A Telegram, the bot as a process, and the database seen from outside."""

    simulator: Simulator
    bot: BotProcess
    store: Store
    services: Services
    people: range

    @property
    def world(self) -> World:
        """What people see and do."""
        return self.simulator.world

    async def broadcast(self) -> Broadcast:
        """The only one there is."""
        (found,) = await broadcasts.fetch_broadcasts(self.store, 2**62, 9)
        return found

    async def stand(self) -> Counter[DeliveryState]:
        """How many recipients are in each state."""
        found: Counter[DeliveryState] = Counter()
        for tally in await recipients.count_broadcast_deliveries(
            self.store, await self.broadcast()
        ):
            found[tally.state] += tally.count
        return found

    async def report(self) -> DeliveryReport:
        """What whoever sent it is told."""
        return await build_report(self.services, await self.broadcast(), clock.now())

    async def says(self, text: str, label: str) -> None:
        """Ada writes, and waits for a button."""
        self.world.say(ADA, text)
        await self._offered(label)

    async def taps(self, label: str, then: str = "") -> None:
        """Ada presses a button, and waits for another one."""
        message, data = await self._offered(label)
        self.world.press(ADA, message.id, data)
        if then:
            await self._offered(then)

    async def _offered(self, label: str) -> tuple[Message, str]:
        async with asyncio.timeout(30):
            while True:
                for message in reversed(self.world.chat(ADA)):
                    for button in (one for row in message.buttons for one in row):
                        if button["text"] == label:
                            return message, button["callback_data"]
                await asyncio.sleep(0.02)

    async def kill(self) -> None:
        """SIGKILL, and let the lease of the dead end as it does after a minute."""
        self.bot.kill()
        holder, _until = await self.store.fetch_lease_holder() or ("", 0)
        drop = statement("release_lease", lease=outbox.OUTBOX_LEASE, holder=holder)
        await self.store.write(drop)

    async def sent_reaches(self, count: int, within: float) -> None:
        """Wait until so many are through, whatever became of them."""
        async with asyncio.timeout(within):
            while await self._through() < count:  # noqa: ASYNC110 - another process, no event
                await asyncio.sleep(0.05)

    async def is_done(self, within: float) -> None:
        """Wait until nothing of it waits any more."""
        async with asyncio.timeout(within):
            while (await self.broadcast()).state is not Stage.DONE:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.05)

    async def _through(self) -> int:
        stand = await self.stand()
        return sum(stand[state] for state in _THROUGH)


_THROUGH = (DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.FAILED, DeliveryState.SKIPPED)


async def sends(
    count: int, kills: int, faults: int, course: Course, folder: Path, url: str, seed: int = 1
) -> Sent:
    """Send to `count` people, at Telegram's rates; kill and trouble at even distances.

    Args:
        faults: of each kind so many calls fail.
        folder: where the log is.
    """
    store = await Store.open(url, clock.now())
    try:
        async with Simulator() as simulator:
            simulator.world.limits.enforce = True
            bot = BotProcess(_settings(simulator, url), folder)
            services = Services(course, store, frozenset({ADA}))
            people = range(_FIRST, _FIRST + count)
            room = Newsroom(simulator, bot, store, services, people)
            await _peopled(room)
            await bot.start()
            try:
                await bot.becomes(lambda told: bool(told["ready"]), within=60)
                return await _played(room, kills, faults, Random(seed))  # noqa: S311 - to be repeated
            finally:
                await bot.stop()
    finally:
        await store.close()


def _settings(simulator: Simulator, url: str) -> dict[str, str]:
    return {
        "TUTORBOT_TOKEN": simulator.token,
        "TUTORBOT_API_URL": simulator.url,
        "TUTORBOT_DATABASE_URL": url,
        "TUTORBOT_ADMINS": str(ADA),
    }


async def _peopled(room: Newsroom) -> None:
    """Learners who have begun, in Telegram and in the database."""
    now = clock.now()
    for begin in range(room.people.start, room.people.stop, _AT_ONCE):
        some = range(begin, min(begin + _AT_ONCE, room.people.stop))
        for one in some:
            room.world.person(one, f"Learner {one}").started = True
        await room.store.write(*(learners.add_learner(LearnerId(one), now, "en") for one in some))


async def _played(room: Newsroom, kills: int, faults: int, random: Random) -> Sent:
    count, clock_of = len(room.people), asyncio.get_running_loop().time
    within = 60 + count / 10 + 15 * kills
    await room.says(f"/broadcast all: {TEXT}", "Send now")
    begun = clock_of()
    await room.taps("Send now")
    ordered = await _troubled(room, kills, faults, random, within)
    await room.is_done(within)
    seconds, first = clock_of() - begun, await room.stand()
    arrived_unknown = _unheard_of(room, first)
    left = len(room.world.faults)
    room.world.faults.clear()
    if first[DeliveryState.UNKNOWN]:
        await room.taps("Unknown ones", "Send again")
        await room.taps("Send again")
        await _again(room, within)
    last = await room.stand()
    got = Counter(_copies(room, one) for one in room.people)
    sent = Sent(
        count,
        room.bot.kills,
        ordered - left,
        first,
        last,
        got[0],
        got[2],
        sum(number for copies, number in got.items() if copies > 2),
        seconds,
        (),
    )
    return _judged(sent, arrived_unknown, await room.report(), room.bot.ended)


async def _troubled(room: Newsroom, kills: int, faults: int, random: Random, within: float) -> int:
    """Make trouble on the way; gives how many calls were ordered to fail."""
    moments = [("kill", {})] * kills + [*_TROUBLES] * faults
    random.shuffle(moments)
    for number, (kind, detail) in enumerate(moments, 1):
        await room.sent_reaches(number * len(room.people) // (len(moments) + 2), within)
        if kind == "kill":
            await asyncio.sleep(random.uniform(0, 0.05))
            await room.kill()
        else:
            room.world.faults.add("sendMessage", kind, 1, **detail)
    return faults * len(_TROUBLES)


async def _again(room: Newsroom, within: float) -> None:
    """Until it has gone again to those of whom nobody knew."""
    async with asyncio.timeout(within):
        while (await room.stand())[DeliveryState.UNKNOWN]:  # noqa: ASYNC110 - another process, no event
            await asyncio.sleep(0.05)
    await room.is_done(within)


def _copies(room: Newsroom, person: int) -> int:
    return sum(message.text == TEXT for message in room.world.chat(person))


def _unheard_of(room: Newsroom, first: Counter[DeliveryState]) -> int:
    """Of how many nobody knew although it had arrived: these get it twice when it is sent again."""
    arrived = sum(_copies(room, one) for one in room.people)
    return arrived - first[DeliveryState.SENT]


def _judged(sent: Sent, arrived_unknown: int, report: DeliveryReport, ended: list[int]) -> Sent:
    """What must not be, in words."""
    problems = []
    if sent.forgotten:
        problems.append(f"{sent.forgotten} got nothing")
    if sent.worse:
        problems.append(f"{sent.worse} got it more than twice")
    if sent.twice != arrived_unknown:
        problems.append(f"{sent.twice} got it twice, of {arrived_unknown} it was not known")
    if not 0 <= arrived_unknown <= sent.first[DeliveryState.UNKNOWN]:
        problems.append(
            f"{arrived_unknown} arrived beside {sent.first[DeliveryState.UNKNOWN]} unknown"
        )
    for name, stand in (("first", sent.first), ("last", sent.last)):
        if stand.total() != sent.recipients:
            problems.append(f"{name}: {stand.total()} of {sent.recipients} are in the report")
    if report.total != sent.recipients or report.count(DeliveryState.SENT) != sent.recipients:
        problems.append(f"told at the end: {report.delivery_counts}")
    if ended:
        problems.append(f"ended by itself: {ended}")
    return Sent(
        sent.recipients, sent.kills, sent.faults, sent.first, sent.last,
        sent.forgotten, sent.twice, sent.worse, sent.seconds, tuple(problems),
    )  # fmt: skip
