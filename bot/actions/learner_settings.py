"""A learner's settings: starting, stopping, plain text, deleting everything."""

from dataclasses import replace

from bot.actions.learner_state import (
    Services,
    Turn,
    Visit,
    keep,
    sets_wishes,
    visit,
)
from course.reminders.preferences import Wishes
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


async def start(services: Services, turn: Turn) -> Visit:
    """Start the chat, for the first time or again; messages are switched on again."""
    here = await visit(services, turn)
    if here.stopped:
        return await _stops(services, here, stopped=False)
    await keep(services, here)
    return here


async def set_messages(services: Services, turn: Turn, *, on: bool) -> Visit:
    """Switch all proactive messages on or off."""
    return await _stops(services, await visit(services, turn), stopped=not on)


async def set_plain(services: Services, turn: Turn, *, on: bool) -> Visit:
    """Switch the plain-text mode."""
    here = await visit(services, turn)
    await keep(services, here, learners.sets_plain(turn.learner, on))
    known = here.learner or Learner(turn.learner, turn.at, turn.language)
    return replace(here, learner=replace(known, plain=on))


async def has_asked_zone(services: Services, here: Visit) -> None:
    """Record that a learner was asked for their time zone, so that they are not asked again."""
    await keep(services, here, learners.is_asked_zone(here.turn.learner))


async def forget(services: Services, turn: Turn) -> None:
    """Delete everything stored about a learner, at once, including the update that asks for it.

    The audit log of privileged acts is kept: docs/operating.md, section 8.
    """
    await services.store.write(
        *counters.parts_with(turn.learner),
        *roles.forgets(turn.learner),
        dialogues.forgets(turn.learner),
        support_requests.forgets_shown(turn.learner),
        invitations.drops_tries_of(turn.learner),
        learners.forgets(turn.learner),
        weekly_reports.forgets(turn.learner),
        inbox.forgets(turn.learner, turn.update, turn.at),
    )
    await services.store.tidy_up_after_deleting()


async def was_blocked(services: Services, turn: Turn, *, blocked: bool) -> None:
    """Record that the learner blocked the bot, or unblocked it."""
    here = await visit(services, turn)
    if here.learner is None:
        return
    if not blocked:
        await keep(services, here)
        return
    await services.store.write(
        learners.is_unreachable(turn.learner, turn.at),
        outbox.cancels(turn.learner, "blocked"),
        *reminders.costs(turn.learner, turn.at, blocked=True),
        inbox.applies(turn.update, turn.at),
    )


async def _stops(services: Services, here: Visit, *, stopped: bool) -> Visit:
    wishes = Wishes() if here.learner is None else here.learner.wishes
    return await sets_wishes(services, here, replace(wishes, stopped=stopped))
