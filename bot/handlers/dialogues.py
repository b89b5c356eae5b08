"""Typed text while a dialogue is open: dispatches it to the handler of that dialogue."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.actions import dialogues
from bot.actions.learner_state import Interaction, load_learner
from bot.context import Context
from bot.handlers.message_content import MessageContent
from bot.messages import Response
from bot.rendering import notices
from course.danger_phrases import mentions_danger
from storage.dialogues import ClosedDialogue, Dialogue

DialogueHandler: TypeAlias = Callable[
    [Context, Interaction, Dialogue, MessageContent], Awaitable[Response | None]
]
"""Continues a dialogue; `None` when it awaits no text: then the text is handled as usual."""

DIALOGUE_HANDLERS: dict[str, DialogueHandler] = {}
"""By the kind of the dialogue."""

LEARNER_DIALOGUES = frozenset({"join", "name", "request"})
"""Dialogues in which words of danger get help first. Facilitators may write about danger."""


async def dialogue_typed(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response | None:
    """The response to a message if an open dialogue awaits it; else `None`.

    A message that closed a dialogue and is delivered again, since its reply was lost, is only
    acknowledged.
    """
    draft = await dialogues.fetch_latest_dialogue(context.services, interaction)
    if isinstance(draft, ClosedDialogue):
        return (
            await _handled_before(context, interaction)
            if draft.closed_by == interaction.update_id
            else None
        )
    if draft is None or draft.kind not in DIALOGUE_HANDLERS:
        return None
    if draft.kind in LEARNER_DIALOGUES and mentions_danger(message.text):
        return None
    return await DIALOGUE_HANDLERS[draft.kind](context, interaction, draft, message)


async def _handled_before(context: Context, interaction: Interaction) -> Response:
    state = await load_learner(context.services, interaction)
    return Response((notices.handled_late(context.translator(state)),))
