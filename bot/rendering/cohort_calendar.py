"""A question of the form of a cohort, and the calendar that answers it with a few taps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.parsing.dates import parse_iso_day
from bot.parsing.typed_answers import parse_whole_number
from bot.rendering import parts
from bot.rendering.cohorts import cohort_button

# A calendar of 48 weeks; what is later can be typed.
_WEEKS_SHOWN, _PAGES = 6, 8
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class FieldQuestion:
    """What is asked about one field of a cohort.

    Attributes:
        step: one of `STEPS`.
        cohort: the id of the cohort that is changed; 0 for a new one.
        zones: IANA names to offer, for the city.
        today: where the cohort is, for a date; else `None`.
        is_set: whether it has a value already.
    """

    step: str
    cohort: int = 0
    zones: Sequence[str] = ()
    today: date | None = None
    is_set: bool = False


def question_text(_: Translator, step: str) -> str:
    """The question of a step."""
    return {
        "name": _("What is the cohort called?"),
        "zone": _("By the clock of which city do its dates go?"),
        "starts": _("On which day does it start?"),
        "deadline": _("Until when should everybody be done?"),
        "welcome": _("What should people read when they join?"),
        "capacity": _("How many people may join?"),
    }[step]


def last_row(_: Translator, asked: FieldQuestion) -> tuple[Button, ...]:
    """Back and Cancel; the first question has nothing before it."""
    cancel = cohort_button(_("Cancel"), "cancel")
    if asked.step == "name" and not asked.cohort:
        return (cancel,)
    return (cohort_button(_("Back"), "back", 0, asked.step), cancel)


def choose_week(_: Translator, asked: FieldQuestion, page: str) -> Reply:
    """Asks for the week of a date: six of the coming weeks on a page, numbered from "0"."""
    assert asked.today is not None, "a calendar is for dates"
    number = parse_whole_number(page) or 0
    number = number if number < _PAGES else 0
    this_week = _monday_of(asked.today)
    weeks = [this_week + _WEEK * (number * _WEEKS_SHOWN + each) for each in range(_WEEKS_SHOWN)]
    buttons = [cohort_button(_week_text(_, each), "week", 0, each.isoformat()) for each in weeks]
    back = _weeks_button(_("Back"), number - 1) if number else last_row(_, asked)[0]
    more = (_weeks_button(_("More"), number + 1),) if number < _PAGES - 1 else ()
    text = parts.join_paragraphs(parts.bold(question_text(_, asked.step)), _("In which week?"))
    return Reply(text, (*parts.rows_of(2, buttons), (back, *more)))


def choose_day(_: Translator, asked: FieldQuestion, monday: str) -> Reply:
    """Asks for the day of a date, in the week that begins on `monday`; days before today are out.

    Args:
        monday: as in 2026-12-14; anything else shows the weeks again.
    """
    assert asked.today is not None, "a calendar is for dates"
    first = parse_iso_day(monday)
    if first is None or first + _WEEK <= asked.today:
        return choose_week(_, asked, "0")
    days = [day for day in (first + timedelta(days=n) for n in range(7)) if day >= asked.today]
    buttons = [cohort_button(_.day(day), "day", 0, day.isoformat()) for day in days]
    text = parts.join_paragraphs(parts.bold(question_text(_, asked.step)), _("On which day?"))
    shown = (first - _monday_of(asked.today)) // (_WEEK * _WEEKS_SHOWN)
    back = _weeks_button(_("Back"), max(0, shown))
    return Reply(text, parts.rows_of(2, [*buttons, back]))


def _weeks_button(label: str, page: int) -> Button:
    return cohort_button(label, "weeks", 0, str(page))


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week_text(_: Translator, monday: date) -> str:
    sunday = monday + _WEEK - timedelta(days=1)
    return _("{first} to {last}", first=_.short_day(monday), last=_.short_day(sunday))
