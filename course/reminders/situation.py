"""A learner as the rules for reminders see them. Times are UTC milliseconds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from course.learning.progress import Progress
from course.reminders.preferences import Preferences
from course.reminders.rhythm import ReminderKind

_INACTIVITY_KINDS = (ReminderKind.FIRST, ReminderKind.SECOND, ReminderKind.LAST)


@dataclass(frozen=True, slots=True)
class ReminderSituation:
    """A learner, as input of the rules for reminders.

    Attributes:
        active_at: last activity of any kind, a press on Snooze included.
        reminders_used: due reminders of the kinds first, second and last taken since then.
        deadline: next deadline of their cohorts; `None` when there is none.
        later_deadlines: those after it, used when no allowed time is left before the next one.
        deadline_used: the deadline for which a due reminder was taken.
        proactive_at: when the last unasked message of any kind was sent to them.
        reminded_at: when the last due reminder of any kind was taken, sent or held out.
    """

    progress: Progress
    preferences: Preferences
    joined_at: int
    active_at: int
    reminders_used: int = 0
    deadline: int | None = None
    later_deadlines: tuple[int, ...] = ()
    deadline_used: int | None = None
    proactive_at: int | None = None
    reminded_at: int | None = None

    @property
    def snoozed_until(self) -> int | None:
        """End of a snooze since which there was no reminder and no activity; otherwise `None`."""
        until = self.preferences.snoozed_until
        if until is not None and until > max(self.active_at, self.reminded_at or 0):
            return until
        return None

    def activity_times(self) -> Iterator[int]:
        """Times of the learner's activity, in no order; at least two."""
        attempts = chain.from_iterable(self.progress.attempts.values())
        answered = (attempt.at for attempt in attempts)
        return chain((self.joined_at, self.active_at), self.progress.read.values(), answered)


def after_due_reminder(
    situation: ReminderSituation, kind: ReminderKind, at: int, sent: bool
) -> ReminderSituation:
    """The situation after a due reminder was taken at `at`, `sent` or held out."""
    wishes = situation.preferences
    return replace(
        situation,
        preferences=replace(wishes, snoozed_until=None) if kind is ReminderKind.SNOOZED else wishes,
        reminders_used=situation.reminders_used + (kind in _INACTIVITY_KINDS),
        deadline_used=situation.deadline
        if kind is ReminderKind.DEADLINE
        else situation.deadline_used,
        proactive_at=at if sent else situation.proactive_at,
        reminded_at=at,
    )
