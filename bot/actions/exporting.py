"""Asking for everything as a file: who may, whose rows they get, and the line in the log."""

from dataclasses import dataclass

from bot.actions.access import NotAllowed, access, record
from bot.actions.visits import Services, Turn
from storage import exports
from storage.exports import EVERYBODY, Whose

FORMATS = ("xlsx", "csv")


@dataclass(frozen=True, slots=True)
class Allowed:
    """Somebody may have a file.

    Attributes:
        answers: how many answers there are, about as many as there are rows.
        cohorts: whose members are in it; without meaning for everybody.
    """

    whose: Whose
    answers: int
    cohorts: frozenset[int] = frozenset()


async def look(services: Services, turn: Turn) -> Allowed | NotAllowed:
    """What somebody may export: admins everything, facilitators what is of their cohorts."""
    may = await access(services, turn)
    if not may.is_facilitator:
        return NotAllowed()
    if may.is_admin:
        return Allowed(EVERYBODY, await exports.answers(services.store))
    return Allowed(Whose(turn.learner), 0, may.cohorts)


async def still(services: Services, turn: Turn, was: Allowed) -> bool:
    """Whether somebody may still have what they might have then: a file takes its time."""
    now = await look(services, turn)
    return isinstance(now, Allowed) and now.whose == was.whose and was.cohorts <= now.cohorts


async def begin(services: Services, turn: Turn, form: str) -> Allowed | NotAllowed:
    """The same, and note in the log that it is done."""
    allowed = await look(services, turn)
    if isinstance(allowed, Allowed):
        subject = "everybody" if allowed.whose.is_everybody else "own-cohorts"
        await record(services, turn, "export", subject, form)
    return allowed
