"""What the judge knows of a learner at a moment, folded from what they did.

Written from the rules as docs/decisions/0012-reminders.md tells them, apart from
`course.reminders.next_reminder` and from `course.local_time`: local time is Python's own, asked in
one direction only.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from tests.course.reminded import there
from tests.year.record import Act, Did, Got, Lost, Turn

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
_QUARTER = 15 * MINUTE  # all clocks in use are changed at a quarter of an hour
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=200_000)
def moment(zone: str, day: date, minute: int) -> int:
    """The first moment at which clocks show that minute of `day`, or a later one for a gap."""
    wanted = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001
    at = (wanted.replace(tzinfo=UTC) - _EPOCH) // timedelta(milliseconds=1) - 15 * HOUR
    at -= at % _QUARTER
    for step in (_QUARTER, MINUTE):
        while there(at + step, zone).replace(tzinfo=None) < wanted:
            at += step
    return at + MINUTE


@dataclass(slots=True)
class Known:
    """A learner, as far as anybody can know."""

    zone: str | None = None
    hour: int = 600
    quiet: tuple[int, int] = (1200, 480)
    rest: frozenset[int] = frozenset()
    pace: str = "normal"
    stopped: bool = False
    paused: bool = False
    blocked: bool = False
    finished: bool = False
    snoozed_until: int = 0
    active_at: int = 0
    used: int = 0
    nudged_at: int = 0
    proactive_at: int = 0
    deadlines: set[int] = field(default_factory=set)
    deadline_used: int = 0

    @property
    def is_off(self) -> bool:
        """Whether they want no reminders, or nothing is left to remind of."""
        off = self.stopped or self.paused or self.blocked or self.finished
        return off or self.pace == "none"

    @property
    def is_snoozed(self) -> bool:
        """Whether they still wait for the reminder that they asked for."""
        return self.snoozed_until > max(self.active_at, self.nudged_at)

    @property
    def own_hour(self) -> int:
        """The minute after midnight at which reminders come."""
        return self.quiet[1] if self.is_quiet(self.hour) else self.hour

    def is_quiet(self, minute: int) -> bool:
        """Whether it lies in their quiet hours."""
        begin, end = self.quiet
        if begin <= end:
            return begin <= minute < end
        return not end <= minute < begin

    def local(self, at: int) -> datetime:
        """What their clock shows; UTC's when they never told where they are."""
        return there(at, self.zone or "UTC")

    def is_night(self, at: int) -> bool:
        """Whether it is quiet where they are."""
        here = self.local(at)
        return self.zone is not None and self.is_quiet(here.hour * 60 + here.minute)

    def rests(self, at: int) -> bool:
        """Whether they rest on that day."""
        return self.zone is not None and self.local(at).weekday() in self.rest

    def was_here_that_day(self, at: int) -> bool:
        """Whether they did something on the same day of theirs."""
        return self.zone is not None and self.local(at).date() == self.local(self.active_at).date()

    def heard_that_day(self, at: int, *, is_nudge: bool = True) -> bool:
        """Whether something came unasked on the same day of theirs, or within 12 hours."""
        if not self.proactive_at:
            return False
        if self.zone is None:  # a broadcast goes by the clock of its cohort
            return at < self.proactive_at + (25 if is_nudge else 12) * HOUR
        same = self.local(at).date() == self.local(self.proactive_at).date()
        return same or at < self.proactive_at + 12 * HOUR

    def allows(self, at: int, kind: str) -> bool:
        """Whether a reminder of `kind` may come then."""
        if at < self.active_at + 30 * MINUTE or self.is_night(at) or self.rests(at):
            return False
        if kind == "deadline" and self.was_here_that_day(at):
            return False
        return kind == "snoozed" or not self.heard_that_day(at)

    def first_allowed(self, at: int, kind: str) -> int | None:
        """`at` itself, or the first of their own hours after it at which one may come.

        Not in the last minute before nothing may: the bot looks once a minute.
        """
        assert self.zone is not None, "asked only of those who told where they are"
        at = max(at, self.active_at + 30 * MINUTE)
        if self.allows(at, kind) and self.allows(at + MINUTE - 1, kind):
            return at
        today = self.local(at).date()
        for days in range(40):
            found = moment(self.zone, today + timedelta(days), self.own_hour)
            if found > at and self.allows(found, kind):
                return found
        return None

    def does(self, did: Did) -> None:
        """They did something."""
        if did.act is Act.FINISHES:
            self.finished = True
            return
        if did.act is Act.BLOCKS:
            self.blocked = True
            return
        self.active_at, self.used, self.blocked = did.at, 0, False
        match did.act, did.value:
            case Act.STOPS, _:
                self.stopped = True
            case ((Act.STARTS | Act.COMES), _):
                self.stopped = False
            case Act.PAUSES, _:
                self.paused = True
            case Act.RESUMES, _:
                self.paused = self.stopped = False
                self.pace = "normal" if self.pace == "none" else self.pace
            case Act.JOINS, int(deadline):
                self.deadlines.add(deadline)
            case Act.SNOOZES, str(until):
                self._snoozes(until, did.at)
            case _, str(value):
                self._sets(did.act, value)
            case _:
                pass

    def takes(self, turn: Turn) -> None:
        """A reminder was due, and was sent or held out."""
        self.nudged_at = turn.at
        self.used += turn.kind in ("first", "second", "last")
        if turn.kind == "deadline":
            least = max(self.deadline_used, turn.at)
            self.deadline_used = min(one for one in self.deadlines if one > least)
        if turn.kind == "snoozed":
            self.snoozed_until = 0

    def gets(self, got: Got) -> None:
        """Something came unasked."""
        self.proactive_at = got.at

    def may_have_got(self, lost: Lost) -> None:
        """Something was on its way; whether it came, nobody but the learner knows."""
        self.proactive_at = lost.at

    def _sets(self, act: Act, value: str) -> None:
        match act:
            case Act.ZONE:
                self.zone = value
            case Act.HOUR:
                self.hour = int(value)
            case Act.QUIET:
                begin, _, end = value.partition("-")
                self.quiet = int(begin), int(end)
            case Act.REST:
                self.rest = frozenset(map(int, value.strip("-")))
            case Act.PACE:
                self.pace, self.paused = value, False
            case _:
                pass

    def _snoozes(self, until: str, at: int) -> None:
        if self.stopped or self.paused or self.pace == "none":
            return
        here = self.local(at)
        if until == "hours":
            self.snoozed_until = at + 4 * HOUR
        elif until == "evening":
            clock = self.zone or "UTC"
            later = (moment(clock, here.date() + timedelta(days), 1080) for days in range(3))
            self.snoozed_until = next(one for one in later if one > at)
        else:
            days = {"tomorrow": 1, "week": 7}[until]
            if self.zone is None:
                self.snoozed_until = at + days * DAY
            else:
                day = here.date() + timedelta(days)
                self.snoozed_until = moment(self.zone, day, self.own_hour)
