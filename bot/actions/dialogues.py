"""Dialogues that a person has begun and not finished; at most one each."""

from collections.abc import Mapping
from typing import Any

from bot.actions.access import write_unaudited
from bot.actions.learner_state import Interaction, Services
from storage import dialogues
from storage.dialogues import ClosedDialogue, Dialogue
from storage.statements import Statement


async def fetch_open_dialogue(
    services: Services, interaction: Interaction, *kinds: str
) -> Dialogue | None:
    """Load the open dialogue of the person of this interaction; one read by key.

    Args:
        kinds: those that are wanted; without any, all are.
    """
    found = await dialogues.fetch_open_dialogue(services.store, interaction.learner, interaction.at)
    return found if found is not None and (not kinds or found.kind in kinds) else None


async def fetch_latest_dialogue(
    services: Services, interaction: Interaction
) -> Dialogue | ClosedDialogue | None:
    """Load the open dialogue, or which update closed the last one; one read by key."""
    return await dialogues.fetch_latest_dialogue(
        services.store, interaction.learner, interaction.at
    )


def keep_open(interaction: Interaction, kind: str, body: Mapping[str, Any]) -> Statement:
    """A statement that opens a dialogue, or updates its body."""
    return dialogues.save_dialogue(Dialogue(interaction.learner, kind, body, interaction.at))


def close(interaction: Interaction) -> Statement:
    """A statement that closes the dialogue that is open, if any."""
    return dialogues.close_dialogue(interaction.learner, interaction.update_id)


async def begin_dialogue(
    services: Services, interaction: Interaction, kind: str, body: Mapping[str, Any]
) -> None:
    """Open a dialogue or update its body; any other open dialogue is closed.

    Args:
        kind: what it is about; `bot.handlers.dialogues` has the handler of each kind.
        body: values that can be stored as JSON.
    """
    await write_unaudited(services, interaction, keep_open(interaction, kind, body))


async def end_dialogue(services: Services, interaction: Interaction) -> Dialogue | None:
    """Close the open dialogue without completing it; returns it."""
    found = await fetch_open_dialogue(services, interaction)
    if found is not None:
        await write_unaudited(services, interaction, close(interaction))
    return found
