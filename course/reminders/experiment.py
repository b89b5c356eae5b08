"""The reminder experiment: assigns arms and wordings by stable hashes, without randomness.

The same learner and opportunity give the same result on every machine and after every restart.
"""

from enum import StrEnum
from hashlib import sha256

from course.model import LearnerId
from course.reminders.rhythm import Kind


class Arm(StrEnum):
    """Arm of the experiment: send the reminder or hold it out; stored, so never renamed."""

    SEND = "send"
    HOLD = "hold"


def arm(learner: LearnerId, opportunity: str, kind: Kind, percent: int) -> Arm:
    """Assign an opportunity to an arm.

    Args:
        learner: the learner to remind.
        opportunity: its name, unique for the learner, e.g. "1762000000000:first".
        kind: reminders that the learner asked for are never held out.
        percent: share of opportunities to hold out, 0 to 100.
    """
    if kind.is_asked_for:
        return Arm.SEND
    return Arm.HOLD if _draw("arm", learner, opportunity) % 100 < percent else Arm.SEND


def wording(learner: LearnerId, opportunity: str, kind: Kind, last: int | None, number: int) -> int:
    """Choose one of `number` wordings of `kind`, from 0; not `last` again if there are others.

    Args:
        learner: the learner to remind.
        opportunity: as in `assign_arm`.
        kind: kind of the reminder.
        last: wording of the learner's latest reminder of this kind; `None` when there was none. It
            may be out of range, if the author has removed wordings.
        number: number of wordings, at least 1.
    """
    others = [each for each in range(number) if each != last] or [0]
    return others[_draw("wording", learner, opportunity, kind) % len(others)]


def jitter(learner: LearnerId, minutes: int) -> int:
    """Delay of this learner's reminders in milliseconds, less than `minutes`."""
    return _draw("jitter", learner) % (minutes * 60) * 1000 if minutes else 0


def _draw(*named: object) -> int:
    digest = sha256(":".join(map(str, named)).encode()).digest()
    return int.from_bytes(digest[:8], "big")
