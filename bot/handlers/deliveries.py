"""Delivery results of broadcasts: /deliveries, its buttons, and answers to a broadcast."""

from collections.abc import Callable

from bot.actions import broadcast_drafts, deliveries, rsvps
from bot.actions.access import NotAllowed
from bot.actions.broadcast_drafts import Composed
from bot.actions.deliveries import Report
from bot.actions.learner_state import Turn
from bot.callback_data import Manage
from bot.context import Desk, OnPress
from bot.handlers.message_content import Said
from bot.i18n import Voice
from bot.messages import Reply, Response
from bot.parsing.typed_answers import whole_number
from bot.rendering import notices
from bot.rendering.deliveries import (
    answered,
    ask_undo,
    ask_unknown,
    listed,
    not_for_you,
    only_shown,
    people,
    progress,
    report,
)

CHANGES = frozenset({"send", "cancel", "stop", "undo-now", "retry", "again-now"})
"""Buttons after which the broadcast planner should run at once."""


async def on_deliveries(desk: Desk, turn: Turn, _said: Said) -> Response:
    """/deliveries: broadcasts that were sent or are scheduled."""
    _ = desk.voices.of(turn.language)
    found = await deliveries.all_sent(desk.services, turn)
    if isinstance(found, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    return Response((listed(_, found, 0),))


async def on_answer(desk: Desk, turn: Turn, press: Manage, _message: int) -> Response | None:
    """Handle an answer button of a broadcast; `None` for a button that never existed."""
    option = whole_number(press.value)
    if option is None:
        return None
    happened = await rsvps.answer(desk.services, turn, press.number, option)
    if happened is not None:
        return Response(toast=answered(desk.voice(happened.visit), happened))
    _ = desk.voices.of(turn.language)
    shown = await broadcast_drafts.look(desk.services, turn, press.number)
    if isinstance(shown, Composed):
        return Response(toast=only_shown(_))
    return Response(toast=not_for_you(_))


async def show(
    desk: Desk, turn: Turn, press: Manage, toast: str | None = None, *, in_progress: bool = False
) -> Response | None:
    """The report of a broadcast; `None` when the person may not see it.

    Args:
        in_progress: for the message that shows the progress.
    """
    told = await deliveries.report(desk.services, turn, press.number)
    if isinstance(told, NotAllowed):
        return None
    _ = desk.voices.of(turn.language)
    screen = progress(_, told) if in_progress else report(_, told)
    return Response(edit=screen, toast=toast)


async def stop(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    """Stop sending a broadcast."""
    return _told(desk, turn, await deliveries.stop(desk.services, turn, press.number))


async def _open(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    return await show(desk, turn, press)


async def _list(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    found = await deliveries.all_sent(desk.services, turn)
    if isinstance(found, NotAllowed):
        return None
    return Response(edit=listed(desk.voices.of(turn.language), found, _page(press)))


async def _who(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    page = await deliveries.people(desk.services, turn, press.number, _page(press))
    if isinstance(page, NotAllowed):
        return None
    return Response(edit=people(desk.voices.of(turn.language), page))


async def _undo(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    return await _sure(desk, turn, press, ask_undo)


async def _again(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    return await _sure(desk, turn, press, ask_unknown)


async def _undo_now(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    return _told(desk, turn, await deliveries.undo(desk.services, turn, press.number))


async def _again_now(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    return _told(desk, turn, await deliveries.retry_unknown(desk.services, turn, press.number))


async def _retry(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    return _told(desk, turn, await deliveries.retry(desk.services, turn, press.number))


async def _sure(
    desk: Desk, turn: Turn, press: Manage, ask: Callable[[Voice, Report], Reply]
) -> Response | None:
    told = await deliveries.report_to_change(desk.services, turn, press.number)
    if isinstance(told, NotAllowed):
        return None
    return Response(edit=ask(desk.voices.of(turn.language), told))


def _told(desk: Desk, turn: Turn, told: Report | NotAllowed) -> Response | None:
    if isinstance(told, NotAllowed):
        return None
    return Response(edit=report(desk.voices.of(turn.language), told))


def _page(press: Manage) -> int:
    return whole_number(press.value) or 0


PRESSES: dict[str, OnPress] = {
    "list": _list,
    "open": _open,
    "who": _who,
    "stop": stop,
    "undo": _undo,
    "undo-now": _undo_now,
    "again": _again,
    "again-now": _again_now,
    "retry": _retry,
}
"""By the action of the button."""
