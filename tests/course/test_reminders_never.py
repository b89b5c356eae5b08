"""What reminders never do, over random lives: people learn, rest, move, snooze, stop and return,
the program sleeps, and its clock jumps. Judged by Python's own clock, not by the rule's."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.learning.next_step import Finished, has_finished_course
from course.reminders.next_reminder import NoReminder, Reminder
from course.reminders.preferences import Pace, Preferences
from course.reminders.reasons import ReminderReason
from course.reminders.rhythm import ReminderKind, Rhythm
from course.reminders.situation import ReminderSituation
from tests.course.reminded import DAY, HOUR, Person, moment, shown, there

MINUTE = 60_000
ZONES = (
    "Africa/Nairobi",
    "Europe/Berlin",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "America/St_Johns",
    "America/Havana",
    "Atlantic/Azores",
)
COUNTED = (ReminderKind.FIRST, ReminderKind.SECOND, ReminderKind.LAST)

minutes = st.integers(0, 1439)
zones = st.sampled_from(ZONES)
begins = st.integers(moment("2011-12-01 00:00"), moment("2027-12-31 00:00"))
days = st.frozensets(st.integers(0, 6), max_size=6)
wishes = st.builds(
    Preferences,
    zone=zones,
    pace=st.sampled_from([Pace.NORMAL, Pace.GENTLE]),
    reminder_minute=st.none() | minutes,
    at_usual_time=st.booleans(),
    quiet_from=minutes,
    quiet_to=minutes,
    rest_days=days,
)
rhythms = st.builds(
    Rhythm,
    after_days=st.sampled_from([(3, 10, 20), (1, 2, 3), (1, 30), (4,)]),
    reminder_minute=minutes,
    deadline_hours=st.sampled_from([0, 1, 48]),
    open_question_hours=st.sampled_from([0, 2]),
    jitter_minutes=st.sampled_from([0, 10, 60]),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One due reminder, with all that was known when it was taken."""

    nudge: Reminder
    before: ReminderSituation
    sent: bool
    finished: bool


@dataclass(slots=True)
class Life:
    """A learner's months, with a tick that takes what is due, sometimes late."""

    person: Person
    now: int
    taken: list[Sent] = field(default_factory=list)

    def passes(self, time: int, late: int, hold: bool) -> None:
        """Let `time` pass; each tick is `late`, and each second due reminder may be held out."""
        until = self.now + time
        while isinstance(found := self.person.next(self.now), Reminder) and found.at <= until:
            assert found.at >= self.now
            self.now = found.at + late
            again = self.person.next(self.now)
            if isinstance(again, Reminder) and again.at == self.now:
                self._takes(again, sent=not (hold and len(self.taken) % 2))
        self.now = max(self.now, until)

    def _takes(self, nudge: Reminder, sent: bool) -> None:
        before = self.person.situation
        finished = has_finished_course(self.person.course, self.person.walker.progress)
        self.person.takes(nudge, sent)
        self.taken.append(Sent(nudge, before, sent, finished))


Event = Callable[[Life], None]


def wants(**changed: object) -> Event:
    return lambda life: life.person.wants(**changed)


def learns(steps: int) -> Event:
    return lambda life: life.person.learns(life.now, steps)


def snoozes(time: int) -> Event:
    def event(life: Life) -> None:
        life.person.does_something(life.now)
        life.person.wants(snoozed_until=life.now + time)

    return event


def hears_a_broadcast(life: Life) -> None:
    """On the day of the next reminder, an hour or so before it."""
    if isinstance(found := life.person.next(life.now), Reminder):
        life.now = max(life.now, found.at - 90 * MINUTE)
    kind = ReminderKind.FIRST  # any that is not asked for: the rules of the day are the same
    if life.person.may_get(kind, life.now):
        nudge = Reminder(ReminderKind.OPEN_QUESTION, life.now, ReminderReason.AWAY)
        life.taken.append(Sent(nudge, life.person.situation, sent=True, finished=False))
        life.person.situation = replace(life.person.situation, proactive_at=life.now)


def gets_a_deadline(time: int) -> Event:
    def event(life: Life) -> None:
        life.person.situation = replace(life.person.situation, deadline=life.now + time)

    return event


def clock_jumps(time: int) -> Event:
    def event(life: Life) -> None:
        life.now += time

    return event


events = st.one_of(
    st.builds(learns, st.integers(1, 12)),
    st.builds(snoozes, st.integers(HOUR, 30 * DAY)),
    st.builds(wants, zone=zones),
    st.builds(wants, reminder_minute=st.none() | minutes),
    st.builds(wants, quiet_from=minutes, quiet_to=minutes),
    st.builds(wants, rest_days=days),
    st.builds(wants, stopped=st.booleans()),
    st.builds(wants, paused=st.booleans()),
    st.builds(wants, unreachable=st.booleans()),
    st.builds(wants, pace=st.sampled_from(Pace)),
    st.just(hears_a_broadcast),
    st.just(hears_a_broadcast),
    st.builds(gets_a_deadline, st.integers(HOUR, 30 * DAY)),
    st.builds(gets_a_deadline, st.integers(2 * DAY, 6 * DAY)),
    st.builds(clock_jumps, st.sampled_from([-DAY, -HOUR, HOUR, DAY])),
)
passages = st.tuples(
    st.integers(0, 25 * DAY), st.sampled_from([0, 0, MINUTE, 5 * HOUR, 4 * DAY]), st.booleans()
)


@st.composite
def lives(draw: st.DrawFn, happening: st.SearchStrategy[Event] = events) -> Life:
    """A life to its end, with everything that was sent and held out in it."""
    begin = draw(begins)
    life = Life(Person(begin, draw(wishes), draw(rhythms)), begin)
    for passage, event in draw(st.lists(st.tuples(passages, happening), max_size=8)):
        life.passes(*passage)
        event(life)
    life.passes(60 * DAY, 0, hold=False)
    return life


never = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


@never
@given(lives())
def test_none_comes_after_finishing_or_to_somebody_stopped_paused_or_unreachable(
    life: Life,
) -> None:
    for each in life.taken:
        its = each.before.preferences
        assert not each.finished
        assert not any((its.stopped, its.paused, its.unreachable))
        assert its.pace is not Pace.NONE


@never
@given(lives())
def test_none_comes_in_quiet_hours_or_on_a_rest_day(life: Life) -> None:
    for each in life.taken:
        its = each.before.preferences
        assert its.zone is not None
        here = there(each.nudge.at, its.zone)
        minute = here.hour * 60 + here.minute
        assert here.weekday() not in its.rest_days
        if its.quiet_from < its.quiet_to:
            assert not its.quiet_from <= minute < its.quiet_to
        elif its.quiet_from > its.quiet_to:
            assert its.quiet_to <= minute < its.quiet_from


@never
@given(lives())
def test_one_that_nobody_asked_for_is_the_only_one_of_its_local_day(life: Life) -> None:
    sent = [each for each in life.taken if each.sent]
    for number, each in enumerate(sent):
        if not each.nudge.kind.is_requested:
            zone = each.before.preferences.zone
            assert zone is not None
            day = there(each.nudge.at, zone).date()
            assert all(there(e.nudge.at, zone).date() != day for e in sent[:number])


@never
@given(lives())
def test_none_comes_while_snoozed_and_each_snooze_ends_with_one_at_most(life: Life) -> None:
    ends = []
    for each in life.taken:
        until = each.before.preferences.snoozed_until
        if until is not None and each.before.active_at < until:
            assert each.nudge.at >= until
        if each.nudge.kind is ReminderKind.SNOOZED:
            ends.append(until)
    assert len(ends) == len(set(ends))


@never
@given(lives())
def test_none_comes_before_its_days_have_passed_and_none_while_learning(life: Life) -> None:
    for each in life.taken:
        assert each.nudge.at >= each.before.active_at + 30 * MINUTE
        if each.nudge.kind in COUNTED:
            zone = each.before.preferences.zone
            assert zone is not None
            then, now = there(each.before.active_at, zone), there(each.nudge.at, zone)
            times = 2 if each.before.preferences.pace is Pace.GENTLE else 1
            days = life.person.rhythm.after_days[each.before.reminders_used] * times
            assert (now.date() - then.date()).days >= days


@never
@given(lives())
def test_after_the_last_there_is_silence_until_the_learner_comes_back(life: Life) -> None:
    counted = [each for each in life.taken if each.nudge.kind in COUNTED]
    for active_at in {each.before.active_at for each in counted}:
        kinds = [e.nudge.kind for e in counted if e.before.active_at == active_at]
        assert len(kinds) == len(set(kinds))
        assert ReminderKind.LAST not in kinds[:-1]
    for each in life.taken:
        if each.nudge.kind is ReminderKind.DEADLINE:
            assert each.before.reminders_used < len(life.person.rhythm.after_days)


@never
@given(lives())
def test_a_deadline_is_never_named_on_a_day_on_which_the_learner_was_here(life: Life) -> None:
    for each in life.taken:
        if each.nudge.kind is ReminderKind.DEADLINE:
            zone = each.before.preferences.zone
            assert zone is not None
            here, then = there(each.nudge.at, zone), there(each.before.active_at, zone)
            assert here.date() != then.date()


@never
@given(lives())
def test_a_deadline_is_never_named_after_it_or_twice(life: Life) -> None:
    named = [each for each in life.taken if each.nudge.kind is ReminderKind.DEADLINE]
    assert all(each.nudge.at < (each.before.deadline or 0) for each in named)
    assert len({each.before.deadline for each in named}) == len(named)


@never
@given(lives(), st.floats(0, 1))
def test_the_answer_stays_the_same_until_its_moment_comes(life: Life, part: float) -> None:
    life.person.wants(stopped=False, paused=False, unreachable=False, pace=Pace.NORMAL)
    life.person.does_something(life.now)
    found = life.person.next(life.now)
    if isinstance(found, Reminder):
        between = life.now + int((found.at - life.now) * part)
        assert life.person.next(between) == found
        assert life.person.next(found.at) == found


@never
@given(lives(st.builds(learns, st.integers(0, 1))), st.integers(0, 3 * DAY))
def test_somebody_who_wants_reminders_gets_the_first_on_its_day_or_the_next_allowed(
    life: Life, asleep: int
) -> None:
    life.person.learns(life.now)
    if isinstance(life.person.walker.step, Finished):
        return

    found = life.person.next(life.now)

    if isinstance(found, NoReminder):
        pytest.fail(f"silence because {found.reason}")
    times = 2 if life.person.situation.preferences.pace is Pace.GENTLE else 1
    late = found.at - life.now - life.person.rhythm.after_days[0] * times * DAY
    assert late <= 9 * DAY, shown(found.at)
    slept = life.person.next(found.at + asleep)
    assert isinstance(slept, Reminder)
    assert slept.at - found.at - asleep <= 9 * DAY


@never
@given(begins, st.integers(0, 400 * DAY), days, minutes)
def test_without_a_zone_none_comes_far_from_the_hours_of_the_learners_own_activity(
    active: int, slept: int, rest_days: frozenset[int], hour: int
) -> None:
    person = Person(active, Preferences(reminder_minute=hour, rest_days=rest_days))

    found = person.next(active + slept)

    assert isinstance(found, Reminder)
    apart = (found.at - active) % DAY
    assert min(apart, DAY - apart) <= HOUR + MINUTE
    assert there(found.at, "UTC").weekday() not in rest_days
    if any(is_no_rest_anywhere(found.at + day * DAY, rest_days) for day in range(7)):
        assert is_no_rest_anywhere(found.at, rest_days)


def is_no_rest_anywhere(at: int, rest_days: frozenset[int]) -> bool:
    dates = (there(at + shift, "UTC") for shift in (-12 * HOUR, 0, 14 * HOUR))
    return all(date.weekday() not in rest_days for date in dates)
