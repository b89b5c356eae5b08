"""Commands and typed text about reminders."""

from bot.actions import reminders
from bot.actions.learner_state import Interaction, load_learner
from bot.context import Context
from bot.handlers.message_content import MessageContent
from bot.handlers.reminders import after_preference, build_screen, explain_reminder, figures_reply
from bot.messages import Response
from bot.parsing import dates, time_zones
from bot.rendering import (
    reminder_settings,
    snoozing,
)
from bot.rendering.time_zones import confirm_city


async def reminders_command(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response:
    """/reminders, alone or with a time of day, a day or a city."""
    text = message.text
    minute = dates.parse_time_of_day(text)
    if minute is not None:
        status = await reminders.set_preference(context.services, interaction, "hour", str(minute))
        assert status is not None, "a minute of the day is a wish"
        return Response((after_preference(context, status, "hour"),))
    if not text.strip():
        return await show_as_message(context, interaction, "reminders")
    found = await reminder_text_typed(context, interaction, text)
    if found is not None:
        return found
    _ = context.translator(await load_learner(context.services, interaction))
    return Response((reminder_settings.not_understood(_),))


async def show_as_message(context: Context, interaction: Interaction, name: str) -> Response:
    """A screen as a new message."""
    status = await reminders.load_status(context.services, interaction)
    return Response((build_screen(context, status, name),))


async def reminder_text_typed(
    context: Context, interaction: Interaction, text: str
) -> Response | None:
    """Handle a typed day, time or city; `None` when `text` is none of them.

    Nothing changes before it is confirmed by a button.
    """
    status = await reminders.load_status(context.services, interaction)
    _ = context.translator(status.learner_state)
    written, minute = dates.parse_days(text), dates.parse_time_of_day(text)
    named = time_zones.find_by_name(text, _.locale, interaction.at)
    if not written and minute is None and not named:
        return None
    if minute is not None:
        return Response((snoozing.confirm_time(_, status, minute),))
    if named:
        return Response((confirm_city(_, status, named),))
    today = status.local_time(status.now).date()
    days = sorted({day for each in written if (day := dates.resolve_date(each, today)) is not None})
    return Response((snoozing.confirm_days(_, days) if days else snoozing.invalid_day(_),))


async def why_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/why: why the last reminder came."""
    return await explain_reminder(context, interaction)


async def later_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/later: until when to postpone the next reminder."""
    return await show_as_message(context, interaction, "later")


async def nudges_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/nudges: the results of all reminders, for admins."""
    return Response((await figures_reply(context, interaction, "nudges"),))
