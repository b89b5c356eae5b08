"""Makes the demo's small world, by the actions of real people and the real rules of reminding."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions import cohorts, inviting
from bot.actions.access import NotAllowed
from bot.actions.cohorts import Wanted
from bot.actions.visits import Services, Turn
from bot.nudging import Nudging
from bot.outbox import Refused
from bot.sample.cast import DAY, GROUPS, Fate, Group, Plan
from bot.sample.lives import Life
from bot.voice import Voices
from course import zones
from course.model import LearnerId
from storage import deliveries, invitations
from storage.cohorts import State
from storage.deliveries import NUDGE, Delivery
from storage.deliveries import State as Sent
from storage.invitations import Kind

ADMIN, FACILITATOR = LearnerId(3001), LearnerId(2001)
"""Ada and Farid of the chat page; she must be an admin of the settings."""

_HOLDER = "the past"
_LINK_DAYS = 90
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Someone:
    """A simulated learner, as the simulated Telegram is to know them."""

    id: LearnerId
    name: str
    has_blocked: bool


async def people(
    services: Services, voices: Voices, now: int, plans: Sequence[Plan]
) -> tuple[Someone, ...]:
    """Make the cohorts and let everybody live up to `now` (UTC milliseconds).

    The same time and plans give the same world, the tokens of its links excepted.

    Args:
        plans: of `bot.sample.cast`, for this `now`.
    """
    await services.store.write(invitations.keeps_key("pseudonyms", "00" * 32))
    hands = _Hands()
    made = [await _make(services, hands, group, now) for group in GROUPS]
    lives = [
        Life(services, voices, plan, None if plan.group is None else made[plan.group].link, now)
        for plan in plans
    ]
    await _live(services, voices, lives, now)
    for group, one in zip(GROUPS, made, strict=True):
        if group.ends < 0:
            turn = hands.turn(_leader(group), now)
            await cohorts.change(services, turn, one.cohort, "state", State.CLOSED)
    return tuple(map(_someone, plans))


@dataclass(slots=True)
class _Hands:
    """Numbers what those who lead do; learners' numbers are far above."""

    last: int = 0

    def turn(self, person: LearnerId, at: int) -> Turn:
        self.last += 1
        return Turn(person, "en", self.last, at)


@dataclass(frozen=True, slots=True)
class _Made:
    cohort: int
    link: str


async def _make(services: Services, hands: _Hands, group: Group, now: int) -> _Made:
    at = now - (group.began + 1) * DAY
    leader = _leader(group)
    if group.is_farids:
        await inviting.give(services, hands.turn(ADMIN, at), Kind.FACILITATOR, None, FACILITATOR)
    began, ends = _midnight(group, now, -group.began), _midnight(group, now, group.ends)
    wanted = Wanted(group.name, group.zone, began, ends)
    led = await cohorts.make(services, hands.turn(leader, at), wanted)
    assert not isinstance(led, NotAllowed), "whoever leads may"
    cohort = led.cohort.id
    linked = await inviting.link(services, hands.turn(leader, at), cohort, _LINK_DAYS, None)
    assert not isinstance(linked, NotAllowed), "whoever leads may"
    return _Made(cohort, linked.payload)


def _leader(group: Group) -> LearnerId:
    return FACILITATOR if group.is_farids else ADMIN


def _midnight(group: Group, now: int, days: int) -> int:
    day = zones.local(group.zone, now + days * DAY).date()
    return zones.at_minute(group.zone, day, 24 * 60 - 1 if days > -group.began else 0)


async def _live(services: Services, voices: Voices, lives: Sequence[Life], now: int) -> None:
    """Let everybody live at the same time, from one reminder of theirs to the next."""
    nudging = Nudging(services, voices, lambda: now)
    while lives:
        await asyncio.gather(*(life.go_on() for life in lives))
        await _deliver(services, nudging, now)
        lives = [life for life in lives if not life.is_over]


async def _deliver(services: Services, nudging: Nudging, now: int) -> None:
    """Deliver the reminders that were made, each at its own time; nothing reaches a Telegram."""
    store = services.store
    while True:
        await store.write(deliveries.claims(NUDGE, _HOLDER, now, _AT_ONCE))
        claimed = await store.claimed(_HOLDER)
        if not claimed:
            return
        await asyncio.gather(*(_deliver_one(services, nudging, one) for one in claimed))


async def _deliver_one(services: Services, nudging: Nudging, one: Delivery) -> None:
    ready = await nudging.prepare(one, one.due_at)
    if not isinstance(ready, Refused):
        begun = deliveries.begins(one, _HOLDER, one.due_at)
        noted = (*begun, *deliveries.settles(one, _HOLDER, Sent.SENT))
    elif ready.again_at is None:
        noted = deliveries.settles(one, _HOLDER, Sent.SKIPPED, ready.why)
    else:
        noted = deliveries.requeues(one, _HOLDER, ready.again_at, ready.why)
    await services.store.write(*noted)


def _someone(plan: Plan) -> Someone:
    return Someone(plan.learner, plan.name, plan.fate is Fate.BLOCKED)
