"""Answers to a broadcast by those who got it; they may change their answer."""

from dataclasses import dataclass

from bot.actions.learner_state import (
    Services,
    Turn,
    Visit,
    keep,
    visit,
)
from course.model import LearnerId
from storage import broadcast_transitions, broadcasts, recipients
from storage.broadcasts import Broadcast
from storage.outbox import State


@dataclass(frozen=True, slots=True)
class Answered:
    """A learner has answered a broadcast.

    Attributes:
        answer: the text they chose.
        others: how many others chose the same.
    """

    visit: Visit
    answer: str
    others: int


async def answer(services: Services, turn: Turn, broadcast: int, choice: int) -> Answered | None:
    """Record a learner's answer to a broadcast; `None` if it offers them no such answer.

    Args:
        choice: the index of the answer, from 0.
    """
    known = await broadcasts.of(services.store, broadcast)
    if known is None or choice >= len(known.content.answers):
        return None
    here = await visit(services, turn)
    if here.learner is None or not await _got(services, known, turn.learner):
        return None
    await keep(
        services, here, broadcast_transitions.answered(broadcast, turn.learner, choice, turn.at)
    )
    counts = await broadcasts.answers(services.store, broadcast)
    return Answered(here, known.content.answers[choice], counts.get(choice, 1) - 1)


async def _got(services: Services, known: Broadcast, learner: LearnerId) -> bool:
    """Whether the broadcast was sent to this learner."""
    state = await recipients.state_of(services.store, known, learner)
    return state in (State.SENDING, State.SENT, State.UNKNOWN)
