"""Learners who are reminded, and local times to speak of, for the tests of the rule."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from course.learning.next_step import Finished
from course.model import Course
from course.reminders.next_reminder import (
    NoReminder,
    Reminder,
    plan_next_reminder,
    reason_not_to_send,
)
from course.reminders.preferences import Preferences
from course.reminders.rhythm import ReminderKind, Rhythm
from course.reminders.situation import ReminderSituation, after_due_reminder
from tests.course.examples import SMALL, Walker

HOUR = 60 * 60 * 1000
DAY = 24 * HOUR
PROMPT = Rhythm(jitter_minutes=0)
"""The usual rhythm, at the minute itself."""


def moment(text: str, zone: str = "UTC") -> int:
    """When clocks in `zone` show e.g. "2026-11-05 10:00", by Python's own reckoning."""
    there = datetime.fromisoformat(text).replace(tzinfo=rules(zone))
    return int(there.timestamp() * 1000)


def shown(at: int, zone: str = "UTC") -> str:
    """What clocks in `zone` show then, by Python's own reckoning, e.g. "Thu 2026-11-05 10:00"."""
    return there(at, zone).strftime("%a %Y-%m-%d %H:%M")


def there(at: int, zone: str) -> datetime:
    """The same, as a datetime."""
    utc = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)
    return utc.astimezone(rules(zone))


@cache
def rules(zone: str) -> ZoneInfo:
    """The rules of the locked package; the machine's own may be older, and differ."""
    with files("tzdata.zoneinfo").joinpath(*zone.split("/")).open("rb") as compiled:
        return ZoneInfo.from_file(compiled, zone)


@dataclass(slots=True)
class Person:
    """Somebody who learns now and then, and is reminded by the rule; sent or held out at once."""

    active: int
    wishes: Preferences = field(default_factory=lambda: Preferences(zone="Africa/Nairobi"))
    rhythm: Rhythm = PROMPT
    course: Course = SMALL
    situation: ReminderSituation = field(init=False)
    walker: Walker = field(init=False)

    def __post_init__(self) -> None:
        self.walker = Walker(self.course)
        self.situation = ReminderSituation(
            self.walker.progress, self.wishes, self.active, self.active
        )
        self.learns(self.active)

    def learns(self, at: int, steps: int = 1) -> None:
        """Do so many steps at `at`."""
        self.walker.at = at
        self.walker.pause = 1000
        for _ in range(steps):
            if not isinstance(self.walker.step, Finished):
                self.walker.goes_on()
        self.does_something(at)

    def does_something(self, at: int) -> None:
        self.situation = replace(
            self.situation, progress=self.walker.progress, active_at=at, reminders_used=0
        )

    def wants(self, **wishes: object) -> None:
        """Set other wishes."""
        new = replace(self.situation.preferences, **wishes)  # type: ignore[arg-type]
        self.situation = replace(self.situation, preferences=new)

    def next(self, now: int | None = None) -> Reminder | NoReminder:
        """What comes next, seen from `now` or from their last activity."""
        seen_from = self.situation.active_at if now is None else now
        return plan_next_reminder(self.course, self.rhythm, self.situation, seen_from)

    def may_get(self, kind: ReminderKind, at: int) -> bool:
        """Whether a queued reminder may be sent."""
        return reason_not_to_send(self.course, self.rhythm, self.situation, kind, at) is None

    def takes(self, nudge: Reminder, sent: bool = True) -> None:
        """Let the due reminder be taken at its time."""
        assert self.may_get(nudge.kind, nudge.at)
        self.situation = after_due_reminder(self.situation, nudge.kind, nudge.at, sent)

    def coming(self, now: int | None = None) -> list[tuple[ReminderKind, str]]:
        """All that come if they never do anything again, in their local time."""
        found = []
        zone = self.situation.preferences.zone or "UTC"
        while isinstance(nudge := self.next(now), Reminder):
            self.takes(nudge)
            found.append((nudge.kind, shown(nudge.at, zone)))
            now = nudge.at
        return found
