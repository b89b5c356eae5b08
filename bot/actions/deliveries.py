"""Delivery of broadcasts: reports, retrying, stopping, and deleting what was sent."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.actions import broadcast_visibility
from bot.actions.access import NotAllowed, access, record
from bot.actions.broadcast_drafts import is_empty
from bot.actions.broadcast_visibility import Seen
from bot.actions.learner_state import Services, Turn
from course.model import LearnerId
from storage import broadcast_transitions, broadcasts, cohorts, memberships, recipients
from storage.broadcasts import Broadcast
from storage.broadcasts import State as Stage
from storage.cohorts import Cohort
from storage.outbox import State
from storage.recipients import Recipient, Tally
from storage.statements import Statement

AT_A_TIME = 6
"""Broadcasts on one page of the list."""

PEOPLE_AT_A_TIME = 10
"""Recipients on one page of a report."""

UNDO_WITHIN = 48 * 3_600_000
"""Milliseconds during which a bot may delete what it sent. Bot API, deleteMessage."""

_MOST_LISTED = 200  # the newest broadcasts that the person may see

# Parts of what Telegram says of somebody whom no message reaches (Bot API server, its errors).
_REFUSALS = ("forbidden", "blocked", "deactivated", "chat not found", "peer_id_invalid")

_WISHES = frozenset(
    {"stopped", "unreachable", "paused", "pace-none", "snoozed", "rest-day", "no-moment", "gone"}
)


@dataclass(frozen=True, slots=True)
class Report:
    """The delivery results of a broadcast.

    Attributes:
        cohorts: the cohorts it was for; empty for everybody.
        rsvp_counts: how many people chose each of its answers, by index.
        can_undo: whether any message sent may still be deleted.
        is_partial: whether it counts and names only people in the viewer's own cohorts.
    """

    broadcast: Broadcast
    cohorts: tuple[Cohort, ...]
    tallies: tuple[Tally, ...]
    answers: dict[int, int]
    can_undo: bool
    now: int
    is_part: bool = False

    def count(self, *states: State) -> int:
        """How many recipients are in one of these states."""
        return sum(tally.count for tally in self.tallies if tally.state in states)

    @property
    def next_due(self) -> int | None:
        """When the first queued delivery is due; `None` when none is queued."""
        waiting = (tally.due_at for tally in self.tallies if tally.state is State.QUEUED)
        return min(waiting, default=None)

    @property
    def is_on_its_way(self) -> bool:
        """Whether any delivery is being sent, or due."""
        is_due = self.next_due is not None and self.next_due <= self.now
        return is_due or self.count(State.CLAIMED, State.SENDING) > 0

    @property
    def total(self) -> int:
        """The whole audience, including those who were left out."""
        return sum(tally.count for tally in self.tallies)

    @property
    def failed(self) -> tuple[Tally, ...]:
        """Those whom it did not reach for a reason that is none of theirs."""
        failed = (one for one in self.tallies if one.state is State.FAILED)
        return tuple(one for one in failed if not is_out_of_reach(one.state, one.reason))

    @property
    def passing(self) -> tuple[Tally, ...]:
        """Deliveries that failed or were skipped for a reason that may no longer hold."""
        return tuple(tally for tally in self.tallies if _passes(tally))


@dataclass(frozen=True, slots=True)
class Named:
    """A recipient as shown in a report.

    Attributes:
        display_name: their name or pseudonym in a cohort of the broadcast; `None` when they are in
            none.
    """

    called: str | None
    recipient: Recipient


@dataclass(frozen=True, slots=True)
class People:
    """A page of a broadcast's recipients; failures and unknown results come first.

    Attributes:
        number: of the page, from 0.
        is_last: whether no page follows.
    """

    broadcast: Broadcast
    named: tuple[Named, ...]
    number: int
    is_last: bool


def is_out_of_reach(state: State, reason: str | None) -> bool:
    """Whether messages do not reach the recipient now, by a choice of theirs.

    They may have stopped messages or blocked the bot, say. Facilitators are not told which.
    """
    if reason is None:
        return False
    if state is State.FAILED:
        return any(part in reason.casefold() for part in _REFUSALS)
    return state is State.SKIPPED and reason in _WISHES


async def all_sent(services: Services, turn: Turn) -> tuple[Broadcast, ...] | NotAllowed:
    """Load the broadcasts that the person may see, including their own drafts, newest first."""
    may = await access(services, turn)
    if not may.is_facilitator:
        return NotAllowed()
    until = turn.at + 1
    if may.is_admin:
        known = await broadcasts.known(services.store, until, _MOST_LISTED)
    else:
        known = await broadcasts.near(services.store, turn.learner, until, _MOST_LISTED)
    later = await broadcasts.planned(services.store, turn.at)
    return tuple(
        one for one in (*later, *known) if _is_told(one) and broadcast_visibility.seen(may, one)
    )


async def report(services: Services, turn: Turn, broadcast: int) -> Report | NotAllowed:
    """Load the report of a broadcast; a facilitator of some of its cohorts gets only their part."""
    sight = await _seen(services, turn, broadcast)
    if isinstance(sight, NotAllowed):
        return sight
    return await told(services, sight.broadcast, turn.at, sight.part)


async def report_to_change(services: Services, turn: Turn, broadcast: int) -> Report | NotAllowed:
    """Load the report of a broadcast that the person may also stop, retry or delete."""
    known = await _mine(services, turn, broadcast)
    return known if isinstance(known, NotAllowed) else await told(services, known, turn.at)


async def told(
    services: Services, known: Broadcast, now: int, part: frozenset[int] | None = None
) -> Report:
    """Build the report of a broadcast; the caller has checked that it may be seen.

    Args:
        visible_cohorts: count only people in these cohorts; `None` for everyone, with the possible
            actions.
    """
    store, limit = services.store, 1 if part is None else 0
    tallies, chosen, undoable, mine = await asyncio.gather(
        recipients.tallies(store, known, part),
        broadcasts.answers(store, known.id, part),
        recipients.deletable(store, known, now - UNDO_WITHIN, 0, limit),
        _named_cohorts(services, known.audience.cohorts if part is None else part),
    )
    return Report(known, mine, tallies, chosen, bool(undoable), now, is_part=part is not None)


async def people(
    services: Services, turn: Turn, broadcast: int, number: int
) -> People | NotAllowed:
    """Load a page of its recipients, limited to those that the person may see."""
    sight = await _seen(services, turn, broadcast)
    if isinstance(sight, NotAllowed):
        return sight
    known, skip = sight.broadcast, number * PEOPLE_AT_A_TIME
    found = await recipients.of(services.store, known, skip, PEOPLE_AT_A_TIME + 1, sight.part)
    shown = found[:PEOPLE_AT_A_TIME]
    names = await asyncio.gather(*(_called(services, sight, one.learner) for one in shown))
    named = tuple(Named(name, one) for name, one in zip(names, shown, strict=True))
    return People(known, named, number, len(found) <= PEOPLE_AT_A_TIME)


async def retry(services: Services, turn: Turn, broadcast: int) -> Report | NotAllowed:
    """Send it again to those whom it did not reach for a reason that may no longer hold.

    Each delivery is checked again just before it is sent.
    """
    before = await report_to_change(services, turn, broadcast)
    if isinstance(before, NotAllowed) or not before.passing:
        return before
    again = recipients.retries(before.broadcast, before.passing, turn.at)
    return await _done(services, turn, before.broadcast, "retry-broadcast", again)


async def retry_unknown(services: Services, turn: Turn, broadcast: int) -> Report | NotAllowed:
    """Send it again where the result is unknown; some people may get it twice."""
    before = await report_to_change(services, turn, broadcast)
    if isinstance(before, NotAllowed):
        return before
    unknown = [tally for tally in before.tallies if tally.state is State.UNKNOWN]
    again = recipients.retries(before.broadcast, unknown, turn.at)
    return await _done(services, turn, before.broadcast, "retry-broadcast", again)


async def stop(services: Services, turn: Turn, broadcast: int) -> Report | NotAllowed:
    """Stop sending it, and do not repeat it."""
    known = await _mine(services, turn, broadcast)
    if isinstance(known, NotAllowed):
        return known
    changes = (*broadcast_transitions.stops(known), *_repetition(known))
    return await _done(services, turn, known, "stop-broadcast", changes)


async def undo(services: Services, turn: Turn, broadcast: int) -> Report | NotAllowed:
    """Stop sending it, and delete what was sent within the last 48 hours."""
    known = await _mine(services, turn, broadcast)
    if isinstance(known, NotAllowed):
        return known
    changes = (*broadcast_transitions.undoes(known), *_repetition(known))
    return await _done(services, turn, known, "undo-broadcast", changes)


def _is_told(known: Broadcast) -> bool:
    """Whether to list it: not an empty draft, nor a draft that was thrown away."""
    if known.state is Stage.DRAFT:
        return not is_empty(known)
    return known.state is not Stage.CANCELLED or known.chat is not None


def _repetition(known: Broadcast) -> tuple[Statement, ...]:
    """Statements that cancel next week's repetition, including one planned just now."""
    return broadcast_transitions.calls_off(replace(known, id=known.next_id)) if known.weekly else ()


async def _done(
    services: Services, turn: Turn, known: Broadcast, act: str, changes: Sequence[Statement]
) -> Report:
    await record(services, turn, act, known.id, "", *changes)
    return await told(services, await broadcasts.of(services.store, known.id) or known, turn.at)


async def _seen(services: Services, turn: Turn, broadcast: int) -> Seen | NotAllowed:
    may = await access(services, turn)
    known = await broadcasts.of(services.store, broadcast)
    return (known and broadcast_visibility.seen(may, known)) or NotAllowed()


async def _mine(services: Services, turn: Turn, broadcast: int) -> Broadcast | NotAllowed:
    """Load a broadcast of which the person sees every recipient: only then may they change it."""
    sight = await _seen(services, turn, broadcast)
    return sight.broadcast if isinstance(sight, Seen) and sight.part is None else NotAllowed()


def _passes(tally: Tally) -> bool:
    """Whether the reason for which messages were not delivered may no longer hold.

    Whom messages do not reach may have changed their mind; the others are skipped again at sending.
    A fault of the bot may be mended. A refused text stays as it is.
    """
    if is_out_of_reach(tally.state, tally.reason):
        return True
    if tally.state is State.FAILED:
        return (tally.reason or "").startswith("fault")
    return tally.state is State.SKIPPED and tally.reason == "told-today"


async def _named_cohorts(services: Services, which: frozenset[int] | None) -> tuple[Cohort, ...]:
    wanted = sorted(which or ())
    found = await asyncio.gather(*(cohorts.of(services.store, one) for one in wanted))
    return tuple(one for one in found if one is not None)


async def _called(services: Services, sight: Seen, learner: LearnerId) -> str | None:
    mine = await memberships.of(services.store, learner)
    wanted = sight.broadcast.audience.cohorts if sight.part is None else sight.part
    return next((one.called for one in mine if wanted is None or one.cohort in wanted), None)
