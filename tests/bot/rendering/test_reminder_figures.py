"""What the figures of reminders say to admins: how often, who came back, and how to read it."""

from bot.actions.statistics import StatisticsView
from bot.i18n import Translators
from bot.rendering import reminder_effects
from course.reminders.rhythm import ReminderKind
from course.statistics.intervals import Proportion, are_large_enough, newcombe_interval
from course.statistics.overview import Period, ReminderFigures
from simulator.entities import read

ENGLISH = Translators.load().for_language("en")


def shown(kind: ReminderKind, sent: Proportion, held: Proportion) -> list[str]:
    effect = newcombe_interval(sent, held) if are_large_enough(sent, held) else None
    found = ReminderFigures(kind, sent, held, effect, stopped=0, blocked=0, snoozed=0)
    seen = StatisticsView((), is_admin=True, cohort=None, period=Period.ALL, today=20_000)
    return read(
        reminder_effects.effects_page(ENGLISH, seen, [found]).text, "HTML"
    ).text.splitlines()


def test_times_and_shares_stand_apart_and_bounds_are_explained() -> None:
    lines = shown(ReminderKind.FIRST, Proportion(75, 151), Proportion(12, 49))

    assert "Sent: 150. Back within 72 hours: 50 percent" in lines
    assert "Held out: 45. Back all the same: 24 percent" in lines
    assert any(one.startswith("Effect in percentage points: +25 (") for one in lines)
    assert "In brackets: between which bounds" in lines[-1]


def test_where_nothing_stands_in_brackets_none_are_explained() -> None:
    lines = shown(ReminderKind.LAST, Proportion(10, 39), Proportion(1, 4))

    assert "Sent: 35. Back within 72 hours: too few to tell" in lines
    assert "Held out: fewer than 5. Back all the same: too few to tell" in lines
    assert "brackets" not in lines[-1]


def test_what_was_asked_for_is_never_held_out() -> None:
    lines = shown(ReminderKind.SNOOZED, Proportion(25, 50), Proportion(0, 0))

    assert "Sent: 50. Back within 72 hours: 50 percent. Never held out." in lines
