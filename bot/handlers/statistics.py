"""Statistics: /stats, /question, and their buttons."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.actions import weekly_reports
from bot.actions.access import NotAllowed
from bot.actions.learner_state import Turn, visit
from bot.actions.statistics import (
    NoCohort,
    View,
    beside,
    finishing,
    named,
    pressing,
    question,
    questions,
    sent,
    view,
)
from bot.callback_data import Manage
from bot.context import Desk
from bot.handlers.message_content import Said
from bot.i18n import Voice
from bot.messages import Reply, Response
from bot.parsing.typed_answers import whole_number
from bot.rendering import (
    charts,
    item_analysis,
    notices,
    reminder_charts,
    statistics_tables,
)
from bot.rendering.charts import Drawn
from bot.rendering.statistics import (
    choose,
    home,
    no_cohort,
    words,
)
from bot.rendering.weekly_reports import setting
from course.statistics.overview import Period
from storage import reminder_effects, statistics

Screen: TypeAlias = Callable[[Desk, Turn, Voice, View, str], Awaitable[Reply]]
"""Builds a screen; the last argument is the rest of the button's value."""


async def on_stats(desk: Desk, turn: Turn, said: Said) -> Response:
    """/stats: the first screen, of the last 7 days; of a cohort if its name is given."""
    _ = desk.voice(await visit(desk.services, turn))
    match await view(desk.services, turn, period=Period.WEEK):
        case NotAllowed():
            return Response((Reply(notices.not_yours(_)),))
        case NoCohort():
            return Response((no_cohort(_),))
        case View() as seen:
            seen = named(seen, said.text)
            return Response((await _home(desk, turn, _, seen, ""),))


async def on_question(desk: Desk, turn: Turn, said: Said) -> Response:
    """/question with the id of a question."""
    _ = desk.voice(await visit(desk.services, turn))
    match await view(desk.services, turn, period=Period.ALL):
        case NotAllowed():
            return Response((Reply(notices.not_yours(_)),))
        case NoCohort():
            return Response((no_cohort(_),))
        case View() as seen:
            return Response((await _question(desk, turn, _, seen, said.text.strip()),))


async def on_press(desk: Desk, turn: Turn, press: Manage, _message: int) -> Response | None:
    """Handle a button of the statistics; `None` for an obsolete one."""
    chosen = _chosen(press.value)
    if chosen is None:
        return None
    days, rest = chosen
    _ = desk.voice(await visit(desk.services, turn))
    match await view(desk.services, turn, press.number, days):
        case NotAllowed():
            return Response(toast=notices.not_yours(_))
        case NoCohort():
            return Response(edit=no_cohort(_))
        case View(is_admin=False) if OF_EVERYBODY & {press.what, rest}:
            return Response(toast=notices.not_yours(_))
        case View() as seen if press.what == "picture":
            return await _picture(desk, _, seen, rest)
        case View() as seen:
            return Response(edit=await SCREENS[press.what](desk, turn, _, seen, rest))


def _chosen(value: str) -> tuple[Period, str] | None:
    days, _dot, rest = value.partition(".")
    known = {str(one.value): one for one in Period}
    return (known[days], rest) if days in known else None


async def _home(desk: Desk, _turn: Turn, _: Voice, seen: View, _rest: str) -> Reply:
    return home(_, seen, await statistics.overview(desk.services.store, seen.scope))


async def _choose(_desk: Desk, _turn: Turn, _: Voice, seen: View, _rest: str) -> Reply:
    return choose(_, seen)


async def _words(_desk: Desk, _turn: Turn, _: Voice, seen: View, _rest: str) -> Reply:
    return words(_, seen)


async def _funnel(desk: Desk, _turn: Turn, _: Voice, seen: View, _rest: str) -> Reply:
    found = await statistics.funnel(desk.services.store, desk.course, seen.scope)
    return statistics_tables.funnel(_, desk.course, seen, found)


async def _modules(desk: Desk, _turn: Turn, _: Voice, seen: View, _rest: str) -> Reply:
    found = await statistics.modules(desk.services.store, desk.course, seen.scope)
    return statistics_tables.modules(_, desk.course, seen, found)


async def _cohorts(desk: Desk, _turn: Turn, _: Voice, seen: View, rest: str) -> Reply:
    return statistics_tables.cohorts(_, seen, await beside(desk.services, seen, _page(rest)))


async def _reminders(desk: Desk, _turn: Turn, _: Voice, seen: View, _rest: str) -> Reply:
    return statistics_tables.reminders(
        _, seen, await reminder_effects.reminders(desk.services.store)
    )


async def _broadcasts(desk: Desk, turn: Turn, _: Voice, seen: View, _rest: str) -> Reply:
    return statistics_tables.broadcasts(_, seen, await sent(desk.services, turn, seen))


async def _time(desk: Desk, _turn: Turn, _: Voice, seen: View, _rest: str) -> Reply:
    return statistics_tables.time(
        _, seen, await statistics.activity(desk.services.store, seen.scope)
    )


async def _questions(desk: Desk, _turn: Turn, _: Voice, seen: View, rest: str) -> Reply:
    found = await questions(desk.services, seen)
    worst = pressing(found)
    return item_analysis.questions(_, desk.course, seen, found, worst, _page(rest))


async def _question(desk: Desk, _turn: Turn, _: Voice, seen: View, rest: str) -> Reply:
    looked = await question(desk.services, seen, rest)
    if looked is None:
        return item_analysis.unknown(_, seen, desk.course, rest)
    return item_analysis.question(_, desk.course, seen, looked)


async def _weekly(desk: Desk, turn: Turn, _: Voice, seen: View, _rest: str) -> Reply:
    found = await weekly_reports.look(desk.services, turn)
    assert not isinstance(found, NotAllowed), "whoever sees figures may have them"
    return setting(_, seen, found)


async def _weekly_set(desk: Desk, turn: Turn, _: Voice, seen: View, rest: str) -> Reply:
    minute = whole_number(rest)
    if minute is not None or rest == "off":
        await weekly_reports.wish(desk.services, turn, minute)
    return await _weekly(desk, turn, _, seen, "")


async def _picture(desk: Desk, _: Voice, seen: View, which: str) -> Response | None:
    """A chart as a new message, so that the screen with its buttons stays."""
    if which not in PICTURES:
        return None
    drawn = await PICTURES[which](desk, _, seen)
    if drawn is None:
        return Response(toast=charts.nothing(_))
    return Response((charts.message(_, drawn, await desk.draughtsman.draw(drawn.chart)),))


async def _draw_funnel(desk: Desk, _: Voice, seen: View) -> Drawn | None:
    found = await statistics.funnel(desk.services.store, desk.course, seen.scope)
    return charts.funnel(_, desk.course, seen, found)


async def _draw_finishing(desk: Desk, _: Voice, seen: View) -> Drawn | None:
    found = await finishing(desk.services, seen)
    return charts.finishing(_, seen, found, len(seen.mine))


async def _draw_time(desk: Desk, _: Voice, seen: View) -> Drawn | None:
    return charts.time(_, seen, await statistics.activity(desk.services.store, seen.scope))


async def _draw_questions(desk: Desk, _: Voice, seen: View) -> Drawn | None:
    found = await questions(desk.services, seen)
    return charts.questions(_, desk.course, seen, found, pressing(found))


async def _draw_reminders(desk: Desk, _: Voice, _seen: View) -> Drawn | None:
    return reminder_charts.reminders(_, await reminder_effects.reminders(desk.services.store))


def _page(rest: str) -> int:
    return whole_number(rest) or 0


SCREENS: dict[str, Screen] = {
    "home": _home,
    "choose": _choose,
    "words": _words,
    "funnel": _funnel,
    "modules": _modules,
    "questions": _questions,
    "question": _question,
    "cohorts": _cohorts,
    "reminders": _reminders,
    "broadcasts": _broadcasts,
    "time": _time,
    "weekly": _weekly,
    "weekly-set": _weekly_set,
}
"""By the action of the button."""

PICTURES: dict[str, Callable[[Desk, Voice, View], Awaitable[Drawn | None]]] = {
    "funnel": _draw_funnel,
    "finishing": _draw_finishing,
    "time": _draw_time,
    "questions": _draw_questions,
    "reminders": _draw_reminders,
}
"""By the button's value behind the period."""

OF_EVERYBODY = frozenset({"reminders"})
"""Screens with figures about everybody only, so for admins only."""
