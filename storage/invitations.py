"""Invitation links to a cohort or a role; only a hash of the token is stored."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from secrets import token_hex

from storage.statements import Row, Statement, statement
from storage.store import Store


class Kind(StrEnum):
    """What a link grants; values are stored, so never renamed."""

    COHORT = "cohort"
    """Membership of a cohort; may be used by several people."""
    FACILITATOR = "facilitator"
    """Facilitating a cohort, or without a cohort the right to create cohorts. Single use."""
    ADMIN = "admin"
    """All rights. Single use."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation link. Times are UTC milliseconds.

    Attributes:
        digest: SHA-256 of its token, as hexadecimal digits.
        uses: how many members, of today or before, came by it last; of the kind `COHORT` only.
        used_by: who came by it or took it, of a link for one person; 0 for somebody who had their
            data deleted.
        made_by: 0 for somebody who had their data deleted.
    """

    digest: str
    kind: Kind
    cohort: int | None
    expires_at: int
    most_uses: int
    used_by: int | None
    revoked_at: int | None
    made_at: int
    uses: int
    made_by: int = 0

    def serves(self, now: int) -> bool:
        """Whether somebody new may come by it at `now`."""
        spent = self.used_by is not None or self.uses >= self.most_uses
        return self.revoked_at is None and now < self.expires_at and not spent


def digest(token: str) -> str:
    """Hash a token for storage. One round is enough: a token is 128 random bits, no password."""
    return hashlib.sha256(token.encode()).hexdigest()


async def for_(
    store: Store, digested: str, person: int, since: int
) -> tuple[Invitation | None, int]:
    """Fetch an invitation by digest, and count the failed tries of `person` since `since`."""
    wanted = statement("invitation_for", digest=digested, person=person, since=since)
    (row,) = await store.rows(wanted)
    return (None if row[0] is None else _invitation(row)), int(row[-1])


async def of_cohort(store: Store, cohort: int, now: int) -> tuple[Invitation, ...]:
    """Fetch the unexpired links to a cohort, newest first; some may be used up."""
    rows = await store.rows(statement("invitations_of", cohort=cohort, now=now))
    return tuple(map(_invitation, rows))


async def key(store: Store, name: str) -> bytes:
    """Load the secret key of that name; create it on first use."""
    wanted = statement("key", name=name)
    rows = await store.rows(wanted)
    if not rows:
        await store.write(keeps_key(name, token_hex(32)))
        rows = await store.rows(wanted)
    return bytes.fromhex(rows[0][0])


def keeps_key(name: str, content: str) -> Statement:
    """Insert a secret key, in hexadecimal digits, unless there is one of that name."""
    return statement("add_key", name=name, content=content)


def makes(invitation: Invitation, by: int) -> Statement:
    """Insert an invitation."""
    return statement(
        "add_invitation",
        digest=invitation.digest,
        kind=invitation.kind.value,
        cohort=invitation.cohort,
        expires_at=invitation.expires_at,
        most_uses=invitation.most_uses,
        made_by=by,
        made_at=invitation.made_at,
    )


def revokes(cohort: int, at: int) -> Statement:
    """Revoke every link for learners to a cohort."""
    return statement("revoke_invitations", cohort=cohort, at=at)


def replaces(cohort: int, at: int) -> Statement:
    """Revoke the links to a cohort for more than one learner; those for one person stay."""
    return statement("revoke_group_links", cohort=cohort, at=at)


def revokes_grants(cohort: int | None, at: int) -> Statement:
    """Revoke unused facilitator links of a cohort; with `None` those for roles without a cohort."""
    if cohort is None:
        return statement("revoke_general_grants", at=at)
    return statement("revoke_grants", cohort=cohort, at=at)


def takes(invitation: Invitation, person: int, at: int) -> tuple[Statement, ...]:
    """Grant `person` what a single-use link offers; no effect if it was used meanwhile."""
    taken = statement("take_grant", digest=invitation.digest, person=person, at=at)
    if invitation.cohort is not None:
        given = statement("give_cohort", digest=invitation.digest, person=person, at=at)
    else:
        given = statement(
            "give_role",
            digest=invitation.digest,
            person=person,
            role=invitation.kind.value,
            at=at,
        )
    return taken, given


def tries(person: int, update: int, at: int) -> Statement:
    """Record a try with an invalid link."""
    return statement("add_try", person=person, update_id=update, at=at)


def drops_tries_before(at: int) -> Statement:
    """Delete failed tries from before `at`."""
    return statement("drop_tries", deadline=at)


def drops_before(at: int) -> Statement:
    """Delete invitations that expired before `at`."""
    return statement("drop_invitations", deadline=at)


def drops_tries_of(person: int) -> Statement:
    """Delete a person's failed tries."""
    return statement("drop_tries_of", person=person)


def _invitation(row: Row) -> Invitation:
    digested, kind, cohort, expires_at, most_uses, used_by, revoked_at, *made, uses = row[:10]
    made_at, made_by = made
    return Invitation(
        digested, Kind(kind), cohort, expires_at, most_uses, used_by, revoked_at, made_at, uses,
        made_by,
    )  # fmt: skip
