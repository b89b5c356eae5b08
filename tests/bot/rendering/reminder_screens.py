"""Everything the bot can say about reminders, rendered in one voice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.actions.learner_state import Turn, Visit
from bot.actions.reminders import Standing
from bot.i18n import Voice
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
    PAGES,
    ask,
    cities,
    offer,
)
from course.learning.next_step import next_step
from course.learning.progress import Progress
from course.model import Course
from course.reminders.experiment import Arm
from course.reminders.next_reminder import Nudge, Silence
from course.reminders.preferences import Pace, Wishes
from course.reminders.reasons import Reason
from course.reminders.rhythm import Kind, Rhythm
from storage.outbox import State
from storage.reminders import (
    LastNudge,
    NudgeFigures,
    Opportunity,
    named,
)
from tests.course.examples import AMINA

RHYTHM = Rhythm()
HOUR = 3_600_000
NOON = 1_794_830_400_000  # a Monday, UTC

WISHES = (
    Wishes(),
    Wishes(zone="Africa/Nairobi", rest_days=frozenset({5, 6})),
    Wishes(zone="Asia/Kathmandu", usual=True, quiet_from=0, quiet_to=0, pace=Pace.GENTLE),
    Wishes(zone="Africa/Cairo", hour=1110, rest_days=frozenset({0, 1, 2, 4, 5, 6})),
    Wishes(stopped=True),
    Wishes(paused=True, zone="UTC"),
    Wishes(pace=Pace.NONE),
)


def replies(_: Voice, course: Course) -> Iterator[Reply]:
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
    reminders.Local(True, DEADLINE),
    reminders.Local(False, DEADLINE),
    reminders.Local(False, DEADLINE, "Africa/Nairobi"),
)


def every_nudge(_: Voice, course: Course, progress: Progress) -> Iterator[Reply]:
    """Every wording of every kind, at one place."""
    for kind in Kind:
        for number in range(reminder_wordings.number(RHYTHM, kind)):
            for local in CLOCKS:
                yield reminders.nudge(_, course, RHYTHM, progress, kind, number, local)


def nudges_by_turns(_: Voice, course: Course, progress: Progress, turn: int) -> Iterator[Reply]:
    """Every kind at one place, in another wording and by another clock at each turn."""
    for kind in Kind:
        by_clock, number = divmod(turn, reminder_wordings.number(RHYTHM, kind))
        local = CLOCKS[by_clock % len(CLOCKS)]
        yield reminders.nudge(_, course, RHYTHM, progress, kind, number, local)


def stands(
    course: Course,
    progress: Progress,
    wished: Wishes,
    planned: Nudge | Silence = Nudge(Kind.FIRST, NOON + 72 * HOUR, Reason.AWAY),  # noqa: B008
) -> Standing:
    """Where reminding Amina stands, at noon."""
    here = Visit(Turn(AMINA, "en", 1, NOON), None, progress, next_step(course, progress))
    return Standing(here, RHYTHM, wished, planned, NOON - HOUR, 17 * 60)


def _settings(_: Voice, course: Course, standing: Standing) -> Iterator[Reply]:
    yield reminder_settings.overview(_, course, standing)
    yield reminder_settings.hour(_, standing)
    yield reminder_settings.quiet(_, standing)
    yield reminder_settings.rest(_, standing)
    yield reminder_settings.ask_rest(_, standing)
    yield reminder_settings.pace(_, standing)


def _snoozing(_: Voice, course: Course, standing: Standing) -> Iterator[Reply]:
    finished = replace(standing, planned=Silence(Reason.FINISHED))
    for each in (standing, finished):
        yield snoozing.later(_, course, each)
        yield snoozing.day(_, course, each)
        yield snoozing.snoozed(_, course, each)
    yield snoozing.offer_days(_, (date(2027, 3, 4), date(2027, 4, 3)))
    yield snoozing.no_day(_)
    yield snoozing.offer_time(_, standing, 870)


def _zoning(_: Voice, standing: Standing) -> Iterator[Reply]:
    offsets = time_zones.offsets(NOON)
    yield from (ask(_, standing, offsets, page) for page in PAGES)
    yield from (cities(_, standing, time_zones.at(each, NOON), each) for each in offsets)
    yield cities(_, standing, (), 999)
    yield offer(_, standing, time_zones.named("Nairobi", _.locale, NOON))
    yield offer(_, standing, tuple(time_zones.LIKELY[:9]))


def _whys(_: Voice, course: Course, standing: Standing) -> Iterator[Reply]:
    yield reminder_settings.not_understood(_)
    yield reminder_settings.why(_, course, standing, None)
    for kind in Kind:
        taken = Opportunity(named(NOON - 96 * HOUR, kind), kind, 0, Arm.SEND, NOON - 24 * HOUR)
        yield reminder_settings.why(_, course, standing, None, kind)
        yield from (
            reminder_settings.why(_, course, standing, LastNudge(taken, state, None, None), kind)
            for state in State
        )
    held = LastNudge(
        Opportunity(named(NOON, Kind.FIRST), Kind.FIRST, 0, Arm.HOLD, NOON), None, None, None
    )
    yield reminder_settings.why(_, course, standing, held)
    for reason in Reason:
        for planned in (Silence(reason), Nudge(Kind.FIRST, NOON, reason, moved=reason)):
            yield reminder_settings.why(_, course, replace(standing, planned=planned), None)


def _figures(_: Voice) -> Iterator[Reply]:
    yield reminder_statistics.nudges(_, RHYTHM, ())
    for many in (3, 4_000_000):
        found = [
            NudgeFigures(kind, wording, arm, many, many, many // 3, many // 2, 1, 0, 1)
            for kind in Kind for wording in range(6) for arm in Arm
        ]  # fmt: skip
        yield reminder_statistics.nudges(_, RHYTHM, found)
        yield from (reminder_statistics.of_wordings(_, RHYTHM, kind, found) for kind in Kind)
