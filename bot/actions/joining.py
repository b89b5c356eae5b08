"""Following an invitation link: into a cohort, or to a role."""

from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TypeAlias

from bot.actions import dialogues
from bot.actions.access import access_of, record, write
from bot.actions.invitations import may_give
from bot.actions.learner_state import (
    Services,
    Turn,
    Visit,
    keep_and_look,
    visit,
)
from bot.actions.memberships import belongs
from course.cohorts.pseudonyms import pseudonyms
from course.model import LearnerId
from storage import (
    cohorts,
    counters,
    invitations,
    memberships,
    roles,
)
from storage.cohorts import Cohort, State
from storage.dialogues import Draft, closes
from storage.invitations import Invitation, Kind
from storage.memberships import Membership
from storage.roles import Role

MOST_TRIES = 10
"""Invalid links that a person may open in an hour; after that, none is looked up. Tokens of 128
bits cannot be guessed anyway: this stops people from trying."""

_HOUR = 3600 * 1000
_LETTERS = {"c": Kind.COHORT, "f": Kind.FACILITATOR, "a": Kind.ADMIN}
_PARTS = 3
_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Nowhere:
    """The link is unknown, used up, revoked or over: the reply is the same for all."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """The person has opened too many invalid links."""


@dataclass(frozen=True, slots=True)
class Full:
    """The link is valid, but the cohort is full."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A learner is asked whether they want to join.

    Attributes:
        pseudonym: the name that facilitators would see if they choose none.
    """

    visit: Visit
    cohort: Cohort
    pseudonym: str


@dataclass(frozen=True, slots=True)
class Joined:
    """A learner has joined a cohort."""

    visit: Visit
    cohort: Cohort
    membership: Membership


@dataclass(frozen=True, slots=True)
class Member:
    """A learner opened a link to a cohort they are in already."""

    visit: Visit
    membership: Membership


@dataclass(frozen=True, slots=True)
class Offered:
    """A person is asked whether they accept a role.

    Attributes:
        cohort: `None` for a role without one.
    """

    kind: Kind
    cohort: Cohort | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A person has a new role."""

    kind: Kind
    cohort: Cohort | None


Looked: TypeAlias = Invited | Offered | Member | Full | Nowhere | TooMany
Answered: TypeAlias = Joined | Member | Full | Nowhere | TooMany


async def look(services: Services, turn: Turn, payload: str) -> Looked:
    """Look up what a link offers; nothing is accepted yet.

    Args:
        payload: the text behind `?start=`; anybody can type anything.
    """
    letter, _, token = payload.partition("_")
    found = await _invitation(services, turn, invitations.digest(token), _LETTERS.get(letter))
    if not isinstance(found, Invitation):
        return found
    if found.kind is Kind.COHORT:
        return await _invited(services, turn, found)
    cohort = None
    if found.cohort is not None:
        cohort = await cohorts.of(services.store, found.cohort)
    await dialogues.begin(services, turn, "offer", {"digest": found.digest})
    return Offered(found.kind, cohort)


async def ask_name(services: Services, turn: Turn) -> bool:
    """Wait for the name under which a learner wants to join; false when no link is open."""
    draft = await _open(services, turn, "join")
    if draft is None:
        return False
    await dialogues.begin(services, turn, "join", {**draft.body, "asks": "name"})
    return True


async def join(services: Services, turn: Turn, name: str | None) -> Answered:
    """Join the cohort of the link that was opened last.

    Args:
        name: how they want to be called; `None` for the pseudonym.
    """
    draft = await _open(services, turn, "join")
    if draft is None:
        return await _joined_before(services, turn)
    found = await _invitation(services, turn, draft.body["digest"], Kind.COHORT)
    if not isinstance(found, Invitation):
        return found
    return await _join(services, turn, found, name)


async def accept(services: Services, turn: Turn) -> Taken | Nowhere | TooMany:
    """Accept the role of the link that was opened last; the first to accept gets it."""
    draft = await _open(services, turn, "offer")
    if draft is None:
        return Nowhere()
    found = await _invitation(services, turn, draft.body["digest"], None)
    if not isinstance(found, Invitation):
        return found
    if found.serves(turn.at):
        subject = found.kind.value if found.cohort is None else found.cohort
        taken = invitations.takes(found, turn.learner, turn.at)
        noted = partial(roles.notes_grant, digest=found.digest)
        await record(services, turn, "take-offer", subject, found.kind.value, *taken, noted=noted)
    if not await _holds(services, turn, found):
        return Nowhere()
    cohort = None if found.cohort is None else await cohorts.of(services.store, found.cohort)
    return Taken(found.kind, cohort)


async def decline(services: Services, turn: Turn) -> None:
    """Decline what a link offers."""
    await dialogues.end(services, turn)


async def _invitation(
    services: Services, turn: Turn, digest: str, kind: Kind | None
) -> Invitation | Nowhere | TooMany:
    """Load a usable invitation; an unusable one counts as an attempt.

    Args:
        kind: what the link claims to offer; `None` for any kind.
    """
    since = turn.at - _HOUR
    found, tried = await invitations.for_(services.store, digest, turn.learner, since)
    if tried >= MOST_TRIES:
        return TooMany()
    is_what_it_says = found is not None and (kind is None or kind is found.kind)
    if found is not None and is_what_it_says and await _serves(services, turn, found):
        return found
    if found is not None and is_what_it_says and await _is_member(services, turn, found):
        return found  # a member who opens their own link again is not an attempt
    await write(services, turn, invitations.tries(turn.learner, turn.update, turn.at))
    return Nowhere()


async def _is_member(services: Services, turn: Turn, found: Invitation) -> bool:
    """Whether the learner is in the cohort the invitation leads to; false for roles."""
    if found.kind is not Kind.COHORT:
        return False
    mine = await memberships.of(services.store, turn.learner)
    return any(one.cohort == found.cohort for one in mine)


async def _serves(services: Services, turn: Turn, found: Invitation) -> bool:
    """Whether a person may use it; a link to a role only while its maker may give that role."""
    if _took(found, turn):
        return await _holds(services, turn, found)
    if found.kind is Kind.COHORT or not found.serves(turn.at):
        return found.serves(turn.at)
    maker = await access_of(services, LearnerId(found.made_by))
    return may_give(maker, found.kind, found.cohort)


def _took(found: Invitation, turn: Turn) -> bool:
    """Whether this person accepted the role before; true for a press that is delivered again."""
    return found.used_by == turn.learner and found.kind is not Kind.COHORT


async def _holds(services: Services, turn: Turn, found: Invitation) -> bool:
    """Whether this person has the offered role now."""
    held = await roles.held_by(services.store, turn.learner)
    if found.cohort is None:
        return Role(found.kind.value) in held.roles
    return found.cohort in held.cohorts


async def _invited(services: Services, turn: Turn, found: Invitation) -> Looked:
    here = await visit(services, turn)
    assert found.cohort is not None, "a link for learners leads into a cohort"
    mine = await memberships.of(services.store, turn.learner)
    member = next((one for one in mine if one.cohort == found.cohort), None)
    if member is not None:
        return Member(here, member)
    cohort = await cohorts.of(services.store, found.cohort)
    if cohort is None or cohort.state is not State.OPEN:
        return Nowhere()
    if cohort.is_full:
        return Full()
    await dialogues.begin(services, turn, "join", {"digest": found.digest})
    return Invited(here, cohort, await _pseudonym(services, turn.learner, cohort.id))


async def _join(services: Services, turn: Turn, found: Invitation, name: str | None) -> Answered:
    here = await visit(services, turn)
    assert found.cohort is not None, "a link for learners leads into a cohort"
    pseudonym = await _pseudonym(services, turn.learner, found.cohort)
    await keep_and_look(  # the cohort's deadline may change the next reminder
        services,
        here,
        *memberships.joins(turn.learner, turn.update, found.digest, name, pseudonym, turn.at),
        *counters.settles(turn.learner),
        closes(turn.learner, turn.update),
    )
    mine = await memberships.of(services.store, turn.learner)
    member = next((one for one in mine if one.cohort == found.cohort), None)
    cohort = await cohorts.of(services.store, found.cohort)
    if member is None or cohort is None:
        return Full() if cohort is not None and cohort.is_full else Nowhere()
    return Joined(here, cohort, member)


async def _joined_before(services: Services, turn: Turn) -> Answered:
    """Handle a press on an old button: the learner may have joined since."""
    mine = await belongs(services, turn)
    return Member(await visit(services, turn), mine[-1]) if mine else Nowhere()


async def _pseudonym(services: Services, learner: LearnerId, cohort: int) -> str:
    key = await invitations.key(services.store, "pseudonyms")
    one, two, three = islice(pseudonyms(key, cohort, learner), _CANDIDATES)
    taken = await memberships.taken(services.store, cohort, learner, (one, two, three))
    return next((each for each in (one, two, three) if each not in taken), three)


async def _open(services: Services, turn: Turn, kind: str) -> Draft | None:
    draft = await dialogues.draft(services, turn)
    return draft if draft is not None and draft.kind == kind else None
