"""Following an invitation link: into a cohort, or to a role."""

from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from bot.actions import dialogues
from bot.actions.invitation_lookup import InvalidLink, TooManyAttempts, find_invitation
from bot.actions.learner_changes import save_and_reschedule
from bot.actions.learner_state import Interaction, LearnerState, Services, load_learner
from bot.actions.memberships import fetch_memberships
from bot.actions.roles import RoleOffered
from course.cohorts.pseudonyms import generate_pseudonyms
from course.model import LearnerId
from storage import cohorts, counters, invitations, memberships
from storage.cohorts import Cohort, CohortState
from storage.invitations import Invitation, InvitationKind
from storage.memberships import Membership

_KIND_BY_LETTER = {
    "c": InvitationKind.COHORT,
    "f": InvitationKind.FACILITATOR,
    "a": InvitationKind.ADMIN,
}
_PARTS = 3
_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class CohortFull:
    """The link is valid, but the cohort is full."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A learner is asked whether they want to join.

    Attributes:
        pseudonym: the name that facilitators would see if they choose none.
    """

    learner_state: LearnerState
    cohort: Cohort
    pseudonym: str


@dataclass(frozen=True, slots=True)
class Joined:
    """A learner has joined a cohort."""

    learner_state: LearnerState
    cohort: Cohort
    membership: Membership


@dataclass(frozen=True, slots=True)
class AlreadyMember:
    """A learner opened a link to a cohort they are in already."""

    learner_state: LearnerState
    membership: Membership


LinkOutcome: TypeAlias = (
    Invited | RoleOffered | AlreadyMember | CohortFull | InvalidLink | TooManyAttempts
)
JoinOutcome: TypeAlias = Joined | AlreadyMember | CohortFull | InvalidLink | TooManyAttempts


async def open_link(services: Services, interaction: Interaction, payload: str) -> LinkOutcome:
    """Look up what a link offers; nothing is accepted yet.

    Args:
        payload: the text behind `?start=`; anybody can type anything.
    """
    letter, _, token = payload.partition("_")
    digest, kind = invitations.hash_token(token), _KIND_BY_LETTER.get(letter)
    found = await find_invitation(services, interaction, digest, kind)
    if not isinstance(found, Invitation):
        return found
    if found.kind is InvitationKind.COHORT:
        return await _invite(services, interaction, found)
    cohort = None
    if found.cohort is not None:
        cohort = await cohorts.fetch_cohort(services.store, found.cohort)
    await dialogues.begin_dialogue(services, interaction, "offer", {"digest": found.digest})
    return RoleOffered(found.kind, cohort)


async def await_name(services: Services, interaction: Interaction) -> bool:
    """Wait for the name under which a learner wants to join; false when no link is open."""
    draft = await dialogues.fetch_open_dialogue(services, interaction, "join")
    if draft is None:
        return False
    await dialogues.begin_dialogue(services, interaction, "join", {**draft.body, "asks": "name"})
    return True


async def join_cohort(
    services: Services, interaction: Interaction, name: str | None
) -> JoinOutcome:
    """Join the cohort of the link that was opened last.

    Args:
        name: how they want to be called; `None` for the pseudonym.
    """
    draft = await dialogues.fetch_open_dialogue(services, interaction, "join")
    if draft is None:
        return await _find_earlier_join(services, interaction)
    found = await find_invitation(
        services, interaction, draft.body["digest"], InvitationKind.COHORT
    )
    if not isinstance(found, Invitation):
        return found
    return await _join(services, interaction, found, name)


async def _invite(services: Services, interaction: Interaction, found: Invitation) -> LinkOutcome:
    state = await load_learner(services, interaction)
    assert found.cohort is not None, "a link for learners leads into a cohort"
    member = await _find_member(services, interaction.learner, found.cohort)
    if member is not None:
        return AlreadyMember(state, member)
    cohort = await cohorts.fetch_cohort(services.store, found.cohort)
    if cohort is None or cohort.state is not CohortState.OPEN:
        return InvalidLink()
    if cohort.is_full:
        return CohortFull()
    await dialogues.begin_dialogue(services, interaction, "join", {"digest": found.digest})
    return Invited(state, cohort, await _pick_pseudonym(services, interaction.learner, cohort.id))


async def _join(
    services: Services, interaction: Interaction, found: Invitation, name: str | None
) -> JoinOutcome:
    state, learner = await load_learner(services, interaction), interaction.learner
    assert found.cohort is not None, "a link for learners leads into a cohort"
    pseudonym = await _pick_pseudonym(services, learner, found.cohort)
    joining = memberships.join_cohort(
        learner, interaction.update_id, found.digest, name, pseudonym, interaction.at
    )
    changes = (*joining, *counters.update_counted_cohorts(learner), dialogues.close(interaction))
    await save_and_reschedule(services, state, *changes)  # a deadline changes the next reminder
    member = await _find_member(services, learner, found.cohort)
    cohort = await cohorts.fetch_cohort(services.store, found.cohort)
    if member is None or cohort is None:
        return CohortFull() if cohort is not None and cohort.is_full else InvalidLink()
    return Joined(state, cohort, member)


async def _find_earlier_join(services: Services, interaction: Interaction) -> JoinOutcome:
    """Handle a press on an old button: the learner may have joined since."""
    mine = await fetch_memberships(services, interaction)
    if not mine:
        return InvalidLink()
    return AlreadyMember(await load_learner(services, interaction), mine[-1])


async def _find_member(services: Services, learner: LearnerId, cohort: int) -> Membership | None:
    mine = await memberships.fetch_memberships(services.store, learner)
    return next((one for one in mine if one.cohort == cohort), None)


async def _pick_pseudonym(services: Services, learner: LearnerId, cohort: int) -> str:
    key = await invitations.load_key(services.store, "pseudonyms")
    one, two, three = islice(generate_pseudonyms(key, cohort, learner), _CANDIDATES)
    taken = await memberships.fetch_taken_pseudonyms(
        services.store, cohort, learner, (one, two, three)
    )
    return next((each for each in (one, two, three) if each not in taken), three)
