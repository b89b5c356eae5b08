"""Reminders: settings, snoozing, explanations, and the figures for admins."""

from bot.actions import learner_settings, reminders
from bot.actions.learner_state import Interaction, LearnerState, load_learner
from bot.actions.reminders import ReminderStatus
from bot.actions.snoozing import snooze_reminders
from bot.callback_data import ExplainReminder, ListTimeZones, SetPreference, Snooze
from bot.context import Context
from bot.messages import Reply, Response, Rows
from bot.parsing import time_zones
from bot.rendering import (
    notices,
    pages,
    reminder_settings,
    reminder_statistics,
    responses,
    snoozing,
)
from bot.rendering.time_zones import ZONE_SCREENS, ask_time, choose_city, likely_times
from course.reminders.rhythm import ReminderKind

SETTINGS_SCREENS = ("reminders", "hour", "quiet", "rest", "pace", "later", "date", *ZONE_SCREENS)
SCREENS = (*SETTINGS_SCREENS, *reminder_statistics.SCREENS)
# After a change on these screens, the same screen stays.
_STAY_OPEN = ("hour", "quiet", "rest")

# Screens that need a time zone, which is asked for first.
_NEEDS_ZONE = ("hour", "quiet")


def build_screen(context: Context, status: ReminderStatus, name: str) -> Reply:
    """The screen `name`, one of `SETTINGS_SCREENS`."""
    _, course = context.translator(status.learner_state), context.course
    if name in _NEEDS_ZONE and not status.knows_zone:
        name = "zone"
    if name in ZONE_SCREENS:
        return ask_time(
            _, status, time_zones.list_offsets(status.now, _language(status.learner_state)), name
        )
    return {
        "reminders": lambda: reminder_settings.overview(_, course, status),
        "hour": lambda: reminder_settings.hour_choice(_, status),
        "quiet": lambda: reminder_settings.quiet_hours_choice(_, status),
        "rest": lambda: reminder_settings.rest_days_choice(_, status),
        "pace": lambda: reminder_settings.pace_choice(_, status),
        "later": lambda: snoozing.snooze_choice(_, course, status),
        "date": lambda: snoozing.day_choice(_, course, status),
    }[name]()


async def show_in_place(context: Context, interaction: Interaction, name: str) -> Response:
    """A screen in place of the message with its button."""
    if name in reminder_statistics.SCREENS:
        return Response(edit=await figures_reply(context, interaction, name))
    return Response(
        edit=build_screen(context, await reminders.load_status(context.services, interaction), name)
    )


def build_zone_buttons(context: Context, state: LearnerState) -> Rows:
    """Buttons that ask for a learner's local time; none when they were asked before."""
    if not state.should_ask_zone:
        return ()
    offsets = time_zones.list_offsets(state.interaction.at, _language(state))
    return likely_times(context.translator(state), state.interaction.at, offsets)


async def reminder_pressed(
    context: Context,
    interaction: Interaction,
    press: SetPreference | Snooze | ListTimeZones | ExplainReminder,
) -> Response:
    """Handle a button about reminders."""
    match press:
        case SetPreference(what, value):
            return await _preference_pressed(context, interaction, what, value)
        case Snooze(until):
            return await _snooze_pressed(context, interaction, until)
        case ListTimeZones(ahead):
            status = await reminders.load_status(context.services, interaction)
            _ = context.translator(status.learner_state)
            found = time_zones.find_by_offset(ahead, status.now, _language(status.learner_state))
            return Response(edit=choose_city(_, status, found, ahead))
        case ExplainReminder(kind):
            return await explain_reminder(context, interaction, kind)


async def switch_pressed(context: Context, interaction: Interaction, *, on: bool) -> Response:
    """Switch reminders on, or off until switched on again."""
    status = await reminders.switch_reminders(context.services, interaction, on=on)
    saved = notices.saved(context.translator(status.learner_state))
    return Response(edit=build_screen(context, status, "reminders"), toast=saved)


async def stop_pressed(context: Context, interaction: Interaction, *, on: bool) -> Response:
    """Stop all proactive messages, from the button under the last reminder."""
    state = await learner_settings.set_messages(context.services, interaction, on=on)
    if on:
        return await show_in_place(context, interaction, "reminders")
    return Response(edit=pages.messages_stopped(context.translator(state)))


async def explain_reminder(context: Context, interaction: Interaction, kind: str = "") -> Response:
    """Explain why the last reminder came, and what comes next.

    Args:
        kind: of the reminder whose button was pressed; an older one is explained as well as the
            last.
    """
    status = await reminders.load_status(context.services, interaction)
    last = await reminders.fetch_last_reminder(context.services, interaction)
    asked = ReminderKind(kind) if kind in set(ReminderKind) else None
    reply = reminder_settings.explanation(
        context.translator(status.learner_state), context.course, status, last, asked
    )
    return Response((reply,))


async def figures_reply(context: Context, interaction: Interaction, name: str) -> Reply:
    """The results of reminders, for admins: of all, or of the wordings of one kind."""
    _ = context.translator(await load_learner(context.services, interaction))
    rhythm = context.services.rhythm
    found = await context.services.store.fetch_reminder_counts()
    if name == "nudges":
        return reminder_statistics.kind_figures(_, rhythm, found)
    kind = ReminderKind(name.partition("-")[2])
    return reminder_statistics.wording_figures(_, rhythm, kind, found)


def _language(state: LearnerState) -> str | None:
    return state.interaction.language or (state.learner.language if state.learner else None)


async def _preference_pressed(
    context: Context, interaction: Interaction, setting: str, value: str
) -> Response:
    status = await reminders.set_preference(context.services, interaction, setting, value)
    if status is None:
        return await _refused_response(context, interaction, setting)
    saved = notices.saved(context.translator(status.learner_state))
    return Response(edit=after_preference(context, status, setting), toast=saved)


def after_preference(context: Context, status: ReminderStatus, setting: str) -> Reply:
    """The screen after a change: the same one, the next question, or the overview."""
    if setting == "zone":
        return reminder_settings.ask_rest_days(context.translator(status.learner_state), status)
    if setting == "hour" and status.knows_zone:
        setting = "reminders"
    return build_screen(context, status, setting if setting in _STAY_OPEN else "reminders")


async def _refused_response(context: Context, interaction: Interaction, setting: str) -> Response:
    state = await load_learner(context.services, interaction)
    _ = context.translator(state)
    if setting == "rest":
        return Response(toast=notices.one_day_must_remain(_))
    return responses.current_with_toast(_, context.course, state, notices.unknown_button(_))


async def _snooze_pressed(context: Context, interaction: Interaction, until: str) -> Response:
    status = await snooze_reminders(context.services, interaction, until)
    if status is None:
        return await show_in_place(context, interaction, "date")
    _ = context.translator(status.learner_state)
    return Response(edit=snoozing.snoozed(_, context.course, status))
