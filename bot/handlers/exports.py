"""/export and its buttons."""

from bot.actions import exports
from bot.actions.access import NotAllowed
from bot.actions.exports import FORMATS
from bot.actions.learner_state import Turn
from bot.callback_data import Manage
from bot.context import Desk
from bot.handlers.message_content import Said
from bot.messages import Reply, Response
from bot.rendering import notices
from bot.rendering.exports import (
    ask,
    begun,
    busy,
    too_large,
)

MOST_ANSWERS = 1_000_000
"""Exports with more answers are not sent in a chat: zipped they come near Telegram's limit."""


async def on_export(desk: Desk, turn: Turn, _said: Said) -> Response:
    """/export: asks for the file format."""
    _ = desk.voices.of(turn.language)
    allowed = await exports.look(desk.services, turn)
    if isinstance(allowed, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    too_many = allowed.answers > MOST_ANSWERS
    return Response((ask(_, everybody=allowed.whose.is_everybody, too_many=too_many),))


async def on_press(desk: Desk, turn: Turn, press: Manage, message: int) -> Response | None:
    """Handle the choice of a format; the file is made in the background."""
    if press.value not in FORMATS:
        return None
    _ = desk.voices.of(turn.language)
    allowed = await exports.begin(desk.services, turn, press.value)
    if isinstance(allowed, NotAllowed):
        return Response(toast=notices.not_yours(_))
    if allowed.answers > MOST_ANSWERS:
        return Response(edit=too_large(_))
    if not desk.export(turn, message, press.value, allowed):
        return Response(toast=busy(_))
    return Response(edit=begun(_))
