"""Statistics for admins and facilitators: the first screen, and how to choose figures.

Every number of people has been through `course.statistics.suppression`; nothing is counted here.
"""

from collections.abc import Callable
from typing import TypeAlias

from bot.actions.statistics import StatisticsView
from bot.callback_data import ManagePress
from bot.i18n import Translator
from bot.messages import Button, Reply, Rows
from bot.rendering import parts
from course.statistics.overview import (
    Overview,
    PeopleTrend,
    Period,
    ValueTrend,
)
from course.statistics.suppression import MIN_PEOPLE, People

NumberText: TypeAlias = Callable[[Translator, int], str]

PERIODS = (Period.WEEK, Period.MONTH, Period.QUARTER, Period.ALL)


def home(_: Translator, view: StatisticsView, found: Overview) -> Reply:
    """The first screen: the main figures, in words."""
    if found.is_empty:
        return Reply(
            parts.join_paragraphs(
                heading(_, view, _("How it is going")), _("Nobody has joined yet.")
            ),
            ((statistics_button(_, _("Weekly report"), "weekly", view),),),
        )
    text = parts.join_paragraphs(
        heading(_, view, _("How it is going")),
        "\n".join(overview_lines(_, found)),
        f"{_comparison_note(_, view.period)} {rounding_note(_)}",
        _("You have several cohorts. Cohorts, below, opens another one.")
        if not view.is_admin and len(view.cohorts) > 1
        else None,
    )
    return Reply(text, _screen_buttons(_, view))


def overview_lines(_: Translator, found: Overview) -> tuple[str, ...]:
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


def choose_period(_: Translator, view: StatisticsView) -> Reply:
    """Choice of the period and of whose figures to show."""
    text = parts.join_paragraphs(
        heading(_, view, _("What do you want to see?")),
        _(
            "Choose the days. “What is counted” explains each figure, “Weekly report” sends you the"
            " figures on Mondays. For one cohort press Cohorts on the first screen."
        ),
    )
    periods = tuple(
        statistics_button(_, period_text(_, one), "home", view, days=one)
        for one in PERIODS
        if one is not view.period
    )
    everybody: Rows = ()
    if view.is_admin and view.cohort is not None:
        everybody = ((everybody_button(_, view.period),),)
    return Reply(
        text,
        (
            periods,
            *everybody,
            (
                statistics_button(_, _("What is counted"), "words", view),
                statistics_button(_, _("Weekly report"), "weekly", view),
            ),
            (back_button(_, view),),
        ),
    )


def definitions(_: Translator, view: StatisticsView) -> Reply:
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
    text = parts.join_paragraphs(
        parts.bold(_("What is counted")),
        "\n".join(f"{parts.bold(word)}: {meaning}" for word, meaning in listed),
        rounding_note(_)
        + " "
        + _(
            "A share or a median is hidden where fewer than {number} people stand behind it, or"
            " where two figures set against each other would tell of so few.",
            number=_.number(MIN_PEOPLE),
        ),
        _("Who has deleted their data stays in the sums, without a trace of who it was."),
    )
    return Reply(text, ((back_button(_, view),),))


def no_cohort(_: Translator) -> Reply:
    """Tells that a facilitator has no cohort."""
    return Reply(
        parts.join_paragraphs(
            _("You have no cohort yet, so there are no figures."), _("/newcohort makes one.")
        )
    )


def heading(_: Translator, view: StatisticsView, title: str) -> str:
    """The heading of a screen: its title, and whose figures and which period it shows."""
    return parts.bold(title) + "\n" + subject_line(_, view)


def subject_line(_: Translator, view: StatisticsView) -> str:
    """Whose figures and which period, in half a line."""
    return f"{subject_name(_, view)} · {period_text(_, view.period)}"


def subject_name(_: Translator, view: StatisticsView) -> str:
    """Whose figures."""
    return _("Everybody") if view.cohort is None else parts.safe_name(view.cohort.name)


def period_text(_: Translator, days: Period) -> str:
    """A period, as on its button."""
    if days is Period.ALL:
        return _("All days")
    return _.ngettext("Last {number} day", "Last {number} days", days.value)


def people_text(_: Translator, number: People) -> str:
    """A number of people, rounded for suppression."""
    if number.are_few:
        return _("fewer than {number}", number=_.number(MIN_PEOPLE))
    return _.number(number.at_least)


def rounding_note(_: Translator) -> str:
    """The note on how people are counted."""
    return _(
        "People are counted in fives, rounded down; fewer than {number} may be nobody.",
        number=_.number(MIN_PEOPLE),
    )


def minutes_text(_: Translator, number: int | None) -> str:
    """A median, or that it is suppressed."""
    return _hidden(_) if number is None else _minutes(_, number)


def percent_text(_: Translator, number: int | None) -> str:
    """A share, or that it is suppressed."""
    return _hidden(_) if number is None else _percent(_, number)


def statistics_button(
    _: Translator,
    label: str,
    what: str,
    view: StatisticsView,
    more: str = "",
    days: Period | None = None,
) -> Button:
    """A button that keeps the chosen cohort and period.

    Args:
        more: another value, such as a page.
        days: another period than the chosen one.
    """
    number = 0 if view.cohort is None else view.cohort.id
    return _button(label, what, number, view.period if days is None else days, more)


def cohort_button(label: str, cohort: int, days: Period) -> Button:
    """A button to the first screen of a cohort."""
    return _button(label, "home", cohort, days)


def everybody_button(_: Translator, days: Period) -> Button:
    """A button to the first screen of everybody, for admins."""
    return _button(_("Everybody"), "home", 0, days)


def back_button(_: Translator, view: StatisticsView, what: str = "home", rest: str = "") -> Button:
    """A button to the previous screen."""
    return statistics_button(_, _("Back"), what, view, rest)


def chart_button(_: Translator, view: StatisticsView, which: str) -> tuple[Button, ...]:
    """A button for a chart; none in plain-text mode."""
    return () if _.plain else (statistics_button(_, _("As a picture"), "picture", view, which),)


def _button(label: str, what: str, cohort: int, days: Period, rest: str = "") -> Button:
    value = f"{days.value}.{rest}" if rest else str(days.value)
    return parts.button(label, ManagePress("g", what, cohort, value))


def _screen_buttons(_: Translator, view: StatisticsView) -> Rows:
    reminders = (statistics_button(_, _("Reminders"), "reminders", view),) if view.is_admin else ()
    return (
        (
            statistics_button(_, _("Funnel"), "funnel", view),
            statistics_button(_, _("Modules"), "modules", view),
            statistics_button(_, _("Questions"), "questions", view),
        ),
        (
            statistics_button(_, _("Cohorts"), "cohorts", view),
            *reminders,
            statistics_button(_, _("Broadcasts"), "broadcasts", view),
        ),
        (
            statistics_button(_, _("Time"), "time", view),
            statistics_button(_, _("Other days and more"), "choose", view),
        ),
    )


def _crowd(_: Translator, what: str, found: PeopleTrend) -> str:
    return _(
        "{what}: {now} (before: {before})",
        what=what,
        now=people_text(_, found.now),
        before=people_text(_, found.before),
    )


def _measured(_: Translator, what: str, found: ValueTrend, message: NumberText) -> str:
    if found.now is None:
        return f"{what}: {_hidden(_)}"
    if found.before is None:
        return f"{what}: {message(_, found.now)}"
    return _(
        "{what}: {now} (before: {before})",
        what=what,
        now=message(_, found.now),
        before=message(_, found.before),
    )


def _comparison_note(_: Translator, days: Period) -> str:
    if days is Period.ALL:
        return _("Before: how it was a week ago.")
    return _.ngettext(
        "Before: in the {number} day before these.",
        "Before: in the {number} days before these.",
        days.value,
    )


def _minutes(_: Translator, number: int) -> str:
    return _.ngettext("{number} minute", "{number} minutes", number)


def _percent(_: Translator, number: int) -> str:
    return _("{number} percent", number=_.number(number))


def _hidden(_: Translator) -> str:
    return _("not shown, too few people")
