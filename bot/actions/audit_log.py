"""Reading the audit log of privileged acts."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.actions.learner_state import Interaction, Services
from storage import roles
from storage.roles import AuditEntry

_NO_UPDATE = 0


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A page of the audit log, newest first.

    Attributes:
        names: that people chose for their roles, by person.
    """

    entries: tuple[AuditEntry, ...]
    is_last: bool
    names: Mapping[int, str]


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
    names = await roles.fetch_role_names(services.store)
    return AuditPage(found[:limit], is_last=len(found) <= limit, names=names)
