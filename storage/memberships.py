"""Memberships of learners in cohorts, and their display names there: reads and statements."""

from dataclasses import dataclass

from course.model import LearnerId
from storage.cohorts import CohortState
from storage.statements import Statement, statement
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Membership:
    """A learner in a cohort. Times are UTC milliseconds.

    Attributes:
        id: id of the update by which they first joined; identifies them on facilitators' buttons.
        name: the display name they chose; `None` to use the pseudonym.
        cohort_name: name of the cohort; the fields after it are the cohort's, too.
    """

    id: int
    learner: LearnerId
    cohort: int
    name: str | None
    pseudonym: str
    joined_at: int
    cohort_name: str
    deadline: int | None
    zone: str
    state: CohortState

    @property
    def display_name(self) -> str:
        """The name that facilitators see; not escaped."""
        return self.name or self.pseudonym


async def fetch_memberships(store: Store, learner: LearnerId) -> tuple[Membership, ...]:
    """Fetch a learner's memberships, oldest first; archived cohorts included."""
    rows = await store.fetch_rows(statement("fetch_memberships", learner=learner))
    return tuple(_membership_from_row(*row) for row in rows)


async def fetch_membership(store: Store, membership: int) -> Membership | None:
    """Fetch a current membership by id; `None` when there is none."""
    rows = await store.fetch_rows(statement("fetch_membership", membership=membership))
    return _membership_from_row(*rows[0]) if rows else None


async def fetch_members(
    store: Store, cohort: int, offset: int = 0, limit: int = 1_000_000
) -> tuple[Membership, ...]:
    """Fetch the members of a cohort, newest first."""
    rows = await store.fetch_rows(
        statement("fetch_members", cohort=cohort, skip=offset, most=limit)
    )
    return tuple(_membership_from_row(*row) for row in rows)


async def fetch_taken_pseudonyms(
    store: Store, cohort: int, learner: LearnerId, names: tuple[str, str, str]
) -> frozenset[str]:
    """Fetch which of three pseudonyms others than `learner` have or had in a cohort."""
    one, two, three = names
    wanted = statement(
        "fetch_taken_pseudonyms", cohort=cohort, learner=learner, one=one, two=two, three=three
    )
    return frozenset(pseudonym for (pseudonym,) in await store.fetch_rows(wanted))


def join_cohort(
    learner: LearnerId, membership: int, digest: str, name: str | None, pseudonym: str, at: int
) -> tuple[Statement, ...]:
    """Let a learner in by an invitation; nothing when it serves no more or there is no room."""
    joined = statement(
        "join_cohort",
        learner=learner,
        membership=membership,
        digest=digest,
        name=name,
        pseudonym=pseudonym,
        at=at,
    )
    return joined, statement("mark_link_used", digest=digest, learner=learner, at=at)


def leave_cohort(learner: LearnerId, cohort: int, at: int) -> Statement:
    """End a learner's membership in a cohort."""
    return statement("leave_cohort", learner=learner, cohort=cohort, at=at)


def set_display_name(learner: LearnerId, name: str | None) -> Statement:
    """Set a learner's display name in all their cohorts; `None` to use the pseudonyms."""
    return statement("set_display_name", learner=learner, name=name)


def _membership_from_row(
    number: int,
    learner: int,
    cohort: int,
    name: str | None,
    pseudonym: str,
    joined_at: int,
    cohort_name: str,
    deadline: int | None,
    zone: str,
    state: str,
) -> Membership:
    return Membership(
        number, LearnerId(learner), cohort, name, pseudonym, joined_at,
        cohort_name, deadline, zone, CohortState(state),
    )  # fmt: skip
