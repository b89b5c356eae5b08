"""Dialogues: what a person has begun and not finished, one at a time."""

from collections.abc import Mapping
from typing import Any

from bot.actions.access import write
from bot.actions.visits import Services, Turn
from storage import drafts
from storage.drafts import Closed, Draft
from storage.statements import Statement


async def draft(services: Services, turn: Turn) -> Draft | None:
    """The dialogue that the person of this turn has open; one read, by its key."""
    return await drafts.open_with(services.store, turn.learner, turn.at)


async def latest(services: Services, turn: Turn) -> Draft | Closed | None:
    """The same, or which update ended the last; one read, too."""
    return await drafts.latest(services.store, turn.learner, turn.at)


def going_on(turn: Turn, kind: str, body: Mapping[str, Any]) -> Statement:
    """Keeps that a dialogue is open, and how far it is."""
    return drafts.opens(Draft(turn.learner, kind, body, turn.at))


async def begin(services: Services, turn: Turn, kind: str, body: Mapping[str, Any]) -> None:
    """Open a dialogue, or keep how far it is; another that was open ends.

    Args:
        kind: what it is about; `bot.handlers.dialogues` knows who reads what is typed next.
        body: values that JSON has.
    """
    await write(services, turn, going_on(turn, kind, body))


async def end(services: Services, turn: Turn) -> Draft | None:
    """End the dialogue that is open, without doing what it was about; gives it."""
    found = await draft(services, turn)
    if found is not None:
        await write(services, turn, drafts.closes(turn.learner, turn.update))
    return found
