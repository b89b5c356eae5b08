"""Exports: who may export, which rows they get, and the audit entry."""

from dataclasses import dataclass

from bot.actions.access import NotAllowedError, load_facilitator_access, write_audited
from bot.actions.learner_state import Interaction, Services
from storage import exports
from storage.exports import EVERYBODY, ExportScope

FORMATS = ("xlsx", "csv")


@dataclass(frozen=True, slots=True)
class ExportPermission:
    """What a person may export.

    Attributes:
        answer_count: how many answers there are, roughly the number of rows.
        cohorts: the cohorts whose members are included; unused when everybody is.
    """

    scope: ExportScope
    answer_count: int
    cohorts: frozenset[int] = frozenset()


async def fetch_permission(services: Services, interaction: Interaction) -> ExportPermission:
    """Load what a person may export: admins everything, facilitators their own cohorts."""
    access = await load_facilitator_access(services, interaction)
    if access.is_admin:
        return ExportPermission(EVERYBODY, await exports.count_answers(services.store))
    return ExportPermission(ExportScope(interaction.learner), 0, access.cohorts)


async def is_still_allowed(
    services: Services, interaction: Interaction, earlier: ExportPermission
) -> bool:
    """Whether a person may still export what they could when the export began; it takes a while."""
    try:
        now = await fetch_permission(services, interaction)
    except NotAllowedError:
        return False
    return now.scope == earlier.scope and earlier.cohorts <= now.cohorts


async def begin_export(
    services: Services, interaction: Interaction, file_format: str
) -> ExportPermission:
    """Load what a person may export, and record the export in the audit log."""
    allowed = await fetch_permission(services, interaction)
    subject = "everybody" if allowed.scope.is_everybody else "own-cohorts"
    await write_audited(services, interaction, "export", subject, file_format)
    return allowed
