"""Learners ask their facilitators for help."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.actions import belonging, drafting
from bot.actions.learning import item_of
from bot.actions.visits import Services, Turn, Visit, keep, visit
from course.model import LearnerId
from storage import drafts, requests, roles
from storage.memberships import Membership
from storage.requests import Request

DRAFT = "request"
"""The kind of a dialogue in which a learner asks."""

LONGEST = 1_000
"""Characters of a question."""


@dataclass(frozen=True, slots=True)
class Nobody:
    """The learner belongs to no cohort, so nobody can be asked."""

    visit: Visit


@dataclass(frozen=True, slots=True)
class Which:
    """The learner belongs to several cohorts: whose facilitators do they mean?"""

    visit: Visit
    mine: tuple[Membership, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """What the learner types next is the question.

    Attributes:
        item: the card, question or module it is about; "" for the end of the course.
    """

    visit: Visit
    membership: Membership
    item: str


@dataclass(frozen=True, slots=True)
class TooLong:
    """The question has more than `LONGEST` characters."""

    visit: Visit


@dataclass(frozen=True, slots=True)
class TooMany:
    """So many questions of the learner wait already."""

    visit: Visit


@dataclass(frozen=True, slots=True)
class Passed:
    """The question is kept.

    Whoever can answer it is told by the outbox.
    """

    visit: Visit
    request: Request
    membership: Membership


@dataclass(frozen=True, slots=True)
class WordsOnly:
    """The question came with a picture or a file, which is not passed on; its words wait.

    Attributes:
        mine: the cohorts whose facilitators may be meant.
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
    """Ask, or begin to.

    Args:
        said: the question; "" for one that is typed next.
        item: the card or question it is about; "" for where the learner is.
        cohort: whose facilitators; `None` for the only ones, or for those to be chosen.
        has_more: the words stand under a picture or a file.
    """
    here = await visit(services, turn)
    mine = await belonging.belongs(services, turn)
    if cohort is not None:
        mine = tuple(one for one in mine if one.cohort == cohort)
    if not mine:
        return Nobody(here)
    item = item if services.course.place_of(item.partition("#")[0]) else item_of(here.step)
    if len(said) > LONGEST:
        return TooLong(here)
    if said and has_more:
        body = {"item": item, "said": said, "cohort": cohort}
        await keep(services, here, drafting.going_on(turn, DRAFT, body))
        return WordsOnly(here, mine, said)
    if len(mine) > 1:
        await keep(services, here, drafting.going_on(turn, DRAFT, {"item": item, "said": said}))
        return Which(here, mine)
    if not said:
        body = {"item": item, "said": "", "cohort": mine[0].cohort}
        await keep(services, here, drafting.going_on(turn, DRAFT, body))
        return Begun(here, mine[0], item)
    return await _passed(services, here, mine[0], item, said)


async def go_on(
    services: Services, turn: Turn, body: Mapping[str, Any], said: str, *, has_more: bool = False
) -> Asked:
    """What the learner typed in the dialogue; `has_more` as of `ask`."""
    return await ask(services, turn, said, body["item"], body.get("cohort"), has_more=has_more)


async def choose(services: Services, turn: Turn, cohort: int) -> Asked | None:
    """Whose facilitators are meant; `None` when no dialogue is open."""
    draft = await drafting.draft(services, turn)
    if draft is None or draft.kind != DRAFT:
        return None
    return await ask(services, turn, draft.body["said"], draft.body["item"], cohort)


async def _passed(
    services: Services, here: Visit, membership: Membership, item: str, said: str
) -> Passed | TooMany:
    turn = here.turn
    asked = requests.asks(turn.update, turn.learner, membership.cohort, item, said, turn.at)
    to = await who_answers(services, membership.cohort)
    telling = (requests.tells(turn.update, person, turn.at) for person in to)
    await keep(services, here, asked, *telling, drafts.closes(turn.learner, turn.update))
    request = await requests.of(services.store, turn.update)
    if request is None:
        return TooMany(here)
    return Passed(here, request, membership)


async def who_answers(services: Services, cohort: int) -> tuple[LearnerId, ...]:
    """Who facilitates a cohort; where nobody does, the admins."""
    found = await roles.facilitators(services.store, cohort)
    if found:
        return found
    named = await roles.admins(services.store)
    return tuple(dict.fromkeys((*map(LearnerId, sorted(services.admins)), *named)))
