"""Invitation links to a cohort or a role; only a hash of the token is stored."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from secrets import token_hex

from storage.statements import Row, Statement, statement
from storage.store import Store

OPERATOR = -1
"""Who made a link that was made at the terminal; Telegram has no such user id."""


class InvitationKind(StrEnum):
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
        made_by: 0 for somebody who had their data deleted, `OPERATOR` for whoever runs the bot.
    """

    digest: str
    kind: InvitationKind
    cohort: int | None
    expires_at: int
    max_uses: int
    used_by: int | None
    revoked_at: int | None
    made_at: int
    uses: int
    made_by: int = 0

    def is_usable(self, now: int) -> bool:
        """Whether somebody new may come by it at `now`."""
        spent = self.used_by is not None or self.uses >= self.max_uses
        return self.revoked_at is None and now < self.expires_at and not spent


def hash_token(token: str) -> str:
    """Hash a token for storage. One round is enough: a token is 128 random bits, no password."""
    return hashlib.sha256(token.encode()).hexdigest()


async def fetch_invitation(
    store: Store, digest: str, person: int, since: int
) -> tuple[Invitation | None, int]:
    """Fetch an invitation by digest, and count the failed tries of `person` since `since`."""
    wanted = statement("fetch_invitation", digest=digest, person=person, since=since)
    (row,) = await store.fetch_rows(wanted)
    return (None if row[0] is None else _invitation_from_row(row)), int(row[-1])


async def fetch_cohort_invitations(store: Store, cohort: int, now: int) -> tuple[Invitation, ...]:
    """Fetch the unexpired links to a cohort, newest first; some may be used up."""
    rows = await store.fetch_rows(statement("fetch_cohort_invitations", cohort=cohort, now=now))
    return tuple(map(_invitation_from_row, rows))


async def load_key(store: Store, name: str) -> bytes:
    """Load the secret key of that name; create it on first use."""
    wanted = statement("fetch_key", name=name)
    rows = await store.fetch_rows(wanted)
    if not rows:
        await store.write(add_key(name, token_hex(32)))
        rows = await store.fetch_rows(wanted)
    return bytes.fromhex(rows[0][0])


def add_key(name: str, content: str) -> Statement:
    """Insert a secret key, in hexadecimal digits, unless there is one of that name."""
    return statement("add_key", name=name, content=content)


def add_invitation(invitation: Invitation, made_by: int) -> Statement:
    """Insert an invitation."""
    return statement(
        "add_invitation",
        digest=invitation.digest,
        kind=invitation.kind.value,
        cohort=invitation.cohort,
        expires_at=invitation.expires_at,
        most_uses=invitation.max_uses,
        made_by=made_by,
        made_at=invitation.made_at,
    )


def revoke_invitations(cohort: int, at: int) -> Statement:
    """Revoke every link for learners to a cohort."""
    return statement("revoke_invitations", cohort=cohort, at=at)


def revoke_group_links(cohort: int, at: int) -> Statement:
    """Revoke the links to a cohort for more than one learner; those for one person stay."""
    return statement("revoke_group_links", cohort=cohort, at=at)


def revoke_grants(cohort: int | None, at: int) -> Statement:
    """Revoke unused facilitator links of a cohort; with `None` those for roles without a cohort."""
    if cohort is None:
        return statement("revoke_role_grants", at=at)
    return statement("revoke_facilitator_grants", cohort=cohort, at=at)


def accept_grant(invitation: Invitation, person: int, at: int) -> tuple[Statement, ...]:
    """Grant `person` what a single-use link offers; no effect if it was used meanwhile."""
    taken = statement("accept_grant", digest=invitation.digest, person=person, at=at)
    if invitation.cohort is not None:
        given = statement("grant_invited_cohort", digest=invitation.digest, person=person, at=at)
    else:
        given = statement(
            "grant_invited_role",
            digest=invitation.digest,
            person=person,
            role=invitation.kind.value,
            at=at,
        )
    return taken, given


def add_failed_try(person: int, update: int, at: int) -> Statement:
    """Record a try with an invalid link."""
    return statement("add_failed_try", person=person, update_id=update, at=at)


def delete_tries_before(at: int) -> Statement:
    """Delete failed tries from before `at`."""
    return statement("delete_tries_before", deadline=at)


def delete_invitations_before(at: int) -> Statement:
    """Delete invitations that expired before `at`."""
    return statement("delete_invitations_before", deadline=at)


def delete_tries_of(person: int) -> Statement:
    """Delete a person's failed tries."""
    return statement("delete_tries_of", person=person)


def _invitation_from_row(row: Row) -> Invitation:
    digested, kind, cohort, expires_at, most_uses, used_by, revoked_at, *made, uses = row[:10]
    made_at, made_by = made
    return Invitation(
        digested,
        InvitationKind(kind),
        cohort,
        expires_at,
        most_uses,
        used_by,
        revoked_at,
        made_at,
        uses,
        made_by,
    )
