"""Answers to a broadcast by those who got it; they may change their answer."""

from dataclasses import dataclass

from bot.actions.learner_changes import save_changes
from bot.actions.learner_state import Interaction, LearnerState, Services, load_learner
from course.model import LearnerId
from storage import broadcast_transitions, broadcasts, recipients
from storage.broadcasts import Broadcast
from storage.outbox import DeliveryState


@dataclass(frozen=True, slots=True)
class RsvpRecorded:
    """A learner has answered a broadcast.

    Attributes:
        answer: the text they chose.
        others: how many others chose the same.
    """

    learner_state: LearnerState
    answer: str
    others: int


async def answer_broadcast(
    services: Services, interaction: Interaction, broadcast: int, choice: int
) -> RsvpRecorded | None:
    """Record a learner's answer to a broadcast; `None` if it offers them no such answer.

    Args:
        choice: the index of the answer, from 0.
    """
    known = await broadcasts.fetch_broadcast(services.store, broadcast)
    if known is None or choice >= len(known.content.answers):
        return None
    state = await load_learner(services, interaction)
    if state.learner is None or not await _has_received(services, known, interaction.learner):
        return None
    await save_changes(
        services,
        state,
        broadcast_transitions.set_rsvp(broadcast, interaction.learner, choice, interaction.at),
    )
    counts = await broadcasts.count_rsvps(services.store, broadcast)
    return RsvpRecorded(state, known.content.answers[choice], counts.get(choice, 1) - 1)


async def _has_received(services: Services, known: Broadcast, learner: LearnerId) -> bool:
    """Whether the broadcast was sent to this learner."""
    state = await recipients.fetch_recipient_state(services.store, known, learner)
    return state in (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)
