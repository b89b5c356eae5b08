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
from bot.rendering.figure_texts import (
    hidden_text,
    minutes_number,
    people_text,
    percent_number,
    rounding_note,
)
from course.statistics.overview import (
    Overview,
    PeopleTrend,
    Period,
    ValueTrend,
)
from course.statistics.suppression import MIN_PEOPLE
from storage.cohorts import CohortState

NumberText: TypeAlias = Callable[[Translator, int], str]

PERIODS = (Period.WEEK, Period.MONTH, Period.QUARTER, Period.ALL)


def home(_: Translator, view: StatisticsView, found: Overview) -> Reply:
    """The first screen: the main figures, in words."""
    title = heading(_, view, _("How it is going"))
    if found.is_empty:
        weekly = statistics_button(_, _("Weekly report"), "weekly", view)
        advice = _("Nobody has joined yet: share the link. /newcohort makes a cohort with one.")
        return Reply(parts.join_paragraphs(title, advice), ((weekly,),))
    if view.cohort is not None and view.cohort.members < MIN_PEOPLE and found.enrolled.now.are_few:
        advice, buttons = few_people(_, view, "home")
        rows = parts.filled(buttons, *_screen_buttons(_, view))
        return Reply(parts.join_paragraphs(title, advice), rows)
    text = parts.join_paragraphs(
        title,
        "\n".join(overview_lines(_, found)),
        f"{_comparison_note(_, view.period)} {rounding_note(_)}",
        _("You have several cohorts. Cohorts, below, opens another one.")
        if not view.is_admin and len(view.cohorts) > 1
        else None,
    )
    return Reply(text, _screen_buttons(_, view))


def few_people(_: Translator, view: StatisticsView, screen: str) -> tuple[str, tuple[Button, ...]]:
    """Why a screen has no figures, what to do about it, and buttons for that."""
    cohort = view.cohort
    if cohort is not None and not cohort.members:
        if cohort.state is not CohortState.OPEN:
            return _("Nobody belongs to this cohort."), ()
        invite = parts.button(_("Invite"), ManagePress("k", "links", cohort.id))
        return _("Nobody has joined yet: share the link."), (invite,)
    if view.period is not Period.ALL:
        every = statistics_button(_, period_text(_, Period.ALL), screen, view, days=Period.ALL)
        return _("In these days there is little to show yet. All days shows more."), (every,)
    if cohort is None:
        return _("Figures begin with 5 people. /cohorts shows who is there."), ()
    members = parts.button(_("Members"), ManagePress("k", "members", cohort.id))
    advice = _.ngettext(
        "{number} person belongs to it. Figures begin with 5 people; Members shows who is there.",
        "{number} people belong to it. Figures begin with 5 people; Members shows who is there.",
        cohort.members,
    )
    return advice, (members,)


def overview_lines(_: Translator, found: Overview) -> tuple[str, ...]:
    """One line for each figure of the first screen."""
    whole = found.scope.period is Period.ALL
    return (
        _crowd(_, _("Enrolled"), found.enrolled),
        _crowd(_, _("Started"), found.started),
        _crowd(_, _("Active in the last 7 days") if whole else _("Active"), found.active),
        _crowd(_, _("Finished"), found.finished),
        _measured(_, _("Time to finish"), found.minutes, minutes_number),
        _measured(_, _("First answers right"), found.right, percent_number),
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
    counted = statistics_button(_, _("What is counted"), "words", view)
    weekly = statistics_button(_, _("Weekly report"), "weekly", view)
    last = (back_button(_, view),)
    return Reply(text, parts.filled(periods, everybody_button(_, view), (counted, weekly), last))


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


def page_button(_: Translator, what: str, view: StatisticsView) -> Callable[[str, str], Button]:
    """Makes buttons to the pages of a screen."""
    return lambda label, number: statistics_button(_, label, what, view, number)


def cohort_button(label: str, cohort: int, days: Period) -> Button:
    """A button to the first screen of a cohort."""
    return _button(label, "home", cohort, days)


def everybody_button(_: Translator, view: StatisticsView) -> tuple[Button, ...]:
    """A button to the first screen of everybody, for admins who see a cohort."""
    if not view.is_admin or view.cohort is None:
        return ()
    return (_button(_("Everybody"), "home", 0, view.period),)


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
    labels = (
        ("funnel", _("Funnel")), ("modules", _("Modules")), ("questions", _("Questions")),
        ("cohorts", _("Cohorts")), ("reminders", _("Reminders")), ("broadcasts", _("Broadcasts")),
        ("time", _("Time")), ("choose", _("Other days and more")),
    )  # fmt: skip
    buttons = tuple(
        statistics_button(_, label, what, view)
        for what, label in labels
        if view.is_admin or what != "reminders"
    )
    return (buttons[:3], buttons[3:-2], buttons[-2:])


def _crowd(_: Translator, what: str, found: PeopleTrend) -> str:
    return _(
        "{what}: {now} (before: {before})",
        what=what,
        now=people_text(_, found.now),
        before=people_text(_, found.before),
    )


def _measured(_: Translator, what: str, found: ValueTrend, message: NumberText) -> str:
    if found.now is None:
        return f"{what}: {hidden_text(_)}"
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
