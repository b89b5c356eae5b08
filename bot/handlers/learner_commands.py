"""Commands of learners: the course, help, the glossary, reports of mistakes."""

from bot import commands
from bot.actions import learner_settings, lessons, mistake_reports
from bot.actions.access import load_access
from bot.actions.dialogues import end_dialogue
from bot.actions.learner_state import Interaction, load_learner
from bot.context import Context
from bot.handlers import (
    joining,
)
from bot.handlers.message_content import MessageContent
from bot.handlers.pages import build_deletion_page, build_page, open_page
from bot.handlers.permissions import Command
from bot.messages import Response
from bot.rendering import glossary, pages, positions, responses
from bot.rendering.cohort_form import cancelled, nothing_to_cancel
from bot.rendering.mistake_reports import how_to_report, report_received
from bot.rendering.roles import whoami
from course.glossary import find_term, suggest_terms


async def _start_command(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response:
    """/start, alone or with an invitation."""
    invited = await joining.follow_link(context, interaction, message)
    if invited is not None:
        return invited
    was_stopped = (await load_learner(context.services, interaction)).stopped
    state = await learner_settings.start_chat(context.services, interaction)
    translator = context.translator(state)
    resumed = (pages.messages_resumed(translator),) if was_stopped else ()
    if state.progress.is_new:
        return Response((*resumed, pages.welcome(translator, context.course)))
    position = positions.step_position(translator, context.course, state.step)
    return Response((*resumed, pages.welcome_back(translator, position)))


async def _continue_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    arrived = await lessons.continue_course(context.services, interaction)
    return responses.moved(context.translator(arrived.learner_state), context.course, arrived)


async def _next_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    arrived = await lessons.advance(context.services, interaction)
    return responses.moved(context.translator(arrived.learner_state), context.course, arrived)


async def _back_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    turned = await lessons.page_back(context.services, interaction)
    translator = context.translator(turned.learner_state)
    if isinstance(turned, lessons.Arrived):
        return responses.moved(translator, context.course, turned)
    return responses.card_opened(translator, context.course, turned)


async def _stop_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    state = await learner_settings.set_messages(context.services, interaction, on=False)
    return Response((pages.messages_stopped(context.translator(state)),))


def _page_command(page: str) -> Command:
    """A command that opens a page; see `bot.handlers.pages.build_page`."""

    async def open_named(
        context: Context, interaction: Interaction, _message: MessageContent
    ) -> Response:
        state = await load_learner(context.services, interaction)
        return Response((await open_page(context, state, page),))

    return Command(open_named)


async def _help_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/help; for a person with a role it also lists the commands of that role."""
    access = await load_access(context.services, interaction)
    state = await load_learner(context.services, interaction)
    if not access.is_facilitator:
        return Response((await open_page(context, state, "help"),))
    _ = context.translator_of(interaction)
    more = {
        **commands.facilitator_commands(_),
        **commands.group_commands(_),
        **(commands.admin_commands(_) if access.is_admin else {}),
    }
    listed = commands.command_list(_, more, is_member=state.has_facilitator)
    return Response((pages.help_text(_, listed),))


async def _cancel_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    _ = context.translator_of(interaction)
    ended = await end_dialogue(context.services, interaction)
    return Response((cancelled(_) if ended is not None else nothing_to_cancel(_),))


async def _whoami_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/whoami: the person's number at Telegram, and what they may do."""
    access = await load_access(context.services, interaction)
    return Response((whoami(context.translator_of(interaction), access),))


async def _glossary_command(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response:
    state, text = await load_learner(context.services, interaction), message.text
    if not text:
        return Response((build_page(context, state, "glossary"),))
    translator, found = context.translator(state), find_term(context.course, text)
    if found is None:
        return Response((glossary.no_term(translator, suggest_terms(context.course, text)),))
    return Response((glossary.term(translator, found),))


async def _report_command(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response:
    if not message.text:
        state = await load_learner(context.services, interaction)
        return Response((how_to_report(context.translator(state), context.course, state.step),))
    reported = await mistake_reports.report_mistake(context.services, interaction, message.text)
    return Response((report_received(context.translator(reported)),))


async def _deletemydata_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    state = await load_learner(context.services, interaction)
    return Response((await build_deletion_page(context, state),))


_PAGES = (
    *("progress", "modules", "settings", "about"),
    *("reading", "privacy", "developer_info", "pause"),
)

LEARNER_COMMANDS = {
    **{name: _page_command(name) for name in _PAGES},
    "start": Command(_start_command),
    "continue": Command(_continue_command),
    "next": Command(_next_command),
    "back": Command(_back_command),
    "stop": Command(_stop_command),
    "help": Command(_help_command),
    "glossary": Command(_glossary_command),
    "report": Command(_report_command),
    "deletemydata": Command(_deletemydata_command),
    "cancel": Command(_cancel_command),
    "whoami": Command(_whoami_command),
}
"""By the name of the command, without its slash."""
