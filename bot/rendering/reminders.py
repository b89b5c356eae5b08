"""Reminders: where the learner stopped, how long it takes, and what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.callback_data import ExplainReminder, ShowScreen, ToggleSetting
from bot.i18n import Translator
from bot.messages import Reply, Rows
from bot.rendering import endings, lessons, parts, positions, reminder_wordings
from bot.rendering.dates import date_and_time
from course.learning.next_step import (
    AnswerQuestion,
    CloseModule,
    ReadCard,
    Step,
    step_after_feedback,
)
from course.learning.progress import Progress
from course.learning.reading_time import minutes_left, minutes_left_in
from course.model import Course, Module, Position
from course.reminders.rhythm import ReminderKind, Rhythm

_LONGEST_CITY = "Antarctica/DumontDUrville"  # has one of the longest city names


@dataclass(frozen=True, slots=True)
class LearnerClock:
    """What a reminder needs to know about a learner's time.

    Attributes:
        knows_zone: whether the learner's time zone is known.
        deadline: when their cohort ends, in their local time, or in that of `zone`, or in UTC;
            `None` without a deadline.
        zone: of the cohort, if the learner's is not known; `None` when it is not needed.
    """

    knows_zone: bool
    deadline: datetime | None = None
    zone: str | None = None


def reminder(
    _: Translator,
    course: Course,
    rhythm: Rhythm,
    progress: Progress,
    kind: ReminderKind,
    wording: int,
    clock: LearnerClock,
) -> Reply:
    """One reminder; if a question comes next, with the question and its buttons.

    Feedback that was shown when the learner left counts as read: what follows it is shown.

    Args:
        wording: the index of the wording of its kind, from 0; see
            `reminder_wordings.count_wordings`.
    """
    progress, step = step_after_feedback(course, progress)
    where = _next_position(course, step)
    if where is None:  # finished since the reminder was planned
        return endings.finished(_, course)
    values = _values(_, course, step, where, progress, clock)
    opening = reminder_wordings.opening_text(_, rhythm, kind, wording, values)
    hint = None if clock.knows_zone else _hint(_)
    if isinstance(step, AnswerQuestion):
        asked = lessons.question(
            _, course, step.question, step.ordinal, again=step.is_retry, head=opening
        )
        text, rows = parts.join_paragraphs(asked.text, hint), asked.rows
    else:
        text = parts.join_paragraphs(opening, _what_comes(_, step), hint)
        rows = () if kind is ReminderKind.LAST else ((parts.continue_button(_),),)
    return Reply(text, (*rows, *_buttons_below(_, kind)))


def longest_opening(_: Translator, course: Course) -> str:
    """The longest text above a question in a reminder, with the hint below it."""
    most = _.number(999)
    where = _(
        "Module {module}, lesson {lesson} of {lessons}", module=most, lesson=most, lessons=most
    )
    time = _.ngettext("{number} minute", "{number} minutes", 999)
    day = date_and_time(
        _, datetime(2026, 9, 30, 23, 59, tzinfo=UTC), knows_zone=False, zone=_LONGEST_CITY
    )
    values = {"place": where, "time": time, "total": time, "deadline": day}
    openings = (
        reminder_wordings.opening_text(_, course.rhythm, kind, number, values)
        for kind in ReminderKind
        for number in range(reminder_wordings.count_wordings(course.rhythm, kind))
    )
    return parts.join_paragraphs(max(openings, key=len), _hint(_))


def next_position(_: Translator, course: Course, progress: Progress) -> str | None:
    """Where a learner continues, as reminders name it; `None` when nothing is left."""
    _progress, step = step_after_feedback(course, progress)
    where = _next_position(course, step)
    return None if where is None else _position_text(_, step, where)


def _values(
    _: Translator,
    course: Course,
    step: Step,
    position: Position,
    progress: Progress,
    clock: LearnerClock,
) -> Mapping[str, str]:
    time = minutes_left_in(position.module, progress)
    total = minutes_left(course, progress)
    deadline = clock.deadline and date_and_time(
        _, clock.deadline, knows_zone=clock.knows_zone, zone=clock.zone
    )
    return {
        "place": _position_text(_, step, position),
        "time": _.ngettext("{number} minute", "{number} minutes", time),
        "total": _.ngettext("{number} minute", "{number} minutes", total),
        "deadline": deadline or "",
    }


def _next_position(course: Course, step: Step) -> Position | None:
    """Where a learner continues; at the end of a module, the start of the next one."""
    match step:
        case ReadCard(card):
            return positions.position_of(course, card.id)
        case CloseModule(module):
            following = _after(course, module)
            return positions.position_of(course, next(following.cards()).id) if following else None
        case AnswerQuestion(question):
            return positions.position_of(course, question.id)
        case _:
            return None


def _position_text(_: Translator, step: Step, position: Position) -> str:
    """The position without any title, short enough for a locked screen."""
    if isinstance(step, AnswerQuestion) and step.is_retry:
        return _("the last questions of Module {module}", module=_.number(position.module_number))
    return positions.position_in_module(_, position)


def _what_comes(_: Translator, step: Step) -> str | None:
    if isinstance(step, ReadCard):
        return _("Next is a card: {title}", title=parts.bold(parts.authored_html(step.card.title)))
    return None


def _buttons_below(_: Translator, kind: ReminderKind) -> Rows:
    """Buttons under every reminder: later, and why; under the last one also stop."""
    later = parts.button(_("Later"), ShowScreen("later"))
    if kind is ReminderKind.LAST:
        stop = parts.button(_("Stop all messages"), ToggleSetting("unasked", on=False))
        return ((parts.continue_button(_), later), (stop,))
    return ((later, parts.button(_("Why this message?"), ExplainReminder(kind.value))),)


def _hint(_: Translator) -> str:
    return _("Is this a bad time of day for you? /reminders sets when I write.")


def _after(course: Course, module: Module) -> Module | None:
    number = course.modules.index(module) + 1
    return course.modules[number] if number < len(course.modules) else None
