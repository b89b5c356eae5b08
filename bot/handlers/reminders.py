"""Reminders: settings, snoozing, explanations, and the figures for admins."""

from bot.actions import learner_settings, reminders
from bot.actions.access import NotAllowed
from bot.actions.learner_state import Turn, Visit, visit
from bot.actions.reminders import Standing
from bot.callback_data import (
    Places,
    Snooze,
    Why,
    Wish,
)
from bot.context import Desk
from bot.messages import Reply, Response, Rows
from bot.parsing import dates, time_zones
from bot.rendering import (
    notices,
    pages,
    reminder_settings,
    reminder_statistics,
    responses,
    snoozing,
)
from bot.rendering.time_zones import (
    PAGES,
    ask,
    cities,
    likely,
    offer,
)
from course.reminders.rhythm import Kind

SETTINGS = ("reminders", "hour", "quiet", "rest", "pace", "later", "date", *PAGES)
SCREENS = (*SETTINGS, *reminder_statistics.SCREENS)
# After a change on these screens, the same screen stays.
_STAYS = ("hour", "quiet", "rest")

# Screens that need a time zone, which is asked for first.
_NEED_ZONE = ("hour", "quiet")


def page(desk: Desk, standing: Standing, name: str) -> Reply:
    """The screen `name`, one of `SETTINGS_SCREENS`."""
    _, course = desk.voice(standing.visit), desk.course
    if name in _NEED_ZONE and not standing.knows_zone:
        name = "zone"
    if name in PAGES:
        return ask(_, standing, time_zones.offsets(standing.now, _language(standing.visit)), name)
    return {
        "reminders": lambda: reminder_settings.overview(_, course, standing),
        "hour": lambda: reminder_settings.hour(_, standing),
        "quiet": lambda: reminder_settings.quiet(_, standing),
        "rest": lambda: reminder_settings.rest(_, standing),
        "pace": lambda: reminder_settings.pace(_, standing),
        "later": lambda: snoozing.later(_, course, standing),
        "date": lambda: snoozing.day(_, course, standing),
    }[name]()


async def shown(desk: Desk, turn: Turn, name: str) -> Response:
    """A screen in place of the message with its button."""
    if name in reminder_statistics.SCREENS:
        return Response(edit=await _figures(desk, turn, name))
    return Response(edit=page(desk, await reminders.look(desk.services, turn), name))


def likely_times(desk: Desk, here: Visit) -> Rows:
    """Buttons that ask for a learner's local time; none when they were asked before."""
    if not here.asks_zone:
        return ()
    offsets = time_zones.offsets(here.turn.at, _language(here))
    return likely(desk.voice(here), here.turn.at, offsets)


async def pressed(desk: Desk, turn: Turn, press: Wish | Snooze | Places | Why) -> Response:
    """Handle a button about reminders."""
    match press:
        case Wish(what, value):
            return await _wish(desk, turn, what, value)
        case Snooze(until):
            return await _snooze(desk, turn, until)
        case Places(ahead):
            standing = await reminders.look(desk.services, turn)
            _ = desk.voice(standing.visit)
            found = time_zones.at(ahead, standing.now, _language(standing.visit))
            return Response(edit=cities(_, standing, found, ahead))
        case Why(kind):
            return await why(desk, turn, kind)


async def switch(desk: Desk, turn: Turn, *, on: bool) -> Response:
    """Switch reminders on, or off until switched on again."""
    standing = await reminders.turn_on(desk.services, turn, on=on)
    saved = notices.set_now(desk.voice(standing.visit))
    return Response(edit=page(desk, standing, "reminders"), toast=saved)


async def stop(desk: Desk, turn: Turn, *, on: bool) -> Response:
    """Stop all proactive messages, from the button under the last reminder."""
    here = await learner_settings.set_messages(desk.services, turn, on=on)
    if on:
        return await shown(desk, turn, "reminders")
    return Response(edit=pages.stopped(desk.voice(here)))


async def why(desk: Desk, turn: Turn, kind: str = "") -> Response:
    """Explain why the last reminder came, and what comes next.

    Args:
        kind: of the reminder whose button was pressed; an older one is explained as well as the
            last.
    """
    standing = await reminders.look(desk.services, turn)
    last = await reminders.last(desk.services, turn)
    asked = Kind(kind) if kind in set(Kind) else None
    reply = reminder_settings.why(desk.voice(standing.visit), desk.course, standing, last, asked)
    return Response((reply,))


async def command(desk: Desk, turn: Turn, said: str) -> Response:
    """/reminders, alone or with a time of day, a day or a city."""
    minute = dates.minute(said)
    if minute is not None:
        standing = await reminders.wish(desk.services, turn, "hour", str(minute))
        assert standing is not None, "a minute of the day is a wish"
        return Response((_after_wish(desk, standing, "hour"),))
    if not said.strip():
        return await opened(desk, turn, "reminders")
    found = await typed(desk, turn, said)
    if found is not None:
        return found
    return Response(
        (reminder_settings.not_understood(desk.voice(await visit(desk.services, turn))),)
    )


async def opened(desk: Desk, turn: Turn, name: str) -> Response:
    """A screen as a new message."""
    return Response((page(desk, await reminders.look(desk.services, turn), name),))


async def typed(desk: Desk, turn: Turn, text: str) -> Response | None:
    """Handle a typed day, time or city; `None` when `text` is none of them.

    Nothing changes before it is confirmed by a button.
    """
    standing = await reminders.look(desk.services, turn)
    _ = desk.voice(standing.visit)
    written, minute = dates.days(text), dates.minute(text)
    named = time_zones.named(text, _.locale, turn.at)
    if not written and minute is None and not named:
        return None
    if minute is not None:
        return Response((snoozing.offer_time(_, standing, minute),))
    if named:
        return Response((offer(_, standing, named),))
    today = standing.local(standing.now).date()
    days = sorted({day for each in written if (day := dates.coming(each, today)) is not None})
    return Response((snoozing.offer_days(_, days) if days else snoozing.no_day(_),))


async def nudges(desk: Desk, turn: Turn) -> Response:
    """/nudges: the results of all reminders, for admins."""
    return Response((await _figures(desk, turn, "nudges"),))


async def _figures(desk: Desk, turn: Turn, name: str) -> Reply:
    _, rhythm = desk.voice(await visit(desk.services, turn)), desk.services.rhythm
    found = await reminders.figures(desk.services, turn)
    if isinstance(found, NotAllowed):
        return Reply(notices.not_yours(_))
    if name == "nudges":
        return reminder_statistics.nudges(_, rhythm, found)
    return reminder_statistics.of_wordings(_, rhythm, Kind(name.partition("-")[2]), found)


def _language(here: Visit) -> str | None:
    return here.turn.language or (here.learner.language if here.learner else None)


async def _wish(desk: Desk, turn: Turn, what: str, value: str) -> Response:
    standing = await reminders.wish(desk.services, turn, what, value)
    if standing is None:
        return await _refused(desk, turn, what)
    saved = notices.set_now(desk.voice(standing.visit))
    return Response(edit=_after_wish(desk, standing, what), toast=saved)


def _after_wish(desk: Desk, standing: Standing, what: str) -> Reply:
    """The screen after a change: the same one, the next question, or the overview."""
    if what == "zone":
        return reminder_settings.ask_rest(desk.voice(standing.visit), standing)
    if what == "hour" and standing.knows_zone:
        what = "reminders"
    return page(desk, standing, what if what in _STAYS else "reminders")


async def _refused(desk: Desk, turn: Turn, what: str) -> Response:
    here = await visit(desk.services, turn)
    _ = desk.voice(here)
    if what == "rest":
        return Response(toast=notices.keep_a_day(_))
    return responses.where_you_are(_, desk.course, here, notices.unknown_button(_))


async def _snooze(desk: Desk, turn: Turn, until: str) -> Response:
    standing = await reminders.snooze(desk.services, turn, until)
    if standing is None:
        return await shown(desk, turn, "date")
    _ = desk.voice(standing.visit)
    return Response(edit=snoozing.snoozed(_, desk.course, standing))
