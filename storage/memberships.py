"""Who belongs to which cohort, and by what name; statements to join, leave and be named."""

from dataclasses import dataclass

from course.model import LearnerId
from storage.cohorts import State
from storage.statements import Statement, statement
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Membership:
    """A learner in a cohort. Times are UTC milliseconds.

    Attributes:
        id: the update by which they first joined; names them on their facilitators' buttons.
        name: as they want to be called there; `None` for by the pseudonym.
        cohort_name: of the cohort, as are the fields after it.
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
    state: State

    @property
    def called(self) -> str:
        """How facilitators see the learner; not escaped."""
        return self.name or self.pseudonym


async def of(store: Store, learner: LearnerId) -> tuple[Membership, ...]:
    """Where a learner belongs, the earliest first; archived cohorts too."""
    rows = await store.rows(statement("memberships_of", learner=learner))
    return tuple(_membership(*row) for row in rows)


async def by_id(store: Store, membership: int) -> Membership | None:
    """A membership that has not ended; `None` when there is no such."""
    rows = await store.rows(statement("membership", membership=membership))
    return _membership(*rows[0]) if rows else None


async def members(
    store: Store, cohort: int, skip: int = 0, most: int = 1_000_000
) -> tuple[Membership, ...]:
    """Who belongs to a cohort, the latest first."""
    rows = await store.rows(statement("members_of", cohort=cohort, skip=skip, most=most))
    return tuple(_membership(*row) for row in rows)


async def taken(
    store: Store, cohort: int, learner: LearnerId, names: tuple[str, str, str]
) -> frozenset[str]:
    """Which of three pseudonyms others than `learner` have, or have had, in a cohort."""
    one, two, three = names
    wanted = statement(
        "pseudonyms_taken", cohort=cohort, learner=learner, one=one, two=two, three=three
    )
    return frozenset(pseudonym for (pseudonym,) in await store.rows(wanted))


def joins(
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
    return joined, statement("use_link", digest=digest, learner=learner, at=at)


def leaves(learner: LearnerId, cohort: int, at: int) -> Statement:
    """A learner leaves a cohort."""
    return statement("leave_cohort", learner=learner, cohort=cohort, at=at)


def names(learner: LearnerId, name: str | None) -> Statement:
    """How a learner is called in all their cohorts; `None` for by the pseudonyms."""
    return statement("name_learner", learner=learner, name=name)


def _membership(
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
        cohort_name, deadline, zone, State(state),
    )  # fmt: skip
