"""Dialogues that a person has begun and not finished; at most one each."""

from collections.abc import Mapping
from typing import Any

from bot.actions.access import write
from bot.actions.learner_state import Services, Turn
from storage import dialogues
from storage.dialogues import Closed, Draft
from storage.statements import Statement


async def draft(services: Services, turn: Turn) -> Draft | None:
    """Load the open dialogue of the person of this interaction; one read by key."""
    return await dialogues.open_with(services.store, turn.learner, turn.at)


async def latest(services: Services, turn: Turn) -> Draft | Closed | None:
    """Load the open dialogue, or which update closed the last one; one read by key."""
    return await dialogues.latest(services.store, turn.learner, turn.at)


def going_on(turn: Turn, kind: str, body: Mapping[str, Any]) -> Statement:
    """A statement that opens a dialogue, or updates its body."""
    return dialogues.opens(Draft(turn.learner, kind, body, turn.at))


async def begin(services: Services, turn: Turn, kind: str, body: Mapping[str, Any]) -> None:
    """Open a dialogue or update its body; any other open dialogue is closed.

    Args:
        kind: what it is about; `bot.handlers.dialogues` has the handler of each kind.
        body: values that can be stored as JSON.
    """
    await write(services, turn, going_on(turn, kind, body))


async def end(services: Services, turn: Turn) -> Draft | None:
    """Close the open dialogue without completing it; returns it."""
    found = await draft(services, turn)
    if found is not None:
        await write(services, turn, dialogues.closes(turn.learner, turn.update))
    return found
