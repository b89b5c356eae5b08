"""Delivery of broadcasts: the reports."""

import asyncio
from dataclasses import dataclass

from bot.actions.broadcast_visibility import (
    VisibleBroadcast,
    fetch_changeable,
    fetch_visible,
)
from bot.actions.learner_state import Interaction, Services
from course.model import LearnerId
from storage import broadcasts, cohorts, memberships, recipients
from storage.broadcasts import Broadcast
from storage.cohorts import Cohort
from storage.outbox import DeliveryState
from storage.recipients import DeliveryCount, Recipient

PAGE_SIZE = 6
"""Broadcasts on one page of the list."""

RECIPIENTS_PAGE_SIZE = 10
"""Recipients on one page of a report."""

UNDO_LIMIT = 48 * 3_600_000
"""Milliseconds during which a bot may delete what it sent. Bot API, deleteMessage."""

# Parts of what Telegram says of somebody whom no message reaches (Bot API server, its errors).
_REFUSALS = ("forbidden", "blocked", "deactivated", "chat not found", "peer_id_invalid")

_WISHES = frozenset(
    {"stopped", "unreachable", "paused", "pace-none", "snoozed", "rest-day", "no-moment", "gone"}
)


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """The delivery results of a broadcast.

    Attributes:
        cohorts: the cohorts it was for; empty for everybody.
        rsvp_counts: how many people chose each of its answers, by index.
        can_undo: whether any message sent may still be deleted.
        is_partial: whether it counts and names only people in the viewer's own cohorts.
    """

    broadcast: Broadcast
    cohorts: tuple[Cohort, ...]
    delivery_counts: tuple[DeliveryCount, ...]
    rsvp_counts: dict[int, int]
    can_undo: bool
    now: int
    is_partial: bool = False

    def count(self, *states: DeliveryState) -> int:
        """How many recipients are in one of these states."""
        return sum(tally.count for tally in self.delivery_counts if tally.state in states)

    @property
    def next_due_at(self) -> int | None:
        """When the first queued delivery is due; `None` when none is queued."""
        waiting = (
            tally.due_at for tally in self.delivery_counts if tally.state is DeliveryState.QUEUED
        )
        return min(waiting, default=None)

    @property
    def is_in_progress(self) -> bool:
        """Whether any delivery is being sent, or due."""
        is_due = self.next_due_at is not None and self.next_due_at <= self.now
        return is_due or self.count(DeliveryState.CLAIMED, DeliveryState.SENDING) > 0

    @property
    def total(self) -> int:
        """The whole audience, including those who were left out."""
        return sum(tally.count for tally in self.delivery_counts)

    @property
    def failed(self) -> tuple[DeliveryCount, ...]:
        """Those whom it did not reach for a reason that is none of theirs."""
        failed = (one for one in self.delivery_counts if one.state is DeliveryState.FAILED)
        return tuple(one for one in failed if not is_unreachable(one.state, one.reason))

    @property
    def retryable(self) -> tuple[DeliveryCount, ...]:
        """Deliveries that failed or were skipped for a reason that may no longer hold."""
        return tuple(tally for tally in self.delivery_counts if _is_retryable(tally))


@dataclass(frozen=True, slots=True)
class NamedRecipient:
    """A recipient as shown in a report.

    Attributes:
        display_name: their name or pseudonym in a cohort of the broadcast; `None` when they are in
            none.
    """

    display_name: str | None
    recipient: Recipient


@dataclass(frozen=True, slots=True)
class RecipientsPage:
    """A page of a broadcast's recipients; failures and unknown results come first.

    Attributes:
        number: of the page, from 0.
        is_last: whether no page follows.
    """

    broadcast: Broadcast
    recipients: tuple[NamedRecipient, ...]
    number: int
    is_last: bool


def is_unreachable(state: DeliveryState, reason: str | None) -> bool:
    """Whether messages do not reach the recipient now, by a choice of theirs.

    They may have stopped messages or blocked the bot, say. Facilitators are not told which.
    """
    if reason is None:
        return False
    if state is DeliveryState.FAILED:
        return any(part in reason.casefold() for part in _REFUSALS)
    return state is DeliveryState.SKIPPED and reason in _WISHES


async def fetch_report(
    services: Services, interaction: Interaction, broadcast: int
) -> DeliveryReport:
    """Load the report of a broadcast; a facilitator of some of its cohorts gets only their part."""
    visible = await fetch_visible(services, interaction, broadcast)
    return await build_report(services, visible.broadcast, interaction.at, visible.visible_cohorts)


async def fetch_changeable_report(
    services: Services, interaction: Interaction, broadcast: int
) -> DeliveryReport:
    """Load the report of a broadcast that the person may also stop, retry or delete."""
    known = await fetch_changeable(services, interaction, broadcast)
    return await build_report(services, known, interaction.at)


async def build_report(
    services: Services, known: Broadcast, now: int, visible_cohorts: frozenset[int] | None = None
) -> DeliveryReport:
    """Build the report of a broadcast; the caller has checked that it may be seen.

    Args:
        visible_cohorts: count only people in these cohorts; `None` for everyone, with the possible
            actions.
    """
    store, limit = services.store, 1 if visible_cohorts is None else 0
    tallies, chosen, undoable, mine = await asyncio.gather(
        recipients.count_broadcast_deliveries(store, known, visible_cohorts),
        broadcasts.count_rsvps(store, known.id, visible_cohorts),
        recipients.fetch_deletable_messages(store, known, now - UNDO_LIMIT, 0, limit),
        _fetch_cohorts(
            services, known.audience.cohorts if visible_cohorts is None else visible_cohorts
        ),
    )
    return DeliveryReport(
        known, mine, tallies, chosen, bool(undoable), now, is_partial=visible_cohorts is not None
    )


async def fetch_recipients(
    services: Services, interaction: Interaction, broadcast: int, number: int
) -> RecipientsPage:
    """Load a page of its recipients, limited to those that the person may see."""
    visible = await fetch_visible(services, interaction, broadcast)
    known, skip = visible.broadcast, number * RECIPIENTS_PAGE_SIZE
    found = await recipients.fetch_recipients(
        services.store, known, skip, RECIPIENTS_PAGE_SIZE + 1, visible.visible_cohorts
    )
    shown = found[:RECIPIENTS_PAGE_SIZE]
    names = await asyncio.gather(
        *(_fetch_display_name(services, visible, one.learner) for one in shown)
    )
    named = tuple(NamedRecipient(name, one) for name, one in zip(names, shown, strict=True))
    return RecipientsPage(known, named, number, len(found) <= RECIPIENTS_PAGE_SIZE)


def _is_retryable(tally: DeliveryCount) -> bool:
    """Whether the reason for which messages were not delivered may no longer hold.

    Whom messages do not reach may have changed their mind; the others are skipped again at sending.
    A fault of the bot may be mended. A refused text stays as it is.
    """
    if is_unreachable(tally.state, tally.reason):
        return True
    if tally.state is DeliveryState.FAILED:
        return (tally.reason or "").startswith("fault")
    return tally.state is DeliveryState.SKIPPED and tally.reason == "told-today"


async def _fetch_cohorts(services: Services, which: frozenset[int] | None) -> tuple[Cohort, ...]:
    wanted = sorted(which or ())
    found = await asyncio.gather(*(cohorts.fetch_cohort(services.store, one) for one in wanted))
    return tuple(one for one in found if one is not None)


async def _fetch_display_name(
    services: Services, sight: VisibleBroadcast, learner: LearnerId
) -> str | None:
    mine = await memberships.fetch_memberships(services.store, learner)
    wanted = (
        sight.broadcast.audience.cohorts if sight.visible_cohorts is None else sight.visible_cohorts
    )
    return next((one.display_name for one in mine if wanted is None or one.cohort in wanted), None)
