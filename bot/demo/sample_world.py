"""Creates the demo's sample data through the bot's own actions and reminder rules."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from bot.actions import cohorts
from bot.actions.access import NotAllowed
from bot.actions.cohorts import Led, Wanted
from bot.actions.invitations import ask, give, link
from bot.actions.learner_state import Services, Turn
from bot.demo.sample_deliveries import Past
from bot.demo.sample_facilitators import Event, Leaders, learners_gone
from bot.demo.sample_learners import Life
from bot.demo.sample_people import (
    DAY,
    GROUPS,
    Fate,
    Group,
    Plan,
)
from bot.i18n import Voices
from course import local_time
from course.model import LearnerId
from storage import invitations
from storage.cohorts import State
from storage.invitations import Kind
from storage.outbox import NUDGE

ADMIN, FACILITATOR = LearnerId(3001), LearnerId(2001)
"""User ids of Ada and Farid of the chat page; Ada must be an admin in the settings."""

_LINK_DAYS = 90


@dataclass(frozen=True, slots=True)
class Someone:
    """A simulated learner, as registered with the simulator."""

    id: LearnerId
    name: str
    has_blocked: bool


async def people(
    services: Services, voices: Voices, now: int, plans: Sequence[Plan]
) -> tuple[Someone, ...]:
    """Create the cohorts and simulate all learners up to `now` (UTC milliseconds).

    The same time and plans give the same data, except for the tokens in links.

    Args:
        plans: made by `plan_learners` for this `now`.
    """
    await services.store.write(invitations.keeps_key("pseudonyms", "00" * 32))
    hands = _Hands()
    made = [await _make(services, hands, group, now) for group in GROUPS]
    lives = [
        Life(services, voices, plan, None if plan.group is None else made[plan.group].link, now)
        for plan in plans
    ]
    past = Past(services, voices, now, learners_gone(lives, now))
    by = [partial(hands.turn, _leader(group)) for group in GROUPS]
    leaders = Leaders(services, past, by, [one.cohort for one in made], lives)
    await _live(past, lives, leaders.events(now), now)
    for group, one in zip(GROUPS, made, strict=True):
        if group.ends < 0:
            turn = hands.turn(_leader(group), now)
            await cohorts.change(services, turn, one.cohort, "state", State.CLOSED)
    return tuple(map(_someone, plans))


@dataclass(slots=True)
class _Hands:
    """Makes interactions of facilitators, with update ids below those of learners."""

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
        await ask(services, hands.turn(ADMIN, at), Kind.FACILITATOR, None, FACILITATOR)
        await give(services, hands.turn(ADMIN, at), FACILITATOR)
    began, ends = _midnight(group, now, -group.began), _midnight(group, now, group.ends)
    wanted = Wanted(group.name, group.zone, began, ends)
    led = await cohorts.make(services, hands.turn(leader, at), wanted)
    assert isinstance(led, Led), "whoever leads may, and the sample has few"
    cohort = led.cohort.id
    linked = await link(services, hands.turn(leader, at), cohort, _LINK_DAYS, None)
    assert not isinstance(linked, NotAllowed), "whoever leads may"
    return _Made(cohort, linked.payload)


def _leader(group: Group) -> LearnerId:
    return FACILITATOR if group.is_farids else ADMIN


def _midnight(group: Group, now: int, days: int) -> int:
    day = local_time.local(group.zone, now + days * DAY).date()
    return local_time.at_minute(group.zone, day, 24 * 60 - 1 if days > -group.began else 0)


async def _live(past: Past, lives: Sequence[Life], events: Iterable[Event], now: int) -> None:
    """Run all events, advancing the learners to the time of each."""
    for event in events:
        await _live_until(past, lives, event.at)
        await event.happens()
    await _live_until(past, lives, now)


async def _live_until(past: Past, lives: Sequence[Life], until: int) -> None:
    """Advance all learners to `until`, delivering reminders on the way."""
    while lives:
        have_come = await asyncio.gather(*(life.go_on(until) for life in lives))
        await past.deliver(NUDGE)
        lives = [life for life, is_there in zip(lives, have_come, strict=True) if not is_there]


def _someone(plan: Plan) -> Someone:
    return Someone(plan.learner, plan.name, plan.fate is Fate.BLOCKED)
