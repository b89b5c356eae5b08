"""Typed text while a dialogue is open: dispatches it to the handler of that dialogue."""

from bot.actions import broadcast_drafts, dialogues, support_answers
from bot.actions.access import NotAllowedError
from bot.actions.learner_state import Interaction, load_learner
from bot.actions.notes import NOTE_DIALOGUE
from bot.actions.roles import GRANT_DIALOGUE, ROLE_NAME_DIALOGUE
from bot.actions.support_requests import REQUEST_DIALOGUE
from bot.context import Context
from bot.handlers import broadcasts, cohort_form, joining, notes, roles, support_requests
from bot.handlers.message_content import MessageContent
from bot.handlers.permissions import DialogueHandler, Permission, is_permitted, refusal
from bot.messages import Reply, Response
from bot.rendering import notices
from course.danger_phrases import mentions_danger
from storage.dialogues import ClosedDialogue, Dialogue

_EVERYBODY, _FACILITATOR = Permission.EVERYBODY, Permission.FACILITATOR


async def _note_or_answer_typed(
    context: Context, interaction: Interaction, dialogue: Dialogue, message: MessageContent
) -> Response:
    if support_answers.answer_from_body(dialogue.body) is not None:
        return await support_requests.answer_typed(context, interaction, dialogue, message)
    return await notes.note_typed(context, interaction, dialogue, message)


DIALOGUE_HANDLERS = {
    "join": DialogueHandler(joining.join_name_typed, _EVERYBODY, joining.awaits_join_name),
    "name": DialogueHandler(joining.name_typed, _EVERYBODY, joining.is_text),
    REQUEST_DIALOGUE: DialogueHandler(support_requests.question_typed, _EVERYBODY),
    cohort_form.CREATE_DIALOGUE: DialogueHandler(
        cohort_form.form_typed, _FACILITATOR, cohort_form.awaits_answer
    ),
    cohort_form.CHANGE_DIALOGUE: DialogueHandler(cohort_form.form_typed, _FACILITATOR),
    GRANT_DIALOGUE: DialogueHandler(
        roles.grant_contact_shared, _FACILITATOR, roles.is_contact_or_attachment
    ),
    ROLE_NAME_DIALOGUE: DialogueHandler(roles.role_name_typed, _FACILITATOR, roles.has_text),
    roles.REVOKE_DIALOGUE: DialogueHandler(
        roles.revoke_contact_shared, _FACILITATOR, roles.is_contact
    ),
    broadcast_drafts.BROADCAST_DIALOGUE: DialogueHandler(broadcasts.broadcast_typed, _FACILITATOR),
    NOTE_DIALOGUE: DialogueHandler(_note_or_answer_typed, _FACILITATOR),
}
"""By the kind of the dialogue."""


async def dialogue_typed(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response | None:
    """The response to a message if an open dialogue awaits it; else `None`.

    A message that closed a dialogue and is delivered again, since its reply was lost, is only
    acknowledged. A dialogue ends when the person may no longer go on with it. In dialogues of
    learners words of danger get help first; facilitators may write about danger.
    """
    found = await dialogues.fetch_latest_dialogue(context.services, interaction)
    if isinstance(found, ClosedDialogue):
        was_handled = found.closed_by == interaction.update_id
        return await _handled_before(context, interaction) if was_handled else None
    handler = None if found is None else DIALOGUE_HANDLERS.get(found.kind)
    if found is None or handler is None or not handler.awaits(found, message):
        return None
    if handler.permission is Permission.EVERYBODY and mentions_danger(message.text):
        return None
    if not await is_permitted(context, interaction, handler.permission):
        await dialogues.end_dialogue(context.services, interaction)
        return Response((Reply(refusal(context, interaction)),))
    try:
        return await handler.handle(context, interaction, found, message)
    except NotAllowedError:
        return Response((Reply(refusal(context, interaction)),))


async def _handled_before(context: Context, interaction: Interaction) -> Response:
    state = await load_learner(context.services, interaction)
    return Response((notices.handled_late(context.translator(state)),))
