"""Pages that both commands and buttons open, and settings that both change."""

from typing import assert_never

from bot import commands
from bot.actions import learner_settings
from bot.actions.access import access
from bot.actions.learner_state import Turn, Visit, visit
from bot.callback_data import Set, Show
from bot.context import Desk
from bot.handlers import reminders, roles
from bot.i18n import Voice
from bot.messages import Reply, Response
from bot.rendering import (
    glossary,
    modules,
    notices,
    pages,
    responses,
)

# Pages that replace the message with their button.
_IN_PLACE = frozenset({"modules", "progress", "settings"})


async def pressed(desk: Desk, turn: Turn, press: Show | Set) -> Response:
    """Open a page, or change a setting."""
    match press:
        case Show(name):
            return await shown(desk, turn, name)
        case Set(setting, on):
            return await set_to(desk, turn, setting, on=on)
        case _ as never:
            assert_never(never)


async def shown(desk: Desk, turn: Turn, name: str) -> Response:
    """The page `name` (see `bot.callback_data.SCREENS`), after its button was pressed."""
    if name in reminders.SCREENS:
        return await reminders.shown(desk, turn, name)
    here = await visit(desk.services, turn)
    reply = (
        await asked_to_forget(desk, here) if name == "forget" else await opened(desk, here, name)
    )
    return Response(edit=reply) if name in _IN_PLACE else Response((reply,))


async def opened(desk: Desk, here: Visit, name: str) -> Reply:
    """Build a page and record what follows: a pause asks for the time zone once.

    Raises:
        KeyError: there is no such screen.
    """
    reply = page(desk, here, name)
    if name == "pause" and here.asks_zone:
        await learner_settings.has_asked_zone(desk.services, here)
    return reply


def page(desk: Desk, here: Visit, name: str) -> Reply:
    """Build the page `name` for this learner.

    Raises:
        KeyError: there is no such screen.
    """
    _, course = desk.voice(here), desk.course
    return {
        "outcomes": lambda: pages.outcomes(_, course),
        "modules": lambda: modules.modules(_, course, here.progress),
        "progress": lambda: modules.standing(_, course, here.progress),
        "settings": lambda: pages.settings(_, plain=here.plain, stopped=here.stopped),
        "help": lambda: pages.help_page(_, commands.listed(_)),
        "about": lambda: pages.about(_, course),
        "glossary": lambda: glossary.glossary(_, course),
        "reading": lambda: glossary.reading(_, course),
        "privacy": lambda: pages.privacy(_, desk.contact),
        "developer_info": lambda: pages.developer_info(_, desk.contact, desk.version),
        "pause": lambda: pages.paused(_, reminders.likely_times(desk, here)),
        "danger": lambda: pages.danger(_),
    }[name]()


async def asked_to_forget(desk: Desk, here: Visit) -> Reply:
    """The question before everything is deleted; facilitators are told what it means for them."""
    leads = (await access(desk.services, here.turn)).is_facilitator
    return pages.forget(desk.voice(here), leads=leads)


async def set_to(desk: Desk, turn: Turn, setting: str, *, on: bool) -> Response:
    """Change a setting (see `bot.callback_data.SETTINGS`), and show the new settings."""
    if setting == "forget":
        return await _forget(desk, turn, on=on)
    if setting == "reminders":
        return await reminders.switch(desk, turn, on=on)
    if setting == "unasked":
        return await reminders.stop(desk, turn, on=on)
    change = learner_settings.set_plain if setting == "plain" else learner_settings.set_messages
    here = await change(desk.services, turn, on=on)
    voice = desk.voice(here)
    return Response(edit=page(desk, here, "settings"), toast=notices.set_now(voice))


async def _forget(desk: Desk, turn: Turn, *, on: bool) -> Response:
    if on:
        leads = (await access(desk.services, turn)).is_facilitator
        await learner_settings.forget(desk.services, turn)
        menus = (await roles.menu(desk, turn.learner, turn.language),) if leads else ()
        edit = pages.forgotten(desk.voices.of(turn.language), leads=leads)
        return Response(edit=edit, menus=menus)
    here = await visit(desk.services, turn)
    voice: Voice = desk.voice(here)
    return Response((responses.current(voice, desk.course, here),), closes=True)
