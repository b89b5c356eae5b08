"""Support requests: learners ask their facilitators for help."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.actions import dialogues, memberships
from bot.actions.learner_state import (
    Services,
    Turn,
    Visit,
    keep,
    visit,
)
from bot.actions.lessons import item_of
from course.model import LearnerId
from storage import roles, support_requests
from storage.dialogues import closes
from storage.memberships import Membership
from storage.support_requests import Request

DRAFT = "request"
"""The kind of the dialogue in which a learner types a question."""

LONGEST = 1_000
"""Characters of a question."""


@dataclass(frozen=True, slots=True)
class Nobody:
    """The learner is in no cohort, so there is no facilitator to ask."""

    visit: Visit


@dataclass(frozen=True, slots=True)
class Which:
    """The learner is in several cohorts and has to choose one."""

    visit: Visit
    mine: tuple[Membership, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """The learner's next message will be the question.

    Attributes:
        item: the id of the card, question or module it is about; "" for the end of the course.
    """

    visit: Visit
    membership: Membership
    item: str


@dataclass(frozen=True, slots=True)
class TooLong:
    """The question has more than `MAX_LENGTH` characters."""

    visit: Visit


@dataclass(frozen=True, slots=True)
class TooMany:
    """The learner has as many unanswered questions as are allowed."""

    visit: Visit


@dataclass(frozen=True, slots=True)
class Passed:
    """The question is stored, and its notifications are in the outbox."""

    visit: Visit
    request: Request
    membership: Membership


@dataclass(frozen=True, slots=True)
class WordsOnly:
    """The question came with a picture or file, which is not passed on; its text awaits a choice.

    Attributes:
        memberships: the cohorts whose facilitators may be asked.
    """

    visit: Visit
    mine: tuple[Membership, ...]
    said: str


Asked: TypeAlias = Nobody | Which | WordsOnly | Begun | TooLong | TooMany | Passed


async def ask(
    services: Services,
    turn: Turn,
    said: str = "",
    item: str = "",
    cohort: int | None = None,
    *,
    has_more: bool = False,
) -> Asked:
    """Ask a question, or begin a dialogue for it.

    Args:
        text: the question; "" if it will be typed next.
        item: the card or question it is about; "" for the learner's current place.
        cohort: whose facilitators to ask; `None` for the learner's only cohort, or to let them
            choose.
        has_attachment: the text is the caption of a picture or file.
    """
    here = await visit(services, turn)
    mine = await memberships.belongs(services, turn)
    if cohort is not None:
        mine = tuple(one for one in mine if one.cohort == cohort)
    if not mine:
        return Nobody(here)
    item = item if services.course.place_of(item.partition("#")[0]) else item_of(here.step)
    if len(said) > LONGEST:
        return TooLong(here)
    if said and has_more:
        body = {"item": item, "said": said, "cohort": cohort}
        await keep(services, here, dialogues.going_on(turn, DRAFT, body))
        return WordsOnly(here, mine, said)
    if len(mine) > 1:
        await keep(services, here, dialogues.going_on(turn, DRAFT, {"item": item, "said": said}))
        return Which(here, mine)
    if not said:
        body = {"item": item, "said": "", "cohort": mine[0].cohort}
        await keep(services, here, dialogues.going_on(turn, DRAFT, body))
        return Begun(here, mine[0], item)
    return await _passed(services, here, mine[0], item, said)


async def go_on(
    services: Services, turn: Turn, body: Mapping[str, Any], said: str, *, has_more: bool = False
) -> Asked:
    """Handle what the learner typed in the dialogue; `has_attachment` as for `ask_facilitator`."""
    return await ask(services, turn, said, body["item"], body.get("cohort"), has_more=has_more)


async def choose(services: Services, turn: Turn, cohort: int) -> Asked | None:
    """Choose whose facilitators to ask; `None` when no dialogue is open."""
    draft = await dialogues.draft(services, turn)
    if draft is None or draft.kind != DRAFT:
        return None
    return await ask(services, turn, draft.body["said"], draft.body["item"], cohort)


async def _passed(
    services: Services, here: Visit, membership: Membership, item: str, said: str
) -> Passed | TooMany:
    turn = here.turn
    asked = support_requests.asks(turn.update, turn.learner, membership.cohort, item, said, turn.at)
    to = await who_answers(services, membership.cohort)
    telling = (support_requests.tells(turn.update, person, turn.at) for person in to)
    await keep(services, here, asked, *telling, closes(turn.learner, turn.update))
    request = await support_requests.of(services.store, turn.update)
    if request is None:
        return TooMany(here)
    return Passed(here, request, membership)


async def who_answers(services: Services, cohort: int) -> tuple[LearnerId, ...]:
    """Load who can answer in a cohort: its facilitators, or the admins if it has none."""
    found = await roles.facilitators(services.store, cohort)
    if found:
        return found
    named = await roles.admins(services.store)
    return tuple(dict.fromkeys((*map(LearnerId, sorted(services.admins)), *named)))
