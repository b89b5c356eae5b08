"""Reading the audit log of privileged acts; only admins may."""

from dataclasses import dataclass

from bot.actions.access import NotAllowed, access
from bot.actions.learner_state import Services, Turn
from storage import roles
from storage.roles import Act

_NO_UPDATE = 0


@dataclass(frozen=True, slots=True)
class Log:
    """A page of the audit log, newest first."""

    acts: tuple[Act, ...]
    is_last: bool


async def log(
    services: Services, turn: Turn, before: tuple[int, int] | None, most: int
) -> Log | NotAllowed:
    """Load at most `limit` entries of the audit log.

    Args:
        before: only entries older than this time and update id; `None` for the newest.
    """
    if not (await access(services, turn)).is_admin:
        return NotAllowed()
    found = await roles.log(services.store, before or (turn.at + 1, _NO_UPDATE), most + 1)
    return Log(found[:most], is_last=len(found) <= most)
