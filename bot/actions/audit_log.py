"""Reading the audit log of privileged acts."""

from dataclasses import dataclass

from bot.actions.learner_state import Interaction, Services
from storage import roles
from storage.roles import AuditEntry

_NO_UPDATE = 0


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A page of the audit log, newest first."""

    entries: tuple[AuditEntry, ...]
    is_last: bool


async def fetch_audit_page(
    services: Services, interaction: Interaction, before: tuple[int, int] | None, limit: int
) -> AuditPage:
    """Load at most `limit` entries of the audit log.

    Args:
        before: only entries older than this time and update id; `None` for the newest.
    """
    found = await roles.fetch_audit_log(
        services.store, before or (interaction.at + 1, _NO_UPDATE), limit + 1
    )
    return AuditPage(found[:limit], is_last=len(found) <= limit)
