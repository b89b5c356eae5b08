"""Pages that both commands and buttons open, and settings that both change."""

from typing import assert_never

from bot import commands
from bot.actions import learner_settings
from bot.actions.access import load_access
from bot.actions.learner_state import Interaction, LearnerState, load_learner
from bot.callback_data import ShowScreen, ToggleSetting
from bot.context import Context
from bot.handlers import reminders
from bot.handlers.command_menus import build_menu
from bot.messages import Reply, Response
from bot.rendering import glossary, modules, notices, pages, privacy, responses

# Pages that replace the message with their button.
_SHOWN_IN_PLACE = frozenset({"modules", "progress", "settings"})


async def page_pressed(
    context: Context, interaction: Interaction, press: ShowScreen | ToggleSetting
) -> Response:
    """Open a page, or change a setting."""
    match press:
        case ShowScreen(name):
            return await show_page(context, interaction, name)
        case ToggleSetting(setting, on):
            return await setting_pressed(context, interaction, setting, on=on)
        case _ as never:
            assert_never(never)


async def show_page(context: Context, interaction: Interaction, name: str) -> Response:
    """The page `name` (see `bot.callback_data.SCREENS`), after its button was pressed."""
    if name in reminders.SCREENS:
        return await reminders.show_in_place(context, interaction, name)
    state = await load_learner(context.services, interaction)
    reply = (
        await build_deletion_page(context, state)
        if name == "forget"
        else await open_page(context, state, name)
    )
    return Response(edit=reply) if name in _SHOWN_IN_PLACE else Response((reply,))


async def open_page(context: Context, state: LearnerState, name: str) -> Reply:
    """Build a page and record what follows: a pause asks for the time zone once.

    Raises:
        KeyError: there is no such screen.
    """
    reply = build_page(context, state, name)
    if name == "pause" and state.should_ask_zone:
        await learner_settings.mark_zone_asked(context.services, state)
    return reply


def build_page(context: Context, state: LearnerState, name: str) -> Reply:
    """Build the page `name` for this learner.

    Raises:
        KeyError: there is no such screen.
    """
    _, course = context.translator(state), context.course
    return {
        "welcome": lambda: pages.welcome(_, course),
        "outcomes": lambda: pages.course_outcomes(_, course),
        "modules": lambda: modules.module_list(_, course, state.progress),
        "progress": lambda: modules.progress_page(_, course, state.progress),
        "settings": lambda: pages.settings_page(_, plain=state.plain, stopped=state.stopped),
        "help": lambda: pages.help_text(
            _, commands.command_list(_, is_member=state.has_facilitator)
        ),
        "about": lambda: pages.about(_, course),
        "glossary": lambda: glossary.glossary(_, course),
        "reading": lambda: glossary.further_reading(_, course),
        "privacy": lambda: privacy.privacy(_, context.operator_contact),
        "developer_info": lambda: privacy.developer_info(
            _, context.operator_contact, context.version
        ),
        "pause": lambda: pages.pause(_, reminders.build_zone_buttons(context, state)),
        "danger": lambda: pages.danger(_),
    }[name]()


async def build_deletion_page(context: Context, state: LearnerState) -> Reply:
    """The question before everything is deleted; facilitators are told what it means for them."""
    leads = (await load_access(context.services, state.interaction)).is_facilitator
    return privacy.confirm_deletion(context.translator(state), facilitates=leads)


async def setting_pressed(
    context: Context, interaction: Interaction, setting: str, *, on: bool
) -> Response:
    """Change a setting (see `bot.callback_data.SETTINGS`), and show the new settings."""
    if setting == "forget":
        return await _deletion_pressed(context, interaction, on=on)
    if setting == "reminders":
        return await reminders.switch_pressed(context, interaction, on=on)
    if setting == "unasked":
        return await reminders.stop_pressed(context, interaction, on=on)
    change = (
        learner_settings.set_plain_text if setting == "plain" else learner_settings.set_messages
    )
    state = await change(context.services, interaction, on=on)
    translator = context.translator(state)
    return Response(edit=build_page(context, state, "settings"), toast=notices.saved(translator))


async def _deletion_pressed(context: Context, interaction: Interaction, *, on: bool) -> Response:
    if on:
        leads = (await load_access(context.services, interaction)).is_facilitator
        await learner_settings.delete_learner(context.services, interaction)
        menus = (
            (await build_menu(context, interaction.learner, interaction.language),) if leads else ()
        )
        edit = privacy.data_deleted(context.translator_of(interaction), facilitates=leads)
        return Response(edit=edit, menus=menus)
    state = await load_learner(context.services, interaction)
    translator = context.translator(state)
    return Response(
        (responses.current_screen(translator, context.course, state),), removes_buttons=True
    )
