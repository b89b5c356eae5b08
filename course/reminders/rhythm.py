"""The reminder rhythm of a course, as its author set it; every number can be changed.

Values only. The defaults are those of docs/decisions/0012-reminders.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from course.local_time import DAY, HOUR


class ReminderKind(StrEnum):
    """Kind of a reminder; values are stored, so never renamed."""

    OPEN_QUESTION = "open-question"
    """A question was left open in the middle of a lesson."""
    FIRST = "first"
    SECOND = "second"
    LAST = "last"
    """The last of those that count from the learner's last activity, and says so."""
    DEADLINE = "deadline"
    """The cohort's deadline is near."""
    SNOOZED = "snoozed"
    """The learner asked to be reminded now."""

    @property
    def yaml_key(self) -> str:
        """Key of its wordings in a course's files."""
        return self.value.replace("-", "_")

    @property
    def is_requested(self) -> bool:
        """Whether the learner asked for it, so that it is neither held out nor unasked."""
        return self is ReminderKind.SNOOZED


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When reminders are sent, and their wordings.

    Attributes:
        after_days: days after the last activity, rising; one to three. The last reminder says that
            it is the last.
        reminder_minute: minute after local midnight, for learners who set none.
        deadline_hours: hours before a cohort's deadline; 0 for no such reminder.
        open_question_hours: hours after a question was left open in the middle of a lesson; 0 for
            no such reminder.
        hold_out_percent: percent of due reminders held out, to measure the effect.
        jitter_minutes: reminders of the same minute are spread over this many minutes.
        wordings: the author's opening lines; kinds that are missing use the bot's.
    """

    after_days: tuple[int, ...] = (3, 10, 20)
    reminder_minute: int = 10 * 60
    deadline_hours: int = 48
    open_question_hours: int = 0
    hold_out_percent: int = 10
    jitter_minutes: int = 10
    wordings: Mapping[ReminderKind, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def kind_after(self, used: int) -> ReminderKind | None:
        """The next kind that counts from inactivity, after `used` of them; `None` after all."""
        if used >= len(self.after_days):
            return None
        return (
            ReminderKind.LAST
            if used == len(self.after_days) - 1
            else (ReminderKind.FIRST, ReminderKind.SECOND)[used]
        )

    def first_check_at(self, active_at: int) -> int:
        """A time before which no reminder is due that counts from `active_at`, in UTC milliseconds.

        Days of the rhythm end at local midnight, so the first may be nearly a day shorter.
        Deadlines and snoozes do not count from the last activity; the code that sets them schedules
        the check. Activity moves reminders later, never earlier, so a scheduled check stays valid
        and facts need not update it.
        """
        times = [active_at + max(self.after_days[0] - 1, 0) * DAY]
        if self.open_question_hours:
            times.append(active_at + self.open_question_hours * HOUR)
        return min(times)
