"""Everything the bot can say about reminders, rendered in one voice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.actions.learner_state import Interaction, LearnerState
from bot.actions.reminders import ReminderStatus
from bot.i18n import Translator
from bot.messages import Reply
from bot.parsing import time_zones
from bot.rendering import (
    reminder_settings,
    reminder_statistics,
    reminder_wordings,
    reminders,
    snoozing,
)
from bot.rendering.time_zones import (
    ZONE_SCREENS,
    ask_time,
    choose_city,
    confirm_city,
)
from course.learning.next_step import next_step
from course.learning.progress import Progress
from course.model import Course
from course.reminders.experiment import ExperimentArm
from course.reminders.next_reminder import NoReminder, Reminder
from course.reminders.preferences import Pace, Preferences
from course.reminders.reasons import ReminderReason
from course.reminders.rhythm import ReminderKind, Rhythm
from storage.outbox import DeliveryState
from storage.reminders import (
    DueReminder,
    LastReminder,
    ReminderCounts,
    due_reminder_name,
)
from tests.course.examples import AMINA

RHYTHM = Rhythm()
HOUR = 3_600_000
NOON = 1_794_830_400_000  # a Monday, UTC

WISHES = (
    Preferences(),
    Preferences(zone="Africa/Nairobi", rest_days=frozenset({5, 6})),
    Preferences(
        zone="Asia/Kathmandu", at_usual_time=True, quiet_from=0, quiet_to=0, pace=Pace.GENTLE
    ),
    Preferences(zone="Africa/Cairo", reminder_minute=1110, rest_days=frozenset({0, 1, 2, 4, 5, 6})),
    Preferences(stopped=True),
    Preferences(paused=True, zone="UTC"),
    Preferences(pace=Pace.NONE),
)


def replies(_: Translator, course: Course) -> Iterator[Reply]:
    """Every screen, in each of its shapes."""
    progress = Progress(AMINA)
    for wished in WISHES:
        standing = stands(course, progress, wished)
        yield from _settings(_, course, standing)
        yield from _snoozing(_, course, standing)
        yield from _zoning(_, standing)
    yield from _whys(_, course, stands(course, progress, WISHES[1]))
    yield from _figures(_)


DEADLINE = datetime(2026, 11, 30, 17, tzinfo=UTC)

# What a learner's clock may be: known, not known, and the group's instead.
CLOCKS = (
    reminders.LearnerClock(True, DEADLINE),
    reminders.LearnerClock(False, DEADLINE),
    reminders.LearnerClock(False, DEADLINE, "Africa/Nairobi"),
)


def every_nudge(_: Translator, course: Course, progress: Progress) -> Iterator[Reply]:
    """Every wording of every kind, at one place."""
    for kind in ReminderKind:
        for number in range(reminder_wordings.count_wordings(RHYTHM, kind)):
            for local in CLOCKS:
                yield reminders.reminder(_, course, RHYTHM, progress, kind, number, local)


def nudges_by_turns(
    _: Translator, course: Course, progress: Progress, turn: int
) -> Iterator[Reply]:
    """Every kind at one place, in another wording and by another clock at each turn."""
    for kind in ReminderKind:
        by_clock, number = divmod(turn, reminder_wordings.count_wordings(RHYTHM, kind))
        local = CLOCKS[by_clock % len(CLOCKS)]
        yield reminders.reminder(_, course, RHYTHM, progress, kind, number, local)


_IN_THREE_DAYS = Reminder(ReminderKind.FIRST, NOON + 72 * HOUR, ReminderReason.AWAY)


def stands(
    course: Course,
    progress: Progress,
    wished: Preferences,
    planned: Reminder | NoReminder = _IN_THREE_DAYS,
) -> ReminderStatus:
    """Where reminding Amina stands, at noon."""
    here = LearnerState(
        Interaction(AMINA, "en", 1, NOON), None, progress, next_step(course, progress)
    )
    return ReminderStatus(here, RHYTHM, wished, planned, NOON - HOUR, 17 * 60)


def _settings(_: Translator, course: Course, standing: ReminderStatus) -> Iterator[Reply]:
    yield reminder_settings.overview(_, course, standing)
    yield reminder_settings.hour_choice(_, standing)
    yield reminder_settings.quiet_hours_choice(_, standing)
    yield reminder_settings.rest_days_choice(_, standing)
    yield reminder_settings.ask_rest_days(_, standing)
    yield reminder_settings.pace_choice(_, standing)


def _snoozing(_: Translator, course: Course, standing: ReminderStatus) -> Iterator[Reply]:
    finished = replace(standing, planned=NoReminder(ReminderReason.FINISHED))
    for each in (standing, finished):
        yield snoozing.snooze_choice(_, course, each)
        yield snoozing.day_choice(_, course, each)
        yield snoozing.snoozed(_, course, each)
    yield snoozing.confirm_days(_, (date(2027, 3, 4), date(2027, 4, 3)))
    yield snoozing.invalid_day(_)
    yield snoozing.confirm_time(_, standing, 870)


def _zoning(_: Translator, standing: ReminderStatus) -> Iterator[Reply]:
    offsets = time_zones.list_offsets(NOON)
    yield from (ask_time(_, standing, offsets, page) for page in ZONE_SCREENS)
    yield from (
        choose_city(_, standing, time_zones.find_by_offset(each, NOON), each) for each in offsets
    )
    yield choose_city(_, standing, (), 999)
    yield confirm_city(_, standing, time_zones.find_by_name("Nairobi", _.locale, NOON))
    yield confirm_city(_, standing, tuple(time_zones.LIKELY_ZONES[:9]))


def _whys(_: Translator, course: Course, standing: ReminderStatus) -> Iterator[Reply]:
    yield reminder_settings.not_understood(_)
    yield reminder_settings.explanation(_, course, standing, None)
    for kind in ReminderKind:
        taken = DueReminder(
            due_reminder_name(NOON - 96 * HOUR, kind), kind, 0, ExperimentArm.SEND, NOON - 24 * HOUR
        )
        yield reminder_settings.explanation(_, course, standing, None, kind)
        yield from (
            reminder_settings.explanation(
                _, course, standing, LastReminder(taken, state, None, None), kind
            )
            for state in DeliveryState
        )
    held = LastReminder(
        DueReminder(
            due_reminder_name(NOON, ReminderKind.FIRST),
            ReminderKind.FIRST,
            0,
            ExperimentArm.HOLD,
            NOON,
        ),
        None,
        None,
        None,
    )
    yield reminder_settings.explanation(_, course, standing, held)
    for reason in ReminderReason:
        for planned in (
            NoReminder(reason),
            Reminder(ReminderKind.FIRST, NOON, reason, delay_reason=reason),
        ):
            yield reminder_settings.explanation(_, course, replace(standing, planned=planned), None)


def _figures(_: Translator) -> Iterator[Reply]:
    yield reminder_statistics.kind_figures(_, RHYTHM, ())
    for many in (3, 4_000_000):
        found = [
            ReminderCounts(kind, wording, arm, many, many, many // 3, many // 2, 1, 0, 1)
            for kind in ReminderKind for wording in range(6) for arm in ExperimentArm
        ]  # fmt: skip
        yield reminder_statistics.kind_figures(_, RHYTHM, found)
        yield from (
            reminder_statistics.wording_figures(_, RHYTHM, kind, found) for kind in ReminderKind
        )
