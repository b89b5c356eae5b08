"""Changes to the delivery of a broadcast: retrying, stopping, and deleting what was sent."""

from collections.abc import Sequence
from dataclasses import replace

from bot.actions.access import write_audited
from bot.actions.broadcast_visibility import fetch_changeable
from bot.actions.deliveries import DeliveryReport, build_report, fetch_changeable_report
from bot.actions.learner_state import Interaction, Services
from storage import broadcast_transitions, broadcasts, recipients
from storage.broadcasts import Broadcast
from storage.outbox import DeliveryState
from storage.recipients import DeliveryCount
from storage.statements import Statement


async def retry_failed(
    services: Services, interaction: Interaction, broadcast: int
) -> DeliveryReport:
    """Send it again to those whom it did not reach for a reason that may no longer hold.

    Each delivery is checked again just before it is sent.
    """
    before = await fetch_changeable_report(services, interaction, broadcast)
    if not before.retryable:
        return before
    return await _retry(services, interaction, before, before.retryable)


async def retry_unknown(
    services: Services, interaction: Interaction, broadcast: int
) -> DeliveryReport:
    """Send it again where the result is unknown; some people may get it twice."""
    before = await fetch_changeable_report(services, interaction, broadcast)
    unknown = [tally for tally in before.delivery_counts if tally.state is DeliveryState.UNKNOWN]
    return await _retry(services, interaction, before, unknown)


async def _retry(
    services: Services,
    interaction: Interaction,
    before: DeliveryReport,
    which: Sequence[DeliveryCount],
) -> DeliveryReport:
    known = before.broadcast
    again = recipients.retry_deliveries(known, which, interaction.at)
    return await _write_and_report(services, interaction, known, "retry-broadcast", again)


async def stop_broadcast(
    services: Services, interaction: Interaction, broadcast: int
) -> DeliveryReport:
    """Stop sending it, and do not repeat it."""
    known = await fetch_changeable(services, interaction, broadcast)
    changes = (*broadcast_transitions.stop_broadcast(known), *_cancel_repetition(known))
    return await _write_and_report(services, interaction, known, "stop-broadcast", changes)


async def undo_broadcast(
    services: Services, interaction: Interaction, broadcast: int
) -> DeliveryReport:
    """Stop sending it, and delete what was sent within the last 48 hours."""
    known = await fetch_changeable(services, interaction, broadcast)
    changes = (*broadcast_transitions.start_deleting_broadcast(known), *_cancel_repetition(known))
    return await _write_and_report(services, interaction, known, "undo-broadcast", changes)


def _cancel_repetition(known: Broadcast) -> tuple[Statement, ...]:
    """Statements that cancel next week's repetition, including one planned just now."""
    return (
        broadcast_transitions.cancel_broadcast(replace(known, id=known.next_id))
        if known.weekly
        else ()
    )


async def _write_and_report(
    services: Services,
    interaction: Interaction,
    known: Broadcast,
    act: str,
    changes: Sequence[Statement],
) -> DeliveryReport:
    await write_audited(services, interaction, act, known.id, "", *changes)
    after = await broadcasts.fetch_broadcast(services.store, known.id) or known
    return await build_report(services, after, interaction.at)
