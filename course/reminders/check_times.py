"""When to check next whether a reminder is due: early enough, but not at every fact.

No reminder is due before the check time. A learner's activity moves reminders later, never earlier,
so a scheduled check stays valid and facts need not update it.
"""

from itertools import chain

from course.learning.progress import Progress
from course.reminders.allowed_times import HOUR
from course.reminders.rhythm import Rhythm

DAY = 24 * HOUR


def first_check_at(rhythm: Rhythm, active_at: int) -> int:
    """A time before which no reminder is due that counts from `active_at`, in UTC milliseconds.

    Days of the rhythm end at local midnight, so the first may be nearly a day shorter. Deadlines
    and snoozes do not count from the last activity; the code that sets them schedules the check.
    """
    looks = [active_at + max(rhythm.after_days[0] - 1, 0) * DAY]
    if rhythm.open_question_hours:
        looks.append(active_at + rhythm.open_question_hours * HOUR)
    return min(looks)


def last_fact_at(progress: Progress) -> int | None:
    """When the learner last read or answered something; `None` when they never did."""
    answered = (askings[-1].at for askings in progress.attempts.values())
    return max(chain(progress.read.values(), answered), default=None)
