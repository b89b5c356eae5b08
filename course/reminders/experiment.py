"""The reminder experiment: assigns arms and wordings by stable hashes, without randomness.

The same learner and due reminder give the same result on every machine and after every restart.
"""

from enum import StrEnum
from hashlib import sha256

from course.model import LearnerId
from course.reminders.rhythm import ReminderKind


class ExperimentArm(StrEnum):
    """Arm of the experiment: send the reminder or hold it out; stored, so never renamed."""

    SEND = "send"
    HOLD = "hold"


def assign_arm(
    learner: LearnerId, reminder: str, kind: ReminderKind, percent: int
) -> ExperimentArm:
    """Assign a due reminder to an arm.

    Args:
        learner: the learner to remind.
        reminder: the name of the due reminder, unique for the learner, e.g. "1762000000000:first".
        kind: reminders that the learner asked for are never held out.
        percent: share of due reminders to hold out, 0 to 100.
    """
    if kind.is_requested:
        return ExperimentArm.SEND
    return (
        ExperimentArm.HOLD
        if _stable_hash("arm", learner, reminder) % 100 < percent
        else ExperimentArm.SEND
    )


def choose_wording(
    learner: LearnerId, reminder: str, kind: ReminderKind, last: int | None, count: int
) -> int:
    """Choose one of `count` wordings of `kind`, from 0; not `last` again if there are others.

    Args:
        learner: the learner to remind.
        reminder: as in `assign_arm`.
        kind: kind of the reminder.
        last: wording of the learner's latest reminder of this kind; `None` when there was none. It
            may be out of range, if the author has removed wordings.
        count: number of wordings, at least 1.
    """
    others = [each for each in range(count) if each != last] or [0]
    return others[_stable_hash("wording", learner, reminder, kind) % len(others)]


def jitter_milliseconds(learner: LearnerId, minutes: int) -> int:
    """Delay of this learner's reminders in milliseconds, less than `minutes`."""
    return _stable_hash("jitter", learner) % (minutes * 60) * 1000 if minutes else 0


def _stable_hash(*named: object) -> int:
    digest = sha256(":".join(map(str, named)).encode()).digest()
    return int.from_bytes(digest[:8], "big")
