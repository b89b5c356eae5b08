"""Roles, facilitators and the audit log: reads and statements."""

from dataclasses import dataclass
from enum import StrEnum

from course.model import LearnerId
from storage.statements import Statement, Value, statement
from storage.store import Store

_FORGETTING = (
    "delete_roles_of",
    "delete_facilitating",
    "forget_granter",
    "forget_inviter",
    "forget_invited",
    "forget_maker_of_cohorts",
    "forget_maker_of_broadcasts",
    "forget_maker_of_notes",
    "forget_told",
    "forget_helper",
)


class Role(StrEnum):
    """A role, besides facilitating single cohorts; values are stored, so never renamed."""

    ADMIN = "admin"
    FACILITATOR = "facilitator"
    """May create cohorts."""


@dataclass(frozen=True, slots=True)
class Held:
    """A person's roles and cohorts.

    Attributes:
        cohorts: ids of the cohorts that they facilitate, archived ones included.
    """

    roles: frozenset[Role] = frozenset()
    cohorts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Act:
    """An entry of the audit log.

    Attributes:
        update: id of the update that caused it.
        act: what was done, e.g. "make-cohort".
        subject: id of what it was done to; "" when there is none.
        detail: a further number or word; never a text, a name or an answer.
        actor: a Telegram user id.
        at: in UTC milliseconds.
    """

    update: int
    act: str
    subject: str
    detail: str
    actor: int
    at: int


async def held_by(store: Store, person: LearnerId) -> Held:
    """Fetch the roles and cohorts of `person`, in one read."""
    rows = await store.rows(statement("access_of", person=person))
    return Held(
        frozenset(Role(role) for role, cohort in rows if cohort is None),
        frozenset(cohort for _, cohort in rows if cohort is not None),
    )


async def everybody(store: Store) -> tuple[LearnerId, ...]:
    """Fetch everybody with a role or a cohort to facilitate, in no order."""
    rows = await store.rows(statement("people_with_roles"))
    return tuple(LearnerId(person) for (person,) in rows)


async def facilitators(store: Store, cohort: int) -> tuple[LearnerId, ...]:
    """Fetch the facilitators of `cohort`, longest-serving first."""
    rows = await store.rows(statement("facilitators_of", cohort=cohort))
    return tuple(LearnerId(person) for (person,) in rows)


async def admins(store: Store) -> tuple[LearnerId, ...]:
    """Fetch the people with the role of admin; those of the settings are not included."""
    return tuple(LearnerId(person) for (person,) in await store.rows(statement("admins")))


async def holders(store: Store) -> tuple[tuple[int, str, int | None, str | None], ...]:
    """Fetch everybody with rights: person, role, cohort and its name; `None` twice for a role."""
    rows = await store.rows(statement("role_holders"))
    return tuple((person, role, cohort, name) for person, role, cohort, name in rows)


async def log(store: Store, before: tuple[int, int], most: int) -> tuple[Act, ...]:
    """Fetch at most `most` entries of the audit log, newest first.

    Args:
        before: time and update id; only older entries are returned.
    """
    at, update = before
    wanted = statement("audit", newest=at, newest_update=update, most=most)
    return tuple(Act(*row) for row in await store.rows(wanted))


def notes(act: Act) -> Statement:
    """Add a line to the log; the same update adds it once."""
    return statement("add_audit", **_values(act))


def notes_grant(act: Act, digest: str) -> Statement:
    """Like `notes`, if the actor took the link to a role of this digest; else nothing."""
    return statement("add_audit_of_grant", **_values(act), digest=digest)


def notes_request(act: Act, request: int) -> Statement:
    """Like `notes`, if the actor has taken this request for help; else nothing."""
    return statement("add_audit_of_request", **_values(act), request=request)


def notes_note(act: Act) -> Statement:
    """Like `notes`, if the actor wrote a note by this update; else nothing."""
    return statement("add_audit_of_note", **_values(act))


def grants(person: LearnerId, role: Role, by: int, at: int) -> Statement:
    """Grant a role to a person."""
    return statement("add_role", person=person, role=role.value, granted_by=by, at=at)


def revokes(person: LearnerId, role: Role) -> Statement:
    """Revoke a person's role."""
    return statement("delete_role", person=person, role=role.value)


def entrusts(person: LearnerId, cohort: int, at: int) -> Statement:
    """Make a person a facilitator of `cohort`."""
    return statement("add_facilitator", person=person, cohort=cohort, at=at)


def relieves(person: LearnerId, cohort: int) -> Statement:
    """Remove a facilitator from `cohort`."""
    return statement("delete_facilitator", person=person, cohort=cohort)


def forgets(person: LearnerId) -> tuple[Statement, ...]:
    """Delete a person's roles and cohorts, and erase their user id from what they created.

    Cohorts stay with their other facilitators, and broadcasts with their recipients; broadcasts
    that they had not sent yet are cancelled. The audit log stays as it is.
    """
    forgetting = (statement(name, person=person) for name in _FORGETTING)
    return (*forgetting, statement("cancel_orphaned_deliveries"))


def _values(act: Act) -> dict[str, Value]:
    return {
        "update_id": act.update,
        "act": act.act,
        "subject": act.subject,
        "detail": act.detail,
        "actor": act.actor,
        "at": act.at,
    }
