"""Permissions: who may do what, read anew for every press and command.

Roles can be given and taken back at any time, so nothing is cached. `write_audited` writes a
privileged act together with its line in the audit log and the mark in the inbox. A privileged act
makes nobody a learner.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.actions.learner_state import Interaction, Services
from course.model import LearnerId
from storage import inbox, roles
from storage.invitations import InvitationKind
from storage.roles import AuditEntry, Role
from storage.statements import Statement


@dataclass(frozen=True, slots=True)
class Access:
    """What one person may do at this moment.

    Attributes:
        is_admin: may do everything, with every cohort.
        is_facilitator: may make cohorts; also true for admins and for anyone who facilitates a
            cohort.
        cohorts: ids of the cohorts that the person facilitates.
    """

    person: LearnerId
    is_admin: bool = False
    is_facilitator: bool = False
    cohorts: frozenset[int] = frozenset()

    def may_facilitate(self, cohort: int) -> bool:
        """Whether the person may see and change this cohort, if it exists."""
        return self.is_admin or cohort in self.cohorts

    def may_grant(self, kind: InvitationKind, cohort: int | None) -> bool:
        """Whether the person may give this role, or with `cohort` this cohort, to others."""
        if kind is InvitationKind.FACILITATOR and cohort is not None:
            return self.may_facilitate(cohort)
        return self.is_admin and cohort is None and kind is not InvitationKind.COHORT


class NotAllowedError(Exception):
    """The thing does not exist, or it belongs to others: the reply is the same for both."""

    def __init__(self) -> None:
        super().__init__("This does not exist, or the person may not use it.")


async def load_access(services: Services, interaction: Interaction) -> Access:
    """Load what the person of this interaction may do, in one read."""
    return await load_access_of(services, interaction.learner)


async def load_facilitator_access(services: Services, interaction: Interaction) -> Access:
    """Load what a facilitator or admin may do.

    Raises:
        NotAllowedError: the person is neither.
    """
    access = await load_access(services, interaction)
    if not access.is_facilitator:
        raise NotAllowedError
    return access


async def load_access_of(services: Services, person: LearnerId) -> Access:
    """Load what any person may do, in one read."""
    held = await roles.fetch_held_roles(services.store, person)
    is_admin = person in services.admins or Role.ADMIN in held.roles
    return Access(
        person,
        is_admin,
        is_facilitator=is_admin or Role.FACILITATOR in held.roles or bool(held.cohorts),
        cohorts=held.cohorts,
    )


async def write_audited(
    services: Services,
    interaction: Interaction,
    act: str,
    subject: object,
    detail: str,
    *changes: Statement,
    noted: Callable[[AuditEntry], Statement] = roles.add_audit_entry,
) -> None:
    """Write a privileged act and its line in the audit log, all or none.

    Args:
        act: what was done, a word or two such as "close-cohort".
        subject: to what: an id; a learner by their membership, never by their user id.
        detail: a number or a word more; never a text, a name or an answer.
        noted: adds the line; where others may be faster, one that adds it only for who was first.
    """
    line = AuditEntry(
        interaction.update_id, act, str(subject), detail, interaction.learner, interaction.at
    )
    await services.store.write(
        *changes, noted(line), inbox.mark_update_applied(interaction.update_id, interaction.at)
    )


async def write_unaudited(
    services: Services, interaction: Interaction, *changes: Statement
) -> None:
    """Write a change that needs no audit entry, such as a dialogue, with its mark in the inbox."""
    await services.store.write(
        *changes, inbox.mark_update_applied(interaction.update_id, interaction.at)
    )
