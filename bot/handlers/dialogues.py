"""Typed text while a dialogue is open: dispatches it to the handler of that dialogue."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.actions import dialogues
from bot.actions.learner_state import Turn, visit
from bot.context import Desk
from bot.handlers.message_content import Said
from bot.messages import Response
from bot.rendering import notices
from course.danger_phrases import speaks_of_danger
from storage.dialogues import Closed, Draft

Listener: TypeAlias = Callable[[Desk, Turn, Draft, Said], Awaitable[Response | None]]
"""Continues a dialogue; `None` when it awaits no text: then the text is handled as usual."""

LISTENERS: dict[str, Listener] = {}
"""By the kind of the dialogue."""

OF_LEARNERS = frozenset({"join", "name", "request"})
"""Dialogues in which words of danger get help first. Facilitators may write about danger."""


async def heard(desk: Desk, turn: Turn, said: Said) -> Response | None:
    """The response to a message if an open dialogue awaits it; else `None`.

    A message that closed a dialogue and is delivered again, since its reply was lost, is only
    acknowledged.
    """
    draft = await dialogues.latest(desk.services, turn)
    if isinstance(draft, Closed):
        return await _done(desk, turn) if draft.by == turn.update else None
    if draft is None or draft.kind not in LISTENERS:
        return None
    if draft.kind in OF_LEARNERS and speaks_of_danger(said.text):
        return None
    return await LISTENERS[draft.kind](desk, turn, draft, said)


async def _done(desk: Desk, turn: Turn) -> Response:
    here = await visit(desk.services, turn)
    return Response((notices.done_late(desk.voice(here)),))
