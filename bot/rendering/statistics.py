"""Statistics for admins and facilitators: the first screen, and how to choose figures.

Every number of people has been through `course.statistics.suppression`; nothing is counted here.
"""

from collections.abc import Callable
from typing import TypeAlias

from bot.actions.statistics import View
from bot.callback_data import Manage
from bot.i18n import Voice
from bot.messages import Button, Reply, Rows
from bot.rendering import parts
from course.statistics.overview import (
    Crowd,
    Measure,
    Overview,
    Period,
)
from course.statistics.suppression import FEWEST, People

Said: TypeAlias = Callable[[Voice, int], str]

PERIODS = (Period.WEEK, Period.MONTH, Period.QUARTER, Period.ALL)


def home(_: Voice, seen: View, found: Overview) -> Reply:
    """The first screen: the main figures, in words."""
    if found.is_empty:
        return Reply(
            parts.lines(head(_, seen, _("How it is going")), _("Nobody has joined yet.")),
            ((button(_, _("Weekly report"), "weekly", seen),),),
        )
    text = parts.lines(
        head(_, seen, _("How it is going")),
        "\n".join(figures(_, found)),
        f"{_before(_, seen.period)} {in_fives(_)}",
        _("You have several cohorts. Cohorts, below, opens another one.")
        if not seen.is_admin and len(seen.mine) > 1
        else None,
    )
    return Reply(text, _screens(_, seen))


def figures(_: Voice, found: Overview) -> tuple[str, ...]:
    """One line for each figure of the first screen."""
    whole = found.scope.period is Period.ALL
    return (
        _crowd(_, _("Enrolled"), found.enrolled),
        _crowd(_, _("Started"), found.started),
        _crowd(_, _("Active in the last 7 days") if whole else _("Active"), found.active),
        _crowd(_, _("Finished"), found.finished),
        _measured(_, _("Time to finish"), found.minutes, _minutes),
        _measured(_, _("First answers right"), found.right, _percent),
    )


def choose(_: Voice, seen: View) -> Reply:
    """Choice of the period and of whose figures to show."""
    text = parts.lines(
        head(_, seen, _("What do you want to see?")),
        _(
            "Choose the days. “What is counted” explains each figure, “Weekly report” sends you the"
            " figures on Mondays. For one cohort press Cohorts on the first screen."
        ),
    )
    periods = tuple(
        button(_, period(_, one), "home", seen, days=one)
        for one in PERIODS
        if one is not seen.period
    )
    everybody: Rows = ()
    if seen.is_admin and seen.chosen is not None:
        everybody = ((of_everybody(_, seen.period),),)
    return Reply(
        text,
        (
            periods,
            *everybody,
            (
                button(_, _("What is counted"), "words", seen),
                button(_, _("Weekly report"), "weekly", seen),
            ),
            (back(_, seen),),
        ),
    )


def words(_: Voice, seen: View) -> Reply:
    """What each figure counts."""
    listed = (
        (_("Enrolled"), _("people who wrote to me for the first time in these days.")),
        (_("Started"), _("people who read or answered their first thing in these days.")),
        (_("Active"), _("people who read or answered something in these days.")),
        (_("Finished"), _("people who came to the end: every card read, every question passed.")),
        (
            _("Time to finish"),
            _(
                "minutes of learning, breaks left out; half of those who finished took at most"
                " so many."
            ),
        ),
        (
            _("First answers right"),
            _("of the answers people gave when a question came for the first time."),
        ),
        (
            _("Funnel"),
            _("how many of those who enrolled in these days have done each lesson, whenever."),
        ),
        (_("Closed"), _("people who came to the end of a module in these days.")),
        (_("Answered"), _("people who chose an answer that a broadcast offered.")),
        (
            _("Held out"),
            _("times that a reminder was left out by chance, to see what reminders do."),
        ),
        (
            _("A cohort"),
            _("whoever belongs to it now, with all they did, also before they joined it."),
        ),
        (_("Days"), _("go from midnight to midnight in UTC, today among them.")),
    )
    text = parts.lines(
        parts.bold(_("What is counted")),
        "\n".join(f"{parts.bold(word)}: {meaning}" for word, meaning in listed),
        in_fives(_)
        + " "
        + _(
            "A share or a median is hidden where fewer than {number} people stand behind it, or"
            " where two figures set against each other would tell of so few.",
            number=_.number(FEWEST),
        ),
        _("Who has deleted their data stays in the sums, without a trace of who it was."),
    )
    return Reply(text, ((back(_, seen),),))


def no_cohort(_: Voice) -> Reply:
    """Tells that a facilitator has no cohort."""
    return Reply(
        parts.lines(
            _("You have no cohort yet, so there are no figures."), _("/newcohort makes one.")
        )
    )


def head(_: Voice, seen: View, title: str) -> str:
    """The heading of a screen: its title, and whose figures and which period it shows."""
    return parts.bold(title) + "\n" + about(_, seen)


def about(_: Voice, seen: View) -> str:
    """Whose figures and which period, in half a line."""
    return f"{whose(_, seen)} · {period(_, seen.period)}"


def whose(_: Voice, seen: View) -> str:
    """Whose figures."""
    return _("Everybody") if seen.chosen is None else parts.name(seen.chosen.name)


def period(_: Voice, days: Period) -> str:
    """A period, as on its button."""
    if days is Period.ALL:
        return _("All days")
    return _.ngettext("Last {number} day", "Last {number} days", days.value)


def people(_: Voice, number: People) -> str:
    """A number of people, rounded for suppression."""
    if number.are_few:
        return _("fewer than {number}", number=_.number(FEWEST))
    return _.number(number.at_least)


def in_fives(_: Voice) -> str:
    """The note on how people are counted."""
    return _(
        "People are counted in fives, rounded down; fewer than {number} may be nobody.",
        number=_.number(FEWEST),
    )


def minutes(_: Voice, number: int | None) -> str:
    """A median, or that it is suppressed."""
    return _hidden(_) if number is None else _minutes(_, number)


def percent(_: Voice, number: int | None) -> str:
    """A share, or that it is suppressed."""
    return _hidden(_) if number is None else _percent(_, number)


def button(
    _: Voice, label: str, what: str, seen: View, rest: str = "", days: Period | None = None
) -> Button:
    """A button that keeps the chosen cohort and period.

    Args:
        more: another value, such as a page.
        days: another period than the chosen one.
    """
    number = 0 if seen.chosen is None else seen.chosen.id
    return _button(label, what, number, seen.period if days is None else days, rest)


def of_cohort(label: str, cohort: int, days: Period) -> Button:
    """A button to the first screen of a cohort."""
    return _button(label, "home", cohort, days)


def of_everybody(_: Voice, days: Period) -> Button:
    """A button to the first screen of everybody, for admins."""
    return _button(_("Everybody"), "home", 0, days)


def back(_: Voice, seen: View, what: str = "home", rest: str = "") -> Button:
    """A button to the previous screen."""
    return button(_, _("Back"), what, seen, rest)


def picture(_: Voice, seen: View, which: str) -> tuple[Button, ...]:
    """A button for a chart; none in plain-text mode."""
    return () if _.plain else (button(_, _("As a picture"), "picture", seen, which),)


def _button(label: str, what: str, cohort: int, days: Period, rest: str = "") -> Button:
    value = f"{days.value}.{rest}" if rest else str(days.value)
    return parts.button(label, Manage("g", what, cohort, value))


def _screens(_: Voice, seen: View) -> Rows:
    reminders = (button(_, _("Reminders"), "reminders", seen),) if seen.is_admin else ()
    return (
        (
            button(_, _("Funnel"), "funnel", seen),
            button(_, _("Modules"), "modules", seen),
            button(_, _("Questions"), "questions", seen),
        ),
        (
            button(_, _("Cohorts"), "cohorts", seen),
            *reminders,
            button(_, _("Broadcasts"), "broadcasts", seen),
        ),
        (
            button(_, _("Time"), "time", seen),
            button(_, _("Other days and more"), "choose", seen),
        ),
    )


def _crowd(_: Voice, what: str, found: Crowd) -> str:
    return _(
        "{what}: {now} (before: {before})",
        what=what,
        now=people(_, found.now),
        before=people(_, found.before),
    )


def _measured(_: Voice, what: str, found: Measure, said: Said) -> str:
    if found.now is None:
        return f"{what}: {_hidden(_)}"
    if found.before is None:
        return f"{what}: {said(_, found.now)}"
    return _(
        "{what}: {now} (before: {before})",
        what=what,
        now=said(_, found.now),
        before=said(_, found.before),
    )


def _before(_: Voice, days: Period) -> str:
    if days is Period.ALL:
        return _("Before: how it was a week ago.")
    return _.ngettext(
        "Before: in the {number} day before these.",
        "Before: in the {number} days before these.",
        days.value,
    )


def _minutes(_: Voice, number: int) -> str:
    return _.ngettext("{number} minute", "{number} minutes", number)


def _percent(_: Voice, number: int) -> str:
    return _("{number} percent", number=_.number(number))


def _hidden(_: Voice) -> str:
    return _("not shown, too few people")
