"""Support requests: learners ask their facilitators for help."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.actions import dialogues, memberships
from bot.actions.learner_changes import save_changes
from bot.actions.learner_state import Interaction, LearnerState, Services, load_learner
from bot.actions.lessons import item_of
from course.model import LearnerId
from storage import roles, support_requests
from storage.memberships import Membership
from storage.support_requests import SupportRequest

REQUEST_DIALOGUE = "request"
"""The kind of the dialogue in which a learner types a question."""

MAX_LENGTH = 1_000
"""Characters of a question."""


@dataclass(frozen=True, slots=True)
class NotInCohort:
    """The learner is in no cohort, so there is no facilitator to ask."""

    learner_state: LearnerState


@dataclass(frozen=True, slots=True)
class CohortUnclear:
    """The learner is in several cohorts and has to choose one."""

    learner_state: LearnerState
    memberships: tuple[Membership, ...]


@dataclass(frozen=True, slots=True)
class QuestionAwaited:
    """The learner's next message will be the question.

    Attributes:
        item: the id of the card, question or module it is about; "" for the end of the course.
    """

    learner_state: LearnerState
    membership: Membership
    item: str


@dataclass(frozen=True, slots=True)
class TooLong:
    """The question has more than `MAX_LENGTH` characters."""

    learner_state: LearnerState


@dataclass(frozen=True, slots=True)
class TooManyOpen:
    """The learner has as many unanswered questions as are allowed."""

    learner_state: LearnerState


@dataclass(frozen=True, slots=True)
class Submitted:
    """The question is stored, and its notifications are in the outbox."""

    learner_state: LearnerState
    request: SupportRequest
    membership: Membership


@dataclass(frozen=True, slots=True)
class AttachmentDropped:
    """The question came with a picture or file, which is not passed on; its text awaits a choice.

    Attributes:
        memberships: the cohorts whose facilitators may be asked.
    """

    learner_state: LearnerState
    memberships: tuple[Membership, ...]
    text: str


AskOutcome: TypeAlias = (
    NotInCohort
    | CohortUnclear
    | AttachmentDropped
    | QuestionAwaited
    | TooLong
    | TooManyOpen
    | Submitted
)


async def ask_facilitator(
    services: Services,
    interaction: Interaction,
    text: str = "",
    item: str = "",
    cohort: int | None = None,
    *,
    has_attachment: bool = False,
) -> AskOutcome:
    """Ask a question, or begin a dialogue for it.

    Args:
        text: the question; "" if it will be typed next.
        item: the card or question it is about; "" for the learner's current place.
        cohort: whose facilitators to ask; `None` for the learner's only cohort, or to let them
            choose.
        has_attachment: the text is the caption of a picture or file.
    """
    state = await load_learner(services, interaction)
    mine = await memberships.fetch_memberships(services, interaction)
    if cohort is not None:
        mine = tuple(one for one in mine if one.cohort == cohort)
    if not mine:
        return NotInCohort(state)
    item = item if services.course.position_of(item.partition("#")[0]) else item_of(state.step)
    if len(text) > MAX_LENGTH:
        return TooLong(state)
    is_dropped = bool(text) and has_attachment
    if text and not is_dropped and len(mine) == 1:
        return await _submit(services, state, mine[0], item, text)
    if not is_dropped:
        cohort = mine[0].cohort if len(mine) == 1 else None
    body = {"item": item, "said": text, "cohort": cohort}
    await save_changes(services, state, dialogues.keep_open(interaction, REQUEST_DIALOGUE, body))
    if is_dropped:
        return AttachmentDropped(state, mine, text)
    return CohortUnclear(state, mine) if len(mine) > 1 else QuestionAwaited(state, mine[0], item)


async def continue_dialogue(
    services: Services,
    interaction: Interaction,
    body: Mapping[str, Any],
    text: str,
    *,
    has_attachment: bool = False,
) -> AskOutcome:
    """Handle what the learner typed in the dialogue; `has_attachment` as for `ask_facilitator`."""
    return await ask_facilitator(
        services, interaction, text, body["item"], body.get("cohort"), has_attachment=has_attachment
    )


async def choose_cohort(
    services: Services, interaction: Interaction, cohort: int
) -> AskOutcome | None:
    """Choose whose facilitators to ask; `None` when no dialogue is open."""
    draft = await dialogues.fetch_open_dialogue(services, interaction, REQUEST_DIALOGUE)
    if draft is None:
        return None
    text, item = draft.body["said"], draft.body["item"]
    return await ask_facilitator(services, interaction, text, item, cohort)


async def _submit(
    services: Services, state: LearnerState, membership: Membership, item: str, text: str
) -> Submitted | TooManyOpen:
    interaction = state.interaction
    asked = support_requests.add_request(
        interaction.update_id, interaction.learner, membership.cohort, item, text, interaction.at
    )
    to = await fetch_responders(services, membership.cohort)
    telling = (
        support_requests.queue_request_notification(interaction.update_id, person, interaction.at)
        for person in to
    )
    await save_changes(services, state, asked, *telling, dialogues.close(interaction))
    request = await support_requests.fetch_request(services.store, interaction.update_id)
    if request is None:
        return TooManyOpen(state)
    return Submitted(state, request, membership)


async def fetch_responders(services: Services, cohort: int) -> tuple[LearnerId, ...]:
    """Load who can answer in a cohort: its facilitators, or the admins if it has none."""
    found = await roles.fetch_facilitators(services.store, cohort)
    if found:
        return found
    named = await roles.fetch_admins(services.store)
    return tuple(dict.fromkeys((*map(LearnerId, sorted(services.admins)), *named)))
