"""Daily digests of facilitators: their schedule, reads and statements."""

from dataclasses import dataclass

from course.model import LearnerId
from storage.statements import Row, Statement, statement
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Digest:
    """The daily digest of one cohort for one facilitator. Times are UTC milliseconds.

    Attributes:
        hour: from which hour on it may be sent, 0 to 23, in `zone`.
        made_at: when the last one was queued, even if it turned out empty.
        reported_until: everything up to then was reported; 0 for nothing yet.
    """

    person: LearnerId
    cohort: int
    hour: int
    zone: str
    made_at: int | None
    reported_until: int


async def fetch_digests(store: Store) -> tuple[Digest, ...]:
    """Fetch all digests, grouped by person.

    Archived cohorts are left out, and people who stopped messages or blocked the bot.
    """
    return tuple(map(_digest_from_row, await store.fetch_rows(statement("fetch_digests"))))


async def fetch_digests_of_person(store: Store, person: int) -> tuple[Digest, ...]:
    """Like `fetch_digests`, of one facilitator."""
    wanted = statement("fetch_digests_of_person", person=person)
    return tuple(map(_digest_from_row, await store.fetch_rows(wanted)))


async def fetch_digest_hours(store: Store, person: LearnerId) -> tuple[tuple[str, int | None], ...]:
    """Fetch the names of the cohorts that `person` facilitates, with the hour; `None` for none."""
    rows = await store.fetch_rows(statement("fetch_digest_hours", person=person))
    return tuple((name, hour) for name, hour in rows)


def queue_digest(digest: Digest, due_at: int, at: int) -> tuple[Statement, ...]:
    """Queue a person's digest that was due at `due_at`, once for all their cohorts due then."""
    return (
        statement("queue_digest", person=digest.person, subject=str(due_at), at=at),
        statement("mark_digest_queued", person=digest.person, cohort=digest.cohort, at=at),
    )


def mark_digest_reported(digest: Digest, at: int) -> Statement:
    """Record that everything up to `at` was reported."""
    return statement("mark_digest_reported", person=digest.person, cohort=digest.cohort, at=at)


def set_digest_hour(person: LearnerId, hour: int | None) -> Statement:
    """Set the hour of a person's digests; `None` for no digests."""
    return statement("set_digest_hour", person=person, hour=hour)


def _digest_from_row(row: Row) -> Digest:
    person, cohort, hour, made_at, reported_until, zone = row
    return Digest(LearnerId(person), cohort, hour, zone, made_at, reported_until or 0)
