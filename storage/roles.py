"""Roles, facilitators and the audit log: reads and statements."""

from dataclasses import dataclass
from enum import StrEnum

from course.model import LearnerId
from storage.outbox import delete_deliveries_to
from storage.statements import Statement, Value, statement
from storage.store import Store

_ERASING_QUERIES = (
    "delete_all_roles",
    "delete_all_facilitating",
    "delete_role_name",
    "erase_role_granter",
    "erase_inviter",
    "erase_invited",
    "erase_cohort_maker",
    "erase_broadcast_maker",
    "erase_note_maker",
    "erase_request_helper",
)


class Role(StrEnum):
    """A role, besides facilitating single cohorts; values are stored, so never renamed."""

    ADMIN = "admin"
    FACILITATOR = "facilitator"
    """May create cohorts."""


@dataclass(frozen=True, slots=True)
class HeldRoles:
    """A person's roles and cohorts.

    Attributes:
        cohorts: ids of the cohorts that they facilitate, archived ones included.
    """

    roles: frozenset[Role] = frozenset()
    cohorts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An entry of the audit log.

    Attributes:
        update: id of the update that caused it.
        action: what was done, e.g. "make-cohort".
        subject: id of what it was done to; "" when there is none.
        detail: a further number or word; never a text, a name or an answer.
        actor: a Telegram user id.
        at: in UTC milliseconds.
    """

    update: int
    action: str
    subject: str
    detail: str
    actor: int
    at: int


async def fetch_held_roles(store: Store, person: LearnerId) -> HeldRoles:
    """Fetch the roles and cohorts of `person`, in one read."""
    rows = await store.fetch_rows(statement("fetch_held_roles", person=person))
    return HeldRoles(
        frozenset(Role(role) for role, cohort in rows if cohort is None),
        frozenset(cohort for _, cohort in rows if cohort is not None),
    )


async def fetch_people_with_roles(store: Store) -> tuple[LearnerId, ...]:
    """Fetch everybody with a role or a cohort to facilitate, in no order."""
    rows = await store.fetch_rows(statement("fetch_people_with_roles"))
    return tuple(LearnerId(person) for (person,) in rows)


async def fetch_facilitators(store: Store, cohort: int) -> tuple[LearnerId, ...]:
    """Fetch the facilitators of `cohort`, longest-serving first."""
    rows = await store.fetch_rows(statement("fetch_facilitators", cohort=cohort))
    return tuple(LearnerId(person) for (person,) in rows)


async def fetch_admins(store: Store) -> tuple[LearnerId, ...]:
    """Fetch the people with the role of admin; those of the settings are not included."""
    return tuple(
        LearnerId(person) for (person,) in await store.fetch_rows(statement("fetch_admins"))
    )


async def fetch_role_holders(store: Store) -> tuple[tuple[int, str, int | None, str | None], ...]:
    """Fetch everybody with rights: person, role, cohort and its name; `None` twice for a role."""
    rows = await store.fetch_rows(statement("fetch_role_holders"))
    return tuple((person, role, cohort, name) for person, role, cohort, name in rows)


async def fetch_role_names(store: Store) -> dict[int, str]:
    """Fetch the names that people chose for their roles, by person."""
    rows = await store.fetch_rows(statement("fetch_role_names"))
    return {int(person): str(name) for person, name in rows}


async def fetch_audit_log(
    store: Store, before: tuple[int, int], limit: int
) -> tuple[AuditEntry, ...]:
    """Fetch at most `limit` entries of the audit log, newest first.

    Args:
        before: time and update id; only older entries are returned.
    """
    at, update = before
    wanted = statement("fetch_audit_log", newest=at, newest_update=update, most=limit)
    return tuple(AuditEntry(*row) for row in await store.fetch_rows(wanted))


def add_audit_entry(entry: AuditEntry) -> Statement:
    """Add a line to the log; the same update adds it once."""
    return statement("add_audit_entry", **_entry_parameters(entry))


def add_audit_entry_of_grant(entry: AuditEntry, digest: str) -> Statement:
    """Like `add_audit_entry`, if the actor took the link to a role of this digest; else nothing."""
    return statement("add_audit_entry_of_grant", **_entry_parameters(entry), digest=digest)


def add_audit_entry_of_request(entry: AuditEntry, request: int) -> Statement:
    """Like `add_audit_entry`, if the actor has taken this request for help; else nothing."""
    return statement("add_audit_entry_of_request", **_entry_parameters(entry), request=request)


def add_audit_entry_of_note(entry: AuditEntry) -> Statement:
    """Like `add_audit_entry`, if the actor wrote a note by this update; else nothing."""
    return statement("add_audit_entry_of_note", **_entry_parameters(entry))


def add_role(person: LearnerId, role: Role, granted_by: int, at: int) -> Statement:
    """Grant a role to a person."""
    return statement("add_role", person=person, role=role.value, granted_by=granted_by, at=at)


def delete_role(person: LearnerId, role: Role) -> Statement:
    """Revoke a person's role."""
    return statement("delete_role", person=person, role=role.value)


def add_facilitator(person: LearnerId, cohort: int, at: int) -> Statement:
    """Make a person a facilitator of `cohort`."""
    return statement("add_facilitator", person=person, cohort=cohort, at=at)


def delete_facilitator(person: LearnerId, cohort: int) -> Statement:
    """Remove a facilitator from `cohort`."""
    return statement("delete_facilitator", person=person, cohort=cohort)


def save_role_name(person: LearnerId, name: str) -> Statement:
    """Insert or update the name that a person chose for their role."""
    return statement("save_role_name", person=person, name=name)


def erase_person(person: LearnerId) -> tuple[Statement, ...]:
    """Delete a person's roles and cohorts, and erase their user id from what they created.

    Cohorts stay with their other facilitators, and broadcasts with their recipients; broadcasts
    that they had not sent yet are cancelled. The audit log stays as it is.
    """
    forgetting = (statement(name, person=person) for name in _ERASING_QUERIES)
    return (
        *forgetting,
        delete_deliveries_to(person),
        statement("cancel_deliveries_of_cancelled"),
    )


def _entry_parameters(act: AuditEntry) -> dict[str, Value]:
    return {
        "update_id": act.update,
        "act": act.action,
        "subject": act.subject,
        "detail": act.detail,
        "actor": act.actor,
        "at": act.at,
    }
