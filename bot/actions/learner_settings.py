"""A learner's settings: starting, stopping, plain text, deleting everything."""

from dataclasses import replace

from bot.actions.learner_changes import save_changes, save_preferences
from bot.actions.learner_state import Interaction, LearnerState, Services, load_learner
from course.reminders.preferences import Preferences
from storage import (
    counters,
    dialogues,
    inbox,
    invitations,
    learners,
    outbox,
    reminders,
    roles,
    support_requests,
    weekly_reports,
)
from storage.learners import Learner


async def start_chat(services: Services, interaction: Interaction) -> LearnerState:
    """Start the chat, for the first time or again; messages are switched on again."""
    state = await load_learner(services, interaction)
    if state.stopped:
        return await _set_stopped(services, state, stopped=False)
    await save_changes(services, state)
    return state


async def set_messages(services: Services, interaction: Interaction, *, on: bool) -> LearnerState:
    """Switch all proactive messages on or off."""
    return await _set_stopped(services, await load_learner(services, interaction), stopped=not on)


async def set_plain_text(services: Services, interaction: Interaction, *, on: bool) -> LearnerState:
    """Switch the plain-text mode."""
    state = await load_learner(services, interaction)
    await save_changes(services, state, learners.set_plain(interaction.learner, on))
    known = state.learner or Learner(interaction.learner, interaction.at, interaction.language)
    return replace(state, learner=replace(known, plain=on))


async def mark_zone_asked(services: Services, state: LearnerState) -> None:
    """Record that a learner was asked for their time zone, so that they are not asked again."""
    await save_changes(services, state, learners.mark_zone_asked(state.interaction.learner))


async def delete_learner(services: Services, interaction: Interaction) -> None:
    """Delete everything stored about a learner, at once, including the update that asks for it.

    The audit log of privileged acts is kept: docs/operating.md, section 8.
    """
    await services.store.write(
        counters.keep_counts_of_deleted(interaction.learner),
        *roles.erase_person(interaction.learner),
        dialogues.delete_dialogue(interaction.learner),
        support_requests.delete_shown_messages_in_chat(interaction.learner),
        invitations.delete_tries_of(interaction.learner),
        learners.delete_learner(interaction.learner),
        weekly_reports.delete_subscription(interaction.learner),
        inbox.erase_received_updates(interaction.learner, interaction.update_id, interaction.at),
    )
    await services.store.truncate_wal_after_delete()


async def mark_blocked(services: Services, interaction: Interaction, *, blocked: bool) -> None:
    """Record that the learner blocked the bot, or unblocked it."""
    state = await load_learner(services, interaction)
    if state.learner is None:
        return
    if not blocked:
        await save_changes(services, state)
        return
    await services.store.write(
        learners.set_unreachable(interaction.learner, interaction.at),
        outbox.cancel_reminders(interaction.learner, "blocked"),
        *reminders.record_negative_reaction(interaction.learner, interaction.at, blocked=True),
        inbox.mark_update_applied(interaction.update_id, interaction.at),
    )


async def _set_stopped(services: Services, state: LearnerState, *, stopped: bool) -> LearnerState:
    wishes = Preferences() if state.learner is None else state.learner.preferences
    return await save_preferences(services, state, replace(wishes, stopped=stopped))
