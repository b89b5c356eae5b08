"""Command menus of people with a role: which commands Telegram should list for them."""

from bot import commands
from bot.actions.access import load_access_of
from bot.context import Context
from bot.messages import CommandMenu
from course.model import LearnerId
from storage import roles


async def build_menu(
    context: Context, person: LearnerId, language: str | None = None
) -> CommandMenu:
    """The commands that Telegram should list for a person, by their current roles."""
    access = await load_access_of(context.services, person)
    if not access.is_facilitator:
        return CommandMenu(person, {})
    _ = context.translators.for_language(language)
    more = commands.facilitator_commands(_) | (
        commands.admin_commands(_) if access.is_admin else {}
    )
    return CommandMenu(person, more | commands.learner_commands(_))


async def build_menus(context: Context) -> tuple[CommandMenu, ...]:
    """The command menus of everybody with a role, each in their own language."""
    services = context.services
    people = {
        *map(LearnerId, services.admins),
        *await roles.fetch_people_with_roles(services.store),
    }
    known = [(await services.store.fetch_history(one)).learner for one in sorted(people)]
    languages = {one.id: one.language for one in known if one is not None}
    return tuple([await build_menu(context, one, languages.get(one)) for one in sorted(people)])
