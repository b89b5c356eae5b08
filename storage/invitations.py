"""Links that let somebody into a cohort or give them a role; only a hash of their token is kept."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from secrets import token_hex

from storage.statements import Row, Statement, statement
from storage.store import Store


class Kind(StrEnum):
    """What a link offers; stored, so never renamed."""

    COHORT = "cohort"
    """A place among the learners of a cohort; may serve several people."""
    FACILITATOR = "facilitator"
    """A cohort in one's hands, or without a cohort the right to make some. Serves once."""
    ADMIN = "admin"
    """Everything. Serves once."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link. Times are UTC milliseconds.

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
    """What is kept of a token. One hash is enough: a token is 128 random bits, no password."""
    return hashlib.sha256(token.encode()).hexdigest()


async def for_(
    store: Store, digested: str, person: int, since: int
) -> tuple[Invitation | None, int]:
    """The link of this digest, and how many that led nowhere `person` has tried since a time."""
    wanted = statement("invitation_for", digest=digested, person=person, since=since)
    (row,) = await store.rows(wanted)
    return (None if row[0] is None else _invitation(row)), int(row[-1])


async def of_cohort(store: Store, cohort: int, now: int) -> tuple[Invitation, ...]:
    """The links into a cohort that are not over, the newest first; some may be used up."""
    rows = await store.rows(statement("invitations_of", cohort=cohort, now=now))
    return tuple(map(_invitation, rows))


async def key(store: Store, name: str) -> bytes:
    """The secret key of that name; made when it is asked for the first time."""
    wanted = statement("key", name=name)
    rows = await store.rows(wanted)
    if not rows:
        await store.write(keeps_key(name, token_hex(32)))
        rows = await store.rows(wanted)
    return bytes.fromhex(rows[0][0])


def keeps_key(name: str, content: str) -> Statement:
    """Keep a secret key of so many hexadecimal digits, unless there is one of that name."""
    return statement("add_key", name=name, content=content)


def makes(invitation: Invitation, by: int) -> Statement:
    """Keep a new link."""
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
    """Make every link for learners of a cohort useless."""
    return statement("revoke_invitations", cohort=cohort, at=at)


def replaces(cohort: int, at: int) -> Statement:
    """Make the links for many learners of a cohort useless; those for one person stay."""
    return statement("revoke_group_links", cohort=cohort, at=at)


def revokes_grants(cohort: int | None, at: int) -> Statement:
    """Make every unused link for facilitators of a cohort useless; `None`: those for roles."""
    if cohort is None:
        return statement("revoke_general_grants", at=at)
    return statement("revoke_grants", cohort=cohort, at=at)


def takes(invitation: Invitation, person: int, at: int) -> tuple[Statement, ...]:
    """Give `person` what a link offers that serves once; nothing when somebody was faster."""
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
    """Count a link that led nowhere."""
    return statement("add_try", person=person, update_id=update, at=at)


def drops_tries_before(at: int) -> Statement:
    """Forget what was tried before `at`."""
    return statement("drop_tries", deadline=at)


def drops_before(at: int) -> Statement:
    """Forget links that ended before `at`."""
    return statement("drop_invitations", deadline=at)


def drops_tries_of(person: int) -> Statement:
    """Forget what somebody tried."""
    return statement("drop_tries_of", person=person)


def _invitation(row: Row) -> Invitation:
    digested, kind, cohort, expires_at, most_uses, used_by, revoked_at, *made, uses = row[:10]
    made_at, made_by = made
    return Invitation(
        digested, Kind(kind), cohort, expires_at, most_uses, used_by, revoked_at, made_at, uses,
        made_by,
    )  # fmt: skip
