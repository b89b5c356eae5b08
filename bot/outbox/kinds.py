"""Outbox kinds: what each kind of message provides, so that the outbox can send it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.bot_api.rate_limits import Lane
from bot.messages import Reply
from storage.outbox import Delivery
from storage.statements import Statement


@dataclass(frozen=True, slots=True)
class Withheld:
    """A message that is not sent now.

    Attributes:
        reason: as stored in the outbox.
        retry_at: when to try again, in UTC milliseconds; `None` for never.
    """

    reason: str
    retry_at: int | None = None


def _withhold_nothing(_now: int) -> None:
    """Default for `Prepared.recheck`."""


def _write_nothing(_message_id: int) -> tuple[Statement, ...]:
    """Default for `Prepared.on_sent`."""
    return ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message ready to be sent.

    Attributes:
        recheck: called with the time just before sending; must be quick, since it delays others.
        on_sent: what to write together with the result when it was sent, by its message id.
    """

    reply: Reply
    recheck: Callable[[int], Withheld | None] = _withhold_nothing
    on_sent: Callable[[int], Sequence[Statement]] = _write_nothing


PrepareMessage: TypeAlias = Callable[[Delivery, int], Awaitable[Prepared | Withheld]]


def _ignore_count(_in_progress: int) -> None:
    """Default for `OutboxKind.on_recorded`."""


async def _ignore_delivery(_delivery: Delivery) -> None:
    """Default for `OutboxKind.follow_up`."""


@dataclass(frozen=True, slots=True)
class OutboxKind:
    """How deliveries of one kind are sent.

    Attributes:
        prepare: builds the message of a delivery at the given time, or says why it is withheld:
            what held when it was queued is checked anew.
        on_recorded: called when a result was recorded, with the number still in progress.
        follow_up: awaited when a result was recorded; may be cancelled on shutdown.
    """

    lane: Lane
    prepare: PrepareMessage
    on_recorded: Callable[[int], None] = _ignore_count
    follow_up: Callable[[Delivery], Awaitable[None]] = _ignore_delivery
