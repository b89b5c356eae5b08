"""When facilitators get their daily digests, and statements to change that."""

from dataclasses import dataclass

from course.model import LearnerId
from storage.statements import Statement, statement
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Digest:
    """The daily digest of one cohort for one facilitator. Times are UTC milliseconds.

    Attributes:
        hour: at which it may come, 0 to 23, by the clock of `zone`.
        made_at: when the last one was made, whether or not it had anything to tell.
        told_until: everything up to then was told; 0 for nothing yet.
    """

    person: LearnerId
    cohort: int
    hour: int
    zone: str
    made_at: int | None
    told_until: int


async def all_wanted(store: Store) -> tuple[Digest, ...]:
    """Everybody's, each person's together; cohorts that are over are left out."""
    rows = await store.rows(statement("digests"))
    return tuple(
        Digest(LearnerId(person), cohort, hour, zone, made_at, told_until or 0)
        for person, cohort, hour, made_at, told_until, zone in rows
    )


async def hours(store: Store, person: LearnerId) -> tuple[tuple[str, int | None], ...]:
    """Names of the cohorts that somebody facilitates, with the hour; `None` for no digest."""
    rows = await store.rows(statement("digest_hours", person=person))
    return tuple((name, hour) for name, hour in rows)


async def is_taken(store: Store, digest: Digest, at: int) -> bool:
    """Whether it was `takes(digest, at)` that took it."""
    wanted = statement("digest_taken", person=digest.person, cohort=digest.cohort)
    return await store.rows(wanted) == [(at,)]


def takes(digest: Digest, at: int) -> Statement:
    """Make the digest of a day, unless another one did meanwhile."""
    return statement(
        "take_digest",
        person=digest.person,
        cohort=digest.cohort,
        expected=digest.made_at or 0,
        at=at,
    )


def told(digest: Digest, at: int) -> Statement:
    """Everything up to `at` was told."""
    return statement("digest_told", person=digest.person, cohort=digest.cohort, at=at)


def sets(person: LearnerId, hour: int | None) -> Statement:
    """At which hour somebody gets digests; `None` for none."""
    return statement("set_digest", person=person, hour=hour)
