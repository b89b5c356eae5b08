"""Who may do more than learn, and the log of what they did; statements to change both."""

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
    """What somebody may do besides the cohorts in their hands; stored, so never renamed."""

    ADMIN = "admin"
    FACILITATOR = "facilitator"
    """May make cohorts."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the store knows of somebody's rights.

    Attributes:
        cohorts: ids of those that they facilitate, archived ones too.
    """

    roles: frozenset[Role] = frozenset()
    cohorts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Act:
    """A line of the log.

    Attributes:
        update: by which it was done.
        act: one word or two, such as "make-cohort".
        subject: to what: an id, or "" when there is none.
        detail: a number or a word more; never a text, a name or an answer.
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
    """What `person` may do, in one read."""
    rows = await store.rows(statement("access_of", person=person))
    return Held(
        frozenset(Role(role) for role, cohort in rows if cohort is None),
        frozenset(cohort for _, cohort in rows if cohort is not None),
    )


async def everybody(store: Store) -> tuple[LearnerId, ...]:
    """Everybody who may do more than learn, in no order."""
    rows = await store.rows(statement("people_with_roles"))
    return tuple(LearnerId(person) for (person,) in rows)


async def facilitators(store: Store, cohort: int) -> tuple[LearnerId, ...]:
    """Who facilitates `cohort`, who has done so longest first."""
    rows = await store.rows(statement("facilitators_of", cohort=cohort))
    return tuple(LearnerId(person) for (person,) in rows)


async def admins(store: Store) -> tuple[LearnerId, ...]:
    """Who was made an admin; those of the settings are not among them."""
    return tuple(LearnerId(person) for (person,) in await store.rows(statement("admins")))


async def holders(store: Store) -> tuple[tuple[int, str, int | None, str | None], ...]:
    """Who may do more: person, role, cohort and its name; the last two are `None` for a role."""
    rows = await store.rows(statement("role_holders"))
    return tuple((person, role, cohort, name) for person, role, cohort, name in rows)


async def log(store: Store, before: tuple[int, int], most: int) -> tuple[Act, ...]:
    """The log, the newest first, at most `most` lines.

    Args:
        before: a time and an update; only what is older is given.
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
    """Give somebody a role."""
    return statement("add_role", person=person, role=role.value, granted_by=by, at=at)


def revokes(person: LearnerId, role: Role) -> Statement:
    """Take a role back."""
    return statement("delete_role", person=person, role=role.value)


def entrusts(person: LearnerId, cohort: int, at: int) -> Statement:
    """Let somebody facilitate `cohort`."""
    return statement("add_facilitator", person=person, cohort=cohort, at=at)


def relieves(person: LearnerId, cohort: int) -> Statement:
    """Take `cohort` out of somebody's hands."""
    return statement("delete_facilitator", person=person, cohort=cohort)


def forgets(person: LearnerId) -> tuple[Statement, ...]:
    """Take from somebody whatever they may do, and their number off whatever they made.

    Cohorts stay with those who still lead them, broadcasts with those who got them; what they had
    not sent yet is not sent. The log of privileged acts stays as it is.
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
