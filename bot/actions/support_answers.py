"""Facilitators answer learners' questions; the first to take a question answers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.actions import dialogues
from bot.actions.access import NotAllowed, access, record, write
from bot.actions.learner_state import Services, Turn
from bot.actions.notes import DRAFT, Written, sent
from storage import (
    cohorts,
    notes,
    roles,
    support_requests,
)
from storage.cohorts import Cohort
from storage.dialogues import closes
from storage.notes import Note
from storage.statements import Statement
from storage.support_requests import Request

AT_A_TIME = 3
"""Questions on one page."""


@dataclass(frozen=True, slots=True)
class Open:
    """An unanswered question as shown to somebody who may answer it.

    Attributes:
        is_mine: whether this person has taken it.
    """

    request: Request
    cohort: Cohort
    is_mine: bool

    @property
    def is_taken(self) -> bool:
        """Whether somebody else has taken it."""
        return self.request.taken_by is not None and not self.is_mine


@dataclass(frozen=True, slots=True)
class Answered:
    """The question is answered already."""

    request: Request


@dataclass(frozen=True, slots=True)
class Page:
    """A page of unanswered questions, oldest first.

    Attributes:
        number: of the page, from 0.
        is_last: whether no page follows.
    """

    cohort: Cohort
    waiting: tuple[Open, ...]
    number: int
    is_last: bool


@dataclass(frozen=True, slots=True)
class Answering:
    """An answer that is not sent yet.

    Attributes:
        html: "" until a text is typed.
        awaits_text: whether the next message is its text.
    """

    request: int
    html: str = ""
    waits: bool = True


async def page(services: Services, turn: Turn, cohort: int, number: int = 0) -> Page | NotAllowed:
    """Load a page of a cohort's unanswered questions; a page beyond the end gives the first."""
    may = await access(services, turn)
    found = await cohorts.of(services.store, cohort) if may.may_lead(cohort) else None
    if found is None:
        return NotAllowed()
    total = (await support_requests.count(services.store, cohort)).count
    number = number if number * AT_A_TIME < total else 0
    shown = await support_requests.waiting(services.store, cohort, number * AT_A_TIME, AT_A_TIME)
    opened = tuple(Open(one, found, one.taken_by == turn.learner) for one in shown)
    return Page(found, opened, number, (number + 1) * AT_A_TIME >= total)


async def look(services: Services, turn: Turn, request: int) -> Open | Answered | NotAllowed:
    """Load one question."""
    may = await access(services, turn)
    found = await support_requests.of(services.store, request)
    if found is None or not may.may_lead(found.cohort):
        return NotAllowed()
    cohort = await cohorts.of(services.store, found.cohort)
    if cohort is None:
        return NotAllowed()
    if found.answered_at is not None:
        return Answered(found)
    return Open(found, cohort, found.taken_by == turn.learner)


async def take(
    services: Services, turn: Turn, request: int, *, anew: bool = False
) -> Open | Answered | NotAllowed:
    """Take a question, unless somebody else has; with `take_over` in any case."""
    before = await look(services, turn, request)
    if not isinstance(before, Open):
        return before
    taken = support_requests.takes(request, turn.learner, anew=anew)
    noted = partial(roles.notes_request, request=request)
    await record(services, turn, "take-question", request, "", taken, noted=noted)
    after = await look(services, turn, request)
    if isinstance(after, Open) and after.is_mine:
        await write(services, turn, _goes_on(turn, Answering(request)))
    return after


async def leave(services: Services, turn: Turn, request: int) -> Open | Answered | NotAllowed:
    """Release a question without answering it; ends the dialogue."""
    found = await look(services, turn, request)
    if isinstance(found, NotAllowed):
        return found
    changes = (support_requests.leaves(request, turn.learner), closes(turn.learner, turn.update))
    await write(services, turn, *changes)
    return await look(services, turn, request)


async def says(
    services: Services, turn: Turn, answering: Answering, html: str
) -> Open | Answered | NotAllowed:
    """Set the text of the answer."""
    found = await look(services, turn, answering.request)
    if isinstance(found, Open):
        await write(services, turn, _goes_on(turn, Answering(answering.request, html, waits=False)))
    return found


async def wait(services: Services, turn: Turn, answering: Answering) -> None:
    """Treat the person's next message as the answer's text."""
    await write(services, turn, _goes_on(turn, Answering(answering.request, answering.html)))


async def send(
    services: Services, turn: Turn, answering: Answering, message: int
) -> Written | Answered | NotAllowed:
    """Queue the answer; if two people answer, the first one's is sent.

    Args:
        message: the message in the writer's chat that shows the delivery status.
    """
    found = await look(services, turn, answering.request)
    if not isinstance(found, Open):
        return found
    asked = found.request
    about = notes.about_request(asked.id)
    note = Note(
        turn.update, asked.learner, asked.cohort, about, answering.html, turn.learner, turn.at,
        message,
    )  # fmt: skip
    changes = (
        support_requests.answers(asked.id, note.id, turn.at),
        closes(turn.learner, turn.update),
    )
    return await sent(services, turn, note, asked.membership, asked.called, *changes)


def of_draft(body: Mapping[str, Any]) -> Answering | None:
    """The answer in a dialogue's body; `None` when the dialogue is about another note."""
    if "request" not in body:
        return None
    return Answering(body["request"], body["html"], body["waits"])


async def open_one(services: Services, turn: Turn) -> Answering | None:
    """Load the answer that the person of this interaction is writing."""
    draft = await dialogues.draft(services, turn)
    return of_draft(draft.body) if draft is not None and draft.kind == DRAFT else None


def _goes_on(turn: Turn, answering: Answering) -> Statement:
    body = {"request": answering.request, "html": answering.html, "waits": answering.waits}
    return dialogues.going_on(turn, DRAFT, body)
