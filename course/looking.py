"""When to look whether a learner is to be reminded: early enough, and not at every fact.

A time to look is a promise that nothing is due before it. Whatever a learner does moves their
reminders later, never earlier, so a time once set stays good: facts need not write it anew.
"""

from itertools import chain

from course.moments import HOUR
from course.progress import Progress
from course.rhythm import Rhythm

DAY = 24 * HOUR


def first_look(rhythm: Rhythm, active_at: int) -> int:
    """A moment before which nothing is due that counts from `active_at`.

    A day of the rhythm ends at midnight where the learner is, so it may be nearly a day shorter.
    A deadline and the end of a snooze do not count from it: whoever sets them says when to look.
    """
    looks = [active_at + max(rhythm.after_days[0] - 1, 0) * DAY]
    if rhythm.open_question_hours:
        looks.append(active_at + rhythm.open_question_hours * HOUR)
    return min(looks)


def last_fact(progress: Progress) -> int | None:
    """When the learner last read or answered something; `None` when they never did."""
    answered = (askings[-1].at for askings in progress.attempts.values())
    return max(chain(progress.read.values(), answered), default=None)
