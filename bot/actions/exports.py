"""Exports: who may export, which rows they get, and the audit entry."""

from dataclasses import dataclass

from bot.actions.access import NotAllowed, access, record
from bot.actions.learner_state import Services, Turn
from storage import exports
from storage.exports import EVERYBODY, Whose

FORMATS = ("xlsx", "csv")


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a person may export.

    Attributes:
        answer_count: how many answers there are, roughly the number of rows.
        cohorts: the cohorts whose members are included; unused when everybody is.
    """

    whose: Whose
    answers: int
    cohorts: frozenset[int] = frozenset()


async def look(services: Services, turn: Turn) -> Allowed | NotAllowed:
    """Load what a person may export: admins everything, facilitators their own cohorts."""
    may = await access(services, turn)
    if not may.is_facilitator:
        return NotAllowed()
    if may.is_admin:
        return Allowed(EVERYBODY, await exports.answers(services.store))
    return Allowed(Whose(turn.learner), 0, may.cohorts)


async def still(services: Services, turn: Turn, was: Allowed) -> bool:
    """Whether a person may still export what they could when the export began; it takes a while."""
    now = await look(services, turn)
    return isinstance(now, Allowed) and now.whose == was.whose and was.cohorts <= now.cohorts


async def begin(services: Services, turn: Turn, form: str) -> Allowed | NotAllowed:
    """Load what a person may export, and record the export in the audit log."""
    allowed = await look(services, turn)
    if isinstance(allowed, Allowed):
        subject = "everybody" if allowed.whose.is_everybody else "own-cohorts"
        await record(services, turn, "export", subject, form)
    return allowed
