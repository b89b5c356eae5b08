"""Daily digests of facilitators: their schedule, reads and statements."""

from dataclasses import dataclass

from course.model import LearnerId
from storage.statements import Statement, statement
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Digest:
    """The daily digest of one cohort for one facilitator. Times are UTC milliseconds.

    Attributes:
        hour: from which hour on it may be sent, 0 to 23, in `zone`.
        made_at: when the last one was made, even if it was empty.
        reported_until: everything up to then was reported; 0 for nothing yet.
    """

    person: LearnerId
    cohort: int
    hour: int
    zone: str
    made_at: int | None
    reported_until: int


async def fetch_digests(store: Store) -> tuple[Digest, ...]:
    """Fetch all digests, grouped by person; archived cohorts are left out."""
    rows = await store.fetch_rows(statement("fetch_digests"))
    return tuple(
        Digest(LearnerId(person), cohort, hour, zone, made_at, told_until or 0)
        for person, cohort, hour, made_at, told_until, zone in rows
    )


async def fetch_digest_hours(store: Store, person: LearnerId) -> tuple[tuple[str, int | None], ...]:
    """Fetch the names of the cohorts that `person` facilitates, with the hour; `None` for none."""
    rows = await store.fetch_rows(statement("fetch_digest_hours", person=person))
    return tuple((name, hour) for name, hour in rows)


async def is_digest_claimed(store: Store, digest: Digest, at: int) -> bool:
    """Whether `claim_digest(digest, at)` won."""
    wanted = statement("fetch_digest_claim", person=digest.person, cohort=digest.cohort)
    return await store.fetch_rows(wanted) == [(at,)]


def claim_digest(digest: Digest, at: int) -> Statement:
    """Claim the digest of a day, unless another process did meanwhile."""
    return statement(
        "claim_digest",
        person=digest.person,
        cohort=digest.cohort,
        expected=digest.made_at or 0,
        at=at,
    )


def mark_digest_reported(digest: Digest, at: int) -> Statement:
    """Record that everything up to `at` was reported."""
    return statement("mark_digest_reported", person=digest.person, cohort=digest.cohort, at=at)


def set_digest_hour(person: LearnerId, hour: int | None) -> Statement:
    """Set the hour of a person's digests; `None` for no digests."""
    return statement("set_digest_hour", person=person, hour=hour)
