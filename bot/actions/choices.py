"""What a learner sets: starting, stopping, plain text, having everything deleted."""

from dataclasses import replace

from bot.actions.visits import Services, Turn, Visit, keep, visit
from storage import inbox, learners


async def start(services: Services, turn: Turn) -> Visit:
    """Somebody comes, for the first time or again; messages are on again."""
    here = await visit(services, turn)
    await keep(services, here, learners.stops(turn.learner, None))
    return here


async def set_messages(services: Services, turn: Turn, *, on: bool) -> Visit:
    """Switch everything that comes unasked on or off."""
    here = await visit(services, turn)
    await keep(services, here, learners.stops(turn.learner, None if on else turn.at))
    return _known(here, stopped=not on)


async def set_plain(services: Services, turn: Turn, *, on: bool) -> Visit:
    """Switch the plain-text mode."""
    here = await visit(services, turn)
    await keep(services, here, learners.sets_plain(turn.learner, on))
    return _known(here, plain=on)


async def forget(services: Services, turn: Turn) -> None:
    """Delete everything kept about the learner, at once, also the update that asks for it."""
    await services.store.write(
        learners.forgets(turn.learner), inbox.forgets(turn.learner, turn.update, turn.at)
    )
    await services.store.tidy_up_after_deleting()


async def was_blocked(services: Services, turn: Turn, *, blocked: bool) -> None:
    """The learner blocked the bot, or lets it write again."""
    here = await visit(services, turn)
    if here.learner is None:
        return
    at = turn.at if blocked else None
    await services.store.write(
        learners.is_unreachable(turn.learner, at), inbox.applies(turn.update, turn.at)
    )


def _known(here: Visit, *, plain: bool | None = None, stopped: bool | None = None) -> Visit:
    turn = here.turn
    known = here.learner or learners.Learner(turn.learner, turn.at, turn.language)
    if stopped is not None:
        known = replace(known, wishes=replace(known.wishes, stopped=stopped))
    if plain is not None:
        known = replace(known, plain=plain)
    return replace(here, learner=known)
