"""Which opportunities are held out and which wording is used: by stable hashes, never by chance.

The same learner and opportunity give the same answer on every machine and after every restart.
"""

from enum import StrEnum
from hashlib import sha256

from course.model import LearnerId
from course.rhythm import Kind


class Arm(StrEnum):
    """What becomes of an opportunity; stored, so never renamed."""

    SEND = "send"
    HOLD = "hold"


def arm(learner: LearnerId, opportunity: str, kind: Kind, percent: int) -> Arm:
    """Whether to send at this opportunity or to hold it out.

    Args:
        learner: whose opportunity it is.
        opportunity: names it among the learner's own, e.g. "1762000000000:first".
        kind: what the learner asked for is never held out.
        percent: how many of a hundred are held out, 0 to 100.
    """
    if kind.is_asked_for:
        return Arm.SEND
    return Arm.HOLD if _draw("arm", learner, opportunity) % 100 < percent else Arm.SEND


def wording(learner: LearnerId, opportunity: str, kind: Kind, last: int | None, number: int) -> int:
    """Which of `number` wordings of `kind` to use, from 0; never `last` again if there are others.

    Args:
        learner: whose opportunity it is.
        opportunity: as for `arm`.
        kind: of the nudge.
        last: the wording of the newest nudge of this kind to this learner; `None` when there was
            none, and a number that is too high since the wordings became fewer does no harm.
        number: how many there are, at least 1.
    """
    others = [each for each in range(number) if each != last] or [0]
    return others[_draw("wording", learner, opportunity, kind) % len(others)]


def jitter(learner: LearnerId, minutes: int) -> int:
    """How many milliseconds after the minute this learner's nudges come: below `minutes`."""
    return _draw("jitter", learner) % (minutes * 60) * 1000 if minutes else 0


def _draw(*named: object) -> int:
    digest = sha256(":".join(map(str, named)).encode()).digest()
    return int.from_bytes(digest[:8], "big")
