"""Facilitators answer learners' questions; the first to take a question answers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.actions import dialogues
from bot.actions.access import NotAllowedError, load_access, write_audited, write_unaudited
from bot.actions.cohorts import fetch_facilitated_cohort
from bot.actions.learner_state import Interaction, Services
from bot.actions.notes import NOTE_DIALOGUE, NoteQueued, make_note, queue_note
from storage import cohorts, notes, roles, support_requests
from storage.cohorts import Cohort
from storage.statements import Statement
from storage.support_requests import SupportRequest

PAGE_SIZE = 3
"""Questions on one page."""


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """An unanswered question as shown to somebody who may answer it.

    Attributes:
        is_mine: whether this person has taken it.
    """

    request: SupportRequest
    cohort: Cohort
    is_mine: bool

    @property
    def is_taken(self) -> bool:
        """Whether somebody else has taken it."""
        return self.request.taken_by is not None and not self.is_mine


@dataclass(frozen=True, slots=True)
class AlreadyAnswered:
    """The question is answered already."""

    request: SupportRequest


@dataclass(frozen=True, slots=True)
class RequestsPage:
    """A page of unanswered questions, oldest first.

    Attributes:
        number: of the page, from 0.
        is_last: whether no page follows.
    """

    cohort: Cohort
    open_requests: tuple[OpenRequest, ...]
    number: int
    is_last: bool


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """An answer that is not sent yet.

    Attributes:
        html: "" until a text is typed.
    """

    request: int
    html: str = ""


async def fetch_open_requests(
    services: Services, interaction: Interaction, cohort: int, number: int = 0
) -> RequestsPage:
    """Load a page of a cohort's unanswered questions; a page beyond the end gives the first."""
    found = await fetch_facilitated_cohort(services, interaction, cohort)
    total = (await support_requests.count_waiting_requests(services.store, cohort)).count
    number = number if number * PAGE_SIZE < total else 0
    shown = await support_requests.fetch_waiting_requests(
        services.store, cohort, number * PAGE_SIZE, PAGE_SIZE
    )
    opened = tuple(OpenRequest(one, found, one.taken_by == interaction.learner) for one in shown)
    return RequestsPage(found, opened, number, (number + 1) * PAGE_SIZE >= total)


async def fetch_request(
    services: Services, interaction: Interaction, request: int
) -> OpenRequest | AlreadyAnswered:
    """Load one question."""
    access = await load_access(services, interaction)
    found = await support_requests.fetch_request(services.store, request)
    if found is None or not access.may_facilitate(found.cohort):
        raise NotAllowedError
    cohort = await cohorts.fetch_cohort(services.store, found.cohort)
    if cohort is None:
        raise NotAllowedError
    if found.answered_at is not None:
        return AlreadyAnswered(found)
    return OpenRequest(found, cohort, found.taken_by == interaction.learner)


async def take_request(
    services: Services, interaction: Interaction, request: int, *, take_over: bool = False
) -> OpenRequest | AlreadyAnswered:
    """Take a question, unless somebody else has; with `take_over` in any case."""
    before = await fetch_request(services, interaction, request)
    if not isinstance(before, OpenRequest):
        return before
    taken = support_requests.take_request(request, interaction.learner, reassign=take_over)
    noted = partial(roles.add_audit_entry_of_request, request=request)
    await write_audited(services, interaction, "take-question", request, "", taken, noted=noted)
    after = await fetch_request(services, interaction, request)
    if isinstance(after, OpenRequest) and after.is_mine:
        await write_unaudited(services, interaction, _keep_open(interaction, AnswerDraft(request)))
    return after


async def release_request(
    services: Services, interaction: Interaction, request: int
) -> OpenRequest | AlreadyAnswered:
    """Release a question without answering it; ends the dialogue."""
    await fetch_request(services, interaction, request)  # raises for others
    changes = (
        support_requests.release_request(request, interaction.learner),
        dialogues.close(interaction),
    )
    await write_unaudited(services, interaction, *changes)
    return await fetch_request(services, interaction, request)


async def set_answer_text(
    services: Services, interaction: Interaction, draft: AnswerDraft, html: str
) -> OpenRequest | AlreadyAnswered:
    """Set the text of the answer."""
    found = await fetch_request(services, interaction, draft.request)
    if isinstance(found, OpenRequest):
        after = AnswerDraft(draft.request, html)
        await write_unaudited(services, interaction, _keep_open(interaction, after))
    return found


async def send_answer(
    services: Services, interaction: Interaction, draft: AnswerDraft, message: int
) -> NoteQueued | AlreadyAnswered:
    """Queue the answer; if two people answer, the first one's is sent.

    Args:
        message: the message in the writer's chat that shows the delivery status.
    """
    found = await fetch_request(services, interaction, draft.request)
    if not isinstance(found, OpenRequest):
        return found
    asked = found.request
    about = notes.topic_of_request(asked.id)
    note = make_note(interaction, asked.learner, asked.cohort, about, draft.html, message)
    answered = support_requests.mark_request_answered(asked.id, note.id, interaction.at)
    return await queue_note(
        services, interaction, note, asked.membership, asked.display_name, answered
    )


def answer_from_body(body: Mapping[str, Any]) -> AnswerDraft | None:
    """The answer in a dialogue's body; `None` when the dialogue is about another note."""
    if "request" not in body:
        return None
    return AnswerDraft(body["request"], body["html"])


async def fetch_open_answer(services: Services, interaction: Interaction) -> AnswerDraft | None:
    """Load the answer that the person of this interaction is writing."""
    draft = await dialogues.fetch_open_dialogue(services, interaction, NOTE_DIALOGUE)
    return None if draft is None else answer_from_body(draft.body)


def _keep_open(interaction: Interaction, draft: AnswerDraft) -> Statement:
    body = {"request": draft.request, "html": draft.html}
    return dialogues.keep_open(interaction, NOTE_DIALOGUE, body)
